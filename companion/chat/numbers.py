"""The numbers of a conversation: every change takes the next one, and they commit in order."""

from contextlib import suppress
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from companion.chat.lines import HIGHEST
from companion.chat.models import Conversation, Message
from companion.chat.scopes import Seat
from companion.errors import NotFound
from companion.wakes import wake


def take(db: Session, group_id: UUID, count: int = 1) -> int:
    """The next number; of several, the last. Until we are done, nobody else changes this
    conversation; whoever looks at it is woken then."""
    wake(db, group_id)
    asked = {"group": group_id, "count": count}
    number = db.scalar(_taking(), asked)
    if number is None:
        # The first word of a group; somebody else's may come first by a hair.
        with suppress(IntegrityError), db.begin_nested():
            db.add(Conversation(group_id=group_id, last=0))
        number = db.scalars(_taking(), asked).one()
    return number


@cache
def _taking() -> ReturningUpdate[int]:
    return (
        update(Conversation)
        .where(Conversation.group_id == bindparam("group"))
        .values(last=Conversation.last + bindparam("count"))
        .returning(Conversation.last)
        .execution_options(synchronize_session=False)
    )


def set_notice(db: Session, group_id: UUID, at: datetime | None) -> None:
    """Since when the group has been told that all this will be erased."""
    held = update(Conversation).where(Conversation.group_id == group_id)
    db.execute(held.values(notice_at=at))


def change(db: Session, seat: Seat, number: int) -> Message:
    """A message of her own conversation, to be changed: it is drawn anew for everybody who sees it.
    Raises NotFound."""
    changed = take(db, seat.group_id)
    found = message(db, seat, number)
    found.changed = changed
    return found


def message(db: Session, seat: Seat, number: int) -> Message:
    """A message of her own conversation, whatever became of it. Raises NotFound."""
    wanted = select(Message).where(Message.group_id == seat.group_id, Message.number == number)
    found = db.scalar(wanted) if number <= HIGHEST else None
    if found is None:
        raise NotFound
    return found


def change_answers(db: Session, of: Message) -> None:
    """What quotes a message shows what became of it, too."""
    wanted = select(Message).where(Message.group_id == of.group_id, Message.reply_to == of.number)
    answers = db.scalars(wanted).all()
    last = take(db, of.group_id, len(answers)) if answers else 0
    for number, answer in enumerate(answers, last - len(answers) + 1):
        answer.changed = number
