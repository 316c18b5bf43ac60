"""Keeping the conversation safe: reporting, hiding, pausing, pinning, muting. Each of these is
written down for the facilitators, but for muting, which is nobody else's business."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session, aliased

from companion import clock
from companion.chat.actions import unpark
from companion.chat.hours import Hours
from companion.chat.models import Conversation, Message, Mute, Pause, Report
from companion.chat.numbers import change, change_answers, take
from companion.chat.scopes import Seat
from companion.errors import NotFound, Refusal
from companion.groups import deeds
from companion.groups import scopes as groups
from companion.groups.deeds import Act
from companion.groups.models import Group
from companion.i18n import Sentence, _
from companion.people.models import Person, Role
from companion.people.reader import Reader
from companion.wakes import wake

WHY_LENGTH = 500
REASONS: dict[str, Sentence] = {
    "unkind": _("It is unkind or threatening"),
    "private": _("It tells something that was to stay private"),
    "advice": _("It gives advice that could do harm"),
    "worry": _("I am worried about whoever wrote it"),
    "other": _("Something else"),
}
PAUSES: dict[str, tuple[timedelta, Sentence]] = {
    "hour": (timedelta(hours=1), _("For an hour")),
    "day": (timedelta(days=1), _("For a day")),
    "week": (timedelta(days=7), _("For a week")),
}


@dataclass(frozen=True)
class Reported:
    """A report that waits for an answer, as a facilitator reads it."""

    id: UUID
    number: int
    text: str
    author: str
    by: str
    reason: Sentence
    more: str
    at: datetime


@dataclass(frozen=True)
class Evidence:
    """What was hidden, by whom and why: for the facilitators alone."""

    text: str
    by: str
    why: str
    at: datetime


@dataclass(frozen=True)
class Paused:
    """Somebody who reads along for a while."""

    membership_id: UUID
    name: str
    until: datetime


def report(db: Session, seat: Seat, number: int, reason: str, more: str) -> None:
    """Tell the facilitators that a message is not right; once per person and message. Who tells is
    known to them alone, and never to the facilitator whom it is about."""
    if reason not in REASONS:
        raise Refusal(_("Choose what is not right."), "reason")
    _refuse_long(more, "more")
    take(db, seat.group_id)
    message = _message(db, seat, number)
    if message.author_id == seat.reader.id or message.text_sealed is None:
        raise NotFound
    if has_reported(db, seat.reader, message.id):
        return
    if not who_answers(seat, message.author_id):
        raise Refusal(
            _("Nobody else looks after this group. Tell somebody on the page Who to call.")
        )
    filed = Report(
        message_id=message.id,
        group_id=seat.group_id,
        by_id=seat.reader.id,
        reason=reason,
        text=message.text,
        at=clock.now(),
    )
    if more:
        filed.more = more
    db.add(filed)
    deeds.note(db, seat.reader, seat.group_id, Act.REPORT, message.author_id, number)


def who_answers(seat: Seat, author_id: UUID | None) -> list[str]:
    """The facilitators who see a report about somebody's message: all but that person."""
    return [
        each.name
        for person_id, each in seat.speakers.items()
        if each.role == Role.FACILITATOR and person_id not in (author_id, seat.reader.id)
    ]


def has_reported(db: Session, reader: Reader, message_id: UUID) -> bool:
    mine = select(Report.id).where(Report.message_id == message_id, Report.by_id == reader.id)
    return db.scalar(mine) is not None


def queue(db: Session, seat: Seat) -> list[Reported]:
    """What waits for an answer, the oldest first; a facilitator sees nothing about herself."""
    by = aliased(Person)
    rows = db.execute(
        _open(seat.reader)
        .outerjoin(by, (by.id == Report.by_id) & by.left_at.is_(None))
        .where(Report.group_id == seat.group_id)
        .order_by(Report.at, Report.id)
        .with_only_columns(
            Report.id, Message.number, Report.text_sealed, Message.author_id, Report.by_id,
            by.name_sealed, Report.reason, Report.more_sealed, Report.at,
        )
    )  # fmt: skip
    return [
        Reported(
            row.id,
            row.number,
            Report.text.open(Report, row.text_sealed, row.id),
            _name(seat, row.author_id),
            Person.name.open(Person, row.name_sealed, row.by_id),
            REASONS[row.reason],
            Report.more.open(Report, row.more_sealed, row.id),
            row.at,
        )
        for row in rows
    ]


def waiting(db: Session, reader: Reader) -> dict[UUID, int]:
    """How many reports wait for an answer, by group that she facilitates."""
    led = groups.led_by(reader).with_only_columns(Group.id)
    rows = db.execute(
        _open(reader)
        .where(Report.group_id.in_(led))
        .group_by(Report.group_id)
        .with_only_columns(Report.group_id, func.count())
    )
    return dict(rows.all())


def _open(reader: Reader) -> Select[Any]:
    return (
        select(Report)
        .join(Message, Message.id == Report.message_id)
        .where(Report.closed_at.is_(None), Message.author_id.is_distinct_from(reader.id))
    )


def group_of(db: Session, reader: Reader, report_id: UUID) -> tuple[UUID, int]:
    """Of which group that she facilitates this report is, and of which message. Raises NotFound."""
    led = groups.led_by(reader).with_only_columns(Group.id)
    row = db.execute(
        select(Report.group_id, Message.number)
        .join(Message, Message.id == Report.message_id)
        .where(
            Report.id == report_id,
            Report.group_id.in_(led),
            Message.author_id.is_distinct_from(reader.id),
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return row.group_id, row.number


def answer_report(db: Session, seat: Seat, number: int, *, hides: bool) -> None:
    """Look at a message that was reported, and hide it or leave it. That answers every report of
    it; answering again changes nothing."""
    take(db, seat.group_id)
    message = _message(db, seat, number)
    if hides:
        hide(db, seat, number, "")
    answered = (
        update(Report)
        .where(Report.message_id == message.id, Report.closed_at.is_(None))
        .values(
            outcome="hidden" if hides else "kept",
            closed_by_id=seat.reader.id,
            closed_at=clock.now(),
            **({} if hides else {"text_sealed": None}),
        )
        .returning(Report.id)
    )
    if db.scalars(answered).all():
        deeds.note(db, seat.reader, seat.group_id, Act.ANSWER, message.author_id, number)


def hide(db: Session, seat: Seat, number: int, why: str) -> None:
    """Take a message out of the conversation. The text stays, as evidence for the facilitators."""
    _refuse_long(why, "why")
    message = change(db, seat, number)
    if message.hidden_at or message.deleted_at:
        return
    message.hidden_at, message.hidden_by_id = clock.now(), seat.reader.id
    message.hidden_why_sealed = None
    if why:
        message.hidden_why = why
    unpark(db, message)
    change_answers(db, message)
    deeds.note(db, seat.reader, seat.group_id, Act.HIDE, message.author_id, number, why)


def show(db: Session, seat: Seat, number: int) -> None:
    """Bring a hidden message back."""
    message = change(db, seat, number)
    if not message.hidden_at:
        return
    message.hidden_at = message.hidden_by_id = message.hidden_why_sealed = None
    change_answers(db, message)
    deeds.note(db, seat.reader, seat.group_id, Act.SHOW, message.author_id, number)


def evidence(db: Session, seat: Seat, number: int) -> Evidence | None:
    """What a facilitator sees of a hidden message."""
    message = _message(db, seat, number)
    if not (seat.is_facilitator and message.hidden_at):
        return None
    by = _name(seat, message.hidden_by_id)
    return Evidence(message.text, by, message.hidden_why, message.hidden_at)


def pause(db: Session, seat: Seat, number: int, how_long: str, why: str) -> None:
    """Let whoever wrote a message read along for a while without writing. Not a facilitator."""
    if how_long not in PAUSES:
        raise Refusal(_("Choose for how long."), "pause")
    _refuse_long(why, "why")
    take(db, seat.group_id)
    author_id = _message(db, seat, number).author_id
    author = seat.speakers.get(author_id) if author_id else None
    if author_id is None or author is None or author.role == Role.FACILITATOR:
        raise NotFound
    held = select(Pause).where(Pause.group_id == seat.group_id, Pause.person_id == author_id)
    there = db.scalar(held) or Pause(group_id=seat.group_id, person_id=author_id)
    there.until = clock.now() + PAUSES[how_long][0]
    db.add(there)
    deeds.note(db, seat.reader, seat.group_id, Act.PAUSE, author_id, number, why)


def paused(db: Session, seat: Seat) -> list[Paused]:
    rows = db.execute(
        select(Pause.person_id, Pause.until)
        .where(Pause.group_id == seat.group_id, Pause.until > clock.now())
        .order_by(Pause.until)
    )
    there = ((seat.speakers.get(row.person_id), row.until) for row in rows)
    return [Paused(each.membership_id, each.name, until) for each, until in there if each]


def resume(db: Session, seat: Seat, membership_id: UUID) -> None:
    """End a pause before its time. Ending it again changes nothing."""
    people = {each.membership_id: person_id for person_id, each in seat.speakers.items()}
    if membership_id not in people:
        raise NotFound
    person_id = people[membership_id]
    ended = (
        delete(Pause)
        .where(Pause.group_id == seat.group_id, Pause.person_id == person_id)
        .returning(Pause.id)
    )
    if db.scalars(ended).all():
        deeds.note(db, seat.reader, seat.group_id, Act.RESUME, person_id)


def pin(db: Session, seat: Seat, number: int, *, on: bool) -> None:
    """An announcement on top of the conversation, one at a time: what a facilitator said."""
    message = change(db, seat, number)
    if on and (message.role != Role.FACILITATOR or message.deleted_at or message.hidden_at):
        raise NotFound
    if on == (seat.pinned == number):
        return
    db.execute(
        update(Conversation)
        .where(Conversation.group_id == seat.group_id)
        .values(pinned=number if on else None)
    )
    act = Act.PIN if on else Act.UNPIN
    deeds.note(db, seat.reader, seat.group_id, act, message.author_id, number)


def mute(db: Session, seat: Seat, number: int, *, on: bool) -> None:
    """From now on the reader does not see what this person writes, or sees it again."""
    author_id = _message(db, seat, number).author_id
    if author_id is None or author_id == seat.reader.id:
        raise NotFound
    take(db, seat.group_id)
    mine = select(Mute).where(Mute.person_id == seat.reader.id, Mute.muted_id == author_id)
    there = db.scalar(mine)
    if on and there is None:
        db.add(Mute(person_id=seat.reader.id, muted_id=author_id, at=clock.now()))
    elif not on and there is not None:
        db.delete(there)
    wake(db, seat.reader.id)


def _message(db: Session, seat: Seat, number: int) -> Message:
    found = db.scalar(
        select(Message).where(Message.group_id == seat.group_id, Message.number == number)
    )
    if found is None:
        raise NotFound
    return found


def _name(seat: Seat, person_id: UUID | None) -> str:
    found = seat.speakers.get(person_id) if person_id else None
    return found.name if found else ""


def _refuse_long(text: str, field: str) -> None:
    if len(text) > WHY_LENGTH:
        raise Refusal(_("Write at most %(most)s characters.", most=WHY_LENGTH), field)


def change_hours(db: Session, seat: Seat, hours: Hours) -> None:
    """Say when the facilitators read along."""
    take(db, seat.group_id)
    held = update(Conversation).where(Conversation.group_id == seat.group_id)
    db.execute(held.values(hours=hours.kept()))
