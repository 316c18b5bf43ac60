"""Whose record: every query on a measurement starts here, so that nobody else's can be reached."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import starmap
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from companion.db import moment_of
from companion.errors import NotFound
from companion.i18n import Sentence, _
from companion.journeys import scopes as journeys
from companion.journeys.models import Child, Journey, State
from companion.measurements.kinds import Kind, kind_by_code, kinds_of
from companion.measurements.models import Measurement
from companion.people.reader import Reader
from companion.pilots.pack import pilot


def own(person_id: UUID) -> Select[Measurement]:
    """What she wrote down, of herself and of her children."""
    return select(Measurement).where(Measurement.person_id == person_id)


@dataclass(frozen=True)
class Subject:
    """Whom a page of the record is about: her, or a child of hers. Her own name is not needed.

    `kept` are a pregnancy's kinds that she wrote down before the birth: still hers to see, correct
    and erase, by slug. `since`: when she began again after a loss; what she wrote of a pregnancy
    before that does not meet her unasked.
    """

    child_id: UUID | None = None
    name: Sentence | str = ""
    born_on: date | None = None
    is_expecting: bool = False
    kept: frozenset[str] = frozenset()
    since: datetime | None = None

    @property
    def path(self) -> str:
        return f"/record/of/{self.child_id}" if self.child_id else "/record"

    def address(self, kind: Kind) -> str:
        """The page of a kind in this record."""
        return f"{self.path}/{kind.code}"

    def kinds(self, units: Mapping[str, str]) -> tuple[Kind, ...]:
        """What is in this record; a pregnancy's kinds while there is one, and what was kept."""
        kinds = kinds_of("child" if self.child_id else "her", units)
        return tuple(kind for kind in kinds if self.has(kind))

    def kind(self, code: str, units: Mapping[str, str]) -> Kind:
        """The kind that an address means. Raises NotFound."""
        found = kind_by_code(code, units)
        if found is None or not self.has(found):
            raise NotFound
        return found

    def has(self, kind: Kind) -> bool:
        """Whether a kind is in this record, to look at or to write down."""
        is_about = kind.about == ("child" if self.child_id else "her")
        return is_about and (self.takes(kind) or kind.slug in self.kept)

    def is_past(self, kind: Kind, taken_at: datetime) -> bool:
        """Whether a reading is of a pregnancy that has ended."""
        return kind.is_pregnancy and self.since is not None and taken_at < self.since

    def takes(self, kind: Kind) -> bool:
        """Whether there is still something new to write down."""
        return self.is_expecting or not kind.is_pregnancy


@dataclass(frozen=True)
class Record:
    """A person's record: herself, then her children, and the units her pilot measures in."""

    reader: Reader
    subjects: tuple[Subject, ...]

    @property
    def units(self) -> Mapping[str, str]:
        return pilot(self.reader.pilot).units

    def about(self, child_id: UUID | None) -> Subject:
        """Herself, or this child. Raises NotFound when the child is not hers to see."""
        for each in self.subjects:
            if each.child_id == child_id:
                return each
        raise NotFound


def record_of(db: Session, reader: Reader, *, spared: bool) -> Record:
    """Her record; whoever is to be spared has, for now, herself alone in it.

    Raises NotFound for staff, who keep no record here.
    """
    if reader.is_staff:
        raise NotFound
    rows = db.execute(
        journeys.own(reader.id)
        .outerjoin(Child, Child.journey_id == Journey.id)
        .with_only_columns(
            Journey.id.label("journey_id"),
            Journey.state,
            Child.id,
            Child.name_sealed,
            Child.born_on,
        )
    ).all()
    if spared:
        return Record(reader, (Subject(),))
    state = rows[0].state if rows else None
    kept = _kept(db, reader) if state == State.BORN else frozenset[str]()
    has_lost = any(row.state == State.ENDED for row in rows)
    since = moment_of(rows[0].journey_id) if has_lost else None
    herself = Subject(is_expecting=state == State.EXPECTING, kept=kept, since=since)
    children = [row for row in rows if row.id and row.state != State.ENDED]
    children.sort(key=lambda row: row.id)
    return Record(reader, (herself, *starmap(_child, enumerate(children, 1))))


def _kept(db: Session, reader: Reader) -> frozenset[str]:
    """Which of a pregnancy's kinds she has written down, by slug."""
    kinds = [kind.slug for kind in kinds_of("her", {}) if kind.is_pregnancy]
    hers = own(reader.id).where(
        Measurement.child_id.is_(None),
        Measurement.kind.in_(kinds),
        Measurement.is_replaced.is_(False),
    )
    return frozenset(db.scalars(hers.with_only_columns(Measurement.kind).distinct()))


def _child(number: int, row: Row[*tuple[Any, ...]]) -> Subject:
    name = Child.name.open(Child, row.name_sealed, row.id)
    return Subject(row.id, name or _("Child %(number)s", number=number), row.born_on)
