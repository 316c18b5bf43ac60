"""Sentences put into words: a reader's language, her values in it, safe to stand in a page."""

import logging
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from markupsafe import Markup, escape

from companion.i18n import formats
from companion.i18n.catalogues import has_drafts, has_words, look_up, source_of
from companion.i18n.languages import SOURCE, Language, language
from companion.i18n.marks import marked
from companion.i18n.sentences import Sentence
from companion.i18n.wordings import NO_WORDINGS, Wordings

log = logging.getLogger(__name__)

# What somebody wrote may run the other way: isolated, it cannot turn the sentence around it.
_ISOLATE, _END = "\u2068", "\u2069"
# The signs that turn the direction of a text (UAX #9): one of them could end the isolation.
TURNERS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


@dataclass(frozen=True)
class Words:
    """How this reader is spoken to: the language, whether unreviewed drafts may be used, the own
    words of her pilot, and whether what falls back to another language is marked as such."""

    language: Language
    drafts: bool = True
    wordings: Wordings = NO_WORDINGS
    marks: bool = False

    def say(self, sentence: Sentence | str | None) -> Markup:
        """A sentence in words. Translations are untrusted: they are escaped, like all text."""
        return self._say(sentence, self.language)

    def found_in(self, sentence: Sentence) -> str:
        """The code of the language that it is said in: hers, or the one it falls back to."""
        return look_up(sentence, self.language.code, self.drafts, self.wordings)[1]

    def _say(self, sentence: Sentence | str | None, within: Language) -> Markup:
        """Said within words of some language: what is in that one needs no mark."""
        if not isinstance(sentence, Sentence):
            return escape(sentence or "")
        text, code = look_up(sentence, self.language.code, self.drafts, self.wordings)
        try:
            said = self._filled(text, sentence, language(code))
        except (KeyError, ValueError, TypeError):
            # A slip in a translation must not cost the reader her page.
            log.error("placeholder broken in %s: %s", code, sentence.message)
            text, code = source_of(sentence), SOURCE
            said = self._filled(text, sentence, language(code))
        return marked(said, code) if self.marks and code != within.code else said

    def _filled(self, text: str, sentence: Sentence, of: Language) -> Markup:
        """What falls back takes its numbers and days along into its own language."""
        values = {name: self._value(value, of) for name, value in sentence.values.items()}
        return escape(text) % values

    @property
    def are_drafts(self) -> bool:
        """Whether what she reads is, in part, not yet reviewed by a person."""
        code = self.language.code
        return self.drafts and (has_drafts(code) or code in self.wordings.drafted)

    @property
    def are_missing(self) -> bool:
        """Whether her language has no words at all yet, so that everything falls back."""
        code = self.language.code
        return not (has_words(code, self.drafts) or code in self.wordings.codes)

    def _value(self, value: Any, of: Language) -> Any:
        if isinstance(value, Sentence):
            return self._say(value, of)
        if isinstance(value, int | Decimal):
            return formats.number(value, of)
        if isinstance(value, date):
            return formats.day(value, of)
        if isinstance(value, time):
            return formats.clock(value)
        if isinstance(value, str) and not isinstance(value, Markup):
            plain = value.translate(TURNERS)
            return f"{_ISOLATE}{plain}{_END}" if self._could_turn(plain) else plain
        return value

    def _could_turn(self, text: str) -> bool:
        return self.language.direction == "rtl" or any(c >= "\u0590" for c in text)
