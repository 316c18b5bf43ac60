"""Leaving a group, and being said goodbye to."""

from uuid import UUID

import pytest

from companion.db import Database
from companion.groups.models import Membership
from companion.people import actions as people
from tests.cast import Cast, Player
from tests.conftest import Browser
from tests.groups.invitations import membership


def membership_id(database: Database, cast: Cast, player: Player) -> UUID:
    found = membership(database, cast, player)
    assert found
    return found.id


def has_left(database: Database, cast: Cast, player: Player) -> bool:
    found = membership(database, cast, player)
    assert found
    return found.left_at is not None


def test_leaving_says_what_it_means_and_ends_with_warm_words(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.beatriz.token)
    assert f'value="{membership_id(database, cast, cast.beatriz)}"' in browser.get(
        f"/groups/{cast.group_id}/leaving"
    ).text  # fmt: skip

    answer = browser.post_form(f"/groups/{cast.group_id}/leaving")

    assert answer.headers["location"] == "/goodbye"
    assert browser.get("/goodbye").status_code == 200
    assert has_left(database, cast, cast.beatriz)
    assert browser.get(f"/groups/{cast.group_id}").status_code == 404


def test_the_form_sent_twice_says_goodbye_twice_and_not_that_nothing_is_there(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.beatriz.token)
    sent = {"id": str(membership_id(database, cast, cast.beatriz))}

    answers = [browser.post_form(f"/groups/{cast.group_id}/leaving", sent) for _ in range(2)]

    assert [answer.headers["location"] for answer in answers] == ["/goodbye", "/goodbye"]


def test_whoever_stands_beside_her_leaves_with_her(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.amina.token)

    browser.post_form(f"/groups/{cast.group_id}/leaving")

    assert has_left(database, cast, cast.femi)
    assert not has_left(database, cast, cast.beatriz)
    browser.sign_in(cast.femi.token)
    assert browser.get(f"/groups/{cast.group_id}").status_code == 404


def test_whoever_stands_beside_her_also_goes_when_she_leaves_companion(
    browser: Browser, cast: Cast, database: Database
) -> None:
    with database.writing.begin() as db:
        people.leave(db, cast.amina.reader)
    browser.sign_in(cast.femi.token)

    assert browser.get(f"/groups/{cast.group_id}").status_code == 404
    browser.sign_in(cast.chipo.token)
    page = browser.get(f"/groups/{cast.group_id}").text
    assert "Amina" not in page
    assert "Femi" not in page


def test_who_went_with_her_is_not_said_goodbye_to_by_name(
    browser: Browser, cast: Cast, database: Database
) -> None:
    his = membership_id(database, cast, cast.femi)
    with database.writing.begin() as db:
        people.leave(db, cast.amina.reader)
    browser.sign_in(cast.chipo.token)

    assert browser.get(f"/groups/{cast.group_id}/goodbyes/{his}").status_code == 404
    answer = browser.post_form(f"/groups/{cast.group_id}/goodbyes", {"membership": str(his)})
    assert answer.headers["location"] == f"/groups/{cast.group_id}"


def test_who_went_with_her_and_leaves_all_the_same_is_thanked(
    browser: Browser, cast: Cast, database: Database
) -> None:
    his = membership_id(database, cast, cast.femi)
    with database.writing.begin() as db:
        people.leave(db, cast.amina.reader)
    browser.sign_in(cast.femi.token)

    answer = browser.post_form(f"/groups/{cast.group_id}/leaving", {"id": str(his)})

    assert answer.headers["location"] == "/goodbye"


def test_the_form_she_has_open_still_answers_after_she_was_said_goodbye_to(
    browser: Browser, cast: Cast, database: Database
) -> None:
    hers = membership_id(database, cast, cast.beatriz)
    browser.sign_in(cast.chipo.token)
    browser.post_form(f"/groups/{cast.group_id}/goodbyes", {"membership": str(hers)})
    browser.sign_in(cast.beatriz.token)

    answer = browser.post_form(f"/groups/{cast.group_id}/leaving", {"id": str(hers)})

    assert answer.headers["location"] == "/goodbye"


def test_a_partner_leaves_alone(browser: Browser, cast: Cast, database: Database) -> None:
    browser.sign_in(cast.femi.token)

    browser.post_form(f"/groups/{cast.group_id}/leaving")

    assert has_left(database, cast, cast.femi)
    assert not has_left(database, cast, cast.amina)


@pytest.mark.parametrize("who", ["dewi", "gita", "hana", "edon"])
def test_whoever_is_not_in_the_group_cannot_leave_it(
    browser: Browser, cast: Cast, who: str
) -> None:
    browser.sign_in(getattr(cast, who).token)

    assert browser.post_form(f"/groups/{cast.group_id}/leaving").status_code == 404


def test_a_facilitator_is_asked_first_and_then_says_goodbye(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.chipo.token)
    hers = membership_id(database, cast, cast.amina)
    asked = browser.get(f"/groups/{cast.group_id}/goodbyes/{hers}")
    assert "Say goodbye to Amina?" in asked.text

    for _ in range(2):
        answer = browser.post_form(f"/groups/{cast.group_id}/goodbyes", {"membership": str(hers)})
        assert answer.headers["location"] == f"/groups/{cast.group_id}"

    assert has_left(database, cast, cast.amina)
    assert has_left(database, cast, cast.femi)
    assert browser.get(f"/groups/{cast.group_id}/goodbyes/{hers}").status_code == 404
    browser.sign_in(cast.amina.token)
    assert browser.get(f"/groups/{cast.group_id}").status_code == 404


@pytest.mark.parametrize("who", ["amina", "femi", "dewi", "gita", "hana", "edon"])
def test_nobody_else_says_goodbye_to_anybody(
    browser: Browser, cast: Cast, database: Database, who: str
) -> None:
    hers = membership_id(database, cast, cast.beatriz)
    browser.sign_in(getattr(cast, who).token)

    answer = browser.post_form(f"/groups/{cast.group_id}/goodbyes", {"membership": str(hers)})

    assert answer.status_code == 404
    assert browser.get(f"/groups/{cast.group_id}/goodbyes/{hers}").status_code == 404
    assert not has_left(database, cast, cast.beatriz)


def test_a_facilitator_is_not_said_goodbye_to_nor_anybody_of_another_group(
    browser: Browser, cast: Cast, database: Database
) -> None:
    with database.reading() as db:
        elsewhere = db.scalars(
            Membership.__table__.select()
            .with_only_columns(Membership.id)
            .where(Membership.group_id == cast.other_group_id)
        ).all()
    browser.sign_in(cast.chipo.token)

    for each in (membership_id(database, cast, cast.chipo), *elsewhere):
        answer = browser.post_form(f"/groups/{cast.group_id}/goodbyes", {"membership": str(each)})
        assert answer.status_code == 404
