"""A facilitator invites participants, a coordinator facilitators."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from companion.db import Database, new_id
from companion.groups.models import Group, Invitation
from companion.people.models import Role
from tests.cast import Cast
from tests.conftest import NOW, Browser
from tests.groups.invitations import form, let_in


def shown_code(page: str) -> str:
    found = re.search(r'class="code" dir="ltr">(\w{4}-\w{4})<', page)
    assert found
    return found[1]


def only_invitation(database: Database) -> Invitation:
    with database.reading() as db:
        return db.scalars(select(Invitation)).one()


def test_the_room_gets_as_many_uses_as_there_are_free_places(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.chipo.token)
    assert "10 free places" in browser.get(f"/groups/{cast.group_id}/invitations").text

    page = browser.post_form(f"/groups/{cast.group_id}/invitations", {"way": "room"})

    made = only_invitation(database)
    assert (made.role, made.uses_left, made.invited_by_id) == ("participant", 10, cast.chipo.id)
    assert made.expires_at == NOW + timedelta(hours=2)
    assert page.status_code == 200
    assert 'class="qr"' in page.text
    assert "data-print" in page.text
    assert shown_code(page.text).replace("-", "") not in made.code_hash


def test_a_card_is_for_one_person_and_works_for_three_days(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.chipo.token)

    page = browser.post_form(f"/groups/{cast.group_id}/invitations", {"way": "card"})

    made = only_invitation(database)
    assert (made.uses_left, made.expires_at) == (1, NOW + timedelta(hours=72))
    assert "For 1 person, until Wednesday 25 November, 11:00" in page.text


def test_the_code_on_the_card_lets_somebody_in(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.chipo.token)
    page = browser.post_form(f"/groups/{cast.group_id}/invitations", {"way": "card"})
    browser.cookies.clear()

    answer = browser.post_form("/join", form(code=shown_code(page.text)))

    assert answer.status_code == 303
    assert "Imani" in browser.get(f"/groups/{cast.group_id}").text


def test_sent_twice_it_is_one_invitation_with_one_code(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.chipo.token)
    sent = {"way": "room", "id": str(new_id())}

    codes = [
        shown_code(browser.post_form(f"/groups/{cast.group_id}/invitations", sent).text)
        for _ in range(2)
    ]

    assert codes[0] == codes[1]
    assert only_invitation(database).id == UUID(sent["id"])


def test_somebody_elses_invitation_is_not_shown_again(browser: Browser, cast: Cast) -> None:
    sent = {"way": "room", "id": str(new_id())}
    browser.sign_in(cast.chipo.token)
    browser.post_form(f"/groups/{cast.group_id}/invitations", sent)
    browser.sign_in(cast.gita.token)

    answer = browser.post_form(f"/groups/{cast.other_group_id}/invitations", sent)

    assert answer.status_code == 404


def test_a_full_group_invites_nobody(browser: Browser, cast: Cast, database: Database) -> None:
    with database.writing.begin() as db:
        group = db.get(Group, cast.group_id)
        assert group
        group.capacity = 2
    browser.sign_in(cast.chipo.token)
    assert "The group is full" in browser.get(f"/groups/{cast.group_id}/invitations").text

    page = browser.post_form(f"/groups/{cast.group_id}/invitations", {"way": "room"})

    assert page.status_code == 422
    assert "The group is full" in page.text


def test_an_unknown_way_is_refused(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.chipo.token)

    page = browser.post_form(f"/groups/{cast.group_id}/invitations", {"way": "everybody"})

    assert page.status_code == 422
    assert "Choose whom you invite." in page.text


def test_an_invitation_is_listed_until_it_is_taken_back(
    browser: Browser, cast: Cast, database: Database
) -> None:
    let_in(database, cast, uses_left=4)
    browser.sign_in(cast.chipo.token)
    where = f"/groups/{cast.group_id}/invitations"
    assert "For 4 people, until Monday 23 November, 11:00" in browser.get(where).text
    revoke = f"/invitations/{only_invitation(database).id}/revocations"

    answers = [browser.post_form(revoke) for _ in range(2)]

    assert [answer.headers["location"] for answer in answers] == [where, where]
    assert "For 4 people" not in browser.get(where).text
    browser.cookies.clear()
    assert "no longer works" in browser.get("/join/ABCD2345").text


@pytest.mark.parametrize("who", ["amina", "femi", "dewi", "gita", "hana", "edon"])
def test_nobody_else_takes_it_back(
    browser: Browser, cast: Cast, database: Database, who: str
) -> None:
    let_in(database, cast)
    browser.sign_in(getattr(cast, who).token)

    answer = browser.post_form(f"/invitations/{only_invitation(database).id}/revocations")

    assert answer.status_code == 404


def test_a_coordinator_invites_a_facilitator_and_sees_no_other_invitations(
    browser: Browser, cast: Cast, database: Database
) -> None:
    let_in(database, cast, uses_left=4)
    browser.sign_in(cast.edon.token)
    where = f"/groups/{cast.group_id}/invitations"

    page = browser.post_form(where, {"way": "room"})

    assert "Facilitator" in page.text
    with database.reading() as db:
        made = db.scalars(select(Invitation).where(Invitation.role == Role.FACILITATOR)).one()
    assert (made.uses_left, made.expires_at) == (1, NOW + timedelta(hours=72))
    listed = browser.get(where).text
    assert "For 1 person" in listed
    assert "For 4 people" not in listed
    assert browser.post_form(f"/invitations/{made.id}/revocations").status_code == 303


@pytest.mark.parametrize("who", ["amina", "femi", "dewi", "gita", "hana"])
def test_nobody_else_invites(browser: Browser, cast: Cast, who: str) -> None:
    browser.sign_in(getattr(cast, who).token)
    where = f"/groups/{cast.group_id}/invitations"

    assert browser.get(where).status_code == 404
    assert browser.post_form(where, {"way": "room"}).status_code == 404
