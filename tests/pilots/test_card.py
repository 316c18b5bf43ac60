"""Who to call: the card of a country, for everybody."""

from dataclasses import replace
from datetime import date

import pytest

from companion.i18n.catalogue_files import gather, is_safety
from companion.pilots.pack import offered_languages, pilot, pilots, use_own
from tests.cast import Cast
from tests.conftest import Browser


def test_every_country_leads_to_its_card(browser: Browser) -> None:
    page = browser.get("/countries").text

    assert all(f'href="/call/{code}"' in page for code in pilots())


@pytest.mark.parametrize("code", sorted(pilots()))
def test_it_works_signed_out_and_is_small(browser: Browser, code: str) -> None:
    page = browser.get(f"/call/{code}")

    assert page.status_code == 200
    assert int(page.headers["content-length"]) <= 5000
    assert page.headers["cache-control"] == "no-store"
    for line in (*pilot(code).numbers, *pilot(code).help_lines):
        assert f">{line.number}</bdi>" in page.text
    assert "No named person of this pilot has approved this card yet." in page.text


@pytest.mark.parametrize("code", ["xx", "NL", "../nl", "nl%00"])
def test_an_unknown_country_is_not_found(browser: Browser, code: str) -> None:
    assert browser.get(f"/call/{code}").status_code == 404


def test_a_number_for_texts_sends_a_text(browser: Browser) -> None:
    page = browser.get("/call/gb").text

    assert 'href="sms:85258"' in page
    assert 'href="tel:08082000247"' in page


def test_a_code_is_dialled_whole(browser: Browser) -> None:
    assert 'href="tel:*120*7867%23"' in browser.get("/call/za").text


def test_the_danger_signs_stand_in_groups_and_a_call_is_said_to_leave_a_trace(
    browser: Browser,
) -> None:
    page = browser.get("/call/nl").text

    for group in pilot("nl").danger_signs:
        assert f"<h2>{group.title}</h2>" in page
    assert "A call stays in your phone’s list of calls." in page


def test_somebody_signed_in_reads_only_signs_that_hurt_nobody(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    page = browser.get("/call/nl").text

    assert "Danger signs for you" in page
    assert "baby" not in page.lower()
    assert "pregnan" not in page.lower()
    assert 'href="/call"' in page


def test_an_approved_card_says_by_whom_and_when(browser: Browser) -> None:
    approved = replace(pilot("nl"), checked_on=date(2026, 10, 3), signed_off_by="Dr Joke Smit")
    use_own("nl", approved)

    page = browser.get("/call/nl").text

    assert "Checked on 3 October 2026 and approved by Dr Joke Smit." in page
    assert "No named person" not in page


@pytest.mark.parametrize(
    ("code", "languages"),
    [
        ("nl", ["nl", "en", "ar", "ti", "tr", "so", "fa-AF", "ps", "uk", "ku"]),
        ("gh", ["en", "tw", "fat", "ee", "gaa", "dag", "ha"]),
        ("xk", ["sq", "sr-Latn", "sr-Cyrl", "tr", "bs", "rom", "en"]),
    ],
)
def test_a_pilot_offers_its_languages_that_exist_here(code: str, languages: list[str]) -> None:
    assert [each.code for each in offered_languages(pilot(code))] == languages


def test_what_the_card_says_is_for_a_clinician_to_sign_off() -> None:
    safety = {each.id for each in gather("companion") if is_safety(each)}

    assert {"Who to call", "Help lines", "Ambulance", "You vomit again and again"} <= safety
    assert "Back" not in safety


def test_english_is_always_possible() -> None:
    without = replace(pilot("nl"), languages=("nl", "djk"))

    assert [each.code for each in offered_languages(without)] == ["nl", "en"]
