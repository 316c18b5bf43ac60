"""Reminders in her own words: sealed, hers alone, and once a day on the days that she chose."""

import json
import re
from datetime import time
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from companion.db import Database, Model, new_id
from companion.notifications.models import State
from companion.reminders.models import OwnReminder
from companion.reminders.ringing import Ringing
from tests.cast import Cast, Player
from tests.conftest import Browser
from tests.reminders.conftest import ORIGIN, Doorbell, choose, on, save, waiting, whys, written

PILLS = "My iron pills"
EVERY_DAY = [str(day) for day in range(7)]


def _add(browser: Browser, player: Player, **fields: Any) -> Any:
    browser.sign_in(player.token)
    form = {"id": str(new_id()), "text": PILLS, "at": "09:00", "weekdays": EVERY_DAY}
    return browser.post_form("/reminders/own", form | fields)


def _kept(database: Database) -> list[OwnReminder]:
    with database.reading() as db:
        return list(db.scalars(select(OwnReminder).order_by(OwnReminder.at)))


def test_what_she_writes_is_shown_to_her_alone(
    browser: Browser, cast: Cast, database: Database
) -> None:
    assert _add(browser, cast.amina).headers["location"] == "/reminders/own"

    page = browser.get("/reminders/own").text
    assert PILLS in page
    assert "9:00" in page
    assert "1 reminder" in browser.get("/reminders").text
    for other in (cast.femi, cast.chipo, cast.edon):
        browser.sign_in(other.token)
        assert PILLS not in browser.get("/reminders/own").text


def test_it_is_kept_sealed(
    browser: Browser, cast: Cast, database: Database, database_url: str
) -> None:
    _add(browser, cast.amina)

    (kept,) = _kept(database)
    assert kept.text == PILLS
    with database.reading() as db:
        rows = [db.execute(select(table)).all() for table in Model.metadata.tables.values()]
    assert "iron" not in str(rows)
    if database_url.startswith("sqlite"):
        file = Path(database_url.removeprefix("sqlite:///"))
        assert all(b"iron" not in each.read_bytes() for each in file.parent.glob(f"{file.name}*"))


def test_what_rings_does_not_say_what(
    browser: Browser, cast: Cast, database: Database, doorbell: Doorbell
) -> None:
    doorbell.give(cast.amina)
    _add(browser, cast.amina)
    doorbell.clock.moment = on(23, 9)

    with database.writing.begin() as db:
        (delivery,) = Ringing(ORIGIN, drafts=True).take(db)

    assert b"iron" not in delivery.text
    told = json.loads(delivery.text)["notification"]
    assert told["navigate"] == f"{ORIGIN}/reminders/own"
    assert told["body"] == "There is something for you in Companion."


def test_it_rings_once_a_day_on_its_days(browser: Browser, cast: Cast, doorbell: Doorbell) -> None:
    doorbell.give(cast.amina)
    _add(browser, cast.amina, weekdays=["0", "2", "6"], at="11:30")

    rang = doorbell.ring_until(on(30))

    assert [each.sent_at for each in rang] == [
        on(22, 11, 30), on(23, 11, 30), on(25, 11, 30), on(29, 11, 30)
    ]  # fmt: skip


def test_after_days_without_a_worker_it_does_not_make_up_for_them(
    browser: Browser, cast: Cast, database: Database, doorbell: Doorbell
) -> None:
    doorbell.give(cast.amina)
    _add(browser, cast.amina)

    assert doorbell.ring(on(26, 12)) == []
    assert [each.sent_at for each in doorbell.ring_until(on(28))] == [on(27, 9)]
    assert whys(written(database, cast.amina))[0] == (State.CANCELLED, "late")


def test_erased_it_rings_no_more(
    browser: Browser, cast: Cast, database: Database, doorbell: Doorbell
) -> None:
    doorbell.give(cast.amina)
    _add(browser, cast.amina)
    (kept,) = _kept(database)

    answer = browser.post_form(f"/reminders/own/{kept.id}/erasures")

    assert answer.headers["location"] == "/reminders/own"
    assert PILLS not in browser.get("/reminders/own").text
    assert waiting(database) == []
    assert doorbell.ring_until(on(25)) == []


def test_erased_while_it_waits_for_the_morning_it_does_not_ring(
    browser: Browser, cast: Cast, database: Database, doorbell: Doorbell
) -> None:
    doorbell.give(cast.amina)
    _add(browser, cast.amina, at="20:00")
    choose(database, cast.amina, quiet_from=time(19, 30), quiet_until=time(21))
    doorbell.ring_until(on(22, 20))
    (kept,) = _kept(database)

    browser.post_form(f"/reminders/own/{kept.id}/erasures")

    assert doorbell.ring_until(on(25)) == []


def test_at_a_quiet_hour_it_is_refused(browser: Browser, cast: Cast, database: Database) -> None:
    answer = _add(browser, cast.amina, at="22:00", weekdays=["3"])

    assert answer.status_code == 422
    _assert_refused(answer.text, "your phone is quiet. Choose another time")
    assert f'value="{PILLS}"' in answer.text
    assert re.findall(r'name="weekdays" value="(\d)" checked', answer.text) == ["3"]
    assert _kept(database) == []


def _assert_refused(page: str, sentence: str) -> None:
    assert sentence in re.sub("<[^>]+>|[\u2066-\u2069]", "", page)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": ""}, "Write what you want to be reminded of."),
        ({"text": " \u202e\n "}, "Write what you want to be reminded of."),
        ({"text": "x" * 201}, "Write at most 200 characters."),
        ({"at": "morning"}, "Write a time, such as 10:00."),
        ({"at": "25:00"}, "Write a time, such as 10:00."),
        ({"weekdays": []}, "Choose one day at least."),
        ({"weekdays": ["7", "x"]}, "Choose one day at least."),
    ],
)
def test_what_cannot_be_is_refused_and_stays_typed(
    browser: Browser, cast: Cast, database: Database, wrong: dict[str, Any], sentence: str
) -> None:
    answer = _add(browser, cast.amina, **wrong)

    assert answer.status_code == 422
    _assert_refused(answer.text, sentence)
    assert _kept(database) == []
    assert 'value="09:00"' in answer.text or "at" in wrong
    assert f'value="{PILLS}"' in answer.text or "text" in wrong


def test_twenty_are_enough(browser: Browser, cast: Cast, database: Database) -> None:
    for _ in range(20):
        assert _add(browser, cast.amina).status_code == 303

    answer = _add(browser, cast.amina)

    assert answer.status_code == 422
    _assert_refused(answer.text, "You have 20 reminders of your own. Erase one first.")
    assert len(_kept(database)) == 20
    assert _add(browser, cast.beatriz).status_code == 303


def test_the_same_form_twice_is_one_reminder(
    browser: Browser, cast: Cast, database: Database
) -> None:
    form_id = str(new_id())

    answers = [_add(browser, cast.amina, id=form_id) for _ in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    assert len(_kept(database)) == len(waiting(database)) == 1


@pytest.mark.parametrize("other", [{"text": "Water"}, {"at": "10:00"}, {"weekdays": ["1"]}])
def test_the_same_form_with_something_else_in_it_is_refused(
    browser: Browser, cast: Cast, database: Database, other: dict[str, Any]
) -> None:
    form_id = str(new_id())
    _add(browser, cast.amina, id=form_id)

    answer = _add(browser, cast.amina, id=form_id, **other)

    assert answer.status_code == 422
    _assert_refused(answer.text, "This was saved before, with something else in it.")
    assert form_id not in answer.text.partition('name="text"')[0].rpartition('name="id"')[2]
    (kept,) = _kept(database)
    assert (kept.text, kept.at, kept.weekdays) == (PILLS, time(9), list(range(7)))


def test_somebody_elses_is_not_found(browser: Browser, cast: Cast, database: Database) -> None:
    form_id = new_id()
    _add(browser, cast.amina, id=str(form_id))

    assert _add(browser, cast.beatriz, id=str(form_id)).status_code == 404
    for address in (form_id, UUID(int=1)):
        assert browser.post_form(f"/reminders/own/{address}/erasures").status_code == 404
    assert len(_kept(database)) == 1


def test_signs_that_turn_the_text_are_left_out(
    browser: Browser, cast: Cast, database: Database
) -> None:
    _add(browser, cast.amina, text="My\u202e  iron\npills\u2066")

    assert [each.text for each in _kept(database)] == [PILLS]


def test_the_earliest_in_the_day_comes_first(browser: Browser, cast: Cast) -> None:
    for at, text in (("17:00", "Walk"), ("08:30", "Pills")):
        _add(browser, cast.amina, at=at, text=text)

    page = browser.get("/reminders/own").text

    assert page.index("Pills") < page.index("Walk")
    assert page.count("Every day") == 2


def test_adding_another_loses_nothing_that_is_due(
    browser: Browser, cast: Cast, doorbell: Doorbell
) -> None:
    """The worker looks a moment later than her hand."""
    doorbell.give(cast.amina)
    _add(browser, cast.amina, at="11:30")
    doorbell.clock.moment = on(22, 11, 30)

    _add(browser, cast.amina, at="12:00", text="Walk")

    assert [each.sent_at for each in doorbell.ring_until(on(22, 14))] == [
        on(22, 11, 30), on(22, 12)
    ]  # fmt: skip


def test_the_hour_follows_her_clock(
    browser: Browser, cast: Cast, database: Database, doorbell: Doorbell
) -> None:
    doorbell.give(cast.amina)
    _add(browser, cast.amina)
    fields = {"zone": "America/Paramaribo", "day_before_at": "18:00", "measure_on": "6"}
    quiet = {"quiet_from": "21:00", "quiet_until": "08:00", "measure_at": "10:00"}

    browser.post_form("/reminders", fields | quiet)

    assert [each.due_at for each in waiting(database) if each.kind == "own"] == [on(22, 13)]


def test_when_her_quiet_hours_grow_over_it_it_waits_for_their_end(
    browser: Browser, cast: Cast, database: Database, doorbell: Doorbell
) -> None:
    doorbell.give(cast.amina)
    _add(browser, cast.amina)
    save(database, cast.amina, quiet_until=time(10))

    assert [(each.sent_at, each.why) for each in doorbell.ring_until(on(23, 20))] == [
        (on(23, 10), "quiet")
    ]
