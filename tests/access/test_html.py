"""Every page is valid HTML, names its language, and holds no id twice."""

import re

import html5lib
import pytest

from companion.db import Database
from companion.people.models import Person
from companion.web.looks import LOOKS, Look
from tests.access.pages import LOOKERS, NEUTRAL_TITLES, pages_of
from tests.cast import Cast
from tests.conftest import Browser
from tests.house import House


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("actor", LOOKERS)
def test_every_page_parses_without_an_error(
    browser: Browser, cast: Cast, house: House, database: Database, actor: str, language: str
) -> None:
    _choose(database, cast, actor, language)
    if actor != "nobody":
        browser.sign_in(getattr(cast, actor).token)
    for address in pages_of(actor, house):
        html = browser.get(address, headers={"accept-language": language}).text
        parsed = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
        ids = [each.get("id") for each in parsed.iter() if each.get("id")]
        assert f'<html lang="{language}"' in html, address
        assert len(ids) == len(set(ids)), address
        assert list(parsed.iter("h1")), address


def _choose(database: Database, cast: Cast, actor: str, language: str) -> None:
    if actor != "nobody":
        with database.writing.begin() as db:
            db.get_one(Person, getattr(cast, actor).id).language = language


def test_titles_give_nothing_away(browser: Browser, cast: Cast, house: House) -> None:
    browser.sign_in(cast.amina.token)
    titles = set()
    for address in pages_of("amina", house):
        html = browser.get(address).text
        titles.add(html.split("<title>")[1].split("</title>")[0].split(" · ")[0])

    assert titles <= NEUTRAL_TITLES


@pytest.mark.parametrize("look", [each for each in LOOKS.values() if each.is_neutral])
def test_under_a_neutral_name_a_phone_says_nothing_else(
    browser: Browser, cast: Cast, house: House, database: Database, look: Look
) -> None:
    with database.writing.begin() as db:
        db.get_one(Person, cast.amina.id).look = look.slug
    browser.sign_in(cast.amina.token)
    heads = {browser.get(address).text.split("</head>")[0] for address in pages_of("amina", house)}

    assert {head.split("<title>")[1].split("</title>")[0] for head in heads} == {look.name.message}
    assert not [head for head in heads if "/static/icon." in head or "companion-" in head]
    assert {look.slug} == {
        each for head in heads for each in re.findall(r'"/manifests/(\w+)', head)
    }


FIELDS = ["input", "textarea", "select"]
NEVER_KEPT = ("hidden", "file", "password")
TYPED_BY_STAFF = ("textarea", "select", "radio", "checkbox", "date", "time", "month")


@pytest.mark.parametrize("actor", LOOKERS)
def test_no_browser_remembers_what_is_typed(
    browser: Browser, cast: Cast, house: House, actor: str
) -> None:
    """It would offer it to whoever has the phone next, and put it back into the page for her. (What
    staff write at length, it may put back.)"""
    if actor != "nobody":
        browser.sign_in(getattr(cast, actor).token)
    may_be_kept = NEVER_KEPT if actor in ("nobody", "amina") else NEVER_KEPT + TYPED_BY_STAFF
    kept = set()
    for address in pages_of(actor, house):
        page = html5lib.parse(browser.get(address).text, namespaceHTMLElements=False)
        for form in page.iter("form"):
            for field in (each for name in FIELDS for each in form.iter(name)):
                is_off = "off" in (form.get("autocomplete"), field.get("autocomplete"))
                if not is_off and field.get("type", field.tag) not in may_be_kept:
                    kept.add((address, field.get("name")))

    assert kept == set()
