"""Today for a coordinator: her pilot's groups, counted and never named."""

from datetime import date

from companion import clock
from companion.db import Database
from companion.groups.models import Group
from companion.pilots.models import Site
from companion.sessions.models import GroupSession
from tests.cast import Cast
from tests.conftest import Browser
from tests.today.conftest import Counting


def today(browser: Browser, cast: Cast) -> str:
    browser.sign_in(cast.edon.token)
    page = browser.get("/")
    assert page.status_code == 200
    return str(page.text)


def start_group(database: Database, pilot: str, name: str) -> None:
    with database.writing.begin() as db:
        site = Site(pilot=pilot, name=f"Site of {name}", numbers=[])
        db.add(site)
        db.flush()
        db.add(
            Group(site_id=site.id, programme="pregnancy-nl", name=name, capacity=12, numbers=[],
                  due_month=date(2027, 3, 1), languages=["nl"], created_at=clock.now())
        )  # fmt: skip


def test_she_sees_her_groups_with_the_next_day_and_how_many(browser: Browser, cast: Cast) -> None:
    page = today(browser, cast)

    assert f'href="/groups/{cast.group_id}"' in page
    assert f'href="/groups/{cast.other_group_id}"' in page
    assert "2 participants" in page
    assert "1 participant ·" in page
    assert "Next session: Thursday 26 November" in page
    assert 'href="/groups/new"' in page


def test_she_sees_no_names(browser: Browser, cast: Cast) -> None:
    page = today(browser, cast)

    assert not any(name in page for name in ("Amina", "Beatriz", "Chipo", "Dewi"))


def test_a_cancelled_session_is_not_the_next(
    browser: Browser, cast: Cast, database: Database
) -> None:
    with database.writing.begin() as db:
        for session in db.query(GroupSession):
            session.state = "cancelled"

    assert today(browser, cast).count("No session is coming up.") == 2


def test_groups_of_another_pilot_are_not_hers(
    browser: Browser, cast: Cast, database: Database
) -> None:
    start_group(database, "be", "Group in Ghent")

    assert "Group in Ghent" not in today(browser, cast)


def test_more_groups_ask_no_more_of_the_database(
    browser: Browser, cast: Cast, database: Database, counted: Counting
) -> None:
    browser.sign_in(cast.edon.token)
    with counted() as before:
        browser.get("/")
    for number in range(4):
        start_group(database, "nl", f"Group {number}")

    with counted() as after:
        page = browser.get("/").text

    assert "Group 3" in page
    assert len(before) <= 4
    assert len(after) == len(before)
