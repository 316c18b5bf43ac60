"""What can be measured, as data: a new kind is a new entry here, and a picture of its slug in
`static/pictures/measures`.

Bounds are inclusive and in the unit shown. Outside `hard` a number is refused, outside `soft` it
is asked about once. They are our own, built on the validation ranges of WHO's digital kits
(smart-anc, smart-dak-pnc, smart-dak-smbp) and widened wherever those would refuse a real person:
a value that calls for help must never be refused. Codes are LOINC's, units also UCUM's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from companion.i18n import Sentence, _

About = Literal["her", "child"]
Bounds = tuple[Decimal, Decimal]

# The first of each is what a pilot gets that does not say.
UNITS: dict[str, tuple[str, ...]] = {
    "glucose": ("mmol/L", "mg/dL"),
    "haemoglobin": ("g/dL", "mmol/L"),
    "hba1c": ("%", "mmol/mol"),
}


@dataclass(frozen=True)
class Quantity:
    """A number with a unit.

    `is_unit_unsure`: the measure is used in two units, so that an odd number is sooner the other
    unit than a forgotten decimal sign: 48 mmol/mol of HbA1c is diabetes, 4.8 % is not.
    """

    name: str
    label: Sentence
    unit: str
    ucum: str
    loinc: str | None
    decimals: int
    hard: Bounds
    soft: Bounds
    optional: bool = False
    is_unit_unsure: bool = False


@dataclass(frozen=True)
class Step:
    """One of the answers of a choice."""

    code: str
    label: Sentence


@dataclass(frozen=True)
class Choice:
    """An answer out of a few, in their order."""

    name: str
    label: Sentence
    steps: tuple[Step, ...]
    loinc: str | None = None


@dataclass(frozen=True)
class Kind:
    """A sort of measurement: one or more fields that are one reading.

    `code` stands for it in web addresses, which carry no health word; it is fixed for ever.
    `is_pregnancy` kinds are written down while there is one, and out of sight after a loss. `panel`
    is LOINC's code for the fields together.
    """

    slug: str
    code: str
    about: About
    label: Sentence
    fields: tuple[Quantity | Choice, ...]
    is_pregnancy: bool = False
    panel: str | None = None


def kinds_of(about: About, units: Mapping[str, str]) -> tuple[Kind, ...]:
    """All kinds about her or about a child, in the order shown, in the pilot's units.

    `units` chooses one of UNITS for each measure that it names; ValueError for any other unit.
    """
    return tuple(kind for kind in _all(units) if kind.about == about)


def kind_by_code(code: str, units: Mapping[str, str]) -> Kind | None:
    """The kind that a web address means, or None."""
    return next((kind for kind in _all(units) if kind.code == code), None)


def kind_by_slug(slug: str, units: Mapping[str, str]) -> Kind | None:
    """The kind that a kept measurement is of, or None."""
    return next((kind for kind in _all(units) if kind.slug == slug), None)


def _all(units: Mapping[str, str]) -> tuple[Kind, ...]:
    return _in_units(*(_unit(measure, units) for measure in UNITS))


def _unit(measure: str, units: Mapping[str, str]) -> str:
    unit = units.get(measure, UNITS[measure][0])
    if unit not in UNITS[measure]:
        raise ValueError(f"{measure} is not measured in {unit!r}")
    return unit


@cache
def _in_units(glucose: str, haemoglobin: str, hba1c: str) -> tuple[Kind, ...]:
    return (
        Kind("blood-pressure", "a1", "her", _("Blood pressure"), _PRESSURE, panel="85354-9"),
        Kind("weight", "a2", "her", _("Weight"), (_WEIGHT,)),
        Kind("urine-protein", "a3", "her", _PROTEIN.label, (_PROTEIN,)),
        Kind("urine-glucose", "a4", "her", _SUGAR.label, (_SUGAR,)),
        Kind("haemoglobin", "a5", "her", _("Haemoglobin"), (_HAEMOGLOBIN[haemoglobin],)),
        Kind("fundal-height", "a6", "her", _("Height of the womb"), (_FUNDAL_HEIGHT,), True),
        Kind("fetal-heart-rate", "a7", "her", _("Baby’s heartbeat"), (_FETAL_HEART,), True),
        Kind("movements", "a8", "her", _("Baby’s movements"), (_MOVEMENTS,), True),
        Kind("temperature", "a9", "her", _("Temperature"), (_TEMPERATURE,)),
        Kind("glucose", "a10", "her", _("Blood sugar"), (_GLUCOSE[glucose],)),
        Kind("hba1c", "a11", "her", _("Long-term blood sugar (HbA1c)"), (_HBA1C[hba1c],)),
        Kind("mood", "a12", "her", _("Mood"), (_MOOD,)),
        Kind("child-weight", "c1", "child", _("Weight"), (_CHILD_WEIGHT,)),
        Kind("child-length", "c2", "child", _("Length"), (_CHILD_LENGTH,)),
        Kind("head-circumference", "c3", "child", _("Around the head"), (_HEAD,)),
        Kind("child-temperature", "c4", "child", _("Temperature"), (_TEMPERATURE,)),
        Kind("feeding", "c5", "child", _("Feeding"), (_FEEDING,)),
    )


def _range(low: str, high: str) -> Bounds:
    return Decimal(low), Decimal(high)


def _strip(name: str, label: Sentence, loinc: str) -> Choice:
    """A field of a urine test strip, with the steps that strips print."""
    return Choice(name, label, _STRIP_STEPS, loinc)


# fmt: off
_PRESSURE = (
    Quantity("systolic", _("Upper number"), "mmHg", "mm[Hg]", "8480-6", 0,
             hard=_range("40", "300"), soft=_range("80", "179")),
    Quantity("diastolic", _("Lower number"), "mmHg", "mm[Hg]", "8462-4", 0,
             hard=_range("20", "200"), soft=_range("40", "119")),
    # The kits print 8884-9 here, which is the heart's rhythm and not a number.
    Quantity("pulse", _("Pulse"), "/min", "/min", "8867-4", 0,
             hard=_range("30", "250"), soft=_range("50", "120"), optional=True),
)
_WEIGHT = Quantity("weight", _("Weight"), "kg", "kg", "29463-7", 1,
                   hard=_range("25", "350"), soft=_range("35", "160"))
_TEMPERATURE = Quantity("temperature", _("Temperature"), "°C", "Cel", "8310-5", 1,
                        hard=_range("30", "44"), soft=_range("36", "37.4"))
# Where the womb stands depends on the week; without it we ask only where no week would have it.
_FUNDAL_HEIGHT = Quantity("height", _("Height of the womb"), "cm", "cm", "11881-0", 1,
                          hard=_range("5", "60"), soft=_range("10", "44"))
_FETAL_HEART = Quantity("rate", _("Baby’s heartbeat"), "/min", "/min", "55283-6", 0,
                        hard=_range("50", "250"), soft=_range("110", "160"))

# The bounds in mmol/L are those in g/dL divided by 1.611, rounded so that no more is refused and
# no less is asked. 718-7 is mass per volume, and we know of no verified code for moles.
_HAEMOGLOBIN = {
    "g/dL": Quantity("haemoglobin", _("Haemoglobin"), "g/dL", "g/dL", "718-7", 1,
                     hard=_range("2", "25"), soft=_range("6", "17")),
    "mmol/L": Quantity("haemoglobin", _("Haemoglobin"), "mmol/L", "mmol/L", None, 1,
                       hard=_range("1.2", "15.6"), soft=_range("3.8", "10.5"),
                       is_unit_unsure=True),
}

# Between 9 and 50 a number may be meant in either unit, so it is always asked about.
_GLUCOSE = {
    "mg/dL": Quantity("glucose", _("Blood sugar"), "mg/dL", "mg/dL", "41653-7", 0,
                      hard=_range("10", "900"), soft=_range("60", "250"), is_unit_unsure=True),
    # 14743-9 was seen in the Finnish Kanta profile only; other places give it other names.
    "mmol/L": Quantity("glucose", _("Blood sugar"), "mmol/L", "mmol/L", "14743-9", 1,
                       hard=_range("0.5", "50"), soft=_range("3.3", "8.9"), is_unit_unsure=True),
}

# The two scales meet in the master equation of IFCC and NGSP: % = 0.09148 × mmol/mol + 2.152.
_HBA1C = {
    "%": Quantity("hba1c", _("HbA1c"), "%", "%", "4548-4", 1,
                  hard=_range("3", "20"), soft=_range("4", "10"), is_unit_unsure=True),
    "mmol/mol": Quantity("hba1c", _("HbA1c"), "mmol/mol", "mmol/mol", "59261-8", 0,
                         hard=_range("9", "195"), soft=_range("21", "85"), is_unit_unsure=True),
}

# A child's soft bounds are coarse, from a small newborn to a large two-year-old; what is unusual
# at her age and sex only the growth standard knows. Scales for children show grams.
_CHILD_WEIGHT = Quantity("weight", _("Weight"), "kg", "kg", "29463-7", 3,
                         hard=_range("0.3", "30"), soft=_range("1.5", "20"))
_CHILD_LENGTH = Quantity("length", _("Length"), "cm", "cm", "8306-3", 1,
                         hard=_range("20", "120"), soft=_range("42", "100"))
_HEAD = Quantity("circumference", _("Around the head"), "cm", "cm", "9843-4", 1,
                 hard=_range("15", "60"), soft=_range("28", "54"))
# fmt: on

_STRIP_STEPS = (
    Step("neg", _("Negative")),
    Step("trace", _("Trace")),
    Step("1", _("+")),
    Step("2", _("++")),
    Step("3", _("+++")),
    Step("4", _("++++")),
)
_PROTEIN = _strip("protein", _("Protein in urine"), "20454-5")
_SUGAR = _strip("glucose", _("Sugar in urine"), "25428-4")
_MOVEMENTS = Choice(
    "movements",
    _("Baby’s movements"),
    (
        Step("normal", _("As usual")),
        Step("reduced", _("Less than usual")),
        Step("none", _("No movements felt")),
    ),
    "57088-7",
)
_MOOD = Choice(
    "mood",
    _("Mood"),
    (
        Step("1", _("Very low")),
        Step("2", _("Low")),
        Step("3", _("In between")),
        Step("4", _("Good")),
        Step("5", _("Very good")),
    ),
)
_FEEDING = Choice(
    "feeding",
    _("Feeding"),
    (
        Step("exclusive", _("Breast milk only")),
        Step("mixed", _("Breast milk and formula")),
        Step("formula", _("Formula only")),
        Step("solids", _("Solid food too")),
    ),
)
