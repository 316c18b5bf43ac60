"""What she types is kept, asked about or refused, and never silently changed."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from companion.measurements.checks import Judged, judge
from companion.measurements.kinds import UNITS, Kind, Quantity, kind_by_slug, kinds_of

OTHER_UNITS = {measure: units[-1] for measure, units in UNITS.items()}
SINGLE = [
    kind
    for units in ({}, OTHER_UNITS)
    for about in ("her", "child")
    for kind in kinds_of(about, units)
    if len(kind.fields) == 1 and isinstance(kind.fields[0], Quantity)
]


def judged(slug: str, *typed: str, **units: str) -> Judged:
    kind = kind_by_slug(slug, units)
    assert kind
    return judge(kind, dict(zip((asked.name for asked in kind.fields), typed, strict=False)))


def number_of(asked: Quantity, bounds: tuple[Decimal, Decimal]) -> st.SearchStrategy[Decimal]:
    return st.decimals(*bounds, places=asked.decimals)


@st.composite
def possible(draw: Any) -> tuple[Kind, Quantity, Decimal]:
    kind = draw(st.sampled_from(SINGLE))
    asked = kind.fields[0]
    return kind, asked, draw(number_of(asked, asked.hard))


@given(possible())
def test_what_is_possible_is_never_refused(case: tuple[Kind, Quantity, Decimal]) -> None:
    kind, asked, number = case

    verdict = judge(kind, {asked.name: str(number)})

    assert not verdict.errors
    assert Decimal(verdict.values[asked.name]) == number


@given(possible())
def test_it_is_asked_about_exactly_when_unusual(case: tuple[Kind, Quantity, Decimal]) -> None:
    kind, asked, number = case

    verdict = judge(kind, {asked.name: str(number)})

    assert bool(verdict.doubts) == (not asked.soft[0] <= number <= asked.soft[1])


@given(st.sampled_from(SINGLE), st.decimals(-1000, 100_000, places=1))
def test_what_is_impossible_is_always_refused(kind: Kind, number: Decimal) -> None:
    asked = kind.fields[0]
    assert isinstance(asked, Quantity)
    assume(not asked.hard[0] <= number <= asked.hard[1])

    verdict = judge(kind, {asked.name: str(number)})

    assert verdict.errors
    assert not verdict.values


@given(st.sampled_from(SINGLE), st.decimals(0, 1_000_000, places=1))
def test_what_is_suggested_is_kept_without_a_question(kind: Kind, number: Decimal) -> None:
    suggestions = judge(kind, {kind.fields[0].name: str(number)}).suggestions

    assert not suggestions or judge(kind, suggestions) == Judged(values=suggestions)


@given(st.integers(40, 300), st.integers(20, 200))
def test_a_possible_pressure_is_never_refused(upper: int, lower: int) -> None:
    assume(lower < upper)

    assert not judged("blood-pressure", str(upper), str(lower)).errors


@given(st.sampled_from(SINGLE), st.text())
def test_nothing_that_is_typed_breaks_it(kind: Kind, typed: str) -> None:
    verdict = judge(kind, {kind.fields[0].name: typed})

    assert bool(verdict.errors) != bool(verdict.values)


def test_a_forgotten_sign_is_offered_back_for_a_child() -> None:
    verdict = judged("child-weight", "6850")

    assert verdict.suggestions == {"weight": "6.85"}
    assert verdict.errors["weight"].values == {
        "low": Decimal("0.3"),
        "high": Decimal(30),
        "unit": "kg",
        "number": Decimal("6.85"),
    }


def test_a_forgotten_sign_is_offered_back_for_her() -> None:
    assert judged("weight", "685").suggestions == {"weight": "68.5"}


def test_an_unusual_weight_with_a_likely_slip_asks_for_that() -> None:
    verdict = judged("child-weight", "25")

    assert verdict.values == {"weight": "25"}
    assert verdict.doubts["weight"].message == "Did you mean %(number)s %(unit)s?"
    assert verdict.suggestions == {"weight": "2.5"}


def test_two_likely_slips_suggest_nothing() -> None:
    assert judged("child-weight", "1500").suggestions == {}


@pytest.mark.parametrize(
    ("slug", "typed"), [("glucose", "85"), ("hba1c", "48"), ("glucose", "100")]
)
def test_a_number_in_the_other_unit_is_not_taken_for_a_slip(slug: str, typed: str) -> None:
    assert judged(slug, typed).suggestions == {}


@pytest.mark.parametrize("unit", UNITS["glucose"])
@given(typed=st.integers(9, 50))
def test_blood_sugar_between_9_and_50_is_never_simply_kept(unit: str, typed: int) -> None:
    verdict = judged("glucose", str(typed), glucose=unit)

    assert verdict.doubts or verdict.errors


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Write a number."),
        ("  ", "Write a number."),
        ("abc", "Write it as a number, like %(example)s."),
        ("-5", "Write a number between %(low)s and %(high)s %(unit)s."),
    ],
)
def test_an_error_says_what_to_write(typed: str, message: str) -> None:
    assert judged("weight", typed).errors["weight"].message == message


def test_two_signs_are_asked_about() -> None:
    error = judged("weight", "1.234,5").errors["weight"]

    assert error.message.startswith("Which number do you mean?")
    assert error.values == {"example": Decimal("12.5")}


@pytest.mark.parametrize("typed", ["68.55", "68.5000000000000000000000000000000000001"])
def test_nothing_is_rounded_in_silence(typed: str) -> None:
    error = judged("weight", typed).errors["weight"]

    assert error.message == "Write at most %(count)s digit after the point or comma."


def test_idle_zeros_are_not_too_exact() -> None:
    assert judged("weight", "068,50").values == {"weight": "68.5"}


def test_a_pressure_may_be_typed_as_it_is_said() -> None:
    assert judged("blood-pressure", "118/74").values == {"systolic": "118", "diastolic": "74"}


def test_a_pressure_in_persian_digits_and_without_pulse_is_kept() -> None:
    verdict = judged("blood-pressure", "۱۱۸", "۷۴", "")

    assert verdict == Judged(values={"systolic": "118", "diastolic": "74"})


def test_a_lower_number_above_the_upper_one_is_refused() -> None:
    verdict = judged("blood-pressure", "74", "118")

    assert verdict.values == {"systolic": "74"}
    assert list(verdict.errors) == ["diastolic"]


def test_numbers_close_together_are_asked_about() -> None:
    assert "diastolic" in judged("blood-pressure", "100", "86").doubts
    assert "diastolic" not in judged("blood-pressure", "100", "85").doubts


def test_a_dangerous_pressure_is_kept() -> None:
    verdict = judged("blood-pressure", "240", "140", "150")

    assert verdict.values == {"systolic": "240", "diastolic": "140", "pulse": "150"}
    assert verdict.doubts.keys() == {"systolic", "diastolic", "pulse"}


def test_a_step_is_kept_by_its_code() -> None:
    assert judged("urine-protein", "trace") == Judged(values={"protein": "trace"})


@pytest.mark.parametrize("typed", ["", "5", "Trace"])
def test_what_is_no_step_asks_to_choose(typed: str) -> None:
    assert judged("urine-protein", typed).errors["protein"].message == "Choose one."
