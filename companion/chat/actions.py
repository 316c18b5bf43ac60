"""What members do in a conversation: say something, take it back, react, put it in other words."""

from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from sqlalchemy import Select, bindparam, delete, func, select
from sqlalchemy.orm import Session

from companion import clock
from companion.chat.lines import HIGHEST
from companion.chat.models import Message, Reaction, Translation
from companion.chat.numbers import change, change_answers, set_notice, take
from companion.chat.scopes import Seat
from companion.chat.signs import SIGNS
from companion.errors import NotFound, Refusal, SavedBefore
from companion.groups import deeds
from companion.groups.deeds import Act
from companion.happenings import What, happened
from companion.i18n import _
from companion.i18n.languages import real_languages
from companion.i18n.words import TURNERS
from companion.people.actions import says_nothing
from companion.people.reader import Reader
from companion.sessions import questions

LENGTH, WHY_LENGTH = 2000, 500
AT_ONCE, WITHIN = 20, timedelta(minutes=1)


def say(
    db: Session,
    seat: Seat,
    message_id: UUID,
    typed: str,
    reply_to: int | None = None,
    at: datetime | None = None,
) -> int:
    """Say something; what comes back is its number. The same form once more says nothing new, and
    with other words it is refused. `at`: when, if it waited on a phone."""
    text, number = checked(typed, "text"), take(db, seat.group_id)
    there = db.get(Message, message_id)
    if there is not None:
        return _said_before(seat, there, text)
    refuse_if_silent(seat)
    _refuse_flood(db, seat.reader)
    message = Message(
        id=message_id,
        group_id=seat.group_id,
        number=number,
        changed=number,
        author_id=seat.reader.id,
        role=seat.role,
        text=text,
        language=seat.reader.language,
        reply_to=_answered(db, seat, reply_to),
        written_at=at or clock.now(),
        reactions={},
    )
    db.add(message)
    happened(db, What.MESSAGE_SAID, seat.group_id, by_id=seat.reader.id)
    if seat.notice_at:
        set_notice(db, seat.group_id, None)  # there is life again
    return number


def _said_before(seat: Seat, there: Message, text: str) -> int:
    if (there.group_id, there.author_id) != (seat.group_id, seat.reader.id):
        raise NotFound
    if there.text_sealed is None or there.text != text:
        raise SavedBefore("text")
    return there.number


def refuse_if_silent(seat: Seat) -> None:
    """Whoever has not said yes to the agreement, or is paused, reads along."""
    if seat.agreement_id is None:
        raise Refusal(_("The group has no agreement yet. Write it first, together."))
    if not seat.is_accepted:
        raise Refusal(_("First read the group’s agreement and say yes to it."))
    if seat.paused_until is not None:
        raise Refusal(_("You are reading along for a while. You can write again later."))


def checked(typed: str, field: str) -> str:
    """What somebody wrote, without the signs that turn the text around it. Raises Refusal."""
    text = typed.translate(TURNERS).strip()
    if says_nothing(text):
        raise Refusal(_("Write something first."), field)
    if len(text) > LENGTH:
        raise Refusal(_("Write at most %(most)s characters.", most=LENGTH), field)
    return text


def _refuse_flood(db: Session, reader: Reader) -> None:
    asked = {"author": reader.id, "since": clock.now() - WITHIN}
    if (db.scalar(_recent(), asked) or 0) >= AT_ONCE:
        raise Refusal(_("That was a lot in one minute. Wait a little, then send it."))


@cache
def _recent() -> Select[int]:
    return select(func.count()).where(
        Message.author_id == bindparam("author"), Message.written_at > bindparam("since")
    )


def _answered(db: Session, seat: Seat, number: int | None) -> int | None:
    if number is None or number > HIGHEST:
        return None
    return db.scalar(
        select(Message.number).where(Message.group_id == seat.group_id, Message.number == number)
    )


def delete_own(db: Session, seat: Seat, number: int) -> None:
    """Take back what she said: the words are gone, also from the questions of a session; a trace
    stays. What a facilitator has hidden is not hers to delete any more."""
    message = change(db, seat, number)
    if message.author_id != seat.reader.id or message.hidden_at:
        raise NotFound
    if message.deleted_at:
        return
    unpark(db, message)
    message.text_sealed, message.deleted_at = None, clock.now()
    message.reactions, message.is_translated = {}, False
    for kind in (Reaction, Translation):
        db.execute(delete(kind).where(kind.message_id == message.id))
    change_answers(db, message)


def refuse_long(text: str, field: str) -> None:
    """A reason is a few lines."""
    if len(text) > WHY_LENGTH:
        raise Refusal(_("Write at most %(most)s characters.", most=WHY_LENGTH), field)


def unpark(db: Session, message: Message) -> None:
    """Take its question away: before the message is written, as whoever withdraws the question does
    it in that order too."""
    if message.question_id:
        with db.no_autoflush:
            questions.forget(db, message.question_id)
        message.question_id = message.parked_for = None


def react(db: Session, seat: Seat, number: int, sign: str) -> None:
    """A sign of hers under a message; the same once more takes it away, another takes its place."""
    if sign not in SIGNS:
        raise Refusal(_("Choose one of the signs."), "sign")
    refuse_if_silent(seat)
    message = said(db, seat, number)
    there = db.scalar(
        select(Reaction).where(
            Reaction.message_id == message.id, Reaction.person_id == seat.reader.id
        )
    )
    if there is None:
        db.add(Reaction(message_id=message.id, person_id=seat.reader.id, sign=sign))
    elif there.sign == sign:
        db.delete(there)
    else:
        there.sign = sign
    db.flush()
    counted = select(Reaction.sign, func.count()).where(Reaction.message_id == message.id)
    counts = dict(db.execute(counted.group_by(Reaction.sign)).all())
    message.reactions = {each: counts[each] for each in SIGNS if each in counts}


def own_sign(db: Session, reader: Reader, message_id: UUID) -> str | None:
    return db.scalar(
        select(Reaction.sign).where(
            Reaction.message_id == message_id, Reaction.person_id == reader.id
        )
    )


def mediate(db: Session, seat: Seat, number: int, code: str, typed: str) -> None:
    """Put a message into another language, under one's own name; once more is a better wording."""
    if code not in {each.code for each in real_languages()}:
        raise Refusal(_("This language is not offered here."), "language")
    text = checked(typed, "translation")
    refuse_if_silent(seat)
    message = said(db, seat, number)
    if code == message.language:
        raise Refusal(_("The message is in this language already."), "language")
    there = db.scalar(
        select(Translation).where(
            Translation.message_id == message.id,
            Translation.by_id == seat.reader.id,
            Translation.language == code,
        )
    ) or Translation(message_id=message.id, by_id=seat.reader.id, language=code)
    there.text, there.written_at = text, clock.now()
    db.add(there)
    message.is_translated = True


def withdraw_translation(db: Session, seat: Seat, number: int, translation_id: UUID) -> None:
    """Take a translation away: one's own; a facilitator any, which is written down."""
    message = said(db, seat, number)
    found = db.scalar(
        select(Translation).where(
            Translation.id == translation_id, Translation.message_id == message.id
        )
    )
    if found is None or not (seat.is_facilitator or found.by_id == seat.reader.id):
        raise NotFound
    db.delete(found)
    db.flush()
    left = select(Translation.id).where(Translation.message_id == message.id).limit(1)
    message.is_translated = db.scalar(left) is not None
    if found.by_id != seat.reader.id:
        deeds.note(db, seat.reader, seat.group_id, Act.WITHDRAW, found.by_id, number)


def said(db: Session, seat: Seat, number: int) -> Message:
    """A message that still says something, to be changed. Raises NotFound."""
    message = change(db, seat, number)
    if message.deleted_at or message.hidden_at:
        raise NotFound
    return message
