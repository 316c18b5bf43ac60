"""The page of her own reminders says of those that do not ring that they do not."""

from datetime import time

import pytest

from companion.db import Database, new_id
from companion.reminders import own
from tests.cast import Cast, Player
from tests.conftest import Browser
from tests.reminders.conftest import Act, choose, lose

QUIET = "Your phone is quiet at this time"
RESTS = "For now these do not ring"


@pytest.fixture(autouse=True)
def _has_two(cast: Cast, act: Act) -> None:
    for at in (time(9), time(12)):
        act(own.add, cast.amina.reader, new_id(), own.Wish("My pills", at, tuple(range(7))))


def _page(browser: Browser, player: Player) -> str:
    browser.sign_in(player.token)
    return str(browser.get("/reminders/own").text)


def test_an_hour_that_is_quiet_by_now_says_so(
    browser: Browser, cast: Cast, database: Database
) -> None:
    assert QUIET not in _page(browser, cast.amina)

    choose(database, cast.amina, quiet_until=time(10))

    page = _page(browser, cast.amina)
    assert page.count(QUIET) == 1
    assert page.index("9:00") < page.index(QUIET) < page.index("12:00")


def test_after_a_loss_it_says_that_they_rest_until_she_wants_them(
    browser: Browser, cast: Cast, database: Database, act: Act
) -> None:
    assert RESTS not in _page(browser, cast.amina)

    act(lose, cast.amina)
    assert RESTS in _page(browser, cast.amina)

    choose(database, cast.amina, wants_own_after_loss=True)
    assert RESTS not in _page(browser, cast.amina)
