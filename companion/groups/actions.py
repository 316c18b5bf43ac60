"""Groups themselves: whose they are, starting one, its own numbers to call."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from companion import clock
from companion.errors import SavedBefore
from companion.groups import scopes
from companion.groups.forms import Allowed, GroupForm
from companion.groups.models import Group, Membership
from companion.happenings import What, happened
from companion.people.models import Person, Role
from companion.people.reader import Reader
from companion.pilots import actions as pilots
from companion.pilots.models import Site
from companion.pilots.numbers import Numbers, checked_numbers, lines
from companion.pilots.pack import pilot
from companion.pilots.pilot import Line


@dataclass(frozen=True)
class Belonging:
    """A group somebody is in, and as what."""

    group_id: UUID
    name: str
    site: str
    role: str


@dataclass(frozen=True)
class Choices:
    """What a coordinator chooses from when she starts a group: her sites, and her facilitators."""

    sites: list[Site]
    facilitators: list[tuple[UUID, str]]


def home(db: Session, reader: Reader) -> list[Belonging]:
    """The groups she is in, the one she joined last first."""
    rows = db.execute(
        scopes.memberships(reader)
        .join(Group, Group.id == Membership.group_id)
        .join(Site, Site.id == Group.site_id)
        .order_by(Membership.joined_at.desc(), Membership.id.desc())
        .with_only_columns(Group.id, Group.name, Site.name.label("site"), Membership.role)
    )
    return [Belonging(row.id, row.name, row.site, row.role) for row in rows]


def coordinated(db: Session, reader: Reader) -> list[Group]:
    """Every group of the pilot, the latest due month first."""
    groups = scopes.coordinated_by(reader).options(joinedload(Group.site))
    return list(db.scalars(groups.order_by(Group.due_month.desc(), Group.id.desc())))


def choices(db: Session, reader: Reader) -> Choices:
    rows = db.execute(
        select(Person.id, Person.name_sealed).where(
            Person.pilot == reader.pilot,
            Person.role == Role.FACILITATOR,
            Person.left_at.is_(None),
        )
    )
    named = [(row.id, Person.name.open(Person, row.name_sealed, row.id)) for row in rows]
    return Choices(pilots.sites(db, reader), sorted(named, key=lambda pair: pair[1].casefold()))


def start(db: Session, reader: Reader, group_id: UUID, form: GroupForm, offered: Choices) -> None:
    """A new group with its facilitators. The same form once more changes nothing; with something
    else in it, it is refused."""
    # Two posts of one form wait for each other here.
    db.execute(select(Person.id).where(Person.id == reader.id).with_for_update())
    allowed = Allowed(
        pilot(reader.pilot),
        {site.id for site in offered.sites},
        {person_id for person_id, _ in offered.facilitators},
        clock.today(reader.zone),
    )
    columns = form.checked(allowed)
    facilitators = columns.pop("facilitators")
    if db.get(Group, group_id) is not None:
        _check_same(db, scopes.arranged(db, reader, group_id), columns, facilitators)
        return
    db.add(Group(id=group_id, created_at=clock.now(), **columns))
    db.flush()
    for person_id in facilitators:
        add_member(db, group_id, person_id, Role.FACILITATOR)


def _check_same(
    db: Session, group: Group, columns: dict[str, Any], facilitators: list[UUID]
) -> None:
    leads = select(Membership.person_id).where(
        Membership.group_id == group.id, Membership.role == Role.FACILITATOR
    )
    kept = {name: getattr(group, name) for name in columns}
    if kept != columns or set(db.scalars(leads)) != set(facilitators):
        raise SavedBefore


def add_member(
    db: Session, group_id: UUID, person_id: UUID, role: str, beside_id: UUID | None = None
) -> None:
    """Into the group, or back into it: there is one membership per person and group."""
    member = db.scalar(
        select(Membership).where(Membership.group_id == group_id, Membership.person_id == person_id)
    ) or Membership(group_id=group_id, person_id=person_id)
    member.role, member.beside_id = role, beside_id
    member.joined_at, member.left_at = clock.now(), None
    db.add(member)
    happened(db, What.MEMBER_CAME, person_id)


def change_numbers(db: Session, reader: Reader, group_id: UUID, numbers: Numbers) -> None:
    scopes.arranged(db, reader, group_id).numbers = checked_numbers(numbers)


def own_numbers(db: Session, reader: Reader) -> list[tuple[str, list[Line]]]:
    """Whom to call first: her groups' own numbers, then their sites', each under its name."""
    rows = db.execute(
        scopes.memberships(reader)
        .join(Group, Group.id == Membership.group_id)
        .join(Site, Site.id == Group.site_id)
        .order_by(Membership.joined_at.desc(), Membership.id.desc())
        .with_only_columns(
            Group.id, Group.name, Group.numbers, Site.id.label("site_id"),
            Site.name.label("site"), Site.numbers.label("site_numbers"),
        )
    ).all()  # fmt: skip
    groups = {row.id: (row.name, row.numbers) for row in rows}
    sites = {row.site_id: (row.site, row.site_numbers) for row in rows}
    named = [*groups.values(), *sites.values()]
    return [(heading, lines(numbers)) for heading, numbers in named if numbers]
