"""Moving, relocating, cancelling and restoring a session."""

from datetime import date, time
from typing import Any

import pytest

from companion.db import Database
from tests.cast import Cast
from tests.conftest import NOW, Browser
from tests.sessions.conftest import session_of

FIELDS = {
    "day": "2026-12-03",
    "at": "14:30",
    "minutes": "90",
    "place": "Library",
    "online_link": "https://meet.example/room",
}


def _change(browser: Browser, cast: Cast, **fields: str) -> Any:
    return browser.post_form(f"/sessions/{cast.session_id}/change", FIELDS | fields)


def test_a_session_moves_and_the_group_sees_it(
    browser: Browser, database: Database, cast: Cast
) -> None:
    browser.sign_in(cast.chipo.token)

    assert _change(browser, cast).headers["location"] == f"/sessions/{cast.session_id}"

    moved = session_of(database, cast.session_id)
    assert (moved.day, moved.at, moved.minutes) == (date(2026, 12, 3), time(14, 30), 90)
    assert moved.starts_at.isoformat() == "2026-12-03T13:30:00+00:00"
    assert moved.moved_at == NOW
    browser.sign_in(cast.amina.token)
    page = browser.get(f"/sessions/{cast.session_id}").text
    assert "Thursday 3 December, 14:30" in page
    assert "Day or time has changed" in page
    assert "Library" in page
    assert 'href="https://meet.example/room"' in page


def test_the_form_holds_what_is_agreed(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.chipo.token)

    page = browser.get(f"/sessions/{cast.session_id}/change").text

    assert 'value="2026-11-26"' in page
    assert 'value="10:00"' in page
    assert 'value="Health centre Latour"' in page


def test_days_and_times_are_read_as_people_write_them(
    browser: Browser, database: Database, cast: Cast
) -> None:
    browser.sign_in(cast.chipo.token)

    assert _change(browser, cast, day="3.12.26", at="19u30", minutes="٩٠").status_code == 303

    moved = session_of(database, cast.session_id)
    assert (moved.day, moved.at, moved.minutes) == (date(2026, 12, 3), time(19, 30), 90)


def test_only_the_place_changes_and_the_session_has_not_moved(
    browser: Browser, database: Database, cast: Cast
) -> None:
    browser.sign_in(cast.chipo.token)

    _change(browser, cast, day="2026-11-26", at="10:00")

    kept = session_of(database, cast.session_id)
    assert kept.place == "Library"
    assert kept.moved_at is None


def test_sent_twice_it_is_moved_once(browser: Browser, database: Database, cast: Cast) -> None:
    browser.sign_in(cast.chipo.token)

    assert [_change(browser, cast).status_code for _ in range(2)] == [303, 303]

    assert session_of(database, cast.session_id).day == date(2026, 12, 3)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"day": "2026-11-19"}, "This day and time have passed."),
        ({"day": "2026-11-22", "at": "10:59"}, "This day and time have passed."),
        ({"day": "soon"}, "Choose a day."),
        ({"day": ""}, "Choose a day."),
        ({"day": "1405-09-01"}, "Choose a day."),
        ({"at": "25:00"}, "Write a time, such as 10:00."),
        ({"minutes": "5"}, "from 15 to 480"),
        ({"minutes": "1.234,5"}, "from 15 to 480"),
        ({"minutes": "90.5"}, "from 15 to 480"),
        ({"place": "x" * 201}, "Write at most 200 characters."),
        ({"online_link": "http://meet.example"}, "begins with https://"),
        ({"online_link": "javascript:alert(1)"}, "begins with https://"),
        ({"online_link": "https://"}, "begins with https://"),
        ({"online_link": "https://[bad"}, "begins with https://"),
    ],
)
def test_what_cannot_be_is_refused_and_stays_typed(
    browser: Browser, database: Database, cast: Cast, wrong: dict[str, str], sentence: str
) -> None:
    browser.sign_in(cast.chipo.token)

    answer = _change(browser, cast, **wrong)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{next(iter(wrong.values()))}"' in answer.text
    kept = session_of(database, cast.session_id)
    assert (kept.day, kept.place) == (date(2026, 11, 26), "Health centre Latour")


def test_a_session_is_cancelled_and_restored(
    browser: Browser, database: Database, cast: Cast
) -> None:
    browser.sign_in(cast.chipo.token)
    address = f"/sessions/{cast.session_id}"

    for _ in range(2):
        assert browser.post_form(f"{address}/cancellations").status_code == 303
    assert "Cancelled" in browser.get(address).text
    assert "It takes place after all" in browser.get(f"{address}/change").text

    for _ in range(2):
        assert browser.post_form(f"{address}/restorations").status_code == 303
    assert session_of(database, cast.session_id).state == "planned"


@pytest.mark.parametrize("name", ["amina", "femi", "dewi", "gita", "hana", "edon"])
def test_only_its_facilitators_change_a_session(
    browser: Browser, database: Database, cast: Cast, name: str
) -> None:
    browser.sign_in(getattr(cast, name).token)
    address = f"/sessions/{cast.session_id}"

    assert browser.get(f"{address}/change").status_code == 404
    assert _change(browser, cast).status_code == 404
    assert browser.post_form(f"{address}/cancellations").status_code == 404
    assert browser.post_form(f"{address}/restorations").status_code == 404
    assert session_of(database, cast.session_id).day == date(2026, 11, 26)
