"""Names for what handlers ask for, defined once."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from litestar import Request
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, SkipValidation
from sqlalchemy.orm import Session

from companion.i18n.words import Words
from companion.web.typed import Typed

AnyRequest = Request[Any, Any, Any]
Database = NamedDependency[SkipValidation[Session]]
Form = NamedDependency[SkipValidation[Typed]]
Id = FromPath[UUID]
Code = FromPath[str]
Query = FromQuery[str | None]
# Addresses of recordings, which a part above finds: a topic's by language, and a pilot's in
# somebody's words by the English text of the sign.
TopicHeard = NamedDependency[SkipValidation[Callable[[Any], Mapping[str, str]]]]
SignsHeard = NamedDependency[SkipValidation[Callable[[str, Words], Mapping[str, str]]]]


def number_in(text: str | None) -> int | None:
    """A number out of an address or a header; whatever else it is, it is none."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else None
