"""What a monitor and an operator see: numbers, whether it goes out, and nothing of anybody."""

from datetime import timedelta
from pathlib import Path

import pytest

from companion.cli import main
from companion.db import Database
from companion.notifications.numbers import TOO_OLD, numbers
from tests.cast import Cast
from tests.conftest import NOW, PUSH_KEY, Browser, HeldClock
from tests.notifications.conftest import Bell
from tests.notifications.push_service import answer
from tests.notifications.test_keys import SEALING


def test_all_is_well_when_nothing_waits(browser: Browser, database: Database) -> None:
    answered = browser.get("/health")

    assert answered.status_code == 200
    assert answered.json() == {
        "well": True,
        "due": 0,
        "oldest_due_seconds": 0,
        "held_up": 0,
        "held_up_seconds": 0,
    }


def test_what_is_due_and_does_not_go_out_is_not_well(
    browser: Browser, bell: Bell, cast: Cast, held_clock: HeldClock
) -> None:
    bell.give(cast.amina)
    bell.tell(cast.amina, many=2)

    held_clock.moment = NOW + timedelta(seconds=TOO_OLD - 1)
    assert browser.get("/health").status_code == 200
    held_clock.moment = NOW + timedelta(seconds=TOO_OLD)
    answered = browser.get("/health")
    assert answered.status_code == 503
    assert answered.json()["well"] is False
    assert answered.json()["oldest_due_seconds"] == TOO_OLD
    bell.ring()
    assert browser.get("/health").status_code == 200


def test_one_phone_that_cannot_be_reached_is_nothing_to_wake_anybody_for(
    browser: Browser, bell: Bell, cast: Cast, held_clock: HeldClock
) -> None:
    bell.give(cast.amina)
    bell.give(cast.beatriz)
    bell.service.will_answer("Amina", answer(503, Retry_After="3000"))
    bell.tell(cast.amina)
    bell.ring()
    held_clock.moment = NOW + timedelta(seconds=TOO_OLD)
    bell.tell(cast.beatriz)
    bell.ring()

    answered = browser.get("/health")

    assert answered.status_code == 200
    assert answered.json()["held_up_seconds"] == TOO_OLD


def ring_in_every_way(bell: Bell, cast: Cast) -> None:
    """One is sent, one refused by a phone that is gone, one for nobody's phone; one waits."""
    for player in (cast.amina, cast.beatriz, cast.chipo):
        bell.give(player)
    bell.service.will_answer("Beatriz", answer(410))
    bell.service.will_answer("Chipo", answer(503))
    for player in (cast.amina, cast.beatriz, cast.chipo, cast.dewi):
        bell.tell(player)
    bell.ring()


def test_numbers_say_how_many_and_why_not(bell: Bell, cast: Cast, database: Database) -> None:
    ring_in_every_way(bell, cast)

    with database.reading() as db:
        now = numbers(db)

    assert (now.waiting, now.due, now.sent) == (1, 0, 1)
    assert now.failed == {"gone": 1}
    assert now.cancelled == {"no phone": 1}
    assert (now.phones, now.retired) == (2, 0)


def test_numbers_of_what_went_out_are_those_of_one_day(
    bell: Bell, cast: Cast, database: Database, held_clock: HeldClock
) -> None:
    ring_in_every_way(bell, cast)
    held_clock.moment = NOW + timedelta(hours=25)

    with database.reading() as db:
        now = numbers(db)

    assert (now.sent, now.failed, now.cancelled) == (0, {}, {})
    assert (now.waiting, now.due) == (1, 1)


def test_nothing_of_anybody_is_at_health(browser: Browser, bell: Bell, cast: Cast) -> None:
    ring_in_every_way(bell, cast)

    said = browser.get("/health").text

    for secret in ("Amina", str(cast.amina.id), "push/", bell.service.origin, bell.service.ids[0]):
        assert secret not in said


def test_an_operator_sees_the_same_in_a_terminal(
    bell: Bell,
    cast: Cast,
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ring_in_every_way(bell, cast)
    for name, value in (
        ("DATA", str(tmp_path / "data")),
        ("DATABASE", database_url),
        ("SEALING_KEY", SEALING),
        ("PUSH_KEY", PUSH_KEY.text),
    ):
        monkeypatch.setenv(f"COMPANION_{name}", value)

    main(["notifications"])

    printed = " ".join(capsys.readouterr().out.split())
    assert "waiting 1 (0 of them due)" in printed
    assert "held up 1, for 0 seconds" in printed
    assert "phones 2 ring, 0 given up" in printed
    assert "sent 1 failed 1 1 gone cancelled 1 1 no phone" in printed
    assert "Amina" not in printed
