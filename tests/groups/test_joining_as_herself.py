"""Somebody who is signed in opens an invitation."""

from companion.db import Database
from companion.people.models import Role
from tests.cast import Cast
from tests.conftest import Browser
from tests.groups.invitations import CODE, let_in, membership, people, uses_left


def test_she_joins_another_group_as_who_she_is(
    browser: Browser, cast: Cast, database: Database
) -> None:
    let_in(database, cast)
    browser.sign_in(cast.dewi.token)
    assert "You join as Dewi." in browser.get("/join/ABCD2345").text

    answer = browser.post_form("/join", {"code": CODE})

    assert answer.headers["location"] == f"/groups/{cast.group_id}"
    assert len(people(database, "Dewi")) == 1
    assert uses_left(database) == [0]
    assert "Dewi" in browser.get(f"/groups/{cast.group_id}").text


def test_sent_twice_it_uses_one_place(browser: Browser, cast: Cast, database: Database) -> None:
    let_in(database, cast, uses_left=3)
    browser.sign_in(cast.dewi.token)
    browser.post_form("/join", {"code": CODE})

    again = browser.post_form("/join", {"code": CODE})

    assert again.status_code == 303
    assert uses_left(database) == [2]


def test_whoever_left_can_come_back(browser: Browser, cast: Cast, database: Database) -> None:
    let_in(database, cast)
    browser.sign_in(cast.hana.token)

    browser.post_form("/join", {"code": CODE})

    found = membership(database, cast, cast.hana)
    assert found
    assert found.left_at is None
    assert browser.get(f"/groups/{cast.group_id}").status_code == 200


def test_in_another_role_she_is_told_to_sign_out_first(
    browser: Browser, cast: Cast, database: Database
) -> None:
    let_in(database, cast)
    browser.sign_in(cast.gita.token)
    assert "Sign out first" in browser.get("/join/ABCD2345").text

    page = browser.post_form("/join", {"code": CODE})

    assert page.status_code == 422
    assert "Sign out first: this invitation is for somebody else." in page.text
    assert membership(database, cast, cast.gita) is None
    assert uses_left(database) == [1]


def test_the_invitation_of_another_pilot_is_not_hers(
    browser: Browser, cast: Cast, database: Database
) -> None:
    let_in(database, cast, pilot="gh")
    browser.sign_in(cast.dewi.token)

    assert browser.post_form("/join", {"code": CODE}).status_code == 422
    assert membership(database, cast, cast.dewi) is None


def test_nobody_signed_in_becomes_a_coordinator(
    browser: Browser, cast: Cast, database: Database
) -> None:
    let_in(database, cast, role=Role.COORDINATOR, group_id=None)
    browser.sign_in(cast.edon.token)

    assert browser.post_form("/join", {"code": CODE}).status_code == 422
    assert uses_left(database) == [1]
