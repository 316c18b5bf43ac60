"""A birth: one child or more, told once, changed later."""

from datetime import date

import pytest
from sqlalchemy import select, text

from companion.db import Database, new_id
from companion.journeys import scopes
from companion.journeys.models import Child, Journey, State
from tests.cast import Cast, Player
from tests.conftest import Browser

ONE = {"born_on_1": "20.11.2026", "sex_1": "girl", "weeks_1": "38", "days_1": "2", "name_1": "Sam"}


def journey(database: Database, player: Player) -> Journey:
    with database.reading() as db:
        found = scopes.current(db, player.id)
        assert found
        return found


def test_a_birth_adds_a_child(browser: Browser, cast: Cast, database: Database) -> None:
    browser.sign_in(cast.amina.token)

    answer = browser.post_form("/journey/arrivals", {"child_id_1": str(new_id()), **ONE})

    assert answer.status_code == 303
    now = journey(database, cast.amina)
    assert (now.state, now.since_on) == (State.BORN, date(2026, 11, 20))
    (child,) = now.children
    assert (child.name, child.sex, child.gestation_days) == ("Sam", "girl", 268)
    assert "2 days" in browser.get("/journey").text


def test_only_the_day_is_needed(browser: Browser, cast: Cast, database: Database) -> None:
    browser.sign_in(cast.amina.token)

    browser.post_form("/journey/arrivals", {"born_on_1": "2026-11-20", "sex_1": ""})

    (child,) = journey(database, cast.amina).children
    assert (child.name, child.sex, child.gestation_days) == ("", None, None)


def test_a_name_is_kept_sealed(browser: Browser, cast: Cast, database: Database) -> None:
    browser.sign_in(cast.amina.token)
    browser.post_form("/journey/arrivals", ONE)

    with database.reading() as db:
        cell = db.scalar(text("SELECT name_sealed FROM child"))

    assert b"Sam" not in bytes(cell or b"Sam")


def test_twins_sent_twice_are_two(browser: Browser, cast: Cast, database: Database) -> None:
    browser.sign_in(cast.amina.token)
    form = browser.get("/journey/arrivals?n=2").text
    twins = {
        "children": "2", "child_id_1": str(new_id()), "child_id_2": str(new_id()),
        "born_on_1": "2026-11-20", "born_on_2": "2026-11-21",
    }  # fmt: skip

    answers = [browser.post_form("/journey/arrivals", twins) for _ in range(2)]

    assert 'name="child_id_2"' in form
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(journey(database, cast.amina).children) == 2


def test_what_was_typed_last_counts(browser: Browser, cast: Cast, database: Database) -> None:
    browser.sign_in(cast.amina.token)
    form = ONE | {"child_id_1": str(new_id())}
    browser.post_form("/journey/arrivals", form)

    answer = browser.post_form(
        "/journey/arrivals", form | {"name_1": "Noor", "born_on_1": "19.11.2026"}
    )

    assert answer.status_code == 303
    (child,) = journey(database, cast.amina).children
    assert (child.name, child.born_on) == ("Noor", date(2026, 11, 19))


def test_a_second_child_on_the_same_form_is_added(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.amina.token)
    first, second = {"child_id_1": str(new_id())}, {"child_id_2": str(new_id())}
    browser.post_form("/journey/arrivals", ONE | first)

    more = {"children": "2", "name_1": "Noor", "born_on_2": "20.11.2026", "name_2": "Lina"}
    browser.post_form("/journey/arrivals", ONE | first | second | more)

    assert {child.name for child in journey(database, cast.amina).children} == {"Noor", "Lina"}


def test_a_mother_who_joins_after_the_birth_begins_with_it(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.beatriz.token)

    browser.post_form("/journey/arrivals", ONE)

    now = journey(database, cast.beatriz)
    assert (now.state, now.due_on, len(now.children)) == (State.BORN, None, 1)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("born_on_1", "", "Write a day"),
        ("born_on_1", "2026-11-23", "Choose today or an earlier day."),
        ("born_on_1", "2023-11-20", "Choose a day in the last three years."),
        ("weeks_1", "21", "from 22 to 44"),
        ("weeks_1", "45", "from 22 to 44"),
        ("weeks_1", "38,5", "from 22 to 44"),
        ("weeks_1", "", "from 22 to 44"),
        ("days_1", "7", "from 0 to 6"),
        ("name_1", "S" * 41, "at most 40 characters"),
    ],
)
def test_what_cannot_be_meant_is_said_and_kept(
    browser: Browser, cast: Cast, database: Database, field: str, value: str, sentence: str
) -> None:
    browser.sign_in(cast.amina.token)
    child_id = str(new_id())

    answer = browser.post_form("/journey/arrivals", ONE | {"child_id_1": child_id, field: value})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert all(f'value="{kept}"' in answer.text for kept in (value, child_id))
    assert journey(database, cast.amina).state == State.EXPECTING


def test_one_wrong_twin_saves_neither(browser: Browser, cast: Cast, database: Database) -> None:
    browser.sign_in(cast.amina.token)

    answer = browser.post_form("/journey/arrivals", ONE | {"children": "2", "born_on_2": "x"})

    assert answer.status_code == 422
    assert 'value="Sam"' in answer.text
    assert journey(database, cast.amina).children == []


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("0", 1), ("-1", 1), ("x", 1), ("²", 1), ("", 1), ("900", 6), ("9" * 5000, 6)],
    ids=lambda value: str(value)[:4],
)
def test_a_strange_number_of_children_shows_a_form(
    browser: Browser, cast: Cast, asked: str, shown: int
) -> None:
    browser.sign_in(cast.amina.token)

    page = browser.get(f"/journey/arrivals?n={asked}")

    assert page.status_code == 200
    assert page.text.count('name="born_on_') == shown


def test_a_child_can_be_changed(browser: Browser, cast: Cast, database: Database) -> None:
    browser.sign_in(cast.amina.token)
    browser.post_form("/journey/arrivals", ONE)
    (child,) = journey(database, cast.amina).children
    address = f"/journey/of/{child.id}"

    form = browser.get(address).text
    answer = browser.post_form(address, {"born_on": "2026-11-19", "sex": "boy", "name": "Noor"})

    assert all(f'value="{kept}"' in form for kept in ("2026-11-20", "38", "2", "Sam"))
    assert answer.status_code == 303
    (child,) = journey(database, cast.amina).children
    assert (child.name, child.sex, child.born_on) == ("Noor", "boy", date(2026, 11, 19))
    assert child.gestation_days is None


def test_a_wrong_change_is_kept_in_the_form(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.amina.token)
    browser.post_form("/journey/arrivals", ONE)
    (child,) = journey(database, cast.amina).children

    answer = browser.post_form(f"/journey/of/{child.id}", {"born_on": "?", "name": "Noor"})

    assert answer.status_code == 422
    assert 'value="Noor"' in answer.text
    assert journey(database, cast.amina).children[0].name == "Sam"


@pytest.mark.parametrize("who", ["beatriz", "chipo", "dewi", "edon", "femi", "hana"])
def test_a_child_is_its_mothers_alone(
    browser: Browser, cast: Cast, database: Database, who: str
) -> None:
    browser.sign_in(cast.amina.token)
    browser.post_form("/journey/arrivals", ONE)
    (child,) = journey(database, cast.amina).children
    browser.sign_in(getattr(cast, who).token)
    address = f"/journey/of/{child.id}"

    assert browser.get(address).status_code == 404
    assert browser.post_form(address, {"born_on": "2026-11-19"}).status_code == 404
    if who not in ("chipo", "edon"):
        taken = ONE | {"child_id_1": str(child.id)}
        assert browser.post_form("/journey/arrivals", taken).status_code == 404
    with database.reading() as db:
        assert db.scalars(select(Child.born_on)).all() == [date(2026, 11, 20)]
