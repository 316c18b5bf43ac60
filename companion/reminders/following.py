"""What follows from what happened: in the same transaction, the words for those who want them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
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
from companion.reminders.planning import PERSON, next_digest, plan_sessions, someone
from companion.sessions.models import GroupSession, Question, Topic


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
    is told at once; not whoever did it."""
    plan_sessions(db, session_ids=_ids(told))
    for each in told:
        session = db.get_one(GroupSession, each.id)
        outbox.cancel(
            db,
            "changed",
            Notification.about_id == session.id,
            Notification.kind == "session",
            Notification.slot.startswith("change"),
        )
        # About a session that is over, or begins any moment, nobody is told any more.
        words = [
            _now("session", person_id, f"/sessions/{session.id}", session.id,
                 slot=f"change-{session.sequence}", expires_at=session.starts_at)
            for person_id in _members_wanting(db, "session", session.group_id, each)
        ]  # fmt: skip
        outbox.write(db, [word for word in words if word.due_at < word.expires_at])


def _topics_posted(db: Session, told: list[Happening]) -> None:
    for each in told:
        topic = db.get_one(Topic, each.id)
        session = db.get_one(GroupSession, topic.session_id)
        outbox.write(
            db,
            [
                _now("topic", person_id, f"/topics/{topic.id}", topic.id)
                for person_id in _members_wanting(db, "topic", session.group_id, each)
            ],
        )


def _messages_pinned(db: Session, told: list[Happening]) -> None:
    for each in told:
        message = db.get_one(Message, each.id)
        outbox.write(
            db,
            [
                _now("topic", person_id, f"/groups/{message.group_id}/chat", message.id)
                for person_id in _members_wanting(db, "topic", message.group_id, each, talking=True)
            ],
        )


def _questions_answered(db: Session, told: list[Happening]) -> None:
    for each in told:
        question = db.get_one(Question, each.id)
        if question.asked_by_id and question.asked_by_id != each.by_id:
            session = db.get_one(GroupSession, question.session_id)
            wanting = _members_wanting(db, "answer", session.group_id, each)
            outbox.write(
                db,
                [
                    _now("answer", person_id, f"/sessions/{session.id}", question.id)
                    for person_id in wanting
                    if person_id == question.asked_by_id
                ],
            )


def _agreements_written(db: Session, told: list[Happening]) -> None:
    for each in told:
        agreement = db.get_one(Agreement, each.id)
        path = f"/groups/{agreement.group_id}/agreement"
        outbox.write(
            db,
            [
                _now("agreement", person_id, path, agreement.id)
                for person_id in _members_wanting(db, "agreement", agreement.group_id, each)
            ],
        )


def _messages_said(db: Session, told: list[Happening]) -> None:
    """One word for all that is new, at her next hour for it: never one for each message."""
    now = clock.now()
    for each in told:
        rows = db.execute(_wanting("messages", each.id, talking=True)).all()
        whose = [someone(row) for row in rows if row.person_id != each.by_id]
        outbox.write(db, [next_digest(who, now) for who in whose])


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


def _now(
    kind: str,
    person_id: UUID,
    path: str,
    about_id: UUID,
    slot: str = "",
    expires_at: datetime | None = None,
) -> Word:
    now = clock.now()
    expires_at = expires_at or now + KINDS[kind].keeps
    return Word(person_id, kind, now, expires_at, path, about_id, slot)


def _members_wanting(
    db: Session, kind: str, group_id: UUID, told: Happening, *, talking: bool = False
) -> list[UUID]:
    """The members of a group who want to be told of this kind, but for whoever did it."""
    rows = db.execute(_wanting(kind, group_id, talking=talking))
    return [row.person_id for row in rows if row.person_id != told.by_id]


def _wanting(kind: str, group_id: UUID, *, talking: bool) -> Select[*tuple[object, ...]]:
    """`talking`: it is about the conversation, in which partners may have no part."""
    roles = KINDS[kind].roles
    who: ColumnElement[bool] = Membership.role.in_(roles)
    if talking:
        welcome = agreements.welcoming(group_id).scalar_subquery()
        who = and_(who, or_(Membership.role != Role.PARTNER, welcome))
    return (
        select(*PERSON)
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(ReminderChoices, ReminderChoices.person_id == Person.id)
        .where(Membership.group_id == group_id, who, lasts(), _chose(kind))
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
