"""Who sees what of a group."""

import re

import pytest
from sqlalchemy import event

from companion.db import Database
from companion.groups.models import Group
from companion.people import actions as people
from companion.people.models import Person, Role
from tests.cast import Cast, _player, join
from tests.conftest import Browser

REMINDERS = re.compile(r"pregnan|birth|born|bab(y|ies)|child|March 2027", re.IGNORECASE)


def test_with_one_group_the_list_leads_to_it(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    answer = browser.get("/groups", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, f"/groups/{cast.group_id}")


def test_with_two_groups_both_are_listed(browser: Browser, cast: Cast, database: Database) -> None:
    with database.writing.begin() as db:
        other = db.get(Group, cast.other_group_id)
        assert other
        join(db, other, cast.chipo, Role.FACILITATOR)
    browser.sign_in(cast.chipo.token)

    page = browser.get("/groups")

    assert "November group" in page.text
    assert "Other group" in page.text


def test_without_a_group_the_page_is_kind(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.hana.token)

    assert "You are in no group now." in browser.get("/groups").text


def test_a_coordinator_sees_every_group_of_her_pilot_and_no_other(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.edon.token)
    page = browser.get("/groups").text
    assert "November group" in page
    assert "Other group" in page

    with database.writing.begin() as db:
        edon = db.get(Person, cast.edon.id)
        assert edon
        edon.pilot = "gh"

    assert "November group" not in browser.get("/groups").text
    assert browser.get(f"/groups/{cast.group_id}").status_code == 404


@pytest.mark.parametrize("who", ["amina", "femi"])
def test_members_see_each_other_and_no_word_from_us_that_could_hurt(
    browser: Browser, cast: Cast, who: str
) -> None:
    browser.sign_in(getattr(cast, who).token)

    page = browser.get(f"/groups/{cast.group_id}").text

    for name in ("Amina", "Beatriz", "Chipo", "Femi", "Health centre Latour"):
        assert name in page
    assert "Hana" not in page
    assert not REMINDERS.search(page)
    assert "/invitations" not in page
    assert "/goodbyes/" not in page


def test_a_facilitator_also_sees_the_programme_and_her_tools(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.chipo.token)

    page = browser.get(f"/groups/{cast.group_id}").text

    assert "Pregnancy group · March 2027" in page
    assert f"/groups/{cast.group_id}/invitations" in page
    assert f"/groups/{cast.group_id}/numbers" in page
    assert page.count("/goodbyes/") == 3  # Amina, Beatriz, Femi; never a facilitator


def test_a_coordinator_sees_how_many_take_part_but_never_who(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.edon.token)

    page = browser.get(f"/groups/{cast.group_id}").text

    assert "2 participants, of 12 places" in page
    assert "Chipo" in page
    assert f"/groups/{cast.group_id}/plan" in page
    assert not {name for name in ("Amina", "Beatriz", "Femi", "Hana") if name in page}


def test_whoever_left_companion_is_counted_nowhere(
    browser: Browser, cast: Cast, database: Database
) -> None:
    with database.writing.begin() as db:
        people.leave(db, cast.amina.reader)
    browser.sign_in(cast.edon.token)

    assert "1 participant, of 12 places" in browser.get(f"/groups/{cast.group_id}").text
    assert "2 participants" not in browser.get("/").text


@pytest.mark.parametrize("who", ["dewi", "gita", "hana"])
@pytest.mark.parametrize("path", ["", "/agreement", "/leaving", "/invitations", "/numbers"])
def test_to_everybody_else_the_group_is_not_there(
    browser: Browser, cast: Cast, who: str, path: str
) -> None:
    browser.sign_in(getattr(cast, who).token)

    assert browser.get(f"/groups/{cast.group_id}{path}").status_code == 404


def test_whoever_is_signed_out_is_sent_to_the_start(browser: Browser, cast: Cast) -> None:
    answer = browser.get(f"/groups/{cast.group_id}", follow_redirects=False)

    assert answer.headers["location"] == "/welcome"


def test_more_members_are_no_more_queries(browser: Browser, cast: Cast, database: Database) -> None:
    def queries() -> int:
        seen: list[str] = []
        listener = lambda *given: seen.append(given[2])  # noqa: E731
        event.listen(database.reader, "before_cursor_execute", listener)
        assert browser.get(f"/groups/{cast.group_id}").status_code == 200
        event.remove(database.reader, "before_cursor_execute", listener)
        return len(seen)

    browser.sign_in(cast.chipo.token)
    before = queries()
    with database.writing.begin() as db:
        group = db.get(Group, cast.group_id)
        assert group
        for number in range(9):
            join(db, group, _player(db, f"Imani {number}", Role.PARTICIPANT), Role.PARTICIPANT)

    assert queries() == before <= 8
