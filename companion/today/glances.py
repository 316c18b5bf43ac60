"""What facilitators and coordinators find on Today: their groups at a glance."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from companion import clock
from companion.groups import scopes as groups
from companion.groups.models import Group, Membership
from companion.journeys.actions import answer_call
from companion.journeys.models import Journey
from companion.people.models import Person
from companion.people.reader import Reader
from companion.pilots.models import Site
from companion.sessions.cards import MAY_ANSWER, SessionCard
from companion.sessions.models import Attendance, GroupSession
from companion.sessions.path import paths

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Glance:
    """A group that somebody facilitates: its next session, and who comes."""

    group_id: UUID
    name: str
    next: SessionCard | None
    staying: int

    @property
    def silent(self) -> int:
        return self.next.members - self.next.coming - self.staying if self.next else 0


@dataclass(frozen=True)
class Call:
    """Somebody of the group asks to be called, and says no more."""

    journey_id: UUID
    name: str


@dataclass(frozen=True)
class Overview:
    """A group as its coordinator sees it."""

    group_id: UUID
    name: str
    site: str
    members: int
    next_on: date | None


def glances(db: Session, reader: Reader) -> list[Glance]:
    """Her groups, those that meet soonest first."""
    own = [(path, path.next) for path in paths(db, reader) if path.is_facilitator]
    staying = _staying(db, [card.id for _, card in own if card])
    found = [
        Glance(path.group_id, path.group_name, card, staying.get(card.id, 0) if card else 0)
        for path, card in own
    ]
    return sorted(found, key=lambda each: each.next.starts_at if each.next else NEVER)


def calls(db: Session, reader: Reader) -> list[Call]:
    """Who waits for a call in the groups she facilitates, the longest first."""
    rows = db.execute(
        select(Journey.id, Person.id.label("person_id"), Person.name_sealed)
        .join(Person, Person.id == Journey.person_id)
        .where(Journey.person_id.in_(_people(reader)), Journey.wants_call_at.is_not(None))
        .order_by(Journey.wants_call_at)
    )
    return [Call(row.id, Person.name.open(Person, row.name_sealed, row.person_id)) for row in rows]


def note_called(db: Session, reader: Reader, journey_id: UUID) -> None:
    """Somebody of her group was called. Raises NotFound for anybody else."""
    answer_call(db, journey_id, _people(reader))


def overviews(db: Session, reader: Reader) -> list[Overview]:
    """Every group of the coordinator's pilot, those that meet soonest first."""
    rows = db.execute(
        groups.coordinated_by(reader).with_only_columns(
            Group.id,
            Group.name,
            Site.name.label("site"),
            groups.how_many_participants(Group.id)
            .correlate(Group)
            .scalar_subquery()
            .label("members"),
            _next_day().scalar_subquery().label("next_on"),
        )
    )
    found = [Overview(row.id, row.name, row.site, row.members, row.next_on) for row in rows]
    return sorted(found, key=lambda each: (each.next_on or date.max, each.name.casefold()))


def _people(reader: Reader) -> Select[UUID]:
    """The participants of the groups she facilitates."""
    others = aliased(Membership)
    led = groups.led_by(reader).with_only_columns(Group.id)
    return select(others.person_id).where(others.group_id.in_(led), groups.lasts(others))


def _staying(db: Session, session_ids: Iterable[UUID]) -> Mapping[UUID, int]:
    """How many of those who are still in the group said that they cannot come, by session."""
    rows = db.execute(
        select(Attendance.session_id, func.count())
        .join(GroupSession, GroupSession.id == Attendance.session_id)
        .join(
            Membership,
            (Membership.group_id == GroupSession.group_id)
            & (Membership.person_id == Attendance.person_id),
        )
        .where(
            Attendance.session_id.in_(list(session_ids)),
            Attendance.is_coming.is_(False),
            Membership.role.in_(MAY_ANSWER),
            groups.lasts(),
        )
        .group_by(Attendance.session_id)
    )
    return dict(rows.all())


def _next_day() -> Select[date | None]:
    return (
        select(func.min(GroupSession.day))
        .where(
            GroupSession.group_id == Group.id,
            GroupSession.state == "planned",
            GroupSession.starts_at > clock.now(),
        )
        .correlate(Group)
    )
