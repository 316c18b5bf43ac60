"""The chart stays in its box, on round numbers, whatever was measured when."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from companion.measurements.chart import (
    BOTTOM,
    LEFT,
    MOST_READINGS,
    TOP,
    Chart,
    Point,
    Range,
    draw,
    summary,
)
from companion.measurements.kinds import Kind, kind_by_slug
from companion.people.models import TextSize


def kind(slug: str) -> Kind:
    found = kind_by_slug(slug, {})
    assert found
    return found


WEIGHT, PRESSURE = kind("weight"), kind("blood-pressure")
START = datetime(2026, 10, 5, 7, 40, tzinfo=UTC)

moments = st.timedeltas(timedelta(0), timedelta(days=1500)).map(lambda since: START + since)
weighed = st.fixed_dictionaries({"weight": st.decimals(25, 350, places=1)})
weights = st.lists(st.tuples(moments, weighed), min_size=1, max_size=60)


def weekly(*kilograms: str) -> list[Point]:
    return [(START + timedelta(weeks=n), {"weight": Decimal(k)}) for n, k in enumerate(kilograms)]


def pressure(day: int, upper: int, lower: int, pulse: int) -> Point:
    values = {"systolic": upper, "diastolic": lower, "pulse": pulse}
    return START + timedelta(days=day), {name: Decimal(value) for name, value in values.items()}


def tick_values(chart: Chart) -> list[Decimal]:
    return [tick.value for tick in chart.ticks]


@given(weights, st.sampled_from(TextSize))
def test_everything_is_inside_the_box(points: Sequence[Point], text_size: TextSize) -> None:
    chart = draw(WEIGHT, points, text_size)

    for x, y in chart.lines[0].dots:
        assert LEFT <= x <= chart.right < chart.width
        assert TOP <= y <= BOTTOM
    assert all(LEFT <= mark.x <= chart.right for mark in chart.months)
    assert all(TOP <= tick.y <= BOTTOM for tick in chart.ticks)


@given(weights)
def test_ticks_climb_around_all_readings(points: Sequence[Point]) -> None:
    ticks = draw(WEIGHT, points).ticks
    shown = summary(WEIGHT, points)["weight"]

    assert 3 <= len(ticks) <= 5
    assert ticks[0].value <= shown.lowest <= shown.highest <= ticks[-1].value
    assert all(a.value < b.value and a.y > b.y for a, b in pairwise(ticks))


@given(weights)
def test_months_stand_apart_in_their_order(points: Sequence[Point]) -> None:
    marks = draw(WEIGHT, points).months

    assert marks
    assert all(b.x - a.x >= 40 and a.day < b.day for a, b in pairwise(marks))


@given(weights)
def test_the_order_of_the_readings_does_not_matter(points: list[Point]) -> None:
    assert {x for x, _ in draw(WEIGHT, points).lines[0].dots} == {
        x for x, _ in draw(WEIGHT, points[::-1]).lines[0].dots
    }


def test_ticks_are_round() -> None:
    assert tick_values(draw(WEIGHT, weekly("66.5", "68.5", "71"))) == [66, 68, 70, 72]


def test_ticks_are_written_without_an_exponent() -> None:
    chart = draw(PRESSURE, [pressure(0, 118, 74, 70), pressure(7, 140, 80, 71)])

    assert [str(value) for value in tick_values(chart)] == ["60", "80", "100", "120", "140"]


def test_a_hundred_grams_do_not_look_like_a_cliff() -> None:
    (_, first), (_, second) = draw(WEIGHT, weekly("68.4", "68.5")).lines[0].dots

    assert abs(first - second) < 10


def test_a_single_reading_stands_in_the_middle() -> None:
    chart = draw(WEIGHT, weekly("68"))

    assert chart.lines[0].dots == ((174, 80),)
    assert chart.lines[0].path == "M174 80"
    assert [mark.x for mark in chart.months] == [174]


def test_two_readings_at_one_moment_are_both_drawn() -> None:
    points = [*weekly("68"), *weekly("69")]

    assert [x for x, _ in draw(WEIGHT, points).lines[0].dots] == [174, 174]


def test_the_upper_number_is_solid_the_lower_one_dashed_and_the_pulse_left_out() -> None:
    lines = draw(PRESSURE, [pressure(0, 118, 74, 70), pressure(7, 121, 78, 72)]).lines

    assert [(line.name, line.dashed) for line in lines] == [
        ("systolic", False),
        ("diastolic", True),
    ]


def test_only_the_last_readings_are_drawn_and_counted() -> None:
    points = weekly("90", *["68"] * MOST_READINGS)

    assert len(draw(WEIGHT, points).lines[0].dots) == MOST_READINGS
    assert summary(WEIGHT, points) == {"weight": Range(Decimal(68), Decimal(68), MOST_READINGS)}


def test_months_are_named_where_they_begin() -> None:
    marks = draw(WEIGHT, weekly(*["68"] * 9)).months

    assert [mark.day for mark in marks] == [
        date(2026, 10, 1),
        date(2026, 11, 1),
    ]
    assert marks[0].x == LEFT


def test_the_words_have_the_range_of_every_number() -> None:
    points = [pressure(0, 118, 74, 70), pressure(7, 121, 71, 72)]

    assert summary(PRESSURE, points) == {
        "systolic": Range(Decimal(118), Decimal(121), 2),
        "diastolic": Range(Decimal(71), Decimal(74), 2),
        "pulse": Range(Decimal(70), Decimal(72), 2),
    }


def test_nothing_to_draw_is_an_empty_chart() -> None:
    assert draw(WEIGHT, []) == Chart(320, 170)
    assert draw(kind("mood"), [(START, {})]) == Chart(320, 170)
    assert summary(kind("mood"), [(START, {})]) == {}
