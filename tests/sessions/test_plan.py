"""The plan of a group: the dates shown, then all sessions made at once, and only once."""

from datetime import date, time
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update

from companion.db import Database
from companion.groups.models import Group
from companion.pilots.models import Site
from companion.programmes.programme import programmes
from companion.sessions.models import GroupSession
from tests.cast import Cast
from tests.conftest import Browser

THURSDAYS = {"weekday": "3", "at": "10:00", "place": "Health centre Latour"}


@pytest.fixture
def unplanned(database: Database, cast: Cast) -> UUID:
    """The group, with no sessions yet."""
    with database.writing.begin() as db:
        db.execute(delete(GroupSession).where(GroupSession.group_id == cast.group_id))
    return cast.group_id


def _plan(browser: Browser, group_id: UUID, **fields: str) -> Any:
    return browser.post_form(f"/groups/{group_id}/plan", THURSDAYS | fields)


def _kept(database: Database, group_id: UUID) -> list[GroupSession]:
    rows = select(GroupSession).where(GroupSession.group_id == group_id)
    with database.reading() as db:
        return list(db.scalars(rows.order_by(GroupSession.number)))


def test_the_form_begins_with_the_sites_name(browser: Browser, cast: Cast, unplanned: UUID) -> None:
    browser.sign_in(cast.edon.token)

    page = browser.get(f"/groups/{unplanned}/plan").text

    assert 'value="Health centre Latour"' in page
    assert page.index(">Monday<") < page.index(">Sunday<")
    assert "Show the dates" in page
    assert "Plan these sessions" not in page


def test_the_week_begins_on_the_pilots_first_day(
    browser: Browser, database: Database, cast: Cast, unplanned: UUID
) -> None:
    with database.writing.begin() as db:
        db.execute(update(Site).values(pilot="za"))
    browser.sign_in(cast.chipo.token)

    page = browser.get(f"/groups/{unplanned}/plan").text

    assert page.index(">Sunday<") < page.index(">Monday<")


def test_the_dates_are_shown_and_nothing_is_planned_yet(
    browser: Browser, database: Database, cast: Cast, unplanned: UUID
) -> None:
    browser.sign_in(cast.chipo.token)

    page = _plan(browser, unplanned)

    assert page.status_code == 200
    assert page.text.count("Thursday ") == 10
    assert "Plan these sessions" in page.text
    assert _kept(database, unplanned) == []


@pytest.mark.parametrize("name", ["chipo", "edon"])
def test_all_sessions_are_planned_at_once(
    browser: Browser, database: Database, cast: Cast, unplanned: UUID, name: str
) -> None:
    browser.sign_in(getattr(cast, name).token)

    answer = _plan(browser, unplanned, step="plan")

    assert answer.headers["location"] == f"/groups/{unplanned}/plan"
    sessions, kind = _kept(database, unplanned), programmes()["pregnancy-nl"]
    assert [each.number for each in sessions] == list(range(1, 11))
    assert [tuple(each.themes) for each in sessions] == [each.themes for each in kind.sessions]
    assert {(each.at, each.place, each.minutes, each.zone) for each in sessions} == {
        (time(10), "Health centre Latour", 120, "Europe/Amsterdam")
    }
    assert {each.day.weekday() for each in sessions} == {3}
    assert sessions[-1].checks == [
        "blood-pressure", "child-weight", "child-length", "head-circumference"
    ]  # fmt: skip
    # In March 2027 the clocks go forward; on the wall it stays ten.
    assert {each.starts_at.hour for each in sessions} == {8, 9}
    assert sessions[-1].day > date(2027, 3, 28)


def test_planned_twice_it_is_the_same_plan(
    browser: Browser, database: Database, cast: Cast, unplanned: UUID
) -> None:
    browser.sign_in(cast.chipo.token)
    _plan(browser, unplanned, step="plan")
    before = [(each.id, each.day) for each in _kept(database, unplanned)]

    again = _plan(browser, unplanned, step="plan", weekday="1")
    shown = _plan(browser, unplanned)

    assert again.status_code == shown.status_code == 303
    assert [(each.id, each.day) for each in _kept(database, unplanned)] == before
    page = browser.get(f"/groups/{unplanned}/plan").text
    assert page.count('class="line"') == 10
    assert "Show the dates" not in page


def test_a_script_gets_the_part_alone(browser: Browser, cast: Cast, unplanned: UUID) -> None:
    browser.sign_in(cast.chipo.token)

    part = browser.post(
        f"/groups/{unplanned}/plan",
        data=THURSDAYS,
        headers={"hx-request": "true", "hx-target": "section#plan"},
    )

    assert part.text.strip().startswith('<section id="plan"')
    assert "<html" not in part.text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"weekday": "7"}, "Choose a day of the week."),
        ({"weekday": ""}, "Choose a day of the week."),
        ({"at": "noon"}, "Write a time, such as 10:00."),
        ({"place": "x" * 201}, "Write at most 200 characters."),
    ],
)
def test_what_cannot_be_is_refused(
    browser: Browser, database: Database, cast: Cast, unplanned: UUID,
    wrong: dict[str, str], sentence: str,
) -> None:  # fmt: skip
    browser.sign_in(cast.chipo.token)

    answer = _plan(browser, unplanned, step="plan", **wrong)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert _kept(database, unplanned) == []


def test_a_diabetes_group_is_counted_from_its_start(
    browser: Browser, database: Database, cast: Cast, unplanned: UUID
) -> None:
    with database.writing.begin() as db:
        db.get_one(Group, unplanned).programme = "diabetes"
    browser.sign_in(cast.chipo.token)

    _plan(browser, unplanned, step="plan")

    assert _kept(database, unplanned)[0].day == date(2026, 11, 26)


@pytest.mark.parametrize("name", ["amina", "femi", "dewi", "gita", "hana"])
def test_nobody_else_finds_the_plan(
    browser: Browser, database: Database, cast: Cast, unplanned: UUID, name: str
) -> None:
    browser.sign_in(getattr(cast, name).token)

    assert browser.get(f"/groups/{unplanned}/plan").status_code == 404
    assert _plan(browser, unplanned, step="plan").status_code == 404
    assert _kept(database, unplanned) == []
