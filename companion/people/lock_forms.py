"""What she types to set her PIN, or another."""

from dataclasses import dataclass, field
from typing import Self

from companion.errors import Refusal
from companion.i18n import Sentence, _
from companion.people.locks import IDLE_MINUTES
from companion.people.pins import checked_pin
from companion.web.typed import Typed


@dataclass(frozen=True)
class LockForm:
    """A lock to be, as it was typed. No page shows a PIN again."""

    minutes: str = "5"
    pin: str = field(default="", repr=False)
    pin_again: str = field(default="", repr=False)

    @classmethod
    def read(cls, typed: Typed) -> Self:
        return cls(typed.get("minutes"), typed.get("pin"), typed.get("pin_again"))

    def checked(self, *, has_pin: bool) -> tuple[str, int]:
        """The PIN ("" for the one she has) and the minutes. Raises Refusal with everything that is
        wrong."""
        errors: dict[str, Sentence] = {}
        pin = ""
        if not has_pin or self.pin or self.pin_again:
            try:
                pin = checked_pin(self.pin, self.pin_again)
            except Refusal as refusal:
                errors |= refusal.errors
        if self.minutes not in {str(each) for each in IDLE_MINUTES}:
            errors["minutes"] = _("Choose one of these times.")
        if errors:
            raise Refusal(next(iter(errors.values())), errors=errors)
        return pin, int(self.minutes)
