"""Sentences put into words: a reader's language, her values in it, safe to stand in a page."""

import logging
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from markupsafe import Markup, escape

from companion.i18n import formats
from companion.i18n.catalogues import has_drafts, look_up
from companion.i18n.languages import Language
from companion.i18n.sentences import Sentence

log = logging.getLogger(__name__)

# What somebody wrote may run the other way: isolated, it cannot turn the sentence around it.
_ISOLATE, _END = "\u2068", "\u2069"
# The signs that turn the direction of a text (UAX #9): one of them could end the isolation.
TURNERS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


@dataclass(frozen=True)
class Words:
    """How this reader is spoken to: the language, and whether unreviewed drafts may be used."""

    language: Language
    drafts: bool = True

    def say(self, sentence: Sentence | str | None) -> Markup:
        """A sentence in words. Translations are untrusted: they are escaped, like all text."""
        if not isinstance(sentence, Sentence):
            return escape(sentence or "")
        text, _ = look_up(sentence, self.language.code, self.drafts)
        values = {name: self._value(value) for name, value in sentence.values.items()}
        try:
            return escape(text) % values
        except (KeyError, ValueError, TypeError):
            # A slip in a translation must not cost the reader her page.
            log.error("placeholder broken in %s: %s", self.language.code, sentence.message)
            source = (
                sentence.plural if sentence.plural and sentence.count != 1 else sentence.message
            )
            return escape(source) % values

    def found_in(self, sentence: Sentence) -> str:
        """The code of the language that it is said in: hers, or the one it falls back to."""
        return look_up(sentence, self.language.code, self.drafts)[1]

    @property
    def are_drafts(self) -> bool:
        """Whether what she reads is, in part, not yet reviewed by a person."""
        return self.drafts and has_drafts(self.language.code)

    def _value(self, value: Any) -> Any:
        if isinstance(value, Sentence):
            return self.say(value)
        if isinstance(value, int | Decimal):
            return formats.number(value, self.language)
        if isinstance(value, date):
            return formats.day(value, self.language)
        if isinstance(value, time):
            return formats.clock(value)
        if isinstance(value, str) and not isinstance(value, Markup):
            plain = value.translate(TURNERS)
            return f"{_ISOLATE}{plain}{_END}" if self._could_turn(plain) else plain
        return value

    def _could_turn(self, text: str) -> bool:
        return self.language.direction == "rtl" or any(c >= "\u0590" for c in text)
