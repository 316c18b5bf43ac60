"""Every page in every language: its words are in it, or marked as being in another one."""

from functools import cache
from typing import Any

import html5lib
import pytest

from companion.db import Database
from companion.i18n import language
from companion.i18n.catalogue_files import forms_of, gather, read_catalogue
from companion.i18n.catalogues import DOMAINS, look_up
from companion.i18n.languages import Language, real_languages
from companion.i18n.sentences import Sentence
from companion.people.models import Person
from tests.access.pages import LOOKERS, pages_of
from tests.cast import Cast
from tests.conftest import Browser
from tests.house import House

OTHERS = [each for each in real_languages() if each.code != "en"]
# No element may mark what stands in these.
CANNOT_BE_MARKED = ("title", "option", "script", "style", "textarea", "svg")


def _sources() -> dict[str, Sentence]:
    """Each message without placeholders, and how it is asked for."""
    return {
        message.id: Sentence(message.id, context=message.context, domain=domain)
        for domain in DOMAINS
        for message in gather(domain)
        if message.id and isinstance(message.id, str) and "%" not in message.id
    }


SOURCES = _sources()
# A translator's pages are among a coordinator's. Where most falls back, a participant's are enough.
SPEAKERS = [each for each in LOOKERS if each != "ilse"]
WRITTEN = "Why?"  # a participant asked it in the furnished house, and we may say it too


@pytest.mark.parametrize("of", OTHERS, ids=lambda each: each.code)
def test_no_page_says_english_unmarked(
    browser: Browser, cast: Cast, house: House, database: Database, of: Language
) -> None:
    found = {}
    for actor in SPEAKERS if of.drafted == "whole" else ("amina",):
        _come_as(browser, cast, database, actor, of)
        for address in pages_of(actor, house):
            answer = browser.get(address)
            assert answer.status_code == 200, address
            html = answer.text
            assert f'<html lang="{of.code}" dir="{of.direction}"' in html, address
            assert not set(html) & set("\ufdd0\ufdd1\ufdd2"), address
            parsed = html5lib.parse(html, namespaceHTMLElements=False)
            if wrong := _unmarked(parsed, of.code, of):
                found[actor, address] = wrong

    assert found == {}


def _come_as(browser: Browser, cast: Cast, database: Database, actor: str, of: Language) -> None:
    browser.cookies.clear()
    browser.cookies.set("language", of.code)
    if actor != "nobody":
        player = getattr(cast, actor)
        with database.writing.begin() as db:
            db.get_one(Person, player.id).language = of.code
        browser.sign_in(player.token)


def _unmarked(node: Any, code: str, of: Language) -> list[str]:
    """Source messages that stand in an element whose language is not the one they are in."""
    code = node.get("lang") or code
    wrong = [each for each in [_wrong(node.text, code, of)] if each and node.tag != "bdi"]
    for child in node:
        if child.tag not in CANNOT_BE_MARKED:
            wrong += _unmarked(child, code, of)
        wrong += [each for each in [_wrong(child.tail, code, of)] if each]
    return wrong


def _wrong(text: str | None, code: str, of: Language) -> str | None:
    said = (text or "").strip()
    sentence = None if said == WRITTEN else SOURCES.get(said)
    if sentence is None or code == "en":
        return None
    if code == of.code and said in _own_words(of.code):
        return None  # "Boy" is also how tall somebody is, in Turkish
    translated, found_in = look_up(sentence, of.code, drafts=True)
    return None if (translated == said and found_in == code) else said


@cache
def _own_words(code: str) -> frozenset[str]:
    catalogues = (read_catalogue(code, domain) for domain in DOMAINS)
    return frozenset(form for each in catalogues for message in each for form in forms_of(message))


@pytest.mark.parametrize(
    ("code", "marked"),
    [
        ("tw", '<span lang="en">'),
        ("fa-AF", '<span lang="en" dir="ltr">'),
        ("srn", '<span lang="nl">'),
        ("bs", '<span lang="sr-Latn">'),
    ],
)
def test_what_falls_back_names_its_language(browser: Browser, code: str, marked: str) -> None:
    browser.cookies.set("language", code)

    page = browser.get("/welcome").text

    assert marked in page
    assert f'<html lang="{code}" dir="{language(code).direction}"' in page
