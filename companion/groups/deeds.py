"""What was done about whom in a group: written down, for its facilitators to look back on."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from companion import clock
from companion.groups.models import Deed
from companion.people.models import Person
from companion.people.reader import Reader

SHOWN = 30


class Act(StrEnum):
    """What somebody did."""

    GOODBYE = "goodbye"
    REPORT = "report"
    ANSWER = "answer"
    HIDE = "hide"
    SHOW = "show"
    PAUSE = "pause"
    RESUME = "resume"
    WITHDRAW = "withdraw"
    PIN = "pin"
    UNPIN = "unpin"


@dataclass(frozen=True)
class Done:
    """A deed as a facilitator reads it; a name is "" when that person is no longer here."""

    act: str
    by: str
    about: str
    number: int | None
    why: str
    at: datetime


def note(
    db: Session,
    reader: Reader,
    group_id: UUID,
    act: Act,
    about_id: UUID | None = None,
    number: int | None = None,
    why: str = "",
) -> None:
    deed = Deed(
        group_id=group_id,
        by_id=reader.id,
        act=act,
        about_id=about_id,
        number=number,
        at=clock.now(),
    )
    if why:
        deed.why = why
    db.add(deed)


def latest(
    db: Session, reader: Reader, group_id: UUID, before: UUID | None = None
) -> tuple[list[Done], UUID | None]:
    """The newest first, or those before one, without what concerned the reader; and before which
    one there are more. The caller has shown her scope."""
    by, about = aliased(Person), aliased(Person)
    wanted = (
        select(
            Deed.id, Deed.act, Deed.number, Deed.why_sealed, Deed.at, Deed.by_id, Deed.about_id,
            by.name_sealed.label("by_sealed"), about.name_sealed.label("about_sealed"),
        )
        .outerjoin(by, (by.id == Deed.by_id) & by.left_at.is_(None))
        .outerjoin(about, (about.id == Deed.about_id) & about.left_at.is_(None))
        .where(Deed.group_id == group_id, Deed.about_id.is_distinct_from(reader.id))
        .order_by(Deed.id.desc())
        .limit(SHOWN + 1)
    )  # fmt: skip
    rows = db.execute(wanted.where(Deed.id < before) if before else wanted).all()
    shown = rows[:SHOWN]
    older = shown[-1].id if len(rows) > SHOWN else None
    return [
        Done(
            row.act,
            Person.name.open(Person, row.by_sealed, row.by_id),
            Person.name.open(Person, row.about_sealed, row.about_id),
            row.number,
            Deed.why.open(Deed, row.why_sealed, row.id),
            row.at,
        )
        for row in shown
    ], older
