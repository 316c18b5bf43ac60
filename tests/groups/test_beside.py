"""A participant invites one person to stand beside her."""

import pytest

from companion.db import Database
from companion.people.models import Role
from tests.cast import Cast
from tests.conftest import Browser
from tests.groups.invitations import form, membership, people
from tests.groups.test_inviting import only_invitation, shown_code


def test_whom_she_invites_comes_in_as_her_support_person(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.beatriz.token)
    page = browser.post_form("/beside")
    assert only_invitation(database).beside_id == cast.beatriz.id
    browser.cookies.clear()
    code = shown_code(page.text)
    assert "Beatriz invites you to the group November group" in browser.get(f"/join/{code}").text

    browser.post_form("/join", form(code=code))

    assert people(database, "Imani")[0].role == Role.PARTNER
    browser.sign_in(cast.beatriz.token)
    page = browser.get("/beside")
    assert "Imani" in page.text
    assert 'action="/beside/goodbyes"' in page.text


def test_there_is_one_at_a_time(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)
    assert "Femi stands beside you." in browser.get("/beside").text

    page = browser.post_form("/beside")

    assert page.status_code == 422
    assert "Somebody stands beside you already." in page.text


def test_she_can_end_it_whenever_she_likes(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.amina.token)

    for _ in range(2):
        assert browser.post_form("/beside/goodbyes").headers["location"] == "/beside"

    found = membership(database, cast, cast.femi)
    assert found
    assert found.left_at
    browser.sign_in(cast.femi.token)
    assert browser.get(f"/groups/{cast.group_id}").status_code == 404


def test_a_new_invitation_ends_the_one_before(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.beatriz.token)
    first = shown_code(browser.post_form("/beside").text)
    browser.post_form("/beside")
    browser.cookies.clear()

    assert "no longer works" in browser.get(f"/join/{first}").text


def test_she_takes_her_invitation_back(browser: Browser, cast: Cast, database: Database) -> None:
    browser.sign_in(cast.beatriz.token)
    browser.post_form("/beside")
    revoke = f"/invitations/{only_invitation(database).id}/revocations"
    browser.sign_in(cast.chipo.token)
    assert browser.post_form(revoke).status_code == 404
    browser.sign_in(cast.beatriz.token)

    assert browser.post_form(revoke).headers["location"] == "/beside"
    assert only_invitation(database).revoked_at


def test_nobody_comes_in_beside_her_once_she_has_left_companion(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.beatriz.token)
    code = shown_code(browser.post_form("/beside").text)
    browser.post_form("/leaving")
    browser.cookies.clear()

    page = browser.get(f"/join/{code}")
    answer = browser.post_form("/join", form(code=code))

    assert "This invitation no longer works." in page.text
    assert "Beatriz" not in page.text
    assert answer.status_code == 422
    assert "Beatriz" not in answer.text
    assert not people(database, "Imani")


def test_without_a_group_there_is_nothing_to_invite_to(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.hana.token)
    assert "You are in no group now." in browser.get("/beside").text

    assert browser.post_form("/beside").status_code == 422


@pytest.mark.parametrize("who", ["femi", "chipo", "edon"])
def test_only_participants_have_somebody_beside_them(
    browser: Browser, cast: Cast, who: str
) -> None:
    browser.sign_in(getattr(cast, who).token)

    assert browser.get("/beside").status_code == 404
    assert browser.post_form("/beside").status_code == 404
    assert browser.post_form("/beside/goodbyes").status_code == 404
