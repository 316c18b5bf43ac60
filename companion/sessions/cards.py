"""A session as lists and cards show it: read as columns, with her answer and how many come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, ScalarSelect, Select, and_, func, literal, select
from sqlalchemy.orm import aliased

from companion import clock
from companion.groups.models import Group, Membership
from companion.groups.scopes import lasts
from companion.i18n import Sentence, themed
from companion.i18n.formats import zone_place
from companion.people.models import Role
from companion.people.reader import Reader
from companion.pilots.models import Site
from companion.sessions.models import MOST_MINUTES, Attendance, GroupSession
from companion.sessions.scopes import seen_by, whoever
from companion.sessions.sparing import spared

MAY_ANSWER = (Role.PARTICIPANT, Role.PARTNER)
LONGEST_SESSION = timedelta(minutes=MOST_MINUTES)


@dataclass(frozen=True)
class SessionCard:
    """One session for one reader. `day` and `at` are what the clock on the wall shows where the
    group meets; `elsewhere` names that place when her own clock shows another time.

    `about` is what she may know of it: titles of topics (str), else themes (Sentence).
    """

    id: UUID
    group_id: UUID
    group_name: str
    role: str
    number: int
    day: date
    at: time
    zone: str
    starts_at: datetime
    minutes: int
    place: str
    address: str
    online_link: str
    is_cancelled: bool
    is_moved: bool
    is_spared: bool
    themes: tuple[str, ...]
    checks: tuple[str, ...]
    answer: bool | None
    coming: int
    members: int
    elsewhere: str
    about: tuple[str | Sentence, ...]
    sequence: int

    @property
    def until(self) -> time:
        """When it ends, on the same wall."""
        ends_at = self.starts_at + timedelta(minutes=self.minutes)
        return ends_at.astimezone(ZoneInfo(self.zone)).time()

    @property
    def is_over(self) -> bool:
        return is_over(self.starts_at, self.minutes)

    @property
    def is_open(self) -> bool:
        """Whether saying who comes still means something."""
        return not (self.is_over or self.is_cancelled)

    @property
    def is_facilitator(self) -> bool:
        return self.role == Role.FACILITATOR

    @property
    def is_member(self) -> bool:
        return self.role != Role.COORDINATOR

    @property
    def may_answer(self) -> bool:
        return self.role in MAY_ANSWER and self.is_open


def is_over(starts_at: datetime, minutes: int) -> bool:
    return starts_at + timedelta(minutes=minutes) <= clock.now()


@cache
def rows(role: str, *, with_empty_groups: bool = False) -> Select[*tuple[Any, ...]]:
    """The sessions a reader sees, in order, with her answer and the counts: one query.

    Built once per role; run it with `scopes.values`.
    """
    reader = whoever(role)
    hers = and_(Attendance.session_id == GroupSession.id, Attendance.person_id == reader.id)
    part = literal(Role.COORDINATOR.value) if reader.is_coordinator else Membership.role
    return (
        seen_by(reader)
        .with_only_columns(
            Group.id.label("group_id"),
            Group.name.label("group_name"),
            Group.created_at,
            part.label("role"),
            Site.name.label("site_name"),
            Site.address,
            GroupSession.id,
            GroupSession.number,
            GroupSession.day,
            GroupSession.at,
            GroupSession.zone,
            GroupSession.starts_at,
            GroupSession.minutes,
            GroupSession.place,
            GroupSession.online_link,
            GroupSession.state,
            GroupSession.moved_at,
            GroupSession.sequence,
            GroupSession.themes,
            GroupSession.checks,
            Attendance.is_coming.label("answer"),
            _coming().label("coming"),
            _members().label("members"),
            spared(reader).label("is_spared"),
        )
        .join(GroupSession, GroupSession.group_id == Group.id, isouter=with_empty_groups)
        .join(Attendance, hers, isouter=True)
        .order_by(GroupSession.starts_at, GroupSession.number)
    )


def _members() -> ScalarSelect[int]:
    """How many may answer: the participants of the group, and who stands beside them."""
    others = aliased(Membership)
    return (
        select(func.count(others.id))
        .where(others.group_id == Group.id, others.role.in_(MAY_ANSWER), lasts(others))
        .correlate(Group)
        .scalar_subquery()
    )


def _coming() -> ScalarSelect[int]:
    """How many of these said that they are coming."""
    others, answers = aliased(Membership), aliased(Attendance)
    return (
        select(func.count(answers.id))
        .join(others, others.person_id == answers.person_id)
        .where(
            answers.session_id == GroupSession.id,
            answers.is_coming,
            others.group_id == GroupSession.group_id,
            others.role.in_(MAY_ANSWER),
            lasts(others),
        )
        .correlate(GroupSession)
        .scalar_subquery()
    )


def card(row: Row[Any], reader: Reader, titles: Mapping[UUID, Sequence[str]]) -> SessionCard:
    """What she sees of a row. After a loss that is when and where, and nothing else."""
    is_spared = bool(row.is_spared)
    themes = () if is_spared else tuple(row.themes)
    posted = () if is_spared else tuple(titles.get(row.id, ()))
    return SessionCard(
        id=row.id,
        group_id=row.group_id,
        group_name=row.group_name,
        role=row.role,
        number=row.number,
        day=row.day,
        at=row.at,
        zone=row.zone,
        starts_at=row.starts_at,
        minutes=row.minutes,
        place=row.place,
        address=row.address if row.place == row.site_name else "",
        online_link=row.online_link,
        is_cancelled=row.state == "cancelled",
        is_moved=row.moved_at is not None,
        is_spared=is_spared,
        themes=themes,
        checks=() if is_spared else tuple(row.checks),
        answer=row.answer,
        coming=row.coming,
        members=row.members,
        elsewhere=elsewhere(row.starts_at, row.zone, reader),
        about=posted or tuple(themed(theme) for theme in themes),
        sequence=row.sequence,
    )


def elsewhere(moment: datetime, zone: str, reader: Reader) -> str:
    """The place whose clock is meant, when hers then shows another time; else ""."""
    there, here = (moment.astimezone(ZoneInfo(each)) for each in (zone, reader.zone))
    if there.utcoffset() == here.utcoffset():
        return ""
    return zone_place(zone, reader.language)
