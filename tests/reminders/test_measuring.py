"""What this week asks her to write down: rung for once a week, unless she has done it by then."""

from datetime import time

import pytest
from sqlalchemy import update

from companion.db import Database
from companion.sessions.models import GroupSession
from tests.cast import Cast
from tests.measurements.conftest import Notebook
from tests.reminders.conftest import Act, Doorbell, on, save, whys, written

PRESSURE, WEIGHT = ("blood-pressure", "120", "80"), ("weight", "68.5")


@pytest.fixture(autouse=True)
def _amina_wants_it(cast: Cast, database: Database, doorbell: Doorbell) -> None:
    """On Mondays at 9:00."""
    doorbell.give(cast.amina)
    save(database, cast.amina, wants_measuring=True, measure_on=0, measure_at=time(9))


@pytest.fixture
def notebook(database: Database) -> Notebook:
    return Notebook(database)


def _rang(database: Database, cast: Cast, doorbell: Doorbell) -> list[tuple[str, str]]:
    """What became of this week's word."""
    doorbell.ring_until(on(23, 20))
    words = [each for each in written(database, cast.amina) if each.kind == "measuring"]
    assert [each.due_at for each in words] == [on(23, 9), on(30, 9)]
    return whys(words[:1])


@pytest.mark.parametrize("asks", [True, False])
def test_what_is_written_down_is_not_asked_for(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act, notebook: Notebook, asks: bool
) -> None:
    if not asks:
        act(lambda db: db.execute(update(GroupSession).values(checks=[])))
    notebook.write(cast.amina, *PRESSURE, days_ago=2)
    notebook.write(cast.amina, *WEIGHT, days_ago=5)

    assert _rang(database, cast, doorbell) == [("cancelled", "done")]


def test_what_is_not_written_down_at_all_is_asked_for(
    cast: Cast, database: Database, doorbell: Doorbell
) -> None:
    assert _rang(database, cast, doorbell) == [("sent", "")]


def test_half_of_it_is_not_all(
    cast: Cast, database: Database, doorbell: Doorbell, notebook: Notebook
) -> None:
    notebook.write(cast.amina, *PRESSURE)

    assert _rang(database, cast, doorbell) == [("sent", "")]


def test_last_weeks_is_not_this_weeks(
    cast: Cast, database: Database, doorbell: Doorbell, notebook: Notebook
) -> None:
    for each in (PRESSURE, WEIGHT):
        notebook.write(cast.amina, *each, days_ago=7)

    assert _rang(database, cast, doorbell) == [("sent", "")]


def test_somebody_elses_is_not_hers(
    cast: Cast, database: Database, doorbell: Doorbell, notebook: Notebook
) -> None:
    for each in (PRESSURE, WEIGHT):
        notebook.write(cast.beatriz, *each)

    assert _rang(database, cast, doorbell) == [("sent", "")]


def test_what_her_session_asks_for_is_what_counts(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act, notebook: Notebook
) -> None:
    act(lambda db: db.execute(update(GroupSession).values(checks=["weight"])))
    notebook.write(cast.amina, *WEIGHT)

    assert _rang(database, cast, doorbell) == [("cancelled", "done")]
