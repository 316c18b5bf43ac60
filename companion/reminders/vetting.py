"""Whether a word is still to be said, asked at the moment it is due: her choice, her night, her
journey, her group, and the thing itself may all have changed since it was written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select, tuple_
from sqlalchemy.orm import Session, aliased

from companion import clock
from companion.chat.marks import unread
from companion.chat.models import Message
from companion.groups import agreements
from companion.groups.models import Acceptance, Agreement, Membership
from companion.groups.scopes import lasts
from companion.measurements.actions import done_kinds_since
from companion.notifications.outbox import Claimed
from companion.people.models import Person, Role
from companion.people.reader import Reader
from companion.reminders import choices
from companion.reminders.kinds import KINDS, OWN, TEST
from companion.reminders.models import OwnReminder, ReminderChoices
from companion.reminders.planning import Someone, someone
from companion.sessions.actions import ALWAYS_WORTH, IS_DONE, checks_asked
from companion.sessions.models import GroupSession, Question, Topic
from companion.sessions.sparing import spared_among


@dataclass(frozen=True)
class Addressee:
    """Whom a word is for, as she is now."""

    who: Someone
    role: str
    language: str
    pilot: str
    look: str
    is_spared: bool


@dataclass(frozen=True)
class Verdict:
    """What is to be done with a word: sent, if there is no reason `why` not; or looked at again
    `at` a later moment."""

    why: str = ""
    at: datetime | None = None

    @property
    def is_yes(self) -> bool:
        return not self.why


YES = Verdict()
Known = Mapping[UUID, Addressee]


def addressees(db: Session, claimed: Sequence[Claimed]) -> Known:
    """Those of the people these are for who are still here."""
    ids = {each.person_id for each in claimed}
    spared = spared_among(db, ids)
    rows = db.execute(
        select(
            Person.id.label("person_id"), Person.role, Person.language, Person.pilot, Person.zone,
            Person.look, *choices.COLUMNS,
        )
        .outerjoin(ReminderChoices, ReminderChoices.person_id == Person.id)
        .where(Person.id.in_(ids), Person.left_at.is_(None))
    )  # fmt: skip
    return {
        row.person_id: Addressee(
            someone(row), row.role, row.language, row.pilot, row.look, row.person_id in spared
        )
        for row in rows
    }


def vet(db: Session, claimed: Sequence[Claimed], known: Known) -> dict[UUID, Verdict]:
    """A verdict on each, by its id."""
    now = clock.now()
    verdicts = {each.id: _for_her(each, known.get(each.person_id), now) for each in claimed}
    for kind, ask in _ASKED.items():
        words = [each for each in claimed if each.kind == kind and verdicts[each.id].is_yes]
        if words:
            verdicts |= {each: Verdict(why) for each, why in ask(db, words, known).items()}
    return verdicts


def _for_her(of: Claimed, her: Addressee | None, now: datetime) -> Verdict:
    if her is None:
        return Verdict("left")
    if of.expires_at <= now:
        return Verdict("quiet" if of.why == "quiet" else "late")
    kind = KINDS.get(of.kind)
    if kind is None:
        return Verdict("unknown")
    if kind.slug == TEST:
        return YES
    if not her.who.choices.wants(kind, spared=her.is_spared):
        return Verdict("off")  # also after a loss: nobody who counts reasons is told of one
    awake_at = her.who.choices.quiet(her.who.zone).after(now)
    if awake_at > now:
        return Verdict("quiet", awake_at if awake_at < of.expires_at else None)
    return YES


# Each says of which words of a kind the reason is gone.

Gone = dict[UUID, str]


def _sessions(db: Session, words: Sequence[Claimed], known: Known) -> Gone:
    """It must still be as the word has it, and she in the group."""
    rows = db.execute(
        select(GroupSession.id, GroupSession.starts_at, GroupSession.state, GroupSession.group_id)
        .where(GroupSession.id.in_({each.about_id for each in words}))
    )  # fmt: skip
    found = {row.id: row for row in rows}
    members = _members(db, words, {row.group_id for row in found.values()})
    gone: Gone = {}
    for each in words:
        row: Any = found.get(each.about_id) if each.about_id else None
        is_planned = each.of_at is None or (row and row.state == "planned")
        if row is None or (each.person_id, row.group_id) not in members:
            gone[each.id] = "gone"
        elif not is_planned or each.of_at not in (None, row.starts_at):
            gone[each.id] = "changed"
    return gone


def _topics(db: Session, words: Sequence[Claimed], known: Known) -> Gone:
    """A topic of a session, or an announcement that is still there for her to read."""
    ids = {each.about_id for each in words}
    topics = select(Topic.id, GroupSession.group_id).join(
        GroupSession, GroupSession.id == Topic.session_id
    )
    welcome = agreements.welcoming(Message.group_id).correlate(Message).scalar_subquery()
    announced = select(Message.id, Message.group_id, welcome.label("welcome")).where(
        Message.deleted_at.is_(None), Message.hidden_at.is_(None)
    )
    posted = db.execute(topics.where(Topic.id.in_(ids))).all()
    said = db.execute(announced.where(Message.id.in_(ids))).all()
    closed = {row.id for row in said if not row.welcome}
    gone = _not_in(db, words, {row.id: row.group_id for row in (*posted, *said)})
    return gone | {
        each.id: "gone"
        for each in words
        if each.about_id in closed and known[each.person_id].role == Role.PARTNER
    }


def _answers(db: Session, words: Sequence[Claimed], known: Known) -> Gone:
    rows = db.execute(
        select(Question.id, GroupSession.group_id)
        .join(GroupSession, GroupSession.id == Question.session_id)
        .where(Question.id.in_({each.about_id for each in words}))
    )
    return _not_in(db, words, {row.id: row.group_id for row in rows})


def _agreements(db: Session, words: Sequence[Claimed], known: Known) -> Gone:
    """Not a text that she said yes to meanwhile, nor one that holds no more."""
    ids, newer = {each.about_id for each in words}, aliased(Agreement)
    is_over = exists().where(
        newer.group_id == Agreement.group_id, newer.version > Agreement.version
    )
    rows = db.execute(
        select(Agreement.id, Agreement.group_id).where(Agreement.id.in_(ids), ~is_over)
    )
    gone = _not_in(db, words, {row.id: row.group_id for row in rows})
    pairs = [(each.about_id, each.person_id) for each in words]
    said_yes = db.execute(
        select(Acceptance.agreement_id, Acceptance.person_id).where(
            tuple_(Acceptance.agreement_id, Acceptance.person_id).in_(pairs)
        )
    )
    accepted = {(row.agreement_id, row.person_id) for row in said_yes}
    return gone | {each.id: "done" for each in words if (each.about_id, each.person_id) in accepted}


def _messages(db: Session, words: Sequence[Claimed], known: Known) -> Gone:
    """Only if there is something that she has not read."""
    return {
        each.id: "done"
        for each in words
        if not any(chat.count for chat in unread(db, _reader(known[each.person_id])))
    }


def _reader(her: Addressee) -> Reader:
    who = her.who
    return Reader.without_device(who.id, her.role, her.language, her.pilot, who.zone, look=her.look)


def _measuring(db: Session, words: Sequence[Claimed], known: Known) -> Gone:
    """Only if something is asked for that she has not written down this week."""
    since = clock.now() - IS_DONE
    gone: Gone = {}
    for each in words:
        asked = checks_asked(db, _reader(known[each.person_id])) or ALWAYS_WORTH
        if set(asked) <= set(done_kinds_since(db, each.person_id, since)):
            gone[each.id] = "done"
    return gone


def _own(db: Session, words: Sequence[Claimed], known: Known) -> Gone:
    ids = {each.about_id for each in words}
    there = set(db.scalars(select(OwnReminder.id).where(OwnReminder.id.in_(ids))))
    return {each.id: "gone" for each in words if each.about_id not in there}


def _not_in(db: Session, words: Sequence[Claimed], group_of: Mapping[UUID, UUID]) -> Gone:
    """Those whose thing is gone, or who are in its group no longer."""
    members = _members(db, words, set(group_of.values()))
    return {
        each.id: "gone"
        for each in words
        if each.about_id is None or (each.person_id, group_of.get(each.about_id)) not in members
    }


def _members(
    db: Session, words: Sequence[Claimed], group_ids: set[UUID]
) -> set[tuple[UUID, UUID | None]]:
    rows = db.execute(
        select(Membership.person_id, Membership.group_id).where(
            Membership.person_id.in_({each.person_id for each in words}),
            Membership.group_id.in_(group_ids),
            lasts(),
        )
    )
    return {(row.person_id, row.group_id) for row in rows}


_ASKED: Mapping[str, Callable[[Session, Sequence[Claimed], Known], Gone]] = {
    "session": _sessions,
    "topic": _topics,
    "answer": _answers,
    "agreement": _agreements,
    "messages": _messages,
    "measuring": _measuring,
    OWN: _own,
}
