"""What each wants to be reminded of, and when it must be quiet."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import time
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from companion.people import actions as people
from companion.people.reader import Reader
from companion.reminders.hours import Quiet
from companion.reminders.kinds import Kind
from companion.reminders.models import ReminderChoices

SUNDAY = 6


@dataclass(frozen=True)
class Choices:
    """As in the row; without one, sessions ring and nothing else does."""

    wants_sessions: bool = True
    wants_topics: bool = False
    wants_answers: bool = False
    wants_messages: bool = False
    wants_agreements: bool = False
    wants_measuring: bool = False
    wants_sessions_after_loss: bool = False
    wants_own_after_loss: bool = False
    day_before_at: time = time(18, 0)
    quiet_from: time = time(21, 0)
    quiet_until: time = time(8, 0)
    measure_on: int = SUNDAY
    measure_at: time = time(10, 0)

    def wants(self, kind: Kind, *, spared: bool = False) -> bool:
        """Whether she wants this kind now; `spared` is after a loss."""
        switch = kind.after_loss if spared else kind.choice
        if not switch:
            return not spared
        return bool(getattr(self, switch))

    def quiet(self, zone: str) -> Quiet:
        return Quiet(self.quiet_from, self.quiet_until, zone)


UNCHOSEN = Choices()
COLUMNS = tuple(getattr(ReminderChoices, each.name) for each in fields(Choices))


def of_row(row: Row[*tuple[Any, ...]]) -> Choices:
    """From a row in which COLUMNS were asked for; an outer join may have found none."""
    if row.wants_sessions is None:
        return UNCHOSEN
    return Choices(**{each.name: getattr(row, each.name) for each in fields(Choices)})


def of(db: Session, person_ids: Iterable[UUID]) -> Mapping[UUID, Choices]:
    """What each of these chose; who is not in it never has."""
    rows = db.execute(
        select(ReminderChoices.person_id, *COLUMNS).where(
            ReminderChoices.person_id.in_(list(person_ids))
        )
    )
    return {row.person_id: of_row(row) for row in rows}


def own(db: Session, reader: Reader) -> Choices:
    return of(db, [reader.id]).get(reader.id, UNCHOSEN)


def keep(db: Session, reader: Reader, chosen: Choices) -> None:
    people.hold(db, reader)
    found = db.scalar(select(ReminderChoices).where(ReminderChoices.person_id == reader.id))
    if found is None:
        db.add(ReminderChoices(person_id=reader.id, **asdict(chosen)))
    else:
        for name, value in asdict(chosen).items():
            setattr(found, name, value)
    db.flush()
