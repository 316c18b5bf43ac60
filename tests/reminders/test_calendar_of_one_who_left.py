"""A calendar takes away what it had when it finds nothing there; not when nobody answers."""

from companion.people import actions as people
from tests.cast import Cast
from tests.conftest import Browser
from tests.reminders.conftest import Act
from tests.reminders.test_calendar import _event, _fetch, _read, _subscribe


def test_the_feed_of_one_who_left_is_there_and_empty(
    browser: Browser, cast: Cast, act: Act
) -> None:
    address = _subscribe(browser, cast.amina)
    assert _event(browser, address).uid == f"{cast.session_id}@companion"

    act(people.leave, cast.amina.reader)

    assert _read(browser, address).events == []
    assert "VEVENT" not in _fetch(browser, address).text


def test_it_says_how_often_it_is_to_be_fetched_as_calendars_read_it(
    browser: Browser, cast: Cast
) -> None:
    lines = _fetch(browser, _subscribe(browser, cast.amina)).text.splitlines()

    assert "X-PUBLISHED-TTL:PT6H" in lines
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H" in lines
