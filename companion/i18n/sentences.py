"""A sentence that is not yet in any language: said in code, put into words when the page is drawn.

The names are those that the extraction knows: `_("…")`, `one_or_many("…", "…", n)`,
`in_context("…", "…")`; a programme's own texts come from data and pass through `themed`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Sentence:
    """An English message id with the values to put into it.

    A value may be a str (what a person wrote), an int or Decimal (written as the language writes
    numbers), a date, a time, or another Sentence.
    """

    message: str
    values: Mapping[str, Any] = field(default_factory=dict)
    plural: str | None = None
    count: int = 1
    context: str | None = None
    domain: str = "companion"

    @property
    def in_english(self) -> str:
        """For the terminal."""
        return self.message % self.values


def _(message: str, /, **values: Any) -> Sentence:
    return Sentence(message, values)


def one_or_many(one: str, many: str, count: int, /, **values: Any) -> Sentence:
    """A sentence that counts; `%(count)s` in it is the number."""
    return Sentence(one, {"count": count, **values}, plural=many, count=count)


def in_context(context: str, message: str, /, **values: Any) -> Sentence:
    """For words that are one in English and several elsewhere."""
    return Sentence(message, values, context=context)


def themed(message: str) -> Sentence:
    """A programme's theme or name: kept in the catalogue `programme`."""
    return Sentence(message, domain="programme")
