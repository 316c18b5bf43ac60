"""A coordinator says the danger signs aloud, and everybody hears them on the card."""

import pytest

from companion.db import Database
from companion.pilots.pack import general_signs, offered_languages, pilot
from companion.recordings.signs import key_of, sign_groups, signs_by_key
from tests.cast import Cast
from tests.conftest import Browser
from tests.recordings.conftest import Send, kept, only, sound_of
from tests.sessions.conftest import end_journey
from tests.wordings import put
from tests.wordings import said as worded

SIGN = pilot("nl").danger_signs[0].signs[0].says
GENERAL = general_signs().signs[0].says


def _address(sign: str = SIGN, language: str = "en") -> str:
    return f"/signs/{key_of(sign)}/recordings/{language}"


@pytest.fixture
def said(browser: Browser, database: Database, cast: Cast, send: Send) -> str:
    """The address of what Edon recorded, in English."""
    browser.sign_in(cast.edon.token)
    answer = send(_address(), sound_of("aac.m4a"))
    assert answer.headers["location"] == _address()
    return f"/recordings/{only(database).id}"


@pytest.fixture
def without_drafts(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what somebody has reviewed is shown."""
    without = type(browser.app.state.config)(port=8000, worker=False, drafts=False)
    monkeypatch.setattr(browser.app.state, "config", without, raising=False)


def test_it_is_heard_on_her_own_card(browser: Browser, cast: Cast, said: str) -> None:
    browser.sign_in(cast.amina.token)

    page = browser.get("/call").text

    assert f'<audio controls preload="none" src="{said}"' in page
    assert page.count("<audio") == sum(
        SIGN in [sign.says for sign in group.signs] for group in pilot("nl").danger_signs
    )


def test_it_is_heard_by_whoever_is_not_signed_in(browser: Browser, said: str) -> None:
    browser.cookies.clear()

    assert said in browser.get("/call/nl").text
    assert said not in browser.get("/call/gb").text
    answer = browser.get(said, headers={"range": "bytes=0-1"})
    assert answer.status_code == 206
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_it_is_heard_in_the_language_of_whoever_reads(
    browser: Browser, cast: Cast, said: str
) -> None:
    browser.sign_in(cast.beatriz.token)

    assert "<audio" not in browser.get("/call").text


def test_after_a_loss_only_what_is_shown_is_heard(
    browser: Browser, database: Database, cast: Cast, send: Send, said: str
) -> None:
    send(_address(GENERAL), sound_of("opus.ogg"))
    end_journey(database, cast)
    browser.sign_in(cast.amina.token)

    page = browser.get("/call").text

    assert said not in page
    assert page.count("<audio") == 1


def test_the_list_says_what_has_been_recorded(browser: Browser, said: str) -> None:
    assert '<a class="line" href="/recordings">' in browser.get("/more").text

    page = browser.get("/recordings").text

    languages = offered_languages(pilot("nl"))
    signs = [sign.says for group in sign_groups(pilot("nl")) for sign in group.signs]
    assert page.count('<a class="pill" href="/signs/') == len(signs) * len(languages)
    assert page.count("✓") == signs.count(SIGN)


def test_the_page_shows_the_words_in_the_language_to_say_them_in(
    browser: Browser, cast: Cast
) -> None:
    browser.sign_in(cast.edon.token)

    page = browser.get(_address(language="nl")).text

    assert '<p class="big" lang="nl" dir="ltr">' in page
    assert "Draft translation: nobody has checked these words yet." in page
    assert SIGN in browser.get(_address()).text


def test_the_page_shows_the_pilots_own_words_to_say(
    browser: Browser, database: Database, cast: Cast, send: Send, without_drafts: None
) -> None:
    browser.sign_in(cast.edon.token)
    put(database, worded(SIGN, "Veel bloed", code="nl"), worded(SIGN, "A lot of blood"))

    assert ">Veel bloed</p>" in browser.get(_address(language="nl")).text
    assert ">A lot of blood</p>" in browser.get(_address()).text
    assert send(_address(language="nl"), sound_of("opus.ogg")).status_code == 303


def test_words_that_are_not_written_yet_are_not_said(
    browser: Browser, database: Database, cast: Cast, send: Send, without_drafts: None
) -> None:
    browser.sign_in(cast.edon.token)

    page = browser.get(_address(language="nl")).text

    assert "This is not yet written in this language." in page
    assert '<form method="post" enctype' not in page
    assert send(_address(language="nl"), sound_of("opus.ogg")).status_code == 422
    assert kept(database) == []


@pytest.mark.parametrize(
    ("name", "words"), [("video.webm", "This is a video"), ("other.mp3", "This is not")]
)
def test_what_cannot_be_kept_is_refused(
    browser: Browser, database: Database, cast: Cast, send: Send, name: str, words: str
) -> None:
    browser.sign_in(cast.edon.token)

    answer = send(_address(), sound_of(name))

    assert answer.status_code == 422
    assert words in answer.text
    assert kept(database) == []


def test_a_new_one_takes_the_place_of_the_one_before(
    browser: Browser, database: Database, send: Send, said: str
) -> None:
    send(_address(), sound_of("opus.ogg"))

    assert only(database).sound == sound_of("opus.ogg")
    assert browser.get(said).status_code == 404


def test_it_can_be_taken_away(browser: Browser, database: Database, said: str) -> None:
    assert f'action="{said}/erasures"' in browser.get(_address()).text

    gone = browser.post_form(f"{said}/erasures")

    assert gone.headers["location"] == "/recordings"
    assert kept(database) == []


@pytest.mark.parametrize("who", ["amina", "chipo", "gita"])
def test_nobody_else_records_or_removes(
    browser: Browser, database: Database, cast: Cast, send: Send, said: str, who: str
) -> None:
    browser.sign_in(getattr(cast, who).token)

    assert send(_address(), sound_of("opus.ogg")).status_code == 404
    assert browser.post_form(f"{said}/erasures").status_code == 404
    assert only(database).sound == sound_of("aac.m4a")


def test_the_coordinator_of_another_pilot_does_not_either(
    browser: Browser, database: Database, said: str
) -> None:
    with database.writing.begin() as db:
        only_one = db.merge(only(database))
        only_one.pilot = "gb"

    assert browser.post_form(f"{said}/erasures").status_code == 404
    assert "✓" not in browser.get("/recordings").text


@pytest.mark.parametrize(
    "address", ["/signs/0000000000000000/recordings/en", _address(language="xx")]
)
def test_another_sign_or_language_is_not_found(
    browser: Browser, cast: Cast, send: Send, address: str
) -> None:
    browser.sign_in(cast.edon.token)

    assert browser.get(address).status_code == 404
    assert send(address, sound_of("opus.ogg")).status_code == 404


def test_no_address_says_what_it_is_about() -> None:
    keys = signs_by_key(pilot("nl"))

    assert all(len(key) == 16 and int(key, 16) >= 0 for key in keys)
    assert len(keys) == len(set(keys.values()))
