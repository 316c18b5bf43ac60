"""A coordinator keeps her pilot's sites, with their own numbers."""

import pytest
from sqlalchemy import select

from companion.db import Database, new_id
from companion.people.models import Person
from companion.pilots.models import Site
from companion.pilots.numbers import dialable
from tests.cast import Cast
from tests.conftest import Browser


def fields(**changed: str) -> dict[str, str]:
    return {
        "id": str(new_id()),
        "name": "Practice Zuid",
        "address": "Zuid 2",
        "label1": "Night desk",
        "number1": "+31 (0)",
        **changed,
    }


def new_sites(database: Database) -> list[Site]:
    with database.reading() as db:
        return list(db.scalars(select(Site).where(Site.name == "Practice Zuid")))


def test_a_site_is_added_with_its_numbers(browser: Browser, cast: Cast, database: Database) -> None:
    browser.sign_in(cast.edon.token)

    answer = browser.post_form("/sites", fields(number1="+31 70 123-4567"))

    assert answer.headers["location"] == "/sites"
    (site,) = new_sites(database)
    assert site.pilot == "nl"
    assert site.numbers == [{"label": "Night desk", "number": "+31 70 123-4567"}]
    assert "Practice Zuid" in browser.get("/sites").text


def test_sent_twice_it_is_one_site(browser: Browser, cast: Cast, database: Database) -> None:
    browser.sign_in(cast.edon.token)
    sent = fields(number1="112")

    assert [browser.post_form("/sites", sent).status_code for _ in range(2)] == [303, 303]
    assert len(new_sites(database)) == 1


@pytest.mark.parametrize(
    "changed", [{"name": "Practice Noord"}, {"address": "Noord 3"}, {"number1": "113"}], ids=str
)
def test_the_same_form_with_something_else_in_it_is_refused_and_becomes_a_change(
    browser: Browser, cast: Cast, database: Database, changed: dict[str, str]
) -> None:
    browser.sign_in(cast.edon.token)
    sent = fields(number1="112")
    browser.post_form("/sites", sent)

    page = browser.post_form("/sites", sent | changed)

    assert page.status_code == 422
    assert "This was saved before, with something else in it." in page.text
    assert all(f'value="{typed}"' in page.text for typed in changed.values())
    assert f'action="/sites/{sent["id"]}"' in page.text
    (site,) = new_sites(database)
    assert (site.address, site.numbers[0]["number"]) == ("Zuid 2", "112")


def test_a_site_is_changed_and_its_numbers_removed(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.edon.token)
    assert "Midwife on call" in browser.get(f"/sites/{cast.site_id}").text

    browser.post_form(f"/sites/{cast.site_id}", {"name": "Practice Zuid"})

    (site,) = new_sites(database)
    assert (site.id, site.address, site.numbers) == (cast.site_id, "", [])


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Write the name of the site."),
        ({"name": "x" * 121}, "Write at most 120 characters."),
        ({"address": "x" * 301}, "Write at most 300 characters."),
        ({"label1": ""}, "Write who answers this number."),
        ({"label1": "x" * 61}, "Write at most 60 characters."),
        ({"number1": ""}, "Write a number that a telephone can dial"),
        ({"number1": "call me"}, "Write a number that a telephone can dial"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    browser: Browser, cast: Cast, database: Database, changed: dict[str, str], sentence: str
) -> None:
    browser.sign_in(cast.edon.token)
    sent = fields(**({"number1": "112"} | changed))

    page = browser.post_form("/sites", sent)

    assert page.status_code == 422
    assert sentence in page.text
    assert all(f'value="{typed}"' in page.text for typed in sent.values())
    assert not new_sites(database)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("112", "112"),
        ("*120*7867#", "*120*7867#"),
        ("+31 70 123-4567", "+31 70 123-4567"),
        ("\u202a070\u00a0123 4567\u202c", "070 123 4567"),
        ("٠٨٠٠ ١١١١٢", "0800 11112"),
        ("abc", ""),
        ("1", ""),
        ("31+70", ""),
        ("javascript:alert(1)", ""),
        ("9" * 31, ""),
    ],
)
def test_a_number_is_kept_as_every_telephone_dials_it(typed: str, number: str) -> None:
    assert dialable(typed) == number


@pytest.mark.parametrize("who", ["amina", "femi", "chipo", "hana"])
def test_only_coordinators_have_sites(browser: Browser, cast: Cast, who: str) -> None:
    browser.sign_in(getattr(cast, who).token)

    for address in ("/sites", "/sites/new", f"/sites/{cast.site_id}"):
        assert browser.get(address).status_code == 404
    assert browser.post_form("/sites", fields()).status_code == 404
    assert browser.post_form(f"/sites/{cast.site_id}", fields()).status_code == 404


def test_the_sites_of_another_pilot_are_not_there(
    browser: Browser, cast: Cast, database: Database
) -> None:
    with database.writing.begin() as db:
        edon = db.get(Person, cast.edon.id)
        assert edon
        edon.pilot = "gh"
    browser.sign_in(cast.edon.token)

    assert "Health centre Latour" not in browser.get("/sites").text
    assert browser.get(f"/sites/{cast.site_id}").status_code == 404
    taken = fields(id=str(cast.site_id), number1="112")
    assert browser.post_form("/sites", taken).status_code == 404
