"""What follows from what happened: in the same transaction, the words for those who want them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, or_, select
from sqlalchemy.orm import Session

from companion import clock
from companion.chat.models import Message
from companion.db import Database
from companion.groups import agreements
from companion.groups.models import Agreement, Membership
from companion.groups.scopes import lasts
from companion.happenings import Happening, What, take_told
from companion.notifications import outbox, phones
from companion.notifications.models import Notification
from companion.notifications.outbox import Word
from companion.people.models import Person, Role
from companion.reminders.choices import UNCHOSEN
from companion.reminders.kinds import KINDS
from companion.reminders.models import ReminderChoices
from companion.reminders.planning import PERSON, Someone, next_digest, plan_sessions, someone
from companion.sessions.models import GroupSession, Question, Topic

CHANGE = "change-"


def follow_in(database: Database) -> None:
    """From now on, what happens in this database is followed by reminders."""
    if follow not in database.followers:
        database.followers.append(follow)


def follow(db: Session) -> None:
    by_what: dict[What, list[Happening]] = defaultdict(list)
    for each in take_told(db):
        by_what[each.what].append(each)
    for what, told in by_what.items():
        _ANSWERS[what](db, told)


def _ids(told: Iterable[Happening]) -> list[UUID]:
    return [each.id for each in told]


def _sessions_planned(db: Session, told: list[Happening]) -> None:
    plan_sessions(db, session_ids=_ids(told))


def _session_changed(db: Session, told: list[Happening]) -> None:
    """Moved, cancelled or on again: her reminders follow, and everybody who wants them for sessions
    is told at once."""
    plan_sessions(db, session_ids=_ids(told))
    for each in told:
        session = db.get_one(GroupSession, each.id)
        outbox.cancel(
            db,
            "changed",
            Notification.about_id == session.id,
            Notification.kind == "session",
            Notification.slot.startswith(CHANGE),
        )
        if session.starts_at > clock.now():
            slot, until = f"{CHANGE}{session.sequence}", session.starts_at
            _tell(db, each, "session", session.group_id, f"/sessions/{session.id}", slot, until)


def _topics_posted(db: Session, told: list[Happening]) -> None:
    for each in told:
        session = db.get_one(GroupSession, db.get_one(Topic, each.id).session_id)
        _tell(db, each, "topic", session.group_id, f"/topics/{each.id}")


def _messages_pinned(db: Session, told: list[Happening]) -> None:
    for each in told:
        group_id = db.get_one(Message, each.id).group_id
        _tell(db, each, "topic", group_id, f"/groups/{group_id}/chat", talking=True)


def _agreements_written(db: Session, told: list[Happening]) -> None:
    for each in told:
        group_id = db.get_one(Agreement, each.id).group_id
        _tell(db, each, "agreement", group_id, f"/groups/{group_id}/agreement")


def _questions_answered(db: Session, told: list[Happening]) -> None:
    """Only whoever asked it with her name can be told."""
    for each in told:
        question = db.get_one(Question, each.id)
        session = db.get_one(GroupSession, question.session_id)
        if question.asked_by_id:
            path = f"/sessions/{session.id}"
            _tell(db, each, "answer", session.group_id, path, only=question.asked_by_id)


def _messages_said(db: Session, told: list[Happening]) -> None:
    """One word for all that is new, at her next hour for it: never one for each message."""
    now = clock.now()
    for each in told:
        wanting = _wanting(db, each, "messages", each.id, talking=True)
        outbox.write(db, [next_digest(who, now) for who in wanting])


def _person_left(db: Session, told: list[Happening]) -> None:
    outbox.cancel(db, "left", Notification.person_id.in_(_ids(told)))


def _signed_out(db: Session, told: list[Happening]) -> None:
    db.flush()
    phones.forget_signed_out(db, _ids(told))


def _membership_changed(db: Session, told: list[Happening]) -> None:
    plan_sessions(db, person_ids=_ids(told))


_ANSWERS: Mapping[What, Callable[[Session, list[Happening]], None]] = {
    What.PERSON_LEFT: _person_left,
    What.SIGNED_OUT: _signed_out,
    What.MEMBER_CAME: _membership_changed,
    What.MEMBER_WENT: _membership_changed,
    What.AGREEMENT_WRITTEN: _agreements_written,
    What.SESSION_PLANNED: _sessions_planned,
    What.SESSION_MOVED: _session_changed,
    What.SESSION_CANCELLED: _session_changed,
    What.SESSION_RESTORED: _session_changed,
    What.TOPIC_POSTED: _topics_posted,
    What.QUESTION_ANSWERED: _questions_answered,
    What.MESSAGE_SAID: _messages_said,
    What.MESSAGE_PINNED: _messages_pinned,
}


def _tell(
    db: Session,
    told: Happening,
    kind: str,
    group_id: UUID,
    path: str,
    slot: str = "",
    until: datetime | None = None,
    *,
    talking: bool = False,
    only: UUID | None = None,
) -> None:
    """A word, due now, for the members of a group who want to be told of this kind."""
    now = clock.now()
    until = until or now + KINDS[kind].keeps
    outbox.write(
        db,
        [
            Word(who.id, kind, now, until, path, told.id, slot)
            for who in _wanting(db, told, kind, group_id, talking=talking)
            if only in (None, who.id)
        ],
    )


def _wanting(
    db: Session, told: Happening, kind: str, group_id: UUID, *, talking: bool
) -> list[Someone]:
    """Those members, but for whoever did it. `talking`: it is about the conversation, in which
    support persons may have no part."""
    rows = db.execute(_members_wanting(kind, talking), {"group": group_id}).all()
    return [someone(row) for row in rows if row.person_id != told.by_id]


@cache
def _members_wanting(kind: str, talking: bool) -> Select[*tuple[Any, ...]]:
    """Built once: every message asks it."""
    group_id: Any = bindparam("group")
    takes_part: ColumnElement[bool] = Membership.role.in_(KINDS[kind].roles)
    if talking:
        welcome = agreements.welcoming(group_id).scalar_subquery()
        takes_part &= or_(Membership.role != Role.PARTNER, welcome)
    return (
        select(*PERSON)
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(ReminderChoices, ReminderChoices.person_id == Person.id)
        .where(Membership.group_id == group_id, takes_part, lasts(), _chose(kind))
    )


def _chose(kind: str) -> ColumnElement[bool]:
    """What she chose, or what holds for whoever has not chosen. What counts after a loss is asked
    for when a word is sent; here it must not be missed."""
    switch: ColumnElement[bool] = getattr(ReminderChoices, KINDS[kind].choice)
    if KINDS[kind].after_loss:
        switch = or_(switch, getattr(ReminderChoices, KINDS[kind].after_loss))
    if not getattr(UNCHOSEN, KINDS[kind].choice):
        return switch
    return or_(ReminderChoices.id.is_(None), switch)
