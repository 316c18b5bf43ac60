"""Somebody new joins her group with an invitation."""

import pytest
from sqlalchemy import update

from companion.db import Database
from companion.groups.models import Invitation
from companion.people.models import Role
from tests.cast import Cast
from tests.conftest import NOW, Browser, HeldClock
from tests.groups.invitations import form, let_in, people, uses_left
from tests.wordings import put, said


def test_the_address_on_the_card_says_to_which_group_and_who_sees_her_name(
    browser: Browser, cast: Cast, database: Database
) -> None:
    let_in(database, cast)

    page = browser.get("/join/abcd-2345")

    assert "You are invited to the group November group." in page.text
    assert "everybody in the group see your name" in page.text
    assert 'name="code" value="ABCD-2345"' in page.text


def test_the_page_speaks_the_words_of_the_pilot_that_invites(
    browser: Browser, cast: Cast, database: Database
) -> None:
    let_in(database, cast)
    put(database, said("Your invitation", "Welcome to the circle"))
    put(database, said("Join", "Come in"), pilot="gh")

    page = browser.get("/join/ABCD2345").text
    wrong = browser.post_form("/join", form("")).text

    assert all("<h1>Welcome to the circle</h1>" in each for each in (page, wrong))
    assert "Come in" not in page


@pytest.mark.parametrize("address", ["/join", "/join/ZZZZ9999"])
def test_whoever_has_no_invitation_reads_no_pilots_words(
    browser: Browser, cast: Cast, database: Database, address: str
) -> None:
    put(database, said("Your invitation", "Welcome to the circle"))

    assert "<h1>Your invitation</h1>" in browser.get(address).text


def test_only_the_languages_of_the_pilot_are_offered(
    browser: Browser, cast: Cast, database: Database
) -> None:
    let_in(database, cast)

    page = browser.get("/join/ABCD2345")

    offered = [code for code in ("nl", "en", "ar", "fr", "sq") if f'value="{code}"' in page.text]
    assert offered == ["nl", "en", "ar"]


def test_she_is_signed_in_as_herself_in_the_group(
    browser: Browser, cast: Cast, database: Database
) -> None:
    let_in(database, cast)

    answer = browser.post_form("/join", form(language="nl"))

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    (imani,) = people(database, "Imani")
    assert (imani.role, imani.language, imani.pilot) == (Role.PARTICIPANT, "nl", "nl")
    assert imani.zone == "Europe/Amsterdam"
    assert "Imani" in browser.get(f"/groups/{cast.group_id}").text
    assert uses_left(database) == [0]


def test_the_code_may_be_typed_as_it_is_read_aloud(
    browser: Browser, cast: Cast, database: Database
) -> None:
    let_in(database, cast, code="0123ABCD")

    assert browser.post_form("/join", form(code="ol23 abcd")).status_code == 303


def test_a_form_sent_twice_makes_one_person_and_uses_one_place(
    browser: Browser, cast: Cast, database: Database
) -> None:
    let_in(database, cast, uses_left=5)
    fields = form()
    browser.post_form("/join", fields)
    browser.cookies.clear()

    again = browser.post_form("/join", fields)

    assert (again.status_code, again.headers["location"]) == (303, "/")
    assert len(people(database, "Imani")) == 1
    assert uses_left(database) == [4]
    assert "Imani" in browser.get("/more").text


def test_a_form_sent_twice_signs_in_even_when_it_used_the_last_place(
    browser: Browser, cast: Cast, database: Database
) -> None:
    let_in(database, cast)
    fields = form()
    browser.post_form("/join", fields)
    browser.cookies.clear()

    assert browser.post_form("/join", fields).status_code == 303
    assert len(people(database, "Imani")) == 1


def test_an_old_form_signs_nobody_in(
    browser: Browser, cast: Cast, database: Database, held_clock: HeldClock
) -> None:
    let_in(database, cast, uses_left=5)
    fields = form()
    browser.post_form("/join", fields)
    browser.cookies.clear()
    held_clock.moment = held_clock.moment.replace(minute=11)

    assert browser.post_form("/join", fields).status_code == 404
    assert uses_left(database) == [4]


def test_whoever_knows_the_code_and_her_id_does_not_sign_in_as_her(
    browser: Browser, cast: Cast, database: Database
) -> None:
    let_in(database, cast)
    browser.post_form("/join", form())
    (imani,) = people(database, "Imani")
    browser.cookies.clear()

    answer = browser.post_form("/join", form("Jalila", id=str(imani.id)))

    assert answer.status_code == 422
    assert "This invitation no longer works." in answer.text
    assert "set-cookie" not in answer.headers


def test_somebody_elses_id_in_the_form_makes_somebody_new(
    browser: Browser, cast: Cast, database: Database
) -> None:
    let_in(database, cast)

    browser.post_form("/join", form(id=str(cast.amina.id)))

    (imani,) = people(database, "Imani")
    assert imani.id != cast.amina.id
    assert "Imani" in browser.get("/more").text
    assert "Amina" not in browser.get("/more").text


def test_the_forms_id_is_on_no_page_after_it(
    browser: Browser, cast: Cast, database: Database
) -> None:
    let_in(database, cast)
    fields = form()

    browser.post_form("/join", fields)

    for address in ("/", "/more", "/devices", f"/groups/{cast.group_id}"):
        assert fields["id"] not in browser.get(address).text


@pytest.mark.parametrize("way_out", ["/sign-out", "/leaving"])
def test_the_form_signs_nobody_in_once_she_has_signed_out(
    browser: Browser, cast: Cast, database: Database, way_out: str
) -> None:
    let_in(database, cast, uses_left=5)
    fields = form()
    browser.post_form("/join", fields)
    browser.post_form(way_out)
    browser.cookies.clear()

    answer = browser.post_form("/join", fields)

    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers
    assert uses_left(database) == [4]


def test_signed_out_on_the_second_of_two_sign_ins_the_form_is_worth_nothing(
    browser: Browser, cast: Cast, database: Database
) -> None:
    let_in(database, cast)
    fields = form()
    for _ in range(2):
        browser.cookies.clear()
        browser.post_form("/join", fields)
    browser.post_form("/sign-out")
    browser.cookies.clear()

    assert browser.post_form("/join", fields).status_code == 404


def test_the_form_of_an_invitation_that_was_taken_back_signs_nobody_in(
    browser: Browser, cast: Cast, database: Database
) -> None:
    let_in(database, cast)
    fields = form()
    browser.post_form("/join", fields)
    with database.writing.begin() as db:
        db.execute(update(Invitation).values(revoked_at=NOW))
    browser.cookies.clear()

    answer = browser.post_form("/join", fields)

    assert answer.status_code == 422
    assert "This invitation no longer works." in answer.text
    assert "set-cookie" not in answer.headers


def test_without_a_name_nothing_is_used_up(
    browser: Browser, cast: Cast, database: Database
) -> None:
    let_in(database, cast)

    page = browser.post_form("/join", form(name=" "))

    assert page.status_code == 422
    assert "Write the name that the others shall call you." in page.text
    assert "You are invited to the group November group." in page.text
    assert uses_left(database) == [1]


@pytest.mark.parametrize("language", ["fr", "xx", ""])
def test_a_language_that_the_pilot_does_not_offer_is_refused(
    browser: Browser, cast: Cast, database: Database, language: str
) -> None:
    let_in(database, cast)

    page = browser.post_form("/join", form(language=language))

    assert page.status_code == 422
    assert "Choose one of these languages." in page.text
    assert 'value="Imani"' in page.text
    assert uses_left(database) == [1]


def test_a_facilitator_comes_in_as_a_facilitator(
    browser: Browser, cast: Cast, database: Database
) -> None:
    let_in(database, cast, role=Role.FACILITATOR)
    assert "You are invited to facilitate the group" in browser.get("/join/ABCD2345").text

    browser.post_form("/join", form())

    assert people(database, "Imani")[0].role == Role.FACILITATOR
    assert browser.get(f"/groups/{cast.group_id}/invitations").status_code == 200


def test_a_coordinator_comes_in_as_the_coordinator_of_the_pilot(
    browser: Browser, cast: Cast, database: Database
) -> None:
    let_in(database, cast, role=Role.COORDINATOR, group_id=None, pilot="gh")
    assert "this country: Ghana" in browser.get("/join/ABCD2345").text
    fields = form()

    browser.post_form("/join", fields)

    (imani,) = people(database, "Imani")
    assert (imani.role, imani.pilot, imani.zone) == (Role.COORDINATOR, "gh", "Africa/Accra")
    assert "There is no group in this pilot yet." in browser.get("/groups").text
    browser.cookies.clear()
    assert browser.post_form("/join", fields).status_code == 303
    assert len(people(database, "Imani")) == 1


def test_a_full_group_refuses_kindly(browser: Browser, cast: Cast, database: Database) -> None:
    let_in(database, cast, uses_left=30)
    for number in range(10):
        browser.cookies.clear()
        assert browser.post_form("/join", form(f"Imani {number}")).status_code == 303
    browser.cookies.clear()

    page = browser.post_form("/join", form("Jalila"))

    assert page.status_code == 422
    assert "This group is full. Ask your facilitator what you can do." in page.text
    assert "Jalila" in page.text
    assert not people(database, "Jalila")
    assert "This group is full." in browser.get("/join/ABCD2345").text
