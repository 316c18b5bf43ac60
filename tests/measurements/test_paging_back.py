"""Everything she ever wrote down can be seen, page after page, and so corrected and erased."""

import re
from datetime import timedelta
from uuid import UUID

import pytest

from companion import clock
from companion.db import Database, new_id
from companion.measurements import actions
from companion.measurements.kinds import kind_by_slug
from tests.cast import Cast
from tests.conftest import Browser
from tests.measurements.conftest import Notebook
from tests.measurements.test_looking_back import counted

OLDER = re.compile(r'href="(/record/a2\?before=[^"]+)"')
SHOWN = re.compile(r'href="/readings/([^"/]+)"')


def _write(database: Database, cast: Cast, moments: int, each: int = 1) -> list[str]:
    """Amina's weight, so many times at each moment; the newest first."""
    kind = kind_by_slug("weight", {})
    assert kind
    entries = [
        actions.Entry(new_id(), kind, None, {"weight": "68.5"}, clock.now() - timedelta(days=ago))
        for ago in range(moments)
        for _ in range(each)
    ]
    with database.writing.begin() as db:
        for entry in entries:
            actions.record(db, cast.amina.reader, entry)
    by_age = sorted(entries, key=lambda entry: (entry.taken_at, entry.id), reverse=True)
    return [str(entry.id) for entry in by_age]


def _leaves(browser: Browser) -> list[list[str]]:
    """The readings on each page, from the first page until there is none further back."""
    page, leaves = browser.get("/record/a2").text, []
    while True:
        leaves.append(SHOWN.findall(page))
        further = OLDER.search(page)
        if not further:
            return leaves
        page = browser.get(further[1]).text


def test_she_reaches_the_very_first_reading(
    browser: Browser, database: Database, cast: Cast
) -> None:
    written = _write(database, cast, 215)
    browser.sign_in(cast.amina.token)

    leaves = _leaves(browser)

    assert [len(leaf) for leaf in leaves] == [10, 50, 50, 50, 50, 5]
    assert [reading for leaf in leaves for reading in leaf] == written
    assert browser.get(f"/readings/{written[-1]}/erasures").status_code == 200


def test_readings_of_one_moment_are_all_shown_once(
    browser: Browser, database: Database, cast: Cast
) -> None:
    written = _write(database, cast, 3, each=7)
    browser.sign_in(cast.amina.token)

    assert [reading for leaf in _leaves(browser) for reading in leaf] == written


@pytest.mark.parametrize("count", [0, 10, 60])
def test_nothing_further_back_is_not_offered(
    browser: Browser, database: Database, cast: Cast, count: int
) -> None:
    written = _write(database, cast, count)
    browser.sign_in(cast.amina.token)

    leaves = _leaves(browser)

    assert [reading for leaf in leaves for reading in leaf] == written
    assert all(leaves) == bool(count)


def test_a_page_further_back_is_the_readings_alone_with_their_versions(
    browser: Browser, database: Database, cast: Cast, notebook: Notebook
) -> None:
    written = _write(database, cast, 12)
    second = notebook.correct(cast.amina, UUID(written[-1]), "58.5")
    notebook.correct(cast.amina, second, "65.8")
    browser.sign_in(cast.amina.token)

    address = OLDER.findall(browser.get("/record/a2").text)[0]
    page = browser.get(address).text

    assert page.index("<b>65.8</b>") < page.index("<b>58.5</b>") < page.rindex("<b>68.5</b>")
    assert page.count("<s>") == 2
    assert "<title>My record · Companion</title>" in page
    assert 'class="back" href="/record/a2"' in page
    assert "<svg class" not in page.partition("<main")[2]
    assert "<form" not in page.partition("<main")[2].partition("</main")[0]


def test_an_address_stays_right_when_its_reading_is_erased(
    browser: Browser, database: Database, cast: Cast
) -> None:
    written = _write(database, cast, 12)
    browser.sign_in(cast.amina.token)
    address = OLDER.findall(browser.get("/record/a2").text)[0]

    browser.post_form(f"/readings/{written[9]}/erasures")
    assert SHOWN.findall(browser.get(address).text) == written[10:]

    for reading in written[10:]:
        browser.post_form(f"/readings/{reading}/erasures")
    answer = browser.get(address, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/record/a2")


@pytest.mark.parametrize(
    "mark", ["yes", ".", "x.y", "5", "f" * 40 + "." + "0" * 32, "-" + "f" * 15 + "." + "0" * 32]
)
def test_an_address_of_no_page_is_not_found(browser: Browser, cast: Cast, mark: str) -> None:
    browser.sign_in(cast.amina.token)

    assert browser.get("/record/a2", params={"before": mark}).status_code == 404


def test_nobody_reads_hers_with_her_address(
    browser: Browser, database: Database, cast: Cast
) -> None:
    _write(database, cast, 12)
    browser.sign_in(cast.amina.token)
    address = OLDER.findall(browser.get("/record/a2").text)[0]
    browser.sign_in(cast.beatriz.token)

    answer = browser.get(address, follow_redirects=False)

    assert answer.headers["location"] == "/record/a2"


@pytest.mark.usefixtures("sam")
def test_a_page_further_back_asks_the_database_little(
    browser: Browser, database: Database, cast: Cast, notebook: Notebook
) -> None:
    for reading in _write(database, cast, 70):
        notebook.correct(cast.amina, UUID(reading), "70")
    browser.sign_in(cast.amina.token)
    address = OLDER.findall(browser.get("/record/a2").text)[0]

    with counted(database) as statements:
        assert browser.get(address).status_code == 200

    assert len(statements) <= 5
