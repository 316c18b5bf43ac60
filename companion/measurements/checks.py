"""What was typed for a reading, judged: kept, asked about, or refused with a way out.

A number within the hard bounds is never refused, however worrying; it is asked about once. Nothing
is rounded, corrected or guessed without being asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from companion.i18n import Sentence, _, one_or_many
from companion.i18n.typed import NotANumber, TwoSigns, parse_number
from companion.measurements.kinds import Bounds, Choice, Kind, Quantity

# Upper and lower number nearer than this, in mmHg, are sooner a slip than a heart.
CLOSE = 15


@dataclass(frozen=True)
class Judged:
    """The verdict, by field name.

    `values` are plain decimals ("68.5") or the codes of steps. `errors` refuse; `doubts` ask once
    and are hers to confirm; `suggestions` are the plain decimals that a question offers.
    """

    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, Sentence] = field(default_factory=dict)
    doubts: dict[str, Sentence] = field(default_factory=dict)
    suggestions: dict[str, str] = field(default_factory=dict)


def judge(kind: Kind, typed: Mapping[str, str]) -> Judged:
    """Judge every field of a kind, and then the two numbers of a blood pressure together.

    Bounds are in the unit of each Quantity (see kinds.py). Never raises for what was typed.
    """
    judged = Judged()
    typed = _parted(typed)
    for asked in kind.fields:
        written = typed.get(asked.name, "").strip()
        if isinstance(asked, Choice):
            _judge_choice(asked, written, judged)
        else:
            _judge_number(asked, written, judged)
    _judge_pair(judged)
    return judged


def _parted(typed: Mapping[str, str]) -> Mapping[str, str]:
    """Meters and midwives say "118/74", so it may be typed like that into the first field."""
    upper, slash, lower = typed.get("systolic", "").partition("/")
    if slash and not typed.get("diastolic", "").strip():
        return {**typed, "systolic": upper, "diastolic": lower}
    return typed


def _judge_choice(asked: Choice, written: str, judged: Judged) -> None:
    if written in (step.code for step in asked.steps):
        judged.values[asked.name] = written
    else:
        judged.errors[asked.name] = _("Choose one.")


def _judge_number(asked: Quantity, written: str, judged: Judged) -> None:
    if not written and asked.optional:
        return
    try:
        number = parse_number(written)
    except TwoSigns:
        judged.errors[asked.name] = _two_signs(asked)
    except NotANumber:
        judged.errors[asked.name] = _not_a_number(asked) if written else _("Write a number.")
    else:
        _judge_size(asked, number, judged)


def _judge_size(asked: Quantity, number: Decimal, judged: Judged) -> None:
    suggestion = _suggestion(asked, number)
    if not _within(asked.hard, number):
        judged.errors[asked.name] = _out_of_bounds(asked, suggestion)
    elif _decimals(number) > asked.decimals:
        judged.errors[asked.name] = _too_exact(asked.decimals)
        return
    else:
        judged.values[asked.name] = _plain(number)
        if not _within(asked.soft, number):
            judged.doubts[asked.name] = _unusual(asked, suggestion)
    if suggestion is not None:
        judged.suggestions[asked.name] = _plain(suggestion)


def _judge_pair(judged: Judged) -> None:
    if not {"systolic", "diastolic"} <= judged.values.keys():
        return
    apart = Decimal(judged.values["systolic"]) - Decimal(judged.values["diastolic"])
    if apart <= 0:
        for verdicts in (judged.values, judged.doubts, judged.suggestions):
            verdicts.pop("diastolic", None)
        judged.errors["diastolic"] = _("The lower number must be smaller than the upper number.")
    elif apart < CLOSE:
        doubt = _("The two numbers are very close together. Are they right?")
        judged.doubts.setdefault("diastolic", doubt)


def _suggestion(asked: Quantity, number: Decimal) -> Decimal | None:
    """The number with its forgotten decimal sign, where only one place for it is usual."""
    if asked.is_unit_unsure or _within(asked.soft, number):
        return None
    usual = [
        shifted
        for shifted in (number.scaleb(-places) for places in (1, 2, 3))
        if _within(asked.soft, shifted) and _decimals(shifted) <= asked.decimals
    ]
    return usual[0] if len(usual) == 1 else None


def _within(bounds: Bounds, number: Decimal) -> bool:
    low, high = bounds
    return low <= number <= high


def _plain(number: Decimal) -> str:
    """As text without exponent and idle zeros; `normalize()` would round what is very long."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _decimals(number: Decimal) -> int:
    return len(_plain(number).partition(".")[2])


def _example(asked: Quantity) -> Decimal:
    return Decimal("12.5") if asked.decimals else Decimal("12")


def _not_a_number(asked: Quantity) -> Sentence:
    return _("Write it as a number, like %(example)s.", example=_example(asked))


def _two_signs(asked: Quantity) -> Sentence:
    return _(
        "Which number do you mean? Write one point or comma at most, like %(example)s.",
        example=_example(asked),
    )


def _too_exact(decimals: int) -> Sentence:
    if decimals == 0:
        return _("Write a whole number, without a point or comma.")
    return one_or_many(
        "Write at most %(count)s digit after the point or comma.",
        "Write at most %(count)s digits after the point or comma.",
        decimals,
    )


def _out_of_bounds(asked: Quantity, suggestion: Decimal | None) -> Sentence:
    low, high = asked.hard
    if suggestion is None:
        return _(
            "Write a number between %(low)s and %(high)s %(unit)s.",
            low=low,
            high=high,
            unit=asked.unit,
        )
    return _(
        "Write a number between %(low)s and %(high)s %(unit)s. Did you mean %(number)s %(unit)s?",
        low=low,
        high=high,
        unit=asked.unit,
        number=suggestion,
    )


def _unusual(asked: Quantity, suggestion: Decimal | None) -> Sentence:
    if suggestion is not None:
        return _("Did you mean %(number)s %(unit)s?", number=suggestion, unit=asked.unit)
    if asked.is_unit_unsure:
        return _("That is unusual. Is it right, and is it in %(unit)s?", unit=asked.unit)
    return _("That is unusual. Is it right?")
