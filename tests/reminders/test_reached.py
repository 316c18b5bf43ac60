"""How many phones of a group can be rung: for its facilitators, in numbers and without names."""

import pytest
from sqlalchemy import update

from companion.notifications.models import PushSubscription
from companion.people import actions as people
from companion.people.models import SignIn
from tests.cast import Cast, Player
from tests.conftest import NOW, Browser
from tests.journeys.test_loss import shown
from tests.reminders.conftest import Act, Doorbell


def _group(browser: Browser, cast: Cast, player: Player) -> str:
    browser.sign_in(player.token)
    answer = browser.get(f"/groups/{cast.group_id}")
    assert answer.status_code == 200
    return " ".join(shown(answer.text).split())


def test_a_facilitator_sees_how_many(browser: Browser, cast: Cast, doorbell: Doorbell) -> None:
    assert "Reminders can reach 0 of 2 phones." in _group(browser, cast, cast.chipo)

    doorbell.give(cast.amina, cast.chipo, cast.dewi, cast.femi)

    assert "Reminders can reach 1 of 2 phones." in _group(browser, cast, cast.chipo)


@pytest.mark.parametrize("name", ["amina", "femi"])
def test_nobody_else_does(browser: Browser, cast: Cast, doorbell: Doorbell, name: str) -> None:
    doorbell.give(cast.amina)

    assert "Reminders can reach" not in _group(browser, cast, getattr(cast, name))


@pytest.mark.parametrize("gone", ["given up", "another key", "signed out", "left"])
def test_a_phone_that_cannot_be_rung_does_not_count(
    browser: Browser, cast: Cast, doorbell: Doorbell, act: Act, gone: str
) -> None:
    doorbell.give(cast.amina, cast.beatriz)
    changes = {
        "given up": update(PushSubscription).values(retired_at=NOW),
        "another key": update(PushSubscription).values(key_id="another"),
        "signed out": update(SignIn).values(revoked_at=NOW),
    }
    if gone == "left":
        act(people.leave, cast.amina.reader)
    else:
        hers = {"person_id": cast.amina.id}
        act(lambda db: db.execute(changes[gone].filter_by(**hers)))

    group = _group(browser, cast, cast.chipo)

    assert f"Reminders can reach 1 of {1 if gone == 'left' else 2} phones." in group
