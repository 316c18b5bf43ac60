"""A coordinator starts a group."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from companion.db import Database, new_id
from companion.groups.forms import month
from companion.groups.models import Group, Membership
from companion.people.models import Role
from tests.cast import Cast, _player
from tests.conftest import Browser


def fields(cast: Cast, **changed: Any) -> dict[str, Any]:
    return {
        "id": str(new_id()),
        "name": "Spring group",
        "site": str(cast.site_id),
        "programme": "pregnancy-nl",
        "due_month": "2027-05",
        "languages": ["nl", "ar"],
        "capacity": "10",
        "facilitators": [str(cast.chipo.id), str(cast.gita.id)],
        **changed,
    }


def spring_groups(database: Database) -> list[Group]:
    with database.reading() as db:
        return list(db.scalars(select(Group).where(Group.name == "Spring group")))


def test_the_form_offers_what_the_pilot_has(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.edon.token)

    page = browser.get("/groups/new").text

    for offered in ("Health centre Latour", "Pregnancy group", "Nederlands", "Chipo", "Gita"):
        assert offered in page
    assert 'name="capacity" type="text" value="12"' in page
    assert "Amina" not in page


def test_the_group_starts_with_its_facilitators_and_goes_on_to_its_plan(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.edon.token)

    answer = browser.post_form("/groups", fields(cast))

    (group,) = spring_groups(database)
    assert answer.headers["location"] == f"/groups/{group.id}/plan"
    assert (group.due_month, group.languages, group.capacity) == (
        date(2027, 5, 1), ["nl", "ar"], 10,
    )  # fmt: skip
    with database.reading() as db:
        members = db.scalars(select(Membership).where(Membership.group_id == group.id)).all()
    assert {(each.person_id, each.role) for each in members} == {
        (cast.chipo.id, "facilitator"), (cast.gita.id, "facilitator"),
    }  # fmt: skip


def test_sent_twice_it_is_one_group(browser: Browser, cast: Cast, database: Database) -> None:
    browser.sign_in(cast.edon.token)
    sent = fields(cast)

    answers = [browser.post_form("/groups", sent) for _ in range(2)]

    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert len(spring_groups(database)) == 1


@pytest.mark.parametrize(
    "changed",
    [{"capacity": "11"}, {"due_month": "2027-06"}, {"languages": ["nl"]}, {"facilitators": []}],
    ids=str,
)
def test_the_same_form_with_something_else_in_it_is_refused_and_kept(
    browser: Browser, cast: Cast, database: Database, changed: dict[str, Any]
) -> None:
    browser.sign_in(cast.edon.token)
    sent = fields(cast)
    browser.post_form("/groups", sent)

    page = browser.post_form("/groups", sent | changed)

    assert page.status_code == 422
    assert "This was saved before, with something else in it." in page.text
    assert 'value="Spring group"' in page.text
    assert sent["id"] not in page.text
    (group,) = spring_groups(database)
    assert (group.capacity, group.languages) == (10, ["nl", "ar"])


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Write a name for the group."),
        ({"name": "x" * 81}, "Write at most 80 characters."),
        ({"site": "elsewhere"}, "Choose where the group meets."),
        ({"programme": "centering-pregnancy"}, "Choose the programme of the group."),
        ({"due_month": ""}, "Write the month and the year, like 03/2027."),
        ({"due_month": "13/2027"}, "Write the month and the year, like 03/2027."),
        ({"due_month": "2072-03"}, "Look at the year again"),
        ({"capacity": "0"}, "Write a number from 2 to 40."),
        ({"capacity": "10,5"}, "Write a number from 2 to 40."),
        ({"capacity": "many"}, "Write a number from 2 to 40."),
        ({"languages": []}, "Choose at least one language."),
        ({"languages": ["en-XA"]}, "Choose at least one language."),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_is_kept(
    browser: Browser, cast: Cast, database: Database, changed: dict[str, Any], sentence: str
) -> None:
    browser.sign_in(cast.edon.token)

    page = browser.post_form("/groups", fields(cast, **changed))

    assert page.status_code == 422
    assert sentence in page.text
    assert f'value="{cast.chipo.id}" checked' in page.text
    assert not spring_groups(database)


def test_three_facilitators_are_too_many(browser: Browser, cast: Cast, database: Database) -> None:
    with database.writing.begin() as db:
        third = _player(db, "Inez", Role.FACILITATOR)
    browser.sign_in(cast.edon.token)
    chosen = [str(each.id) for each in (cast.chipo, cast.gita, third)]

    page = browser.post_form("/groups", fields(cast, facilitators=chosen))

    assert "Choose at most two facilitators." in page.text


def test_a_participant_cannot_be_made_a_facilitator(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.edon.token)

    browser.post_form("/groups", fields(cast, facilitators=[str(cast.amina.id)]))

    (group,) = spring_groups(database)
    with database.reading() as db:
        assert not db.scalar(select(Membership).where(Membership.group_id == group.id))


def test_a_diabetes_group_needs_no_month(browser: Browser, cast: Cast, database: Database) -> None:
    browser.sign_in(cast.edon.token)

    browser.post_form("/groups", fields(cast, programme="diabetes", due_month=""))

    assert spring_groups(database)[0].due_month == date(2026, 11, 1)


@pytest.mark.parametrize("typed", ["2027-03", "03/2027", "3.2027", "3 2027", " ٠٣/٢٠٢٧ "])
def test_a_month_is_read_however_it_is_written(typed: str) -> None:
    assert month(typed) == date(2027, 3, 1)


def test_only_coordinators_start_groups(browser: Browser, cast: Cast) -> None:
    for player in (cast.amina, cast.femi, cast.chipo):
        browser.sign_in(player.token)

        assert browser.get("/groups/new").status_code == 404
        assert browser.post_form("/groups", fields(cast)).status_code == 404
