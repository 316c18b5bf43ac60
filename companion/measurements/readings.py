"""A reading as it is shown: what was written, in the unit it was written in."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from companion.i18n import Sentence, _, one_or_many
from companion.measurements.chart import Chart, Point, draw, summary
from companion.measurements.kinds import UNITS, Choice, Kind, Quantity, kind_by_slug
from companion.measurements.models import Measurement
from companion.people.reader import Reader

# What `opened` reads.
COLUMNS = (
    Measurement.id,
    Measurement.child_id,
    Measurement.kind,
    Measurement.values_sealed,
    Measurement.taken_at,
    Measurement.written_at,
    Measurement.replaces_id,
    Measurement.is_replaced,
)


@dataclass(frozen=True)
class Amount:
    """One field of a reading: a number with its unit, or a step in words."""

    name: str
    label: Sentence
    number: Decimal | None
    unit: str
    step: Sentence | None
    is_extra: bool


@dataclass(frozen=True)
class Reading:
    """One entry. `kind` is in the reading's own units; `before` are the versions it corrected."""

    id: UUID
    kind: Kind
    child_id: UUID | None
    values: Mapping[str, str]
    units: Mapping[str, str]
    taken_at: datetime
    written_at: datetime
    replaces_id: UUID | None
    is_replaced: bool
    before: tuple["Corrected", ...] = ()

    @cached_property
    def amounts(self) -> list[Amount]:
        """The fields that were filled in, in the kind's order."""
        return [_amount(f, self.values[f.name]) for f in self.kind.fields if f.name in self.values]

    @property
    def main(self) -> list[Amount]:
        """What the reading is: the two numbers of a blood pressure, without the pulse."""
        return [each for each in self.amounts if not each.is_extra]

    @property
    def extras(self) -> list[Amount]:
        return [each for each in self.amounts if each.is_extra]

    def is_in_units_of(self, kind: Kind) -> bool:
        return self.units.items() <= units_of(kind).items()


@dataclass(frozen=True)
class Corrected:
    """An old version of a reading, and when it was corrected."""

    reading: Reading
    at: datetime


def sealed_text(values: Mapping[str, str], units: Mapping[str, str]) -> str:
    """What goes into the sealed column; `opened` reads it again."""
    return json.dumps({"values": dict(values), "unit": dict(units)}, separators=(",", ":"))


def opened(row: Row[*tuple[Any, ...]]) -> Reading | None:
    """The reading in a row's columns; None when its kind is no longer known."""
    kept = json.loads(Measurement.values.open(Measurement, row.values_sealed, row.id))
    units: dict[str, str] = kept["unit"]
    kind = kind_by_slug(row.kind, {name: unit for name, unit in units.items() if name in UNITS})
    if kind is None:
        return None
    return Reading(
        id=row.id,
        kind=kind,
        child_id=row.child_id,
        values=kept["values"],
        units=units,
        taken_at=row.taken_at,
        written_at=row.written_at,
        replaces_id=row.replaces_id,
        is_replaced=row.is_replaced,
    )


def with_versions(readings: Sequence[Reading]) -> list[Reading]:
    """The readings that hold, in their order, each with those among the others it corrected."""
    by_id = {each.id: each for each in readings}
    return [_with_versions(each, by_id) for each in readings if not each.is_replaced]


def _with_versions(newest: Reading, by_id: Mapping[UUID, Reading]) -> Reading:
    versions: list[Corrected] = []
    version = newest
    while version.replaces_id and (old := by_id.get(version.replaces_id)):
        versions.append(Corrected(old, version.written_at))
        version = old
    return replace(newest, before=tuple(versions))


def units_of(kind: Kind) -> dict[str, str]:
    return {asked.name: asked.unit for asked in kind.fields if isinstance(asked, Quantity)}


def chart_of(kind: Kind, readings: Sequence[Reading], reader: Reader) -> Chart:
    """The picture of the readings that are in the kind's present units, with letters as large as
    she reads."""
    return draw(kind, _points(kind, readings, reader.zone), reader.text_size)


def words_of(kind: Kind, readings: Sequence[Reading], zone: str) -> Sentence | None:
    """The picture in a sentence; None where there are no numbers to speak of."""
    if not readings:
        return _("Nothing is written down yet.")
    ranges = summary(kind, _points(kind, readings, zone))
    shown = [ranges[f.name] for f in kind.fields if f.name in ranges and not _is_extra(f)]
    if not shown:
        return None
    if shown[0].count == 1:
        return _("This is your first reading.")
    lowest, highest = ([getattr(each, end) for each in shown] for end in ("lowest", "highest"))
    if lowest == highest:
        return one_or_many(
            "Your last %(count)s reading is %(value)s.",
            "Your last %(count)s readings are all %(value)s.",
            shown[0].count,
            value=_together(lowest),
        )
    return one_or_many(
        "Your last %(count)s reading is between %(lowest)s and %(highest)s.",
        "Your last %(count)s readings are between %(lowest)s and %(highest)s.",
        shown[0].count,
        lowest=_together(lowest),
        highest=_together(highest),
    )


def _together(numbers: list[Decimal]) -> Decimal | str:
    """A single number, or two as they are said: "114/72"."""
    return numbers[0] if len(numbers) == 1 else "/".join(f"{number:f}" for number in numbers)


def _points(kind: Kind, readings: Sequence[Reading], zone: str) -> list[Point]:
    local = ZoneInfo(zone)
    names = units_of(kind)
    return [
        (
            reading.taken_at.astimezone(local),
            {name: Decimal(value) for name, value in reading.values.items() if name in names},
        )
        for reading in readings
        if names and reading.is_in_units_of(kind)
    ]


def _amount(asked: Quantity | Choice, value: str) -> Amount:
    if isinstance(asked, Quantity):
        return Amount(asked.name, asked.label, Decimal(value), asked.unit, None, asked.optional)
    steps = {step.code: step.label for step in asked.steps}
    return Amount(asked.name, asked.label, None, "", steps.get(value, Sentence(value)), False)


def _is_extra(asked: Quantity | Choice) -> bool:
    return isinstance(asked, Quantity) and asked.optional
