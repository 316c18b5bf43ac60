"""Two people on one phone: each behind her own PIN, and nothing of one for the other."""

import re
from typing import Any

import pytest
from httpx import Cookies

from companion.db import Database
from companion.people import locks, pins
from tests.cast import Cast, Player
from tests.conftest import Browser
from tests.people.conftest import PIN, WRONG, SharedPhone

HERS = "736205"


@pytest.fixture
def shared(phone: SharedPhone, cast: Cast, database: Database) -> SharedPhone:
    """Amina gave her phone to Dewi, who came with her spare key, and has set a PIN."""
    code = _spare_key(phone, cast.dewi)
    phone.sign_in(cast.amina)
    phone.open()
    assert phone.browser.post_form("/shared/people").headers["location"] == "/welcome"
    assert phone.browser.post_form("/key", {"code": code}).status_code == 303
    typed = {"pin": HERS, "pin_again": HERS, "minutes": "5"}
    assert phone.browser.post_form("/lock", typed).headers["location"] == "/shared"
    return phone


def _spare_key(phone: SharedPhone, player: Player) -> str:
    phone.sign_in(player)
    html: str = phone.browser.post_form("/spare-key").text
    return html.split('class="code" dir="ltr">')[1].split("<")[0]


def _others(html: str) -> dict[str, str]:
    """Who may be tapped, and what is sent then."""
    found = re.findall(r'name="turn" value="([^"]+)">\s*<button[^>]*><bdi>([^<]*)</bdi>', html)
    return {name: turn for turn, name in found}


def _tap(phone: SharedPhone, name: str, page: str = "/") -> Any:
    turn = _others(phone.browser.get(page).text)[name]
    return phone.browser.post_form("/shared/turns", {"turn": turn})


def test_the_other_one_is_a_tap_and_her_pin_away(shared: SharedPhone) -> None:
    assert "You are Dewi here." in shared.browser.get("/more").text

    answer = _tap(shared, "A", "/shared")

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert shared.is_locked("/")
    assert shared.open(HERS).status_code == 422
    assert shared.open(PIN).status_code == 303
    assert "You are Amina here." in shared.browser.get("/more").text


def test_nothing_of_one_stays_in_the_browser_for_the_other(shared: SharedPhone) -> None:
    assert _tap(shared, "A", "/shared").headers["clear-site-data"] == '"cache"'


def test_the_lock_says_whose_pin_it_asks_and_no_more(shared: SharedPhone) -> None:
    shared.lock()

    html = shared.browser.get("/").text

    assert "The PIN of D" in html
    assert set(_others(html)) == {"A"}
    assert "Amina" not in html
    assert "Dewi" not in html


def test_each_chooses_how_the_phone_calls_her(shared: SharedPhone) -> None:
    assert shared.browser.post_form("/shared", {"name": "Sunflower"}).status_code == 303
    assert shared.browser.post_form("/shared", {"name": "x" * 21}).status_code == 422
    shared.lock()
    assert "The PIN of Sunflower" in shared.browser.get("/").text

    _tap(shared, "A")

    assert set(_others(shared.browser.get("/").text)) == {"Sunflower"}


def test_whoever_comes_second_sets_a_pin_first(phone: SharedPhone, cast: Cast) -> None:
    code = _spare_key(phone, cast.dewi)
    phone.sign_in(cast.amina)
    phone.open()
    phone.browser.post_form("/shared/people")
    phone.browser.post_form("/key", {"code": code})

    for address in ("/", "/more", "/spare-key"):
        answer = phone.browser.get(address, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/lock"), address
    turn = phone.browser.post_form("/shared/turns", {"turn": str(cast.amina.reader.sign_in_id)})
    assert turn.headers["location"] == "/lock"
    assert "Set a PIN" in phone.browser.get("/lock").text


def test_nobody_can_give_the_phone_away_without_a_pin(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    assert browser.post_form("/shared/people").headers["location"] == "/lock"
    assert "beside" not in browser.cookies
    assert "First set a PIN of your own." in browser.get("/shared").text


def test_whoever_gave_it_away_can_come_back_at_once(phone: SharedPhone) -> None:
    phone.browser.post_form("/shared/people")

    assert set(_others(phone.browser.get("/welcome").text)) == {"A"}
    _tap(phone, "A", "/welcome")

    assert phone.is_locked("/")
    assert phone.open().status_code == 303


def test_signing_out_signs_out_only_her(shared: SharedPhone) -> None:
    shared.browser.post_form("/sign-out")

    _tap(shared, "A", "/welcome")
    shared.open(PIN)

    page = shared.browser.get("/shared").text
    assert _others(page) == {}
    assert "You are Amina here." in shared.browser.get("/more").text


def test_ten_wrong_pins_of_one_leave_the_other(shared: SharedPhone) -> None:
    _tap(shared, "A", "/shared")
    for _ in range(10):
        shared.open(WRONG)
        shared.wait(minutes=15)

    _tap(shared, "D", "/welcome")

    assert shared.open(HERS).status_code == 303


def test_while_it_is_shared_the_lock_stays_on(shared: SharedPhone) -> None:
    shared.browser.post_form("/lock/goodbyes", {"pin_now": HERS})

    shared.lock()
    assert shared.is_locked()


def test_one_who_was_signed_out_from_elsewhere_is_forgotten(shared: SharedPhone) -> None:
    cookies = Cookies(shared.browser.cookies)
    _tap(shared, "A", "/shared")
    shared.open(PIN)
    shared.browser.post_form("/sign-out")
    shared.browser.cookies.clear()
    shared.browser.cookies.update(cookies)

    assert _others(shared.browser.get("/shared").text) == {}
    assert shared.browser.post_form("/lock/goodbyes", {"pin_now": HERS}).status_code == 303
    shared.wait(days=1)
    assert not shared.is_locked()


def test_there_is_room_for_three(phone: SharedPhone, cast: Cast, database: Database) -> None:
    for player in (cast.beatriz, cast.dewi):
        with database.writing.begin() as db:
            pin_hash = pins.hash_pin(PIN, player.reader.sign_in_id)
            locks.put_on(db, player.reader, pin_hash, 5)
    phone.browser.cookies.set("beside", f"{cast.beatriz.token}.{cast.dewi.token}")

    answer = phone.browser.post_form("/shared/people")

    assert answer.status_code == 422
    assert "Three people use this phone already." in answer.text


def test_only_who_shares_this_phone_can_be_tapped(shared: SharedPhone, cast: Cast) -> None:
    elsewhere = {"turn": str(cast.beatriz.reader.sign_in_id)}

    assert shared.browser.post_form("/shared/turns", elsewhere).status_code == 404


def test_the_tokens_are_out_of_reach_of_scripts(shared: SharedPhone) -> None:
    answer = _tap(shared, "A", "/shared")

    for said in answer.headers.get_list("set-cookie"):
        assert "HttpOnly" in said
        assert "SameSite=lax" in said


def test_a_token_beside_opens_nothing_by_itself(shared: SharedPhone, cast: Cast) -> None:
    awake = shared.browser.cookies["awake"]
    shared.sign_in(cast.amina)
    shared.browser.cookies.set("awake", awake)

    assert shared.is_locked()
