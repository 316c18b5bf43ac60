"""The lock: when it closes, what it shows, and what stays in reach."""

import pytest

from companion.people.waking import MOST_STALE
from tests.access.test_access import TABLE
from tests.cast import Cast
from tests.conftest import Browser
from tests.house import House
from tests.people.conftest import PIN, WRONG, SharedPhone

SIGNED_OUT_ALIKE = ("GET /static/{name}", "GET /sw.js", "GET /service-worker.js", "GET /outbox.js",
                    "GET /kept", "GET /manifests/{look}", "GET /health",
                    "GET /countries", "GET /call/{pilot_code}", "GET /call",
                    "GET /recordings/{recording_id}", "GET /call/{pilot_code}/{sheet}",
                    "GET /demo/{ticket}")  # fmt: skip


def test_without_a_pin_nothing_locks(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    assert browser.get("/?start=1").status_code == 200
    assert "awake" not in browser.cookies


def test_it_locks_after_the_idle_minutes_she_chose(phone: SharedPhone) -> None:
    phone.wait(minutes=4, seconds=59)
    assert not phone.is_locked()

    phone.wait(minutes=5)
    assert phone.is_locked()


def test_using_it_keeps_it_open(phone: SharedPhone) -> None:
    for _ in range(4):
        phone.wait(minutes=3)
        assert not phone.is_locked()


def test_what_scripts_ask_by_themselves_is_no_use(phone: SharedPhone, cast: Cast) -> None:
    for _ in range(2):
        phone.wait(minutes=2)
        phone.browser.post_form("/phones")
        phone.browser.post_form(f"/groups/{cast.group_id}/reads", {"number": "1"})
    phone.wait(minutes=1)

    assert phone.is_locked()


def test_the_script_says_when_she_is_writing(phone: SharedPhone) -> None:
    for _ in range(2):
        phone.wait(minutes=4)
        assert phone.browser.post_form("/lock/signs").status_code == 204

    assert not phone.is_locked()


@pytest.mark.parametrize("minutes", [1, 5, 30])
def test_the_cookie_is_new_once_a_minute_at_most_and_never_too_late(
    phone: SharedPhone, minutes: int
) -> None:
    phone.browser.post_form("/lock", {"pin_now": PIN, "minutes": str(minutes)})
    answers = []
    for _ in range(12):
        phone.wait(seconds=5)
        answers.append("set-cookie" in phone.browser.get("/more").headers)

    assert sum(answers) == max(1, 60 // min(MOST_STALE, minutes * 15))
    phone.wait(minutes=minutes)
    assert phone.is_locked()


def test_the_cookie_is_out_of_reach_of_scripts_and_goes_with_the_browser(
    phone: SharedPhone,
) -> None:
    phone.lock()
    said = phone.open().headers["set-cookie"]

    assert "awake=" in said
    assert "HttpOnly" in said
    assert "SameSite=lax" in said
    assert "Max-Age" not in said


@pytest.mark.parametrize("forged", ["", "9999999999", "1795341600.0", "x.y", "1795341600.é"])
def test_a_missing_or_forged_cookie_means_locked(phone: SharedPhone, forged: str) -> None:
    phone.browser.cookies.delete("awake")
    headers = {"cookie": f"sign-in={phone.browser.cookies['sign-in']}; awake={forged}".encode()}

    assert phone.browser.get("/more", headers=headers).status_code == 401  # type: ignore[arg-type]


def test_a_cookie_of_another_device_opens_nothing(phone: SharedPhone, cast: Cast) -> None:
    hers = phone.browser.cookies["awake"]
    phone.put_on(cast.beatriz)
    assert not phone.is_locked()
    phone.browser.sign_in(cast.beatriz.token)
    phone.browser.cookies.set("awake", hers)

    assert phone.is_locked()


def test_it_locks_on_every_start(phone: SharedPhone) -> None:
    started = phone.browser.get("/?start=1", follow_redirects=False)

    assert (started.status_code, started.headers["location"]) == (303, "/")
    assert phone.is_locked("/")
    phone.open(back="/")
    assert not phone.is_locked("/")


def test_the_home_screen_opens_it_as_a_start(browser: Browser) -> None:
    assert browser.get("/manifests/notes").json()["start_url"] == "/?start=1"


def test_it_locks_when_she_says_so(phone: SharedPhone) -> None:
    phone.lock()

    assert phone.is_locked("/")


def test_the_right_pin_leads_back_to_where_she_was(phone: SharedPhone) -> None:
    phone.lock()

    assert 'name="back" value="/record?x=1"' in phone.browser.get("/record?x=1").text
    assert phone.open(back="/record?x=1").headers["location"] == "/record?x=1"
    assert phone.open(back="//elsewhere.example").headers["location"] == "/"


def test_a_part_of_a_page_gives_way_to_the_lock_and_leads_back_to_the_page(
    phone: SharedPhone,
) -> None:
    phone.lock()
    asked = {"hx-request": "true", "hx-target": "div#x",
             "hx-current-url": "http://127.0.0.1:8000/groups/1/chat"}  # fmt: skip

    answer = phone.browser.get("/more", headers=asked)

    assert (answer.status_code, answer.headers["hx-retarget"]) == (401, "body")
    assert 'name="back" value="/groups/1/chat"' in answer.text


def test_every_route_but_a_few_answers_with_the_lock(
    phone: SharedPhone, cast: Cast, house: House
) -> None:
    phone.lock()
    passes = {*SIGNED_OUT_ALIKE, "POST /language", "POST /sign-out", "POST /phones",
              "POST /arrivals", "POST /lock/openings", "POST /lock/closings",
              "POST /shared/turns"}  # fmt: skip
    found = set()
    for route in TABLE:
        address = house.address(route)
        if route == "POST /sign-out":
            continue
        ask = phone.browser.get if route.startswith("GET") else phone.browser.post_form
        answer = ask(address, follow_redirects=False) if ask == phone.browser.get else ask(address)
        if not (answer.status_code == 401 and "<h1>Locked</h1>" in answer.text):
            found.add(route)
            assert "Amina" not in answer.text, route

    assert found == passes - {"POST /sign-out"}


def test_the_lock_shows_nothing_of_hers(phone: SharedPhone) -> None:
    phone.lock()

    html = phone.browser.get("/chat").text

    assert "Amina" not in html
    assert "<title>Companion</title>" in html
    assert "<nav" not in html
    assert 'href="/call"' in html
    assert "data-leave" in html


def test_who_to_call_is_that_of_the_country_and_not_hers(phone: SharedPhone, house: House) -> None:
    phone.lock()

    answer = phone.browser.get("/call", follow_redirects=False)

    assert answer.headers["location"] == "/call/nl"
    page = phone.browser.get("/call/nl")
    assert page.status_code == 200
    assert "Midwife on call" not in page.text


def test_signing_out_works_while_locked(phone: SharedPhone, cast: Cast) -> None:
    phone.lock()

    answer = phone.browser.post_form("/sign-out")

    assert (answer.status_code, answer.headers["location"]) == (303, "/welcome")
    phone.browser.sign_in(cast.amina.token)
    assert phone.browser.get("/more", follow_redirects=False).headers["location"] == "/welcome"


def test_another_phone_of_hers_is_not_locked(phone: SharedPhone, cast: Cast) -> None:
    html = phone.browser.post_form("/spare-key").text
    code = html.split('class="code" dir="ltr">')[1].split("<")[0]
    phone.browser.cookies.clear()

    phone.browser.post_form("/key", {"code": code})

    assert phone.browser.get("/more").status_code == 200


def test_another_pin_or_time_asks_the_one_she_has(phone: SharedPhone) -> None:
    wrong = {"pin_now": WRONG, "minutes": "30"}
    assert phone.browser.post_form("/lock", wrong).status_code == 422
    assert "This is not the PIN." in phone.browser.post_form("/lock", wrong).text

    new = {"pin_now": PIN, "pin": "594038", "pin_again": "594038", "minutes": "30"}
    assert phone.browser.post_form("/lock", new).status_code == 303

    phone.wait(minutes=29)
    assert not phone.is_locked()
    phone.lock()
    assert phone.open(PIN).status_code == 422
    assert phone.open("594038").status_code == 303


def test_the_time_alone_may_be_changed(phone: SharedPhone) -> None:
    assert phone.browser.post_form("/lock", {"pin_now": PIN, "minutes": "1"}).status_code == 303

    phone.wait(seconds=61)
    assert phone.is_locked()
    assert phone.open().status_code == 303


def test_taking_it_off_asks_the_pin(phone: SharedPhone) -> None:
    assert phone.browser.post_form("/lock/goodbyes", {"pin_now": WRONG}).status_code == 422
    assert phone.browser.post_form("/lock/goodbyes", {"pin_now": PIN}).status_code == 303

    phone.wait(days=1)
    assert not phone.is_locked()


def test_a_translator_may_lock_too(phone: SharedPhone, cast: Cast) -> None:
    phone.put_on(cast.ilse)
    phone.lock()

    assert phone.is_locked("/words")
    assert phone.open().status_code == 303
    assert phone.browser.get("/words").status_code == 200


def test_a_locked_phone_still_rings(phone: SharedPhone) -> None:
    phone.lock()

    assert phone.browser.post_form("/phones").json()["rings"] is False
    assert phone.is_locked()
