"""Her sessions on paper: when and where, and not what."""

import pytest
from sqlalchemy import update

from companion.people.models import Person
from companion.sessions import actions as sessions
from tests.cast import Cast, Player
from tests.conftest import Browser
from tests.journeys.test_loss import FORBIDDEN, shown
from tests.reminders.conftest import Act, lose


def _card(browser: Browser, player: Player) -> str:
    browser.sign_in(player.token)
    page = shown(browser.get("/reminders/card").text)
    return page.partition("Our sessions")[2] or page


def test_it_says_when_and_where(browser: Browser, cast: Cast) -> None:
    card = _card(browser, cast.amina)

    for word in ("Thursday 26 November", "10:00", "Health centre Latour", "Latour 1"):
        assert word in card
    assert "Body changes" not in card
    assert FORBIDDEN.search(card) is None


def test_discreet_it_says_only_when(browser: Browser, cast: Cast, act: Act) -> None:
    act(lambda db: db.execute(update(Person).values(look="lists")))

    card = _card(browser, cast.amina)

    assert "Appointments" in card
    assert "Thursday 26 November" in card
    assert "Latour" not in card


def test_a_cancelled_session_is_not_on_it(browser: Browser, cast: Cast, act: Act) -> None:
    act(sessions.cancel, cast.chipo.reader, cast.session_id)

    assert "No session is coming up." in _card(browser, cast.amina)


def test_after_a_loss_it_hurts_nobody(browser: Browser, cast: Cast, act: Act) -> None:
    act(lose, cast.amina)

    assert FORBIDDEN.search(_card(browser, cast.amina)) is None


@pytest.mark.parametrize("name", ["edon", "hana"])
def test_who_has_no_sessions_has_an_empty_one(browser: Browser, cast: Cast, name: str) -> None:
    assert "No session is coming up." in _card(browser, getattr(cast, name))
