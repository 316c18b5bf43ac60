"""The numbers that a site or a group puts before its country's, read as people type them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from companion.errors import Refusal
from companion.i18n import Sentence, _
from companion.pilots.pilot import Line
from companion.web.typed import Typed

MOST = 4
LABEL_LENGTH = 60
NUMBER_LENGTH = 30

_DIALABLE = re.compile(r"\+?[0-9*# -]+")
_FEWEST_DIGITS = 2

Numbers = list[dict[str, Any]]


def typed_numbers(typed: Typed) -> Numbers:
    """The rows of the form as they were typed, the empty ones too."""
    return [
        {"label": typed.get(f"label{row}"), "number": typed.get(f"number{row}")}
        for row in range(1, MOST + 1)
    ]


def rows(numbers: Numbers) -> Numbers:
    """Kept numbers as rows of the form, with empty ones to fill."""
    return [*numbers, *({"label": "", "number": ""} for _ in range(MOST - len(numbers)))]


def checked_numbers(typed: Numbers) -> Numbers:
    """What may be kept: every row whole and dialable, the empty rows gone. Raises Refusal."""
    errors: dict[str, Sentence] = {}
    kept = []
    for position, row in enumerate(typed, start=1):
        label, number = row["label"], dialable(row["number"])
        if label or row["number"]:
            errors |= _wrong(position, label, number)
            kept.append({"label": label, "number": number})
    if errors:
        raise Refusal(next(iter(errors.values())), errors=errors)
    return kept


def dialable(typed: str) -> str:
    """The number in digits that every telephone knows; "" when it cannot be dialled."""
    plain = "".join(_plain(character) for character in typed)
    number = re.sub(" +", " ", plain).strip(" -")
    digits = sum(character.isdigit() for character in number)
    is_whole = _DIALABLE.fullmatch(number) and digits >= _FEWEST_DIGITS
    return number if is_whole and len(number) <= NUMBER_LENGTH else ""


def lines(numbers: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Kept numbers as lines of the card."""
    return [Line(row["label"], row["number"]) for row in numbers]


def _wrong(position: int, label: str, number: str) -> dict[str, Sentence]:
    wrong = {}
    if not label:
        wrong[f"label{position}"] = _("Write who answers this number.")
    elif len(label) > LABEL_LENGTH:
        wrong[f"label{position}"] = _("Write at most %(most)s characters.", most=LABEL_LENGTH)
    if not number:
        wrong[f"number{position}"] = _(
            "Write a number that a telephone can dial: digits, +, * and #, with spaces or dashes."
        )
    return wrong


def _plain(character: str) -> str:
    """Any script's digit, space or dash as ASCII; the marks that nobody sees (Cf) are dropped."""
    if (digit := unicodedata.decimal(character, None)) is not None:
        return str(digit)
    sort = unicodedata.category(character)
    return {"Zs": " ", "Pd": "-", "Cf": ""}.get(sort, character)
