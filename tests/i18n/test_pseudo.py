"""Whatever a page says goes through the catalogues: in the pseudo-language, plain English shows."""

import re
from typing import Any

import html5lib
import pytest

from companion.db import Database
from companion.i18n.languages import real_languages
from companion.people.models import Person
from tests.access.pages import LOOKERS, pages_of
from tests.cast import Cast
from tests.conftest import Browser
from tests.house import House

WORD = re.compile(r"[A-Za-z]{3,}")
# What people wrote, and what is nobody's language: units, names of languages, links to print.
NOT_OURS = re.compile(
    r"Amina|Beatriz|Chipo|Femi|Health centre Latour|Latour 1|November group|Be kind|Sleeping|Well|"
    r"Midwife on call|Why\?|mmHg|mmol|Chrome · Android|Nederlands|Français|Shqip|English|https?://\S+|"
    r"November|January|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|"
    r"Amsterdam|Accra|Belgrade|Brussels|Johannesburg|London|Paramaribo|My iron pills|"
    r"Nov|Oct|March|Other group|Gita|Does anybody else wake up at four|"
    r"Wordt er nog iemand om vier uur wakker|" + "|".join(each.endonym for each in real_languages())
)


@pytest.mark.parametrize("actor", LOOKERS)
def test_nothing_is_said_past_the_catalogues(
    browser: Browser, cast: Cast, house: House, database: Database, actor: str
) -> None:
    if actor != "nobody":
        player = getattr(cast, actor)
        with database.writing.begin() as db:
            db.get_one(Person, player.id).language = "en-XA"
        browser.sign_in(player.token)
    found = {}
    for address in pages_of(actor, house):
        browser.cookies.set("language", "en-XA")
        plain = _plain_english(browser.get(address).text)
        if plain:
            found[address] = plain

    assert found == {}


def _plain_english(html: str) -> list[str]:
    parsed = html5lib.parse(html, namespaceHTMLElements=False)
    texts = [text for node in parsed.iter() for text in _said_by(node)]
    return [text for text in texts if "[" not in text and WORD.search(NOT_OURS.sub("", text))]


def _said_by(node: Any) -> list[str]:
    own = [node.get("aria-label"), node.get("placeholder"), node.get("alt")]
    says_english = node.tag != "html" and node.get("lang") == "en"
    if node.tag not in ("script", "style", "bdi", "textarea") and not says_english:
        own.append(node.text)
    return [text.strip() for text in [*own, node.tail] if text and text.strip()]
