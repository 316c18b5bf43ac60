"""What a pilot is: a country's languages, units, programmes, numbers to call and danger signs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

from markupsafe import Markup

By = Literal["call", "text"]
About = Literal["pregnancy", "her", "child", "anyone"]

# A conversation is kept for this long after its last sign of life.
LEAST_DAYS_KEPT, MOST_DAYS_KEPT = 30, 3650

NO_DRAWINGS: Mapping[str, Markup] = MappingProxyType({})


@dataclass(frozen=True)
class Line:
    """A telephone number, and whether it takes calls or text messages."""

    label: str
    number: str
    note: str = ""
    by: By = "call"


@dataclass(frozen=True)
class Sign:
    """A danger sign in words, and the picture that stands beside them."""

    says: str
    picture: str


@dataclass(frozen=True)
class SignGroup:
    """Danger signs that belong together, and whom they are about."""

    key: str
    title: str
    about: About
    signs: tuple[Sign, ...]


@dataclass(frozen=True)
class Pilot:
    """One country's part in the programme. The first language is its default; Monday is day 0.

    `chat_kept_days`: after so many days without a message or a session, a conversation is erased.
    `drawings`: the pictures of danger signs that the pilot drew itself, by name.
    """

    code: str
    name: str
    languages: tuple[str, ...]
    zone: str
    first_day: int
    units: Mapping[str, str] = field(hash=False)
    group_size: tuple[int, int]
    numbers: tuple[Line, ...]
    help_lines: tuple[Line, ...]
    programmes: tuple[str, ...]
    danger_signs: tuple[SignGroup, ...]
    chat_kept_days: int
    checked_on: date | None
    signed_off_by: str
    drawings: Mapping[str, Markup] = field(default_factory=lambda: NO_DRAWINGS, hash=False)

    @property
    def is_approved(self) -> bool:
        """A named person has checked the numbers and the signs, and said when."""
        return bool(self.checked_on and self.signed_off_by)
