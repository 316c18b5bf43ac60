"""Pages: drawn in the handler's own thread, inside its transaction, in the reader's language.

An htmx request names its target (`HX-Target: div#answer`); where the template has a block of that
name, only the block is sent. One template serves the page and its part.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2_fragments import render_block
from litestar import Request, Response
from litestar.connection import ASGIConnection
from litestar.enums import MediaType
from litestar.response import Redirect
from markupsafe import Markup

from companion.config import Config
from companion.db import new_id
from companion.folders import folder
from companion.i18n import Language, formats, in_context, language, one_or_many
from companion.i18n.catalogues import has_words
from companion.i18n.languages import negotiate, real_languages
from companion.i18n.marks import with_languages
from companion.i18n.sentences import Sentence, themed
from companion.i18n.wordings import NO_WORDINGS, Wordings
from companion.i18n.words import Words
from companion.web.assets import asset
from companion.web.looks import LOOKS, OWN, Look
from companion.web.pictures import pictures

LANGUAGE_COOKIE = "language"
# Browsers read a backslash as a slash, and read over a tab or the end of a line.
_OWN_PATH = re.compile(r"/(?![/\\])[^\s\\]*")
NOT_PARTS = frozenset({"main", "title", "back"})  # blocks of a page that do not stand alone


@dataclass(frozen=True)
class Drawing:
    """For whom a page is being drawn; and whether her browser asks for words in place of pictures,
    to save data (the header Save-Data)."""

    words: Words
    zone: str
    mark: str = ""
    saves_data: bool = False


_drawing: ContextVar[Drawing] = ContextVar("drawing")


@contextmanager
def drawing_for(
    words: Words, zone: str, *, mark: str = "", saves_data: bool = False
) -> Iterator[None]:
    """What is drawn in here is drawn in these words, by the clocks of this zone; `mark` is that of
    her who will fill in its forms."""
    told = _drawing.set(Drawing(words, zone, mark, saves_data))
    try:
        yield
    finally:
        _drawing.reset(told)


def words() -> Words:
    return _drawing.get().words


def _say(message: str, /, **values: Any) -> Markup:
    said = words()
    if values:
        return said.say(Sentence(message, values))
    return _fixed(message, said.language.code, said.drafts, said.wordings, said.marks)


@lru_cache(maxsize=8192)
def _fixed(message: str, code: str, drafts: bool, wordings: Wordings, marks: bool) -> Markup:
    """Most of what a page says is the same every time."""
    return Words(language(code), drafts, wordings, marks).say(Sentence(message))


def _say_many(one: str, many: str, count: int, /, **values: Any) -> Markup:
    return words().say(one_or_many(one, many, count, **values))


def _say_in_context(context: str, message: str, /, **values: Any) -> Markup:
    return words().say(in_context(context, message, **values))


def _local(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(_drawing.get().zone))


def _when(moment: datetime) -> Markup:
    """A moment in the reader's zone: "Thursday 26 November, 10:00"."""
    local = _local(moment)
    return _say("%(day)s, %(time)s", day=local.date(), time=local.time())


def _in_language(form: Any) -> Any:
    return lambda value: form(value, words().language)


@cache
def environment() -> Environment:
    """Jinja, with every name that all templates may use."""
    jinja = Environment(
        loader=FileSystemLoader(folder("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    jinja.globals.update(
        _=_say,
        one_or_many=_say_many,
        in_context=_say_in_context,
        say=lambda sentence: words().say(sentence),
        theme=lambda message: words().say(themed(message)),
        words=words,
        spoken=lambda message: language(words().found_in(Sentence(message))),
        asset=asset,
        pictures=pictures,
        saves_data=lambda: _drawing.get().saves_data,
        new_id=new_id,
        mark=lambda: _drawing.get().mark,
    )
    jinja.filters.update(
        number=_in_language(formats.number),
        day=_in_language(formats.day),
        full_day=_in_language(formats.full_day),
        short_day=_in_language(formats.short_day),
        month=_in_language(formats.month),
        short_month=_in_language(formats.short_month),
        weekday=_in_language(formats.weekday),
        clock=formats.clock,
        local=_local,
        when=_when,
    )
    # The macros that every page uses. They need no context: what they say, they ask `words`.
    jinja.globals["ui"] = jinja.get_template("web/ui.html").module
    return jinja


def page(
    request: Request[Any, Any, Any], template: str, /, *, status: int = 200, **context: Any
) -> Response[str]:
    """A drawn page, or the part of it that htmx asked for. Vary keeps the two apart."""
    drawn = draw(request, template, block=_wanted_block(request, template), **context)
    return Response(
        drawn, status_code=status, media_type=MediaType.HTML, headers={"Vary": "HX-Request"}
    )


def draw(
    request: ASGIConnection[Any, Any, Any, Any],
    template: str,
    /,
    *,
    block: str | None = None,
    **context: Any,
) -> str:
    """The HTML of a template (or one block of it) for the person who asks."""
    config: Config = request.app.state.config
    reader: Any = request.scope.get("reader")
    holder: Any = request.scope.get("holder")
    said = Words(language_of(request), config.drafts, wordings_of(request), marks=True)
    everything = {
        "reader": reader,
        "owner": _owner(request),
        "look": _look(request),
        # At the lock, too, she reads as large as she chose.
        "text_size": holder.text_size if holder else "normal",
        "unread": request.scope.get("unread", ()),
        "here": request.url.path,
        "leave_to": config.leave_to,
        "is_demo": config.demo,
        "languages": choosable(said),
        **context,
    }
    saves = request.headers.get("save-data", "").lower() == "on"
    zone, mark = (reader.zone, reader.mark) if reader else ("UTC", "")
    with drawing_for(said, zone, mark=mark, saves_data=saves):
        if block:
            drawn = render_block(environment(), template, block, everything)
        else:
            drawn = environment().get_template(template).render(everything)
    return with_languages(drawn, said.language.code)


def _owner(request: ASGIConnection[Any, Any, Any, Any]) -> str | None:
    """Under which name this phone keeps what is hers; empty where nobody is signed in, and none
    where it was not asked who is (an unknown address, say) or she is behind the lock: then it keeps
    what it has."""
    reader: Any = request.scope.get("reader")
    if "reader" not in request.scope or (reader is None and request.scope.get("holder")):
        return None
    return reader.sign_in_id.hex[-12:] if reader else ""


def _look(request: ASGIConnection[Any, Any, Any, Any]) -> Look:
    """The name and picture that her phone is to show, also while she is behind the lock."""
    person: Any = request.scope.get("reader") or request.scope.get("holder")
    return LOOKS[person.look if person else OWN]


def choosable(said: Words) -> list[Language]:
    """The languages that have any words to read, and the one that is being read."""
    return [
        each
        for each in real_languages()
        if has_words(each.code, said.drafts)
        or each.code in said.wordings.codes
        or each == said.language
    ]


def _wanted_block(request: Request[Any, Any, Any], template: str) -> str | None:
    if request.headers.get("hx-request") != "true":
        return None
    _, _, wanted = request.headers.get("hx-target", "").partition("#")
    name = wanted.replace("-", "_")
    is_part = name not in NOT_PARTS and name in environment().get_template(template).blocks
    return name if is_part else None


def language_of(request: ASGIConnection[Any, Any, Any, Any]) -> Language:
    """Hers if she is signed in, else what this browser chose, else what it asks for."""
    reader: Any = request.scope.get("reader")
    if reader:
        return language(reader.language)
    if chosen := request.cookies.get(LANGUAGE_COOKIE):
        return language(chosen)
    config: Config = request.app.state.config
    offered = [each for each in real_languages() if has_words(each.code, config.drafts)]
    return negotiate(request.headers.get("accept-language", ""), offered)


def words_of(request: ASGIConnection[Any, Any, Any, Any], within: Language | None = None) -> Words:
    """In which words the answer speaks; or would, in another language."""
    config: Config = request.app.state.config
    return Words(within or language_of(request), config.drafts, wordings_of(request))


def wordings_of(request: ASGIConnection[Any, Any, Any, Any]) -> Wordings:
    """Those of the pilot that speaks in the answer; none where nobody has said which."""
    found: Wordings = request.scope.get("wordings", NO_WORDINGS)  # type: ignore[assignment]
    return found


def see_other(path: str) -> Redirect:
    """After a post: go and look (303), so that a reload does not post again."""
    return Redirect(path, status_code=303)


def own_path(path: str) -> str:
    """Where to go back to: one of our own addresses, never somebody else's."""
    return path if _OWN_PATH.fullmatch(path) else "/"
