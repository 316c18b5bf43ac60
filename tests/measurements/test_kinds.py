"""The kinds: what is measured, in which unit, within which bounds."""

from decimal import Decimal

import pytest

from companion.measurements.kinds import (
    UNITS,
    Bounds,
    Kind,
    Quantity,
    kind_by_code,
    kind_by_slug,
    kinds_of,
)
from companion.web.pictures import pictures

OTHER_UNITS = {measure: units[-1] for measure, units in UNITS.items()}
KINDS = [
    kind
    for units in ({}, OTHER_UNITS)
    for kind in (*kinds_of("her", units), *kinds_of("child", units))
]
QUANTITIES = [asked for kind in KINDS for asked in kind.fields if isinstance(asked, Quantity)]


def soft(slug: str, **units: str) -> Bounds:
    kind = kind_by_slug(slug, units)
    assert kind
    assert isinstance(kind.fields[0], Quantity)
    return kind.fields[0].soft


def check_digit(number: str) -> int:
    """LOINC's own: from the right, every other digit doubled, the digits summed, up to a ten."""
    doubled = [int(digit) * (2 - n % 2) for n, digit in enumerate(reversed(number))]
    return -sum(value // 10 + value % 10 for value in doubled) % 10


def test_codes_never_change() -> None:
    codes = {kind.code: kind.slug for kind in KINDS}

    assert codes == {
        "a1": "blood-pressure",
        "a2": "weight",
        "a3": "urine-protein",
        "a4": "urine-glucose",
        "a5": "haemoglobin",
        "a6": "fundal-height",
        "a7": "fetal-heart-rate",
        "a8": "movements",
        "a9": "temperature",
        "a10": "glucose",
        "a11": "hba1c",
        "a12": "mood",
        "c1": "child-weight",
        "c2": "child-length",
        "c3": "head-circumference",
        "c4": "child-temperature",
        "c5": "feeding",
    }


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_a_kind_is_found_by_code_and_by_slug(kind: Kind) -> None:
    units = {} if kind in KINDS[: len(KINDS) // 2] else OTHER_UNITS

    assert kind_by_code(kind.code, units) == kind
    assert kind_by_slug(kind.slug, units) == kind
    assert kind in kinds_of(kind.about, units)


def test_what_is_no_kind_is_not_found() -> None:
    assert kind_by_code("a0", {}) is None
    assert kind_by_slug("a1", {}) is None


@pytest.mark.parametrize("asked", QUANTITIES, ids=lambda asked: asked.name)
def test_what_is_usual_is_also_possible(asked: Quantity) -> None:
    assert asked.hard[0] <= asked.soft[0] < asked.soft[1] <= asked.hard[1]


@pytest.mark.parametrize("asked", QUANTITIES, ids=lambda asked: asked.name)
def test_every_bound_can_itself_be_typed(asked: Quantity) -> None:
    for bound in (*asked.hard, *asked.soft):
        assert bound == round(bound, asked.decimals)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_every_code_agrees_with_its_check_digit(kind: Kind) -> None:
    for code in (kind.panel, *(asked.loinc for asked in kind.fields)):
        assert code is None or code == f"{code[:-2]}-{check_digit(code[:-2])}"


def test_a_pilot_chooses_the_unit_and_the_code_follows() -> None:
    mass = kind_by_slug("glucose", {"glucose": "mg/dL"})
    moles = kind_by_slug("glucose", {"glucose": "mmol/L"})

    assert mass
    assert moles
    assert (mass.fields[0].loinc, moles.fields[0].loinc) == ("41653-7", "14743-9")


def test_a_unit_that_nobody_uses_is_an_error() -> None:
    with pytest.raises(ValueError, match="stone"):
        kinds_of("her", {"glucose": "stone"})


def test_haemoglobin_is_asked_about_at_the_same_amounts_in_both_units() -> None:
    low, high = soft("haemoglobin", haemoglobin="mmol/L")

    assert low == round(6 / Decimal("1.611") + Decimal("0.05"), 1)
    assert high == round(17 / Decimal("1.611") - Decimal("0.05"), 1)


def test_blood_sugar_that_could_be_in_either_unit_is_never_usual() -> None:
    assert soft("glucose", glucose="mmol/L")[1] < 9
    assert soft("glucose", glucose="mg/dL")[0] > 50


def test_only_what_belongs_to_a_pregnancy_ends_with_it() -> None:
    ending = {kind.slug for kind in KINDS if kind.is_pregnancy}

    assert ending == {"fundal-height", "fetal-heart-rate", "movements"}


def test_every_kind_has_a_picture_and_every_picture_is_used() -> None:
    assert {kind.slug for kind in KINDS} == set(pictures("measures"))
