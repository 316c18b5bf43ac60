"""What she does with her record: write down, look back, correct, erase."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from companion import clock
from companion.errors import NotFound, Refusal, SavedBefore
from companion.i18n import _
from companion.measurements.history import NEWEST_FIRST
from companion.measurements.kinds import Kind
from companion.measurements.models import Measurement
from companion.measurements.readings import COLUMNS, Reading, opened, sealed_text, units_of
from companion.measurements.scopes import own
from companion.people.reader import Reader


@dataclass(frozen=True)
class Entry:
    """A reading as she means it, judged and found good. No `taken_at` means now."""

    id: UUID
    kind: Kind
    child_id: UUID | None
    values: Mapping[str, str]
    taken_at: datetime | None


class ReadingSavedBefore(SavedBefore):
    """What the form holds is this reading, and not what came with it now."""

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self.reading = reading


def latest(db: Session, reader: Reader, child_id: UUID | None = None) -> dict[str, Reading]:
    """The last reading of each kind, by the kind's slug."""
    place = func.row_number().over(partition_by=Measurement.kind, order_by=NEWEST_FIRST)
    ranked = (
        own(reader.id)
        .where(Measurement.child_id == child_id, Measurement.is_replaced.is_(False))
        .with_only_columns(*COLUMNS, place.label("place"))
        .subquery()
    )
    rows = db.execute(select(ranked).where(ranked.c.place == 1))
    return {found.kind.slug: found for row in rows if (found := opened(row))}


def reading(db: Session, reader: Reader, reading_id: UUID) -> Reading:
    """One of hers. Raises NotFound."""
    found = _find(db, reader, reading_id)
    if found is None:
        raise NotFound
    return found


def record(db: Session, reader: Reader, entry: Entry) -> None:
    """Keep a reading. The same form sent again is the same reading."""
    if not _is_saved(db, reader, entry):
        _insert(db, reader, entry, replaces_id=None)


def correct(db: Session, reader: Reader, old: Reading, entry: Entry) -> None:
    """Put a new version over a reading; the old one stays for her to see."""
    if _is_saved(db, reader, entry) or _agree(old, entry):
        return
    claimed = db.execute(
        update(Measurement)
        .where(
            Measurement.person_id == reader.id,
            Measurement.id == old.id,
            Measurement.is_replaced.is_(False),
        )
        .values(is_replaced=True)
        .returning(Measurement.id)
    )
    if claimed.first() is not None:
        _insert(db, reader, entry, replaces_id=old.id)
    elif not _is_saved(db, reader, entry):
        raise Refusal(_("You have corrected this reading before. Correct the new one."))


def erase(db: Session, reader: Reader, old: Reading) -> None:
    """Really delete a reading and every version before it."""
    links = db.execute(
        own(reader.id)
        .where(Measurement.kind == old.kind.slug, Measurement.is_replaced.is_(True))
        .with_only_columns(Measurement.id, Measurement.replaces_id)
    )
    older = {row.id: row.replaces_id for row in links}
    chain = [old.id]
    before = old.replaces_id
    while before:
        chain.append(before)
        before = older.get(before)
    db.execute(
        delete(Measurement).where(Measurement.person_id == reader.id, Measurement.id.in_(chain))
    )


def done_kinds_since(db: Session, person_id: UUID, moment: datetime) -> set[str]:
    """Which kinds she has measured since then, by slug: that it was done, never the values."""
    return set(
        db.scalars(
            own(person_id)
            .where(Measurement.taken_at >= moment, Measurement.is_replaced.is_(False))
            .with_only_columns(Measurement.kind)
            .distinct()
        )
    )


def _find(db: Session, reader: Reader, reading_id: UUID) -> Reading | None:
    row: Row[*tuple[Any, ...]] | None = db.execute(
        own(reader.id).where(Measurement.id == reading_id).with_only_columns(*COLUMNS)
    ).one_or_none()
    return opened(row) if row else None


def _is_saved(db: Session, reader: Reader, entry: Entry) -> bool:
    """Whether this very entry is there. Raises ReadingSavedBefore when its id holds another one."""
    found = _find(db, reader, entry.id)
    if found is None:
        return False
    if not _agree(found, entry):
        raise ReadingSavedBefore(found)
    return True


def _agree(kept: Reading, entry: Entry) -> bool:
    same_time = entry.taken_at is None or entry.taken_at == kept.taken_at
    same_place = (kept.kind.slug, kept.child_id) == (entry.kind.slug, entry.child_id)
    return same_time and same_place and kept.values == entry.values


def _insert(db: Session, reader: Reader, entry: Entry, replaces_id: UUID | None) -> None:
    now = clock.now()
    units = {name: unit for name, unit in units_of(entry.kind).items() if name in entry.values}
    measurement = Measurement(
        id=entry.id,
        person_id=reader.id,
        child_id=entry.child_id,
        kind=entry.kind.slug,
        values=sealed_text(entry.values, units),
        taken_at=entry.taken_at or now.replace(second=0, microsecond=0),
        written_at=now,
        replaces_id=replaces_id,
        is_replaced=False,
    )
    try:
        with db.begin_nested():
            db.add(measurement)
    except IntegrityError:
        # The id is taken: by the same form sent twice at once, or by somebody else's reading.
        if not _is_saved(db, reader, entry):
            raise NotFound from None
