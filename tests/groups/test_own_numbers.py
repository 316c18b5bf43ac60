"""The group's own numbers, and what other pages ask of groups."""

import pytest

from companion.db import Database
from companion.groups import actions
from companion.groups.models import Group
from companion.pilots.pilot import Line
from tests.cast import Cast
from tests.conftest import Browser

NUMBERS = {"label1": "Chipo", "number1": "06-1234 5678"}


def kept(database: Database, cast: Cast) -> list[dict[str, str]]:
    with database.reading() as db:
        group = db.get(Group, cast.group_id)
        assert group
        return group.numbers


@pytest.mark.parametrize("who", ["chipo", "edon"])
def test_facilitators_and_coordinators_write_them(
    browser: Browser, cast: Cast, database: Database, who: str
) -> None:
    browser.sign_in(getattr(cast, who).token)

    for _ in range(2):
        answer = browser.post_form(f"/groups/{cast.group_id}/numbers", NUMBERS)
        assert answer.headers["location"] == f"/groups/{cast.group_id}"

    assert kept(database, cast) == [{"label": "Chipo", "number": "06-1234 5678"}]
    assert "06-1234 5678" in browser.get(f"/groups/{cast.group_id}/numbers").text


def test_what_cannot_be_dialled_is_refused_and_kept_in_the_form(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.chipo.token)

    page = browser.post_form(
        f"/groups/{cast.group_id}/numbers", {"label1": "Chipo", "number1": "ask me"}
    )

    assert page.status_code == 422
    assert "Write a number that a telephone can dial" in page.text
    assert 'value="ask me"' in page.text
    assert kept(database, cast) == []


@pytest.mark.parametrize("who", ["amina", "femi", "dewi", "gita", "hana"])
def test_nobody_else_writes_them(browser: Browser, cast: Cast, who: str) -> None:
    browser.sign_in(getattr(cast, who).token)

    assert browser.get(f"/groups/{cast.group_id}/numbers").status_code == 404
    assert browser.post_form(f"/groups/{cast.group_id}/numbers", NUMBERS).status_code == 404


def test_her_groups_numbers_come_before_the_sites(database: Database, cast: Cast) -> None:
    with database.writing.begin() as db:
        actions.change_numbers(
            db, cast.chipo.reader, cast.group_id, [{"label": "Chipo", "number": "0612345678"}]
        )

    with database.reading() as db:
        own = actions.own_numbers(db, cast.amina.reader)

    assert own == [
        ("November group", [Line("Chipo", "0612345678")]),
        ("Health centre Latour", [Line("Midwife on call", "070 123 4567")]),
    ]


def test_whoever_left_has_no_numbers_and_no_home(database: Database, cast: Cast) -> None:
    with database.reading() as db:
        assert actions.own_numbers(db, cast.hana.reader) == []
        assert actions.home(db, cast.hana.reader) == []


def test_home_says_which_groups_and_as_what(database: Database, cast: Cast) -> None:
    with database.reading() as db:
        (hers,) = actions.home(db, cast.femi.reader)

    assert (hers.group_id, hers.name, hers.site, hers.role) == (
        cast.group_id, "November group", "Health centre Latour", "partner",
    )  # fmt: skip
