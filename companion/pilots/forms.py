"""What a coordinator types about a site."""

from dataclasses import dataclass, field
from typing import Any, Self

from companion.errors import Refusal
from companion.i18n import Sentence, _
from companion.pilots.models import Site
from companion.pilots.numbers import Numbers, checked_numbers, rows, typed_numbers
from companion.web.typed import Typed

NAME_LENGTH = 120
ADDRESS_LENGTH = 300


@dataclass(frozen=True)
class SiteForm:
    """A site as it was typed, or as it stands."""

    name: str = ""
    address: str = ""
    numbers: Numbers = field(default_factory=lambda: rows([]))

    @classmethod
    def of(cls, site: Site) -> Self:
        return cls(site.name, site.address, rows(site.numbers))

    @classmethod
    def read(cls, typed: Typed) -> Self:
        return cls(typed.get("name", 1000), typed.get("address", 1000), typed_numbers(typed))

    def checked(self) -> dict[str, Any]:
        """The site's columns. Raises Refusal with all that is wrong."""
        errors = self._errors()
        numbers: Numbers = []
        try:
            numbers = checked_numbers(self.numbers)
        except Refusal as refusal:
            errors |= refusal.errors
        if errors:
            raise Refusal(next(iter(errors.values())), errors=errors)
        return {"name": self.name, "address": self.address, "numbers": numbers}

    def _errors(self) -> dict[str, Sentence]:
        errors = {}
        if not self.name:
            errors["name"] = _("Write the name of the site.")
        for name, most in (("name", NAME_LENGTH), ("address", ADDRESS_LENGTH)):
            if len(getattr(self, name)) > most:
                errors[name] = _("Write at most %(most)s characters.", most=most)
        return errors
