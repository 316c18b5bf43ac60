"""Keeping the conversation safe: hiding and pinning, which are written down for the facilitators,
muting, which is nobody else's business, and saying when somebody reads along."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from companion import clock
from companion.chat.actions import refuse_long, unpark
from companion.chat.hours import Hours
from companion.chat.models import Conversation, Mute
from companion.chat.numbers import change, change_answers, message, take
from companion.chat.scopes import Seat
from companion.errors import NotFound
from companion.groups import deeds
from companion.groups.deeds import Act
from companion.happenings import What, happened
from companion.people import actions as people
from companion.people.models import Role
from companion.wakes import wake


@dataclass(frozen=True)
class Evidence:
    """What was hidden, by whom and why: for the facilitators alone."""

    text: str
    by: str
    why: str
    at: datetime


def hide(db: Session, seat: Seat, number: int, why: str) -> None:
    """Take a message out of the conversation. The text stays, as evidence for the facilitators."""
    refuse_long(why, "why")
    hers = change(db, seat, number)
    if hers.hidden_at or hers.deleted_at:
        return
    unpark(db, hers)
    hers.hidden_at, hers.hidden_by_id = clock.now(), seat.reader.id
    hers.hidden_why_sealed = None
    if why:
        hers.hidden_why = why
    change_answers(db, hers)
    deeds.note(db, seat.reader, seat.group_id, Act.HIDE, hers.author_id, number, why)


def show(db: Session, seat: Seat, number: int) -> None:
    """Bring a hidden message back: nobody does it for herself."""
    hers = change(db, seat, number)
    if hers.author_id == seat.reader.id:
        raise NotFound
    if not hers.hidden_at:
        return
    hers.hidden_at = hers.hidden_by_id = hers.hidden_why_sealed = None
    change_answers(db, hers)
    deeds.note(db, seat.reader, seat.group_id, Act.SHOW, hers.author_id, number)


def evidence(db: Session, seat: Seat, number: int) -> Evidence | None:
    """What a facilitator sees of a hidden message that is not her own."""
    found = message(db, seat, number)
    if not (seat.is_facilitator and found.hidden_at) or found.author_id == seat.reader.id:
        return None
    by = seat.name_of(found.hidden_by_id)
    return Evidence(found.text, by, found.hidden_why, found.hidden_at)


def pin(db: Session, seat: Seat, number: int, *, on: bool) -> None:
    """An announcement on top of the conversation, one at a time: what a facilitator said."""
    hers = change(db, seat, number)
    if on and (hers.role != Role.FACILITATOR or hers.deleted_at or hers.hidden_at):
        raise NotFound
    if on == (seat.pinned == number):
        return
    db.execute(
        update(Conversation)
        .where(Conversation.group_id == seat.group_id)
        .values(pinned=number if on else None)
    )
    if on:
        happened(db, What.MESSAGE_PINNED, hers.id, by_id=seat.reader.id)
    act = Act.PIN if on else Act.UNPIN
    deeds.note(db, seat.reader, seat.group_id, act, hers.author_id, number)


def mute(db: Session, seat: Seat, number: int, *, on: bool) -> None:
    """From now on the reader does not see what this person writes, or sees it again."""
    author_id = message(db, seat, number).author_id
    if author_id is None or author_id == seat.reader.id:
        raise NotFound
    people.hold(db, seat.reader)
    mine = select(Mute).where(Mute.person_id == seat.reader.id, Mute.muted_id == author_id)
    there = db.scalar(mine)
    if on and there is None:
        db.add(Mute(person_id=seat.reader.id, muted_id=author_id, at=clock.now()))
    elif not on and there is not None:
        db.delete(there)
    wake(db, seat.reader.id)


def change_hours(db: Session, seat: Seat, hours: Hours) -> None:
    """Say when the facilitators read along."""
    take(db, seat.group_id)
    held = update(Conversation).where(Conversation.group_id == seat.group_id)
    db.execute(held.values(hours=hours.kept()))
