"""What somebody typed into a form, made safe to keep."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from litestar import Request
from litestar.enums import RequestEncodingType

from companion import clock
from companion.db import new_id
from companion.errors import Refusal
from companion.i18n import Sentence, _
from companion.i18n.typed import NotATime, parse_time
from companion.sealing import CannotOpen
from companion.web.waiting_forms import MOST, opened

_KEPT = "\n\t"
_MARKS = dict.fromkeys(range(0xFDD0, 0xFDF0))
# More than any field takes, so that what is too long is refused and not cut off in silence.
UNCUT = 100_000
LONGEST_WAIT = timedelta(days=60)


@dataclass(frozen=True)
class Typed:
    """The fields of a form as they came, in order; a name may come several times."""

    pairs: tuple[tuple[str, str], ...] = field(default=())
    written_at: datetime | None = None
    """When, if it waited on her phone for a line."""

    def get(self, name: str, limit: int = 200) -> str:
        """A text without control characters, trimmed; "" when it is not there."""
        for key, value in self.pairs:
            if key == name:
                return clean(value)[:limit].strip()
        return ""

    def all(self, name: str) -> list[str]:
        """Every value of a name: the ticked boxes of a list."""
        return [clean(value).strip() for key, value in self.pairs if key == name]

    def __contains__(self, name: str) -> bool:
        return any(key == name for key, _ in self.pairs)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.pairs)

    def id(self, name: str = "id") -> UUID:
        """The id that the form was given when it was drawn, so that a repeat is known."""
        try:
            return UUID(self.get(name))
        except ValueError:
            return new_id()


def typed_time(typed: Typed, name: str, errors: dict[str, Sentence]) -> time:
    """A time of the day from a field; what is wrong with it goes to the errors."""
    try:
        return parse_time(typed.get(name))
    except NotATime:
        errors[name] = _("Write a time, such as 10:00.")
        return time()


def clean(text: str) -> str:
    """NFC, one kind of line end, no control characters (PostgreSQL refuses NUL), no surrogates, and
    none of the noncharacters with which pages are marked while they are drawn."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).translate(_MARKS)
    return "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in ("Cc", "Cs"))


async def read_typed(request: Request[Any, Any, Any]) -> Typed:
    """The form of a post, read once and kept with the request, for handlers and error pages."""
    # Our forms are sent URL-encoded; whatever comes in another shape was not typed into them.
    is_form = request.content_type[0] == RequestEncodingType.URL_ENCODED
    pairs = (await request.form()).multi_items() if is_form else []
    typed = _waited(Typed(tuple(each for each in pairs if isinstance(each[1], str))), request)
    request.scope["typed"] = typed  # type: ignore[typeddict-unknown-key]
    return typed


def _waited(typed: Typed, request: Request[Any, Any, Any]) -> Typed:
    """What is in a form that was sealed on her phone. Raises Refusal when it cannot be opened."""
    if "sealed" not in typed:
        return typed
    try:
        pairs = opened(typed.get("sealed", MOST), request.url.path)
    except CannotOpen:
        raise Refusal(_("What waited on this phone cannot be read any more.")) from None
    return Typed(tuple(pairs), clock.now() - _age(typed.get("age")))


def _age(typed: str) -> timedelta:
    """How long it waited. The phone's clock may be wrong; how long it says it waited is not."""
    milliseconds = int(typed) if typed.isascii() and typed.isdecimal() else 0
    return min(timedelta(milliseconds=min(milliseconds, 10**11)), LONGEST_WAIT)


def provide_typed(request: Request[Any, Any, Any]) -> Typed:
    typed: Typed = request.scope.get("typed", Typed())  # type: ignore[assignment]
    return typed
