"""A reader tells what is wrong with the words; whoever translates reads it and settles it."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import delete, select

from companion.db import Database, new_id
from companion.localisation.models import Remark
from companion.people.models import Person
from tests.cast import Cast, Player
from tests.conftest import NOW, Browser, HeldClock


@pytest.fixture
def beatriz(browser: Browser, cast: Cast) -> Browser:
    """She reads Dutch."""
    browser.sign_in(cast.beatriz.token)
    return browser


def told(words: str = "Mijn apparaat", better: str = "", **more: str) -> dict[str, str]:
    return {"id": str(new_id()), "words": words, "better": better, "back": "/devices", **more}


def kept(database: Database) -> list[Remark]:
    with database.reading() as db:
        return list(db.scalars(select(Remark).order_by(Remark.said_at)))


def test_the_line_of_a_draft_leads_to_the_form_and_knows_the_page(beatriz: Browser) -> None:
    page = beatriz.get("/devices").text

    assert 'href="/remarks/new?back=/devices"' in page
    form = beatriz.get("/remarks/new?back=/devices").text
    assert 'name="back" value="/devices"' in form
    assert 'href="/remarks/new' not in form


def test_whoever_is_not_signed_in_is_not_asked(browser: Browser) -> None:
    browser.cookies.set("language", "nl")

    page = browser.get("/welcome").text

    assert 'class="drafts"' in page
    assert "/remarks" not in page


def test_nobody_is_asked_where_nothing_is_a_draft(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    assert "/remarks" not in browser.get("/devices").text


def test_what_she_says_is_kept_sealed_and_she_is_thanked(
    beatriz: Browser, cast: Cast, database: Database
) -> None:
    answer = beatriz.post_form("/remarks", told("Mijn  apparaat", "Mijn telefoons"))

    assert answer.headers["location"] == "/remarks/thanks?back=%2Fdevices"
    assert 'href="/devices"' in beatriz.get(answer.headers["location"]).text
    (remark,) = kept(database)
    assert (remark.words, remark.better) == ("Mijn apparaat", "Mijn telefoons")
    assert (remark.pilot, remark.language, remark.place) == ("nl", "nl", "/devices")
    assert (remark.said_by_id, remark.said_at) == (cast.beatriz.id, NOW)
    assert b"telefoons" not in remark.better_sealed


@pytest.mark.parametrize(
    ("back", "place"),
    [
        ("/", "/"),
        ("/groups/01a202b2-c500-7000-8000-000000000001/chat", "/groups"),
        ("/join/ABCD-2345", "/join"),
        ("/01a202b2-c500-7000-8000-000000000001", "/"),
        ("/Amina", "/"),
        ("nowhere", "/"),
    ],
)
def test_no_address_is_kept_but_its_first_part(
    beatriz: Browser, database: Database, back: str, place: str
) -> None:
    beatriz.post_form("/remarks", told(back=back))

    assert kept(database)[0].place == place


@pytest.mark.parametrize(
    "back", ["//evil.example", "/\\evil.example", "/\t/evil.example", "https://evil.example"]
)
def test_nobody_is_led_to_somebody_elses_page(beatriz: Browser, back: str) -> None:
    for address in ("/remarks/new", "/remarks/thanks"):
        assert "evil" not in beatriz.get(f"{address}?back={quote(back, safe='')}").text
    answer = beatriz.post_form("/remarks", told(back=back))
    assert answer.headers["location"] == "/remarks/thanks?back=%2F"


@pytest.mark.parametrize(
    ("words", "better", "field"),
    [
        (" ", "Mijn telefoons", "words"),
        ("x" * 501, "", "words"),
        ("Mijn apparaat", "x" * 501, "better"),
    ],
)
def test_what_cannot_be_kept_is_still_there_to_change(
    beatriz: Browser, database: Database, words: str, better: str, field: str
) -> None:
    sent = told(words, better)

    answer = beatriz.post_form("/remarks", sent)

    assert answer.status_code == 422
    assert f'id="wrong-{field}"' in answer.text
    assert f">\n{better}</textarea>" in answer.text
    assert sent["id"] in answer.text
    assert 'name="back" value="/devices"' in answer.text
    assert kept(database) == []


def test_sent_twice_it_is_one_remark(beatriz: Browser, database: Database) -> None:
    sent = told()

    statuses = [beatriz.post_form("/remarks", sent).status_code for _ in range(2)]

    assert statuses == [303, 303]
    assert len(kept(database)) == 1


def test_with_other_words_the_same_form_is_refused_and_then_one_of_its_own(
    beatriz: Browser, database: Database
) -> None:
    sent = told()
    beatriz.post_form("/remarks", sent)

    answer = beatriz.post_form("/remarks", {**sent, "words": "Mijn toestel"})

    assert answer.status_code == 422
    assert "Mijn toestel" in answer.text
    assert sent["id"] not in answer.text


def test_somebody_elses_remark_is_not_found(browser: Browser, cast: Cast) -> None:
    sent = told()
    browser.sign_in(cast.beatriz.token)
    browser.post_form("/remarks", sent)
    browser.sign_in(cast.amina.token)

    assert browser.post_form("/remarks", sent).status_code == 404


def test_twenty_a_day_are_enough(
    browser: Browser, cast: Cast, database: Database, held_clock: HeldClock
) -> None:
    browser.sign_in(cast.amina.token)
    for number in range(20):
        assert browser.post_form("/remarks", told(f"Word {number}")).status_code == 303

    answer = browser.post_form("/remarks", told("One more"))

    assert answer.status_code == 422
    assert "You have told us a lot today, thank you." in answer.text
    assert "One more" in answer.text
    browser.sign_in(cast.dewi.token)
    assert browser.post_form("/remarks", told()).status_code == 303
    held_clock.moment += timedelta(days=1)
    browser.sign_in(cast.amina.token)
    assert browser.post_form("/remarks", told("One more")).status_code == 303


def _tell(browser: Browser, player: Player, **fields: str) -> None:
    browser.sign_in(player.token)
    browser.post_form("/remarks", told(**fields))


@pytest.mark.parametrize("who", ["edon", "ilse"])
def test_whoever_translates_finds_them_by_language_and_not_by_whom(
    browser: Browser, cast: Cast, who: str
) -> None:
    _tell(browser, cast.beatriz, words="Mijn apparaat", better="Mijn telefoons")
    _tell(browser, cast.amina, words="My thing")
    browser.sign_in(getattr(cast, who).token)

    words = browser.get("/words").text
    page = browser.get("/words/nl/remarks").text

    assert "What readers say" in words
    assert 'href="/words/nl/remarks"' in words
    assert 'href="/words/en/remarks"' in words
    assert "1 remark" in page
    assert "Mijn telefoons" in page
    assert "22 November 2026" in page
    assert "/devices" in page
    assert 'href="/words/nl?q=Mijn%20apparaat"' in page
    assert "Beatriz" not in page
    assert str(cast.beatriz.id) not in page
    assert "My thing" not in page


def test_the_link_finds_the_text(browser: Browser, cast: Cast) -> None:
    _tell(browser, cast.amina, words="Where groups meet, and their numbers")
    browser.sign_in(cast.ilse.token)
    page = browser.get("/words/en/remarks").text

    query = page.split('href="/words/en?')[1].split('"')[0]
    found = browser.get(f"/words/en?{query}")

    assert "1 text" in found.text


def test_a_language_that_the_pilot_does_not_offer_is_read_too(
    browser: Browser, cast: Cast, database: Database
) -> None:
    with database.writing.begin() as db:
        db.get_one(Person, cast.amina.id).language = "fr"
    _tell(browser, cast.amina, words="Mes appareils")
    browser.sign_in(cast.ilse.token)

    assert 'href="/words/fr/remarks"' in browser.get("/words").text
    page = browser.get("/words/fr/remarks").text
    assert "Mes appareils" in page
    assert 'href="/words/fr?' not in page


def test_done_settles_it(browser: Browser, cast: Cast, database: Database) -> None:
    _tell(browser, cast.beatriz)
    (remark,) = kept(database)
    browser.sign_in(cast.ilse.token)
    address = f"/remarks/{remark.id}/outcomes"

    first = browser.post_form(address)
    browser.sign_in(cast.edon.token)
    second = browser.post_form(address)

    assert first.headers["location"] == second.headers["location"] == "/words/nl/remarks"
    (remark,) = kept(database)
    assert (remark.settled_at, remark.settled_by_id) == (NOW, cast.ilse.id)
    assert "0 remarks" in browser.get("/words/nl/remarks").text
    assert "What readers say" not in browser.get("/words").text


def test_another_pilots_are_neither_seen_nor_settled(
    browser: Browser, cast: Cast, database: Database
) -> None:
    _tell(browser, cast.beatriz)
    (remark,) = kept(database)
    with database.writing.begin() as db:
        db.get_one(Person, cast.ilse.id).pilot = "gb"
    browser.sign_in(cast.ilse.token)

    assert "What readers say" not in browser.get("/words").text
    assert "Mijn apparaat" not in browser.get("/words/nl/remarks").text
    assert browser.post_form(f"/remarks/{remark.id}/outcomes").status_code == 404


def test_a_long_list_goes_on(browser: Browser, cast: Cast, database: Database) -> None:
    with database.writing.begin() as db:
        for number in range(41):
            db.add(
                Remark(
                    pilot="nl",
                    language="nl",
                    place="/",
                    words=f"Woord {number}",
                    better="",
                    said_at=NOW + timedelta(minutes=number),
                )
            )
    browser.sign_in(cast.ilse.token)

    first, second = (browser.get(f"/words/nl/remarks{more}").text for more in ("", "?after=40"))

    assert "41 remarks" in first
    assert "Woord 39<" in first
    assert 'href="/words/nl/remarks?after=40"' in first
    assert "Woord 40<" in second
    assert "Woord 39<" not in second


def test_made_up_languages_are_not_found(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.ilse.token)

    assert browser.get("/words/xx/remarks").status_code == 404


def test_it_stays_when_she_is_erased(browser: Browser, cast: Cast, database: Database) -> None:
    _tell(browser, cast.beatriz)

    with database.writing.begin() as db:
        db.execute(delete(Person).where(Person.id == cast.beatriz.id))

    (remark,) = kept(database)
    assert (remark.words, remark.said_by_id) == ("Mijn apparaat", None)
