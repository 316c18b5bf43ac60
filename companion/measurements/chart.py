"""A chart's geometry: readings in, whole-number coordinates out; the template only writes them.

The box is 320 by 170 units; for larger letters it is narrower, since a page stretches it. Whole
numbers are as fine as a small phone can show, and they are fewer bytes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import count

from companion.measurements.kinds import Kind, Quantity
from companion.people.models import TextSize

WIDTH, HEIGHT = 320, 170
WIDTHS = {TextSize.LARGER: 240, TextSize.LARGEST: 160}
LEFT, MARGIN, TOP, BOTTOM = 44, 16, 20, 140
MOST_READINGS = 30
MOST_TICKS = 5
# Room for a short month's name under the chart.
MONTH_WIDTH = 40

Point = tuple[datetime, Mapping[str, Decimal]]
Across = Callable[[datetime], int]


@dataclass(frozen=True)
class Line:
    """One field over time: an SVG path, and a dot for each reading."""

    name: str
    path: str
    dots: tuple[tuple[int, int], ...]
    dashed: bool


@dataclass(frozen=True)
class Tick:
    """A round value, and the height of its line across the chart."""

    y: int
    value: Decimal


@dataclass(frozen=True)
class MonthMark:
    """Where a month's name is centred, and that month's first day."""

    x: int
    day: date


@dataclass(frozen=True)
class Chart:
    """All that a template needs; without lines there was nothing to draw."""

    width: int
    height: int
    lines: tuple[Line, ...] = ()
    ticks: tuple[Tick, ...] = ()
    months: tuple[MonthMark, ...] = ()

    @property
    def right(self) -> int:
        """Where its lines end."""
        return self.width - MARGIN


@dataclass(frozen=True)
class Range:
    """The words under a chart: the lowest and highest value, and how many there are."""

    lowest: Decimal
    highest: Decimal
    count: int


def draw(kind: Kind, points: Sequence[Point], text_size: str = TextSize.NORMAL) -> Chart:
    """The last readings of a kind, in the unit of its fields, oldest at the left.

    Moments are in the reader's time zone, all aware or all naive. Choices and optional fields are
    not drawn.
    """
    width = WIDTHS.get(TextSize(text_size), WIDTH)
    fields = [asked for asked in _quantities(kind) if not asked.optional]
    points = _latest(points)
    values = [read[asked.name] for _, read in points for asked in fields if asked.name in read]
    if not values:
        return Chart(width, HEIGHT)
    ticks = _ticks(min(values), max(values), _least_step(fields[0]))
    across = _across(points, width)
    lines = (
        _line(asked.name, points, across, ticks, dashed=asked is not fields[0]) for asked in fields
    )
    return Chart(
        width,
        HEIGHT,
        tuple(line for line in lines if line.dots),
        tuple(Tick(_y(value, ticks), value) for value in ticks),
        _months(points, across),
    )


def summary(kind: Kind, points: Sequence[Point]) -> dict[str, Range]:
    """The range of each number field among the readings that the chart shows, in its unit."""
    points = _latest(points)
    values = {
        asked.name: [read[asked.name] for _, read in points if asked.name in read]
        for asked in _quantities(kind)
    }
    return {name: Range(min(all_), max(all_), len(all_)) for name, all_ in values.items() if all_}


def _quantities(kind: Kind) -> list[Quantity]:
    return [asked for asked in kind.fields if isinstance(asked, Quantity)]


def _latest(points: Sequence[Point]) -> list[Point]:
    return sorted(points, key=lambda point: point[0])[-MOST_READINGS:]


def _line(
    name: str, points: list[Point], across: Across, ticks: list[Decimal], dashed: bool
) -> Line:
    dots = tuple((across(moment), _y(read[name], ticks)) for moment, read in points if name in read)
    path = "M" + " ".join(f"{x} {y}" for x, y in dots)
    return Line(name, path, dots, dashed)


def _across(points: list[Point], width: int) -> Across:
    """Where a moment stands between the first reading and the last."""
    first, last, right = points[0][0], points[-1][0], width - MARGIN
    if first == last:
        return lambda _: (LEFT + right) // 2
    return lambda moment: LEFT + round((moment - first) / (last - first) * (right - LEFT))


def _y(value: Decimal, ticks: list[Decimal]) -> int:
    lowest, highest = ticks[0], ticks[-1]
    return BOTTOM - round((value - lowest) / (highest - lowest) * (BOTTOM - TOP))


def _ticks(lowest: Decimal, highest: Decimal, least: Decimal) -> list[Decimal]:
    """Three to five round values around all readings, upwards."""
    for step in _round_steps(least):
        low = int((lowest / step).to_integral_value(ROUND_FLOOR))
        high = int((highest / step).to_integral_value(ROUND_CEILING))
        if low == high:
            low -= 1
        high = max(high, low + 2)
        if high - low < MOST_TICKS:
            break
    return [step * times for times in range(low, high + 1)]


def _round_steps(least: Decimal) -> Iterator[Decimal]:
    """1, 2 and 5 times every power of ten, from the first that is not below `least`."""
    for power in count(-3):
        for digit in (1, 2, 5):
            step = Decimal(f"{Decimal(digit).scaleb(power):f}")
            if step >= least:
                yield step


def _least_step(asked: Quantity) -> Decimal:
    """A hundredth of the usual range, so that a scale's noise does not look like a cliff."""
    low, high = asked.soft
    return max((high - low) / 100, Decimal(1).scaleb(-asked.decimals))


def _months(points: list[Point], across: Across) -> tuple[MonthMark, ...]:
    """Names for the months that begin in the chart, and for its first where there is room."""
    first, last = points[0][0], points[-1][0]
    marks: list[MonthMark] = []
    for moment in reversed([first, *_month_starts(first, last)]):
        x = across(moment)
        if not marks or marks[-1].x - x >= MONTH_WIDTH:
            marks.append(MonthMark(x, moment.date().replace(day=1)))
    return tuple(reversed(marks))


def _month_starts(first: datetime, last: datetime) -> Iterator[datetime]:
    for month in count(first.year * 12 + first.month):
        start = datetime(month // 12, month % 12 + 1, 1, tzinfo=first.tzinfo)
        if start > last:
            return
        yield start
