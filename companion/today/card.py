"""Who to call, as it is hers: what is on the card, and what a phone keeps so that it is there
without a line."""

import hashlib
from typing import Any

from litestar import Request
from sqlalchemy.orm import Session

from companion.groups.actions import own_numbers
from companion.i18n.words import Words
from companion.people.reader import Reader
from companion.pilots.pack import general_signs, pilot
from companion.recordings import actions as recordings
from companion.sessions import topics
from companion.sessions.sparing import is_spared
from companion.web.assets import asset
from companion.web.installing import WAITING, waiting_names
from companion.web.looks import LOOKS
from companion.web.pages import draw, words_of

CARD = "pilots/call.html"
SHELL = (
    "companion.css", "vendor-htmx-4.0.1.min.js", "js-companion.js", "js-aloud.js", "js-waiting.js",
    "signs.svg",
)  # fmt: skip
READING = ("js-reading.js", "vendor-hx-sse-4.0.1.min.js", "js-chat.js")


def card_of(db: Session, reader: Reader, words: Words) -> dict[str, Any]:
    """Her group's and site's numbers first, and the danger signs that are for her."""
    own = pilot(reader.pilot)
    return {
        "pilot": own,
        "own": own_numbers(db, reader),
        "signs": (general_signs(),) if is_spared(db, reader) else own.danger_signs,
        "heard": recordings.heard_on_card(db, own.code, words),
    }


def kept(request: Request[Any, Any, Any], db: Session, reader: Reader) -> dict[str, str]:
    """Addresses, each with the version of what is there; files have none, since they never change.
    In the order in which they are fetched: a line may break at any moment."""
    card = card_of(db, reader, words_of(request))
    signs = [sign.says for group in card["signs"] for sign in group.signs]
    heard = [card["heard"][sign] for sign in signs if sign in card["heard"]]
    if reader.reads_offline and not is_spared(db, reader):
        heard += recordings.heard_of_topics(db, topics.of(db, reader)[::-1])
    ringing = () if reader.ring == "no" else ("js-ring.js",)
    reading = READING if reader.reads_offline else ()
    shell = (*SHELL, LOOKS[reader.look].favicon, *ringing, *reading)
    files = [asset(name) for name in shell]
    files += [sheet] if (sheet := card["pilot"].sheet) else []
    files += recordings.ahead(db, heard)
    pages = {
        "/call": draw(request, CARD, **card, here="/call"),
        "/waiting": draw(request, WAITING, here="/waiting", names=waiting_names(request)),
    }
    return {address: _version(drawn) for address, drawn in pages.items()} | dict.fromkeys(files, "")


def _version(drawn: str) -> str:
    return hashlib.sha256(drawn.encode()).hexdigest()[:12]
