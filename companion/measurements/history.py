"""The readings of a kind, the newest first, page after page until nothing is left.

A page begins after a mark: the moment and the id of the last reading shown. Unlike a page number
it stays right when something is written, corrected or erased in between.
"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from companion.errors import NotFound
from companion.measurements.kinds import Kind
from companion.measurements.models import Measurement
from companion.measurements.readings import COLUMNS, Reading, opened, with_versions
from companion.measurements.scopes import own
from companion.people.reader import Reader

NEWEST_FIRST = (Measurement.taken_at.desc(), Measurement.id.desc())

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


def newest(
    db: Session, reader: Reader, kind: Kind, child_id: UUID | None, most: int, mark: str = ""
) -> list[Reading]:
    """So many readings, each with the versions that it corrected. NotFound for no such mark."""
    shown = (
        own(reader.id)
        .where(
            Measurement.child_id == child_id,
            Measurement.kind == kind.slug,
            Measurement.is_replaced.is_(False),
        )
        .order_by(*NEWEST_FIRST)
        .limit(most)
    )
    versions = _versions(reader, shown.where(_is_older(mark)) if mark else shown)
    rows = db.execute(
        own(reader.id)
        .join(versions, versions.c.id == Measurement.id)
        .order_by(*NEWEST_FIRST)
        .with_only_columns(*COLUMNS)
    )
    return with_versions([found for row in rows if (found := opened(row))])


def mark(reading: Reading) -> str:
    """Where the next page begins, when this is the last reading of a page."""
    return f"{(reading.taken_at - _EPOCH) // _TICK:x}.{reading.id.hex}"


def mark_before(moment: datetime) -> str:
    """Where a page begins that holds what was measured before a moment."""
    return f"{(moment - _EPOCH) // _TICK:x}.{UUID(int=0).hex}"


def _is_older(mark: str) -> ColumnElement[bool]:
    moment, _, reading_id = mark.partition(".")
    try:
        taken_at, last = _EPOCH + int(moment, 16) * _TICK, UUID(reading_id)
    except (ValueError, OverflowError):
        raise NotFound from None
    is_same_or_older = Measurement.taken_at <= taken_at
    return is_same_or_older & or_(Measurement.taken_at < taken_at, Measurement.id < last)


def _versions(reader: Reader, shown: Select[Measurement]) -> CTE:
    """The ids of these readings and, behind each, of every version that it corrected."""
    first = shown.with_only_columns(Measurement.id, Measurement.replaces_id).subquery()
    chain = select(first).cte("versions", recursive=True)
    return chain.union_all(
        own(reader.id)
        .join(chain, chain.c.replaces_id == Measurement.id)
        .with_only_columns(Measurement.id, Measurement.replaces_id)
    )
