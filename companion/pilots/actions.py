"""What a coordinator does about her pilot's sites."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from companion.errors import NotFound, SavedBefore
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
    """A new site. The same form once more changes nothing; with something else in it, it is
    refused."""
    # Two posts of one form wait for each other here.
    db.execute(select(Person.id).where(Person.id == reader.id).with_for_update())
    columns = form.checked()
    if db.get(Site, site_id) is None:
        db.add(Site(id=site_id, pilot=reader.pilot, **columns))
        return
    already = site(db, reader, site_id)
    if columns != {name: getattr(already, name) for name in columns}:
        raise SavedBefore


def change_site(db: Session, reader: Reader, site_id: UUID, form: SiteForm) -> None:
    found = site(db, reader, site_id)
    for name, value in form.checked().items():
        setattr(found, name, value)
