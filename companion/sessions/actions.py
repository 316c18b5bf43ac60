"""What people do about sessions: see what is next, say whether they come, move one, cancel one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, not_, select
from sqlalchemy.orm import Session

from companion import clock
from companion.errors import NotFound, Refusal
from companion.groups.scopes import Member, members
from companion.happenings import What, happened
from companion.i18n import _
from companion.measurements.kinds import Kind, kind_by_slug
from companion.people import actions as people
from companion.people.reader import Reader
from companion.sessions import cards, notes, scopes, topics
from companion.sessions.cards import LONGEST_SESSION, MAY_ANSWER, SessionCard
from companion.sessions.models import Attendance, GroupSession
from companion.sessions.notes import OwnNote
from companion.sessions.sparing import spared

# What is worth writing down when no session asks for anything; and for how long it then is done.
ALWAYS_WORTH = ("blood-pressure", "weight")
IS_DONE = timedelta(days=7)

SOON = 5  # of several groups, one may have ended within LONGEST_SESSION


@dataclass(frozen=True)
class Answers:
    """Who said what about a session."""

    coming: list[Member] = field(default_factory=list)
    staying: list[Member] = field(default_factory=list)
    silent: list[Member] = field(default_factory=list)


@dataclass(frozen=True)
class Arrangement:
    """When and where a session is."""

    day: date
    at: time
    minutes: int
    place: str
    online_link: str


def one(
    db: Session, reader: Reader, session_id: UUID
) -> tuple[SessionCard, list[topics.TopicLine], OwnNote]:
    """A session that she sees, with its topics and her own note. Raises NotFound."""
    asked = notes.rows(reader.role).where(GroupSession.id == session_id)
    row = db.execute(asked, scopes.values(reader)).one_or_none()
    if row is None:
        raise NotFound
    posted = [] if row.is_spared else topics.of_one(db, reader, session_id)
    card = cards.card(row, reader, topics.titles(posted))
    return card, posted, notes.opened(row, is_seen=True)


def next_of(db: Session, reader: Reader) -> SessionCard | None:
    """Her next session, in two queries. One that is cancelled is still shown until its time has
    passed, so that nobody stands before a closed door. A coordinator sits in no group."""
    if reader.is_coordinator:
        return None
    rows = db.execute(
        _soon(reader.role), scopes.values(reader, after=clock.now() - LONGEST_SESSION)
    )
    row = next((each for each in rows if not cards.is_over(each.starts_at, each.minutes)), None)
    if row is None:
        return None
    posted = [] if row.is_spared else topics.of_one(db, reader, row.id)
    return cards.card(row, reader, topics.titles(posted))


def newest_topics(db: Session, reader: Reader, since: datetime) -> list[topics.TopicLine]:
    """What was posted in her groups since a moment, the newest first."""
    return [] if reader.is_coordinator else topics.since(db, reader, since)[::-1]


def checks_asked(db: Session, reader: Reader) -> tuple[str, ...]:
    """What her next session asks her to measure of herself: slugs of kinds."""
    if reader.is_coordinator:
        return ()
    rows = db.execute(
        _checks(reader.role), scopes.values(reader, after=clock.now() - LONGEST_SESSION)
    )
    for checks, starts_at, minutes in rows:
        if not cards.is_over(starts_at, minutes):
            return tuple(kind.slug for kind in kinds(checks) if kind.about == "her")
    return ()


@cache
def _soon(role: str) -> Select[*tuple[Any, ...]]:
    return cards.rows(role).where(GroupSession.starts_at > bindparam("after")).limit(SOON)


@cache
def _checks(role: str) -> Select[list[str], datetime, int]:
    reader = scopes.whoever(role)
    return (
        select(GroupSession.checks, GroupSession.starts_at, GroupSession.minutes)
        .where(
            GroupSession.group_id.in_(scopes.ids(scopes.seen_by(reader))),
            GroupSession.starts_at > bindparam("after"),
            GroupSession.state == "planned",
            not_(spared(reader)),
        )
        .order_by(GroupSession.starts_at)
        .limit(SOON)
    )


def kinds(slugs: Sequence[str]) -> list[Kind]:
    """The kinds behind a session's self-checks; one that we no longer know is left out."""
    found = (kind_by_slug(slug, {}) for slug in slugs)
    return [kind for kind in found if kind]


def answers(db: Session, card: SessionCard) -> Answers:
    """Who said what, for a facilitator of the group."""
    rows = select(Attendance.person_id, Attendance.is_coming)
    found = db.execute(rows.where(Attendance.session_id == card.id))
    said = {row.person_id: row.is_coming for row in found}
    sorted_out = Answers()
    lists = {True: sorted_out.coming, False: sorted_out.staying, None: sorted_out.silent}
    for member in members(db, card.group_id):
        if member.role in MAY_ANSWER:
            lists[said.get(member.person_id)].append(member)
    return sorted_out


def answer(
    db: Session,
    reader: Reader,
    session_id: UUID,
    *,
    is_coming: bool,
    at: datetime | None = None,
) -> None:
    """She is coming, or she cannot. The last answer counts, until the session is over. `at`: when
    it was given, if it waited on a phone."""
    seat = scopes.seat(db, reader, session_id)
    if seat.role not in MAY_ANSWER:
        raise NotFound
    _refuse_if_closed(seat.session)
    people.hold(db, reader)
    found = db.scalar(
        select(Attendance).where(
            Attendance.session_id == session_id, Attendance.person_id == reader.id
        )
    )
    if found is None:
        found = Attendance(session_id=session_id, person_id=reader.id)
        db.add(found)
    given_at = at or clock.now()
    if found.answered_at is None or found.answered_at <= given_at:
        found.is_coming, found.answered_at = is_coming, given_at


def _refuse_if_closed(session: GroupSession) -> None:
    if session.state == "cancelled":
        raise Refusal(_("This session is cancelled, so nobody needs to answer."), "answer")
    if cards.is_over(session.starts_at, session.minutes):
        raise Refusal(_("This session is over. Your answer stays as it was."), "answer")


def change(db: Session, reader: Reader, session_id: UUID, new: Arrangement) -> None:
    """Move a session, or say something else about it. It can only move to a time still to come."""
    session = scopes.facilitated(db, reader, session_id).session
    has_moved = (new.day, new.at) != (session.day, session.at)
    is_elsewhere = (new.place, new.online_link) != (session.place, session.online_link)
    if has_moved:
        if clock.moment(new.day, new.at, session.zone) <= clock.now():
            raise Refusal(_("This day and time have passed. Choose a later one."), "day")
        session.meet(new.day, new.at, session.zone)
        session.moved_at = clock.now()
    session.minutes, session.place, session.online_link = new.minutes, new.place, new.online_link
    session.sequence += 1
    if has_moved or is_elsewhere:
        happened(db, What.SESSION_MOVED, session.id, by_id=reader.id)


def cancel(db: Session, reader: Reader, session_id: UUID) -> None:
    _switch(db, reader, session_id, "cancelled", What.SESSION_CANCELLED)


def restore(db: Session, reader: Reader, session_id: UUID) -> None:
    _switch(db, reader, session_id, "planned", What.SESSION_RESTORED)


def _switch(db: Session, reader: Reader, session_id: UUID, state: str, what: What) -> None:
    """Doing it twice does it once."""
    session = scopes.facilitated(db, reader, session_id).session
    if session.state == state:
        return
    session.state = state
    session.sequence += 1
    happened(db, what, session.id, by_id=reader.id)
