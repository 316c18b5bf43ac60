"""Messages drawn: once for each language and time zone, and then kept.

What is kept can never be stale: its key is everything that shows. It is kept for as long as many
look at it, and not for ever: it is in plain words.
"""

from collections.abc import Callable, Collection
from functools import cache, lru_cache
from typing import Any, Literal
from uuid import UUID

from markupsafe import Markup

from companion.chat.lines import Line
from companion.chat.links import linked
from companion.chat.scopes import Seat, muted
from companion.chat.signs import SIGNS
from companion.i18n import language
from companion.i18n.marks import with_languages
from companion.i18n.wordings import Wordings
from companion.i18n.words import Words
from companion.people.reader import Reader
from companion.web.pages import drawing_for, environment

KEPT = 2_048

View = Literal["said", "mine", "muted"]


def view_of(line: Line, reader_id: UUID, unheard: Collection[UUID]) -> View:
    """How somebody sees it: her own on the other side, and of whom she muted nothing."""
    if line.author_id == reader_id:
        return "mine"
    return "muted" if line.author_id in unheard else "said"


def drawer(seat: Seat, drafts: bool, wordings: Wordings) -> Callable[[Line], Markup]:
    """Draws messages as the reader sees them."""
    reader, unheard = seat.reader, muted(seat.speakers)

    return lambda line: draw_for(line, reader, unheard, drafts, wordings)


def draw_for(
    line: Line, reader: Reader, unheard: Collection[UUID], drafts: bool, wordings: Wordings
) -> Markup:
    view = view_of(line, reader.id, unheard)
    shown = line.without(unheard)
    item = drawn(shown, view, reader.language, reader.zone, drafts, wordings)
    # Outside of what is kept: it changes without anything that shows.
    changed = f' data-changed="{line.changed}" class='
    return Markup(str(item).replace(" class=", changed, 1))  # noqa: S704 - drawn by a template


@lru_cache(maxsize=KEPT)
def drawn(line: Line, view: View, code: str, zone: str, drafts: bool, wordings: Wordings) -> Markup:
    """The list item of a message."""
    with drawing_for(Words(language(code), drafts, wordings, marks=True), zone):
        item = str(macros().message(line, view, code))
    return Markup(with_languages(item, code))  # noqa: S704 - drawn by a template


@cache
def macros() -> Any:
    """The shapes of a message, for the templates of the conversation."""
    return (
        environment()
        .get_template("chat/_message.html")
        .make_module({"linked": linked, "all_signs": SIGNS})
    )
