"""Reports: somebody tells the facilitators that a message is not right, and they answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session, aliased

from companion import clock
from companion.chat.actions import refuse_long
from companion.chat.models import Message, Report, Translation
from companion.chat.numbers import message, take
from companion.chat.safety import hide
from companion.chat.scopes import Seat
from companion.errors import NotFound, Refusal
from companion.groups import deeds
from companion.groups import scopes as groups
from companion.groups.deeds import Act
from companion.groups.models import Group
from companion.i18n import Sentence, _
from companion.people import actions as people
from companion.people.models import Person, Role
from companion.people.reader import Reader

REASONS: dict[str, Sentence] = {
    "unkind": _("It is unkind or threatening"),
    "private": _("It tells something that was to stay private"),
    "advice": _("It gives advice that could do harm"),
    "worry": _("I am worried about whoever wrote it"),
    "other": _("Something else"),
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


def report(db: Session, seat: Seat, number: int, reason: str, more: str) -> None:
    """Tell the facilitators that a message is not right; once per person and message. Who tells is
    known to them alone, and never to the facilitator whom it is about."""
    if reason not in REASONS:
        raise Refusal(_("Choose what is not right."), "reason")
    refuse_long(more, "more")
    people.hold(db, seat.reader)
    about = message(db, seat, number)
    if about.author_id == seat.reader.id or about.text_sealed is None:
        raise NotFound
    if own_report(db, seat.reader, about.id):
        return
    if not who_answers(seat, about.author_id):
        raise Refusal(
            _("Nobody else looks after this group. Tell somebody on the page Who to call.")
        )
    filed = Report(
        message_id=about.id,
        group_id=seat.group_id,
        by_id=seat.reader.id,
        reason=reason,
        text="\n\n".join([about.text, *_translations(db, about)]),
        at=clock.now(),
    )
    if more:
        filed.more = more
    db.add(filed)
    deeds.note(db, seat.reader, seat.group_id, Act.REPORT, about.author_id, number)


def _translations(db: Session, of: Message) -> list[str]:
    """What others put it into: that may be what is not right."""
    wanted = select(Translation).where(Translation.message_id == of.id).order_by(Translation.id)
    return [each.text for each in db.scalars(wanted)]


def who_answers(seat: Seat, author_id: UUID | None) -> list[str]:
    """The facilitators who see a report about somebody's message: all but that person."""
    return [
        each.name
        for person_id, each in seat.speakers.items()
        if each.role == Role.FACILITATOR and person_id not in (author_id, seat.reader.id)
    ]


def own_report(db: Session, reader: Reader, message_id: UUID) -> Literal["open", "closed"] | None:
    """What became of her report of this message, if she made one."""
    mine = select(Report.closed_at).where(
        Report.message_id == message_id, Report.by_id == reader.id
    )
    row = db.execute(mine).one_or_none()
    if row is None:
        return None
    return "closed" if row.closed_at else "open"


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
            seat.name_of(row.author_id),
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


def answer_report(db: Session, seat: Seat, number: int, *, hides: bool, why: str = "") -> None:
    """Look at a message, and hide it or leave it. That answers every report of it; answering again
    changes nothing."""
    take(db, seat.group_id)
    about = message(db, seat, number)
    if hides:
        hide(db, seat, number, why)
    if about.author_id == seat.reader.id:
        return  # what is said of her own message, the others answer
    answered = (
        update(Report)
        .where(Report.message_id == about.id, Report.closed_at.is_(None))
        .values(
            outcome="hidden" if hides else "kept",
            closed_by_id=seat.reader.id,
            closed_at=clock.now(),
            **({} if about.hidden_at else {"text_sealed": None}),
        )
        .returning(Report.id)
    )
    if db.scalars(answered).all():
        deeds.note(db, seat.reader, seat.group_id, Act.ANSWER, about.author_id, number)
