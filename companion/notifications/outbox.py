"""The outbox: notifications are written with their cause, claimed when due, and settled.

A claim is a conditional UPDATE: of two who want a row, one changes it. It lasts for a minute, so
that what somebody claimed who then died comes back.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, delete, or_, select, update
from sqlalchemy.orm import Session

from companion import clock
from companion.db import insert_into, new_id
from companion.notifications.models import Notification, State
from companion.sealing import keyring

CLAIM = timedelta(seconds=60)
KEPT = timedelta(days=30)
OPEN = (State.WAITING, State.CLAIMED)
RETRIED = "retried"  # why it waits again: its push service did not take it
BUSY = "busy"  # why it waits again: its push service takes nothing at the moment
BOUND = 1  # tries of what was given to a phone, and may be on its way there


@dataclass(frozen=True)
class Word:
    """A word for somebody's phone, to be written: `kind` and `slot` say which sort, `about_id` what
    about (with `of_at`, when that was to be), `path` where a tap leads. Moments are UTC."""

    person_id: UUID
    kind: str
    due_at: datetime
    expires_at: datetime
    path: str
    about_id: UUID | None = None
    slot: str = ""
    of_at: datetime | None = None

    @property
    def once(self) -> str:
        """The same word twice is one: 128 bits of SHA-256, hex."""
        parts = (self.person_id, self.kind, self.about_id, self.slot, self.of_at)
        return _digest(*parts)

    @property
    def topic(self) -> str:
        """32 characters that a push service can make nothing of (RFC 8030, 5.4): the same for all
        words about one thing."""
        return keyring().sign(f"topic {self.person_id} {self.kind} {self.about_id}")[0]


def _digest(*parts: object) -> str:
    return hashlib.sha256(" ".join(map(str, parts)).encode()).hexdigest()[:32]


def write(db: Session, words: Iterable[Word]) -> None:
    """Keep words for later. One that is there already, and neither sent nor being sent, is due when
    it now says; one that was sent is not written again."""
    rows = [
        {
            "id": new_id(),
            "person_id": word.person_id,
            "kind": word.kind,
            "slot": word.slot,
            "about_id": word.about_id,
            "of_at": word.of_at,
            "path": word.path,
            "once": word.once,
            "topic": word.topic,
            "due_at": word.due_at,
            "expires_at": word.expires_at,
            "next_at": word.due_at,
            "state": State.WAITING,
            "why": "",
            "tries": 0,
        }
        # In one order, so that two who write at once wait for each other and no more.
        for word in sorted(words, key=lambda word: word.once)
    ]
    if rows:
        db.flush()
        db.connection().execute(_writing(db.get_bind().dialect.name), rows)


@cache
def _writing(dialect: str) -> Any:
    table = Notification.__table__
    new = insert_into(table, dialect)
    changing = ("due_at", "expires_at", "next_at", "state", "why", "path")
    return new.on_conflict_do_update(
        index_elements=["once"],
        set_={name: new.excluded[name] for name in changing},
        where=or_(table.c.state == State.WAITING, table.c.state == State.CANCELLED),
    )


def cancel(db: Session, why: str, *which: ColumnElement[bool]) -> None:
    """Take back those of these that wait. What is on its way cannot be taken back."""
    db.execute(
        update(Notification)
        .where(Notification.state == State.WAITING, *which)
        .values(state=State.CANCELLED, why=why, next_at=clock.now())
        .execution_options(synchronize_session=False)
    )


@dataclass(frozen=True)
class Claimed:
    """A notification that is ours to send, for now."""

    id: UUID
    person_id: UUID
    kind: str
    slot: str
    about_id: UUID | None
    of_at: datetime | None
    path: str
    once: str
    topic: str
    due_at: datetime
    expires_at: datetime
    why: str
    tries: int
    subscription_id: UUID | None
    is_extra: bool = False

    @property
    def was_bound(self) -> bool:
        """It was on its way to a phone before; if that phone is gone, so is the word."""
        return self.tries > 0


_COLUMNS = tuple(
    getattr(Notification, each.name) for each in fields(Claimed) if each.name != "is_extra"
)


def claim(db: Session, most: int) -> list[Claimed]:
    """Take what is due, the longest due first: nobody else gets it as long as the claim lasts."""
    now = clock.now()
    due = (
        select(Notification.id)
        .where(Notification.state.in_(OPEN), Notification.next_at <= now)
        .order_by(Notification.next_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    ids = list(db.scalars(due))
    if not ids:
        return []
    taken = (
        update(Notification)
        .where(Notification.id.in_(ids), Notification.state.in_(OPEN), Notification.next_at <= now)
        .values(state=State.CLAIMED, next_at=now + CLAIM)
        .returning(*_COLUMNS)
        .execution_options(synchronize_session=False)
    )
    found = [Claimed(*row) for row in db.execute(taken)]
    return sorted(found, key=lambda each: each.due_at)


@dataclass(frozen=True)
class Settled:
    """How it went on with a notification: its new state, why, and when to look at it again."""

    id: UUID
    state: State
    why: str = ""
    next_at: datetime | None = None
    tries: int = 0
    sent_at: datetime | None = None


def settle(db: Session, settled: Sequence[Settled]) -> None:
    """Write down how it went. Only what is still claimed is settled; but what was sent is
    sent, also when somebody else had it meanwhile."""
    now = clock.now()
    rows = [
        {
            "b_id": each.id,
            "b_state": each.state,
            "b_why": each.why,
            "b_next_at": each.next_at or now,
            "b_tries": each.tries,
            "b_sent_at": each.sent_at,
        }
        for each in settled
    ]
    if rows:
        db.connection().execute(_settling(), rows)


@cache
def _settling() -> Any:
    table: Any = Notification.__table__
    names = ("state", "why", "next_at", "tries", "sent_at")
    was_sent = bindparam("b_state", type_=table.c.state.type) == State.SENT
    is_open = or_(table.c.state == State.CLAIMED, and_(table.c.state == State.WAITING, was_sent))
    return (
        update(table)
        .where(table.c.id == bindparam("b_id"), is_open)
        .values({name: bindparam(f"b_{name}") for name in names})
    )


def bind(db: Session, bound: Sequence[Claimed]) -> None:
    """Write down which phone each goes to, before it goes there: from then on, it goes to no other.
    The row for a second phone is a new one."""
    values = [
        {"b_id": each.id, "b_phone": each.subscription_id, "b_tries": max(each.tries, BOUND)}
        for each in bound
    ]
    if not values:
        return
    connection = db.connection()
    connection.execute(_binding(), values)
    extra = [
        {**each.__dict__, "state": State.CLAIMED, "tries": BOUND, "next_at": clock.now() + CLAIM}
        for each in bound
        if each.is_extra
    ]
    if extra:
        for row in extra:
            del row["is_extra"]
        connection.execute(insert_into(Notification.__table__, connection.dialect.name), extra)


def for_phones(of: Claimed, subscription_ids: Sequence[UUID]) -> list[Claimed]:
    """The notification itself for the first phone, and another for each other one."""
    first, *others = subscription_ids
    return [
        replace(of, subscription_id=first),
        *(
            replace(
                of, id=new_id(), once=_digest(of.once, each), subscription_id=each, is_extra=True
            )
            for each in others
        ),
    ]


@cache
def _binding() -> Any:
    table: Any = Notification.__table__
    return (
        update(table)
        .where(table.c.id == bindparam("b_id"))
        .values(subscription_id=bindparam("b_phone"), tries=bindparam("b_tries"))
    )


def tidy(db: Session) -> None:
    """What was settled long ago is forgotten."""
    old = clock.now() - KEPT
    db.execute(
        delete(Notification).where(
            Notification.state.in_((State.SENT, State.FAILED, State.CANCELLED)),
            Notification.next_at < old,
        )
    )


def is_anything_due(db: Session) -> bool:
    """A short look, so that an idle worker never holds up anybody who writes."""
    return db.scalar(_anything_due(), {"now": clock.now()}) is not None


@cache
def _anything_due() -> Any:
    return (
        select(Notification.id)
        .where(Notification.state.in_(OPEN), Notification.next_at <= bindparam("now"))
        .limit(1)
    )
