"""What a reader types about the words of a page."""

import re
from dataclasses import dataclass
from typing import Self

from companion.errors import Refusal
from companion.i18n import Sentence, _
from companion.i18n.words import TURNERS
from companion.people.actions import says_nothing
from companion.web.pages import own_path
from companion.web.typed import UNCUT, Typed

LENGTH = 500

_PLACE = re.compile(r"/[a-z-]{1,30}(?=/|$)")


@dataclass(frozen=True)
class RemarkForm:
    """The words as they stand on the page, and what is wrong with them or how she would say it;
    `back` is the page."""

    words: str = ""
    better: str = ""
    back: str = "/"

    @classmethod
    def read(cls, typed: Typed) -> Self:
        words, better = (typed.get(name, UNCUT).translate(TURNERS) for name in ("words", "better"))
        return cls(" ".join(words.split()), better.strip(), own_path(typed.get("back", 1000)))

    @property
    def place(self) -> str:
        """The first part of the page's address; what follows it may be somebody's own."""
        found = _PLACE.match(self.back)
        return found[0] if found else "/"

    def check(self) -> None:
        """Raises Refusal with all that is wrong."""
        errors: dict[str, Sentence] = {
            name: _("Write at most %(most)s characters.", most=LENGTH)
            for name in ("words", "better")
            if len(getattr(self, name)) > LENGTH
        }
        if says_nothing(self.words):
            errors["words"] = _("Write the words as they stand on the page.")
        if errors:
            raise Refusal(next(iter(errors.values())), errors=errors)
