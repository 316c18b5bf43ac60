"""Whose groups: every query on a group starts here, so that nobody else's can be reached."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, joinedload

from companion.errors import NotFound
from companion.groups.models import Group, Membership
from companion.people.models import Person, Role
from companion.people.reader import Reader
from companion.pilots.models import Site


def lasts(member: type[Membership] = Membership) -> ColumnElement[bool]:
    """A membership that has not ended, of somebody who has not left Companion. A partner's ends
    with hers whom the partner stands beside, also when she leaves Companion altogether.

    Whoever counts or lists members says it with this."""
    gone = aliased(Person)
    have_left = (
        select(gone.id)
        .where(gone.id.in_((member.person_id, member.beside_id)), gone.left_at.is_not(None))
        .correlate(member)
    )
    return member.left_at.is_(None) & ~have_left.exists()


def memberships(reader: Reader) -> Select[Membership]:
    """Her memberships that have not ended."""
    return select(Membership).where(Membership.person_id == reader.id, lasts())


def of(reader: Reader) -> Select[Group]:
    """The groups she is in, as whatever."""
    return (
        select(Group)
        .join(Membership, Membership.group_id == Group.id)
        .where(Membership.person_id == reader.id, lasts())
    )


def ever_of(reader: Reader) -> Select[UUID]:
    """The groups she is or was in, by id: for what is hers alone, whoever ended her membership."""
    return select(Membership.group_id).where(Membership.person_id == reader.id)


def led_by(reader: Reader) -> Select[Group]:
    """The groups she facilitates."""
    return of(reader).where(Membership.role == Role.FACILITATOR)


def coordinated_by(reader: Reader) -> Select[Group]:
    """The groups of the pilot that she coordinates; none for anybody else."""
    return (
        select(Group)
        .join(Site, Site.id == Group.site_id)
        .where(Site.pilot == (reader.pilot if reader.is_coordinator else None))
    )


def membership(db: Session, reader: Reader, group_id: UUID) -> Membership:
    """Her own membership of a group, with the group and its site. Raises NotFound."""
    found = db.scalar(
        memberships(reader)
        .where(Membership.group_id == group_id)
        .options(joinedload(Membership.group).joinedload(Group.site))
    )
    if found is None:
        raise NotFound
    return found


def facilitated(db: Session, reader: Reader, group_id: UUID) -> Group:
    """A group that she facilitates, with its site. Raises NotFound."""
    return _one(db, led_by(reader), group_id)


def arranged(db: Session, reader: Reader, group_id: UUID) -> Group:
    """A group whose arrangements are hers to make: as facilitator or as coordinator."""
    return _one(db, coordinated_by(reader) if reader.is_coordinator else led_by(reader), group_id)


def _one(db: Session, scope: Select[Group], group_id: UUID) -> Group:
    found = db.scalar(scope.where(Group.id == group_id).options(joinedload(Group.site)))
    if found is None:
        raise NotFound
    return found


def hold(db: Session, group_id: UUID) -> None:
    """Whoever changes this group next waits until we are done: the two posts of a form sent twice
    come one after the other, and the last free place is given once. (SQLite always waits.)"""
    db.execute(select(Group.id).where(Group.id == group_id).with_for_update(key_share=True))


def participants(db: Session, group_id: UUID) -> int:
    """How many participants a group has now. The caller has shown her scope."""
    return db.scalars(how_many_participants(group_id)).one()


def how_many_participants(group_id: UUID | InstrumentedAttribute[UUID]) -> Select[int]:
    """The same as a query, of one group or for each group of another query."""
    return select(func.count(Membership.id)).where(
        Membership.group_id == group_id, Membership.role == Role.PARTICIPANT, lasts()
    )


@dataclass(frozen=True)
class Member:
    """Somebody in a group, as the others see her."""

    person_id: UUID
    membership_id: UUID
    name: str
    role: str


def members(db: Session, group_id: UUID, role: Role | None = None) -> list[Member]:
    """Who is in a group now (as what, if asked), facilitators first, then by name. The caller has
    shown her scope."""
    wanted = (
        select(Membership.id, Membership.role, Person.id.label("person_id"), Person.name_sealed)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.group_id == group_id, lasts())
    )
    rows = db.execute(wanted.where(Membership.role == role) if role else wanted)
    found = [
        Member(
            row.person_id,
            row.id,
            Person.name.open(Person, row.name_sealed, row.person_id),
            row.role,
        )
        for row in rows
    ]
    # Names are sealed, and databases sort scripts differently: sorted here, the same everywhere.
    return sorted(found, key=lambda each: (each.role != Role.FACILITATOR, each.name.casefold()))
