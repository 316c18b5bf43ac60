"""What a coordinator types about her pilot's pack: an adaptation, and who approved the card."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from companion import clock
from companion.errors import Refusal
from companion.i18n import Sentence, _
from companion.i18n.typed import NotADay, parse_day
from companion.web.typed import Typed

DEPTHS: dict[str, Sentence] = {
    "surface": _("On the surface: words, names, pictures, examples"),
    "deep": _("Deep: what sessions are about, roles, who decides, what people value"),
}
TEXT_LENGTH, NAME_LENGTH, KEY_LENGTH = 500, 120, 16


@dataclass(frozen=True)
class AdaptationForm:
    """An adaptation as it was typed, or as it stands in a file."""

    depth: str = "surface"
    what: str = ""
    why: str = ""
    agreed_with: str = ""
    on: str = ""
    text: str = ""

    @classmethod
    def read(cls, typed: Typed) -> Self:
        what, why, agreed_with = (
            typed.get(name, 10 * TEXT_LENGTH) for name in ("what", "why", "agreed_with")
        )
        return cls(typed.get("depth"), what, why, agreed_with, typed.get("on"), typed.get("text"))

    def checked(self, zone: str) -> dict[str, Any]:
        """The columns. Raises Refusal with all that is wrong."""
        errors: dict[str, Sentence] = {}
        if self.depth not in DEPTHS:
            errors["depth"] = _("Choose one of these.")
        for name in ("what", "why"):
            if not getattr(self, name):
                errors[name] = _("Write something first.")
        limits = (("what", TEXT_LENGTH), ("why", TEXT_LENGTH), ("agreed_with", NAME_LENGTH))
        for name, most in limits:
            if len(getattr(self, name)) > most:
                errors[name] = _("Write at most %(most)s characters.", most=most)
        day = _day(self.on, zone, errors)
        if errors:
            raise Refusal(next(iter(errors.values())), errors=errors)
        return {
            "depth": self.depth,
            "what": self.what,
            "why": self.why,
            "agreed_with": self.agreed_with,
            "adapted_on": day,
            "text_key": self.text[:KEY_LENGTH] or None,
        }


@dataclass(frozen=True)
class Approval:
    """Who checked the card, and when, as it was typed."""

    name: str = ""
    on: str = ""

    @classmethod
    def read(cls, typed: Typed) -> Self:
        return cls(typed.get("name", 1000), typed.get("on"))

    def checked(self, zone: str) -> tuple[str, date]:
        """Raises Refusal with all that is wrong."""
        errors: dict[str, Sentence] = {}
        if not self.name:
            errors["name"] = _("Write who checked it: the name and the profession.")
        elif len(self.name) > NAME_LENGTH:
            errors["name"] = _("Write at most %(most)s characters.", most=NAME_LENGTH)
        day = _day(self.on, zone, errors)
        if errors:
            raise Refusal(next(iter(errors.values())), errors=errors)
        return self.name, day


def _day(typed: str, zone: str, errors: dict[str, Sentence]) -> date:
    """Today where nothing was typed; what is wrong with it goes to the errors, under `on`."""
    today = clock.today(zone)
    try:
        day = parse_day(typed, today) if typed else today
    except NotADay:
        errors["on"] = _("Write a day, such as 5.3.2026.")
        return today
    if day > today:
        errors["on"] = _("Choose today or an earlier day.")
    return day
