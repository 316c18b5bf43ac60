"""What is sent to a phone: that there is something, and never what.

The form is that of Declarative Web Push (WebKit, iOS 18.4), which shows it without our service
worker; elsewhere the worker shows the same. Every payload is filled up to the same length, so that
the length tells nothing to those who pass it on.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

from companion.i18n import Language, Sentence, _, language
from companion.i18n.wordings import NO_WORDINGS, Wordings
from companion.i18n.words import Words
from companion.web.assets import asset
from companion.web.looks import LOOKS

WEB_PUSH = 8030
STEP = 768  # bytes; a payload is as long as the next multiple of it
LONGEST = 3993  # bytes of text in one record of 4,096 (RFC 8188, RFC 8291)
ROOM = 240  # bytes of title and text; with a long address they still fit into one step


@dataclass(frozen=True)
class Told:
    """For whom and about what: `id` comes back when it has arrived, `count` is for the badge."""

    id: str
    language: str
    look: str
    address: str
    topic: str
    count: int
    silent: bool = False
    is_test: bool = False


def payload(told: Told, wordings: Wordings = NO_WORDINGS, *, drafts: bool = True) -> bytes:
    """The JSON, UTF-8, filled up with spaces. Raises ValueError above 3,993 bytes."""
    title, body, icon, said_in = _said(told.language, told.look, told.is_test, drafts, wordings)
    notification: dict[str, Any] = {
        "title": title,
        "body": body,
        "lang": said_in.code,
        "dir": said_in.direction,
        "tag": told.topic,
        "navigate": told.address,
        "icon": urljoin(told.address, icon),  # WebKit refuses the whole for a relative one
        "silent": told.silent,
        "app_badge": str(told.count),
        "data": told.id,
    }
    # WebKit looks for these two inside, the draft of the Push API has them outside.
    whole: dict[str, Any] = {
        "web_push": WEB_PUSH,
        "notification": notification,
        "app_badge": told.count,
    }
    if told.is_test:
        # The worker sees it, where there is one, and says that it came.
        whole["mutable"] = notification["mutable"] = True
    text = _json(whole)
    if len(text) > LONGEST:
        raise ValueError("longer than a push service takes")
    return text.ljust(min(LONGEST, -(-len(text) // STEP) * STEP))


@lru_cache(maxsize=256)
def _said(
    code: str, look: str, is_test: bool, drafts: bool, wordings: Wordings
) -> tuple[str, str, str, Language]:
    """Title, text, picture, and the language these words are really in."""
    words = Words(language(code), drafts, wordings)
    shown = LOOKS[look]
    if shown.is_neutral:
        said = _("There is something new.")
    else:
        said = _("There is something for you in Companion.")
    if is_test:
        said = _("This phone rings.")
    title, body, icon = _plain(words, shown.name), _plain(words, said), asset(shown.icon())
    if wordings is not NO_WORDINGS and len(_json(title + body)) > ROOM:
        # Longer than the words of all others, they would tell whose they are, or be too long.
        return _said(code, look, is_test, drafts, NO_WORDINGS)
    return title, body, icon, language(words.found_in(said))


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _plain(words: Words, sentence: Sentence) -> str:
    # What is said here stands in no page: nothing in it is escaped for one.
    return words.say(sentence).unescape()
