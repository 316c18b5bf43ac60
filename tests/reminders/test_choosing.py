"""Choosing what rings, and when: what is kept, what is refused, and who has which switches."""

import re
from datetime import time
from typing import Any

import pytest
from sqlalchemy import select, update

from companion.db import Database
from companion.people.models import Person
from companion.reminders import choices
from companion.reminders.choices import UNCHOSEN, Choices
from companion.reminders.models import ReminderChoices
from tests.cast import Cast, Player
from tests.conftest import Browser
from tests.reminders.conftest import Act, choose, lose, on, waiting

FORM = {
    "wants_sessions": "yes",
    "measure_on": "6",
    "measure_at": "10:00",
    "day_before_at": "18:00",
    "quiet_from": "21:00",
    "quiet_until": "08:00",
    "zone": "Europe/Amsterdam",
}
SWITCHES = ("wants_sessions", "wants_topics", "wants_answers", "wants_messages",
            "wants_agreements", "wants_measuring", "wants_sessions_after_loss",
            "wants_own_after_loss")  # fmt: skip


def _send(browser: Browser, player: Player, **fields: str) -> Any:
    """The form as it stands in the page at first, with some fields filled in otherwise."""
    browser.sign_in(player.token)
    return browser.post_form("/reminders", FORM | fields)


def _kept(database: Database, player: Player) -> Choices:
    with database.reading() as db:
        return choices.own(db, player.reader)


def _person(database: Database, player: Player) -> Person:
    with database.reading() as db:
        return db.get_one(Person, player.id)


def _page(browser: Browser, player: Player) -> str:
    browser.sign_in(player.token)
    answer = browser.get("/reminders")
    assert answer.status_code == 200
    return str(answer.text)


def _shown(page: str) -> set[str]:
    return set(re.findall(r'type="checkbox" name="(wants_\w+)"', page))


def _ticked(page: str) -> set[str]:
    return set(re.findall(r'type="checkbox" name="(\w+)" value="yes" checked', page))


def test_at_first_sessions_ring_and_nothing_else_does(browser: Browser, cast: Cast) -> None:
    page = _page(browser, cast.amina)

    assert _ticked(page) == {"wants_sessions"}
    for name in ("day_before_at", "quiet_from", "quiet_until", "measure_at"):
        assert re.search(rf'name="{name}"[^>]*value="{FORM[name]}"', page)
    assert re.search('<option value="Europe/Amsterdam" selected>', page)
    assert re.search('<option value="6" selected>Sunday', page)
    assert "Saved." not in page


def test_what_she_chooses_is_kept(browser: Browser, cast: Cast, database: Database) -> None:
    answer = _send(
        browser, cast.amina, wants_messages="yes", wants_measuring="yes", measure_on="2",
        measure_at="9.30", day_before_at="19u15", quiet_from="22:00", quiet_until="0715",
        zone="America/Paramaribo",
    )  # fmt: skip

    assert answer.status_code == 303
    assert _kept(database, cast.amina) == Choices(
        wants_messages=True, wants_measuring=True, measure_on=2, measure_at=time(9, 30),
        day_before_at=time(19, 15), quiet_from=time(22), quiet_until=time(7, 15),
    )  # fmt: skip
    assert _person(database, cast.amina).zone == "America/Paramaribo"
    page = browser.get(answer.headers["location"]).text
    assert "Saved." in page
    assert _ticked(page) == {"wants_sessions", "wants_messages", "wants_measuring"}
    assert 'value="19:15"' in page


def test_a_switch_that_is_not_ticked_is_off(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.amina.token)

    browser.post_form("/reminders", {key: FORM[key] for key in FORM if key != "wants_sessions"})

    assert not _kept(database, cast.amina).wants_sessions
    assert _ticked(browser.get("/reminders").text) == set()


def test_chosen_twice_there_is_one_choice(browser: Browser, cast: Cast, database: Database) -> None:
    for hour in ("17:00", "19:00"):
        assert _send(browser, cast.amina, day_before_at=hour).status_code == 303

    with database.reading() as db:
        assert db.scalars(select(ReminderChoices.day_before_at)).all() == [time(19)]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("day_before_at", "soon", "Write a time, such as 10:00."),
        ("day_before_at", "", "Write a time, such as 10:00."),
        ("day_before_at", "24:00", "Write a time, such as 10:00."),
        ("quiet_from", "9", "Write a time, such as 10:00."),
        ("quiet_until", "-8:00", "Write a time, such as 10:00."),
        ("measure_at", "12:60", "Write a time, such as 10:00."),
        ("day_before_at", "22:00", "From 21:00 until 8:00 your phone is quiet."),
        ("day_before_at", "07:59", "From 21:00 until 8:00 your phone is quiet."),
        ("measure_at", "03:00", "From 21:00 until 8:00 your phone is quiet."),
    ],
)
def test_a_time_that_cannot_be_is_refused_beside_its_field_and_stays_typed(
    browser: Browser, cast: Cast, database: Database, field: str, typed: str, sentence: str
) -> None:
    answer = _send(
        browser, cast.amina, wants_measuring="yes", wants_topics="yes",
        **{field: typed},
    )  # fmt: skip

    assert answer.status_code == 422
    _assert_wrong(answer.text, field, sentence)
    assert re.search(rf'name="{field}"[^>]*value="{typed}"', answer.text)
    assert "wants_topics" in _ticked(answer.text)
    _assert_nothing_is_kept(database, cast)


def _assert_wrong(page: str, field: str, sentence: str) -> None:
    """The sentence stands beside its field, which points to it."""
    beside = re.search(rf'name="{field}"[^>]*aria-describedby="([^"]+)"', page)
    assert beside
    said = re.search(rf'id="{beside.group(1).split()[-1]}"[^>]*>(.*?)</', page, re.DOTALL)
    assert said
    assert sentence in re.sub(r"<[^>]+>|[\u2066-\u2069]", "", said.group(1))


def _assert_nothing_is_kept(database: Database, cast: Cast) -> None:
    assert _kept(database, cast.amina) == UNCHOSEN
    assert _person(database, cast.amina).zone == "Europe/Amsterdam"


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "europe/amsterdam", "../../etc/passwd"])
def test_a_time_zone_that_does_not_exist_is_refused(
    browser: Browser, cast: Cast, database: Database, zone: str
) -> None:
    answer = _send(browser, cast.amina, zone=zone, wants_topics="yes")

    assert answer.status_code == 422
    _assert_wrong(answer.text, "zone", "Choose one of these places.")
    _assert_nothing_is_kept(database, cast)


@pytest.mark.parametrize("day", ["7", "-1", "", "Sunday", "1.5"])
def test_a_day_that_is_none_of_the_week_is_refused(
    browser: Browser, cast: Cast, database: Database, day: str
) -> None:
    answer = _send(browser, cast.amina, measure_on=day, wants_topics="yes")

    assert answer.status_code == 422
    _assert_wrong(answer.text, "measure_on", "Choose a day of the week.")
    _assert_nothing_is_kept(database, cast)


def test_everything_that_is_wrong_is_said_at_once(browser: Browser, cast: Cast) -> None:
    answer = _send(browser, cast.amina, quiet_from="x", quiet_until="y", zone="z")

    for field in ("quiet_from", "quiet_until"):
        _assert_wrong(answer.text, field, "Write a time, such as 10:00.")
    _assert_wrong(answer.text, "zone", "Choose one of these places.")


def test_the_hour_for_writing_down_may_be_quiet_while_it_is_switched_off(
    browser: Browser, cast: Cast
) -> None:
    assert _send(browser, cast.amina, measure_at="23:00").status_code == 303
    assert _send(browser, cast.amina, measure_at="23:00", wants_measuring="yes").status_code == 422


def test_until_the_same_hour_there_is_no_quiet(browser: Browser, cast: Cast) -> None:
    fields = {"quiet_from": "03:00", "quiet_until": "03:00", "day_before_at": "03:00"}

    assert _send(browser, cast.amina, **fields).status_code == 303


@pytest.mark.parametrize(
    ("name", "switches"),
    [
        ("amina", set(SWITCHES[:6])),
        ("femi", set(SWITCHES[:5])),
        ("chipo", set(SWITCHES[:2]) | set(SWITCHES[3:5])),
        ("edon", set()),
    ],
)
def test_each_has_the_switches_of_her_part(
    browser: Browser, cast: Cast, database: Database, name: str, switches: set[str]
) -> None:
    player = getattr(cast, name)
    page = _page(browser, player)

    assert _shown(page) == switches
    assert ('name="measure_on"' in page) == (name == "amina")
    assert ("/reminders/calendar" in page) == (name != "edon")
    _send(browser, player, **dict.fromkeys(SWITCHES, "yes"))
    kept = _kept(database, player)
    assert {each for each in SWITCHES if getattr(kept, each)} == switches | {"wants_sessions"}


def test_after_a_loss_there_are_few_switches_and_they_are_off(
    browser: Browser, cast: Cast, database: Database, act: Act
) -> None:
    choose(database, cast.amina, wants_topics=True, wants_measuring=True)
    act(lose, cast.amina)

    page = _page(browser, cast.amina)

    assert _shown(page) == {"wants_sessions_after_loss", "wants_own_after_loss"}
    assert _ticked(page) == set()
    assert "nothing rings by itself" in page
    assert "measure_on" not in page


def test_what_she_chose_before_a_loss_is_kept_for_when_it_is_taken_back(
    browser: Browser, cast: Cast, database: Database, act: Act
) -> None:
    choose(database, cast.amina, wants_topics=True, measure_at=time(11))
    act(lose, cast.amina)

    _send(browser, cast.amina, wants_own_after_loss="yes", quiet_from="20:00", measure_at="12:00")

    kept = _kept(database, cast.amina)
    assert (kept.wants_own_after_loss, kept.wants_sessions_after_loss) == (True, False)
    assert (kept.wants_sessions, kept.wants_topics) == (True, True)
    assert (kept.quiet_from, kept.measure_at) == (time(20), time(11))


def test_another_hour_moves_what_waits(
    browser: Browser, cast: Cast, database: Database, planned: None
) -> None:
    before = [each.id for each in waiting(database, cast.amina)]

    _send(browser, cast.amina, day_before_at="12:15")

    after = waiting(database, cast.amina)
    assert [each.id for each in after] == before
    assert [each.due_at for each in after] == [on(25, 12, 15), on(26, 8)]
    assert [each.due_at for each in waiting(database, cast.beatriz)] == [on(25, 18), on(26, 8)]


def test_another_clock_moves_what_waits(
    browser: Browser, cast: Cast, database: Database, planned: None
) -> None:
    _send(browser, cast.amina, zone="America/Paramaribo", wants_measuring="yes")

    due = [(each.kind, each.due_at) for each in waiting(database, cast.amina)]
    assert due == [
        ("measuring", on(22, 14)), ("session", on(25, 22)), ("session", on(26, 8))
    ]  # fmt: skip


def test_what_this_week_asks_for_is_asked_once_a_week_when_she_chose(
    browser: Browser, cast: Cast, database: Database
) -> None:
    _send(browser, cast.amina, wants_measuring="yes", measure_on="0", measure_at="09:00")
    _send(browser, cast.amina, wants_measuring="yes", measure_on="1", measure_at="09:00")

    (word,) = (each for each in waiting(database, cast.amina) if each.kind == "measuring")
    assert (word.due_at, word.path) == (on(24, 9), "/record")


def test_a_clock_that_is_not_in_the_list_stays_hers(browser: Browser, cast: Cast, act: Act) -> None:
    act(lambda db: db.execute(update(Person).values(zone="Australia/Lord_Howe")))

    page = _page(browser, cast.amina)

    assert '<option value="Australia/Lord_Howe" selected>' in page
    assert page.count('<option value="Europe/Amsterdam"') == 1
