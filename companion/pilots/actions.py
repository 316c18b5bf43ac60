"""What a coordinator does about her pilot's sites."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from companion.errors import NotFound
from companion.people.models import Person
from companion.people.reader import Reader
from companion.pilots.forms import SiteForm
from companion.pilots.models import Site


def of(reader: Reader) -> Select[Site]:
    """The sites of the pilot that she coordinates; none for anybody else."""
    return select(Site).where(Site.pilot == (reader.pilot if reader.is_coordinator else None))


def sites(db: Session, reader: Reader) -> list[Site]:
    # Databases sort scripts differently: sorted here, the same everywhere.
    return sorted(db.scalars(of(reader)), key=lambda site: site.name.casefold())


def site(db: Session, reader: Reader, site_id: UUID) -> Site:
    found = db.scalar(of(reader).where(Site.id == site_id))
    if found is None:
        raise NotFound
    return found


def add_site(db: Session, reader: Reader, site_id: UUID, form: SiteForm) -> None:
    """A new site. The same form once more changes nothing."""
    # Two posts of one form wait for each other here.
    db.execute(select(Person.id).where(Person.id == reader.id).with_for_update())
    if db.get(Site, site_id) is not None:
        site(db, reader, site_id)
        return
    new = Site(id=site_id, pilot=reader.pilot)
    form.put(new)
    db.add(new)


def change_site(db: Session, reader: Reader, site_id: UUID, form: SiteForm) -> None:
    form.put(site(db, reader, site_id))
