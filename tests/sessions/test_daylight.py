"""Ten o'clock stays ten o'clock, whatever the clocks do in between."""

from datetime import date, time

import pytest

from companion.db import Database
from companion.sessions.models import GroupSession
from tests.cast import Cast
from tests.conftest import Browser
from tests.sessions.conftest import session_of

AMSTERDAM, PARAMARIBO = "Europe/Amsterdam", "America/Paramaribo"


@pytest.mark.parametrize(
    ("day", "at", "zone", "moment"),
    [
        (date(2027, 3, 27), time(10), AMSTERDAM, "2027-03-27T09:00"),
        (date(2027, 3, 28), time(10), AMSTERDAM, "2027-03-28T08:00"),
        (date(2027, 10, 30), time(10), AMSTERDAM, "2027-10-30T08:00"),
        (date(2027, 10, 31), time(10), AMSTERDAM, "2027-10-31T09:00"),
        (date(2027, 3, 27), time(10), PARAMARIBO, "2027-03-27T13:00"),
        (date(2027, 3, 28), time(10), PARAMARIBO, "2027-03-28T13:00"),
        # 2:30 does not exist on this day, and means the same time after the jump.
        (date(2027, 3, 28), time(2, 30), AMSTERDAM, "2027-03-28T01:30"),
        # 2:30 comes twice on this day, and means its first coming.
        (date(2027, 10, 31), time(2, 30), AMSTERDAM, "2027-10-31T00:30"),
    ],
)
def test_the_moment_follows_from_the_clock_on_the_wall(
    day: date, at: time, zone: str, moment: str
) -> None:
    session = GroupSession(number=1, minutes=120)

    session.meet(day, at, zone)

    assert session.starts_at.isoformat() == f"{moment}:00+00:00"
    assert (session.day, session.at, session.zone) == (day, at, zone)


@pytest.mark.parametrize("day", ["2027-03-27", "2027-03-28", "2027-10-30", "2027-10-31"])
def test_a_session_moved_across_the_change_is_still_at_ten(
    browser: Browser, database: Database, cast: Cast, day: str
) -> None:
    browser.sign_in(cast.chipo.token)
    fields = {"day": day, "at": "10:00", "minutes": "120"}
    browser.post_form(f"/sessions/{cast.session_id}/change", fields)

    page = browser.get(f"/sessions/{cast.session_id}").text

    assert session_of(database, cast.session_id).at == time(10)
    assert ", 10:00" in page
    assert "Until 12:00" in page
    assert "time in" not in page
