"""A phone says that it arrived; and "test now" rings this one, and shows the whole way."""

from typing import Any

import pytest

from companion.db import Database, new_id
from companion.notifications import arrivals
from companion.notifications.models import State
from companion.people import sign_ins
from tests.cast import Cast
from tests.conftest import NOW, Browser, HeldClock
from tests.notifications.conftest import Bell, signed_in_again
from tests.notifications.push_service import answer


def press(browser: Browser, **fields: str) -> Any:
    return browser.post_form("/reminders/tests", fields)


def test_what_arrived_is_noted_for_the_word_and_the_phone(
    bell: Bell, browser: Browser, cast: Cast
) -> None:
    bell.give(cast.amina)
    (word,) = bell.tell(cast.amina)
    bell.ring()
    browser.sign_in(cast.amina.token)

    answered = browser.post_form("/arrivals", {"id": bell.service.ids[0]})

    assert answered.status_code == 204
    assert bell.row(id=word).arrived_at == NOW
    phone = bell.kept(cast.amina)
    assert phone
    assert phone.last_arrived_at == NOW


def test_the_first_word_of_an_arrival_counts(
    bell: Bell, browser: Browser, cast: Cast, held_clock: HeldClock
) -> None:
    bell.give(cast.amina)
    (word,) = bell.tell(cast.amina)
    bell.ring()
    browser.sign_in(cast.amina.token)

    for _ in range(2):
        browser.post_form("/arrivals", {"id": str(word)})
        held_clock.moment += arrivals.AT_MOST_EVERY

    assert bell.row(id=word).arrived_at == NOW


def test_nobody_else_can_say_that_it_arrived(bell: Bell, browser: Browser, cast: Cast) -> None:
    bell.give(cast.amina)
    (word,) = bell.tell(cast.amina)
    bell.ring()

    for player in (cast.beatriz, cast.femi, cast.chipo, cast.edon):
        browser.sign_in(player.token)
        assert browser.post_form("/arrivals", {"id": str(word)}).status_code == 404
    browser.sign_in("nobody")
    assert browser.post_form("/arrivals", {"id": str(word)}).status_code == 401

    assert bell.row(id=word).arrived_at is None


@pytest.mark.parametrize("made_up", ["", "rubbish", "0" * 500])
def test_what_was_never_sent_has_not_arrived(browser: Browser, cast: Cast, made_up: str) -> None:
    browser.sign_in(cast.amina.token)

    assert browser.post_form("/arrivals", {"id": made_up}).status_code == 404


def test_a_test_rings_the_phone_it_was_asked_on_and_no_other(
    bell: Bell, browser: Browser, cast: Cast, database: Database
) -> None:
    bell.give(cast.amina, "this")
    bell.give(signed_in_again(database, cast.amina), "other")
    browser.sign_in(cast.amina.token)

    answered = press(browser, id=str(new_id()))
    bell.ring()

    assert [each.path for each in bell.service.sent] == ["/push/this"]
    assert bell.service.sent[0].notification["body"] == "This phone rings."
    assert answered.headers["location"] == f"/reminders/tests/{bell.service.ids[0]}"


def test_a_test_shows_the_whole_way(bell: Bell, browser: Browser, cast: Cast) -> None:
    bell.give(cast.amina)
    browser.sign_in(cast.amina.token)
    address = press(browser, id=str(new_id())).headers["location"]

    assert "Being sent" in browser.get(address).text
    bell.ring()
    assert "Waiting for it to arrive" in browser.get(address).text
    browser.post_form("/arrivals", {"id": bell.service.ids[0]})
    assert "It works." in browser.get(address).text


def test_a_test_that_was_refused_says_so(bell: Bell, browser: Browser, cast: Cast) -> None:
    bell.give(cast.amina)
    bell.service.usually = answer(403)
    browser.sign_in(cast.amina.token)
    address = press(browser, id=str(new_id())).headers["location"]

    bell.ring()

    assert "It did not work." in browser.get(address).text


def test_pressed_twice_it_rings_once(bell: Bell, browser: Browser, cast: Cast) -> None:
    bell.give(cast.amina)
    browser.sign_in(cast.amina.token)
    same = str(new_id())

    answers = [press(browser, id=each).headers["location"] for each in (same, same, str(new_id()))]
    bell.ring()
    answers.append(press(browser, id=same).headers["location"])
    bell.ring()

    assert len(set(answers)) == 1
    assert len(bell.service.sent) == 1


def test_a_while_later_it_can_be_tested_again(
    bell: Bell, browser: Browser, cast: Cast, held_clock: HeldClock
) -> None:
    bell.give(cast.amina)
    browser.sign_in(cast.amina.token)

    for _ in range(2):
        press(browser, id=str(new_id()))
        bell.ring()
        held_clock.moment += arrivals.AT_MOST_EVERY

    assert len(bell.service.sent) == 2


def test_a_phone_that_does_not_ring_cannot_be_tested(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    assert press(browser, id=str(new_id())).status_code == 422


def test_a_test_on_a_phone_that_is_gone_by_then_rings_no_other(
    bell: Bell, browser: Browser, cast: Cast, database: Database
) -> None:
    bell.give(cast.amina, "this")
    bell.give(signed_in_again(database, cast.amina), "other")
    browser.sign_in(cast.amina.token)
    press(browser, id=str(new_id()))
    with database.writing.begin() as db:
        sign_ins.end(db, cast.amina.reader)

    bell.ring()

    assert bell.service.sent == []
    assert [row.state for row in bell.rows()] == [State.CANCELLED]


def test_nobody_else_sees_her_test(bell: Bell, browser: Browser, cast: Cast) -> None:
    bell.give(cast.amina)
    browser.sign_in(cast.amina.token)
    address = press(browser, id=str(new_id())).headers["location"]
    browser.sign_in(cast.beatriz.token)

    assert browser.get(address).status_code == 404
    assert browser.post_form(f"{address}/arrivals").status_code == 404
