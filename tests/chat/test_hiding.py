"""Hiding a message from the group; what it said stays with the facilitators."""

import pytest

from companion.db import Database
from companion.groups.models import Deed
from tests.cast import Cast, Player
from tests.chat.conftest import HTMX, Talk, count, item, messages, reports
from tests.conftest import HeldClock


@pytest.fixture
def number(talk: Talk, cast: Cast) -> int:
    return talk.say(cast.amina, "Take these pills")


def test_the_group_reads_it_no_more(talk: Talk, cast: Cast, number: int) -> None:
    answer = talk.act(cast.chipo, number, "hidings", why="Dangerous advice")

    assert (answer.status_code, answer.headers["location"]) == (303, f"{talk.path}/chat#n{number}")
    for player in (cast.amina, cast.beatriz):
        page = talk.page(player) + talk.sheet(player, number)
        assert "pills" not in page
        assert "Dangerous" not in page
    assert "Hidden by a facilitator." in item(talk.page(cast.amina), number)
    assert "pills" not in talk.page(cast.chipo)


def test_facilitators_read_what_it_said_and_who_hid_it_and_why(
    talk: Talk, cast: Cast, ines: Player, number: int, database: Database
) -> None:
    talk.act(cast.chipo, number, "hidings", why="Dangerous advice")

    for player in (cast.chipo, ines):
        sheet = talk.sheet(player, number)
        assert "Take these pills" in sheet
        assert "Chipo hid this on Sunday 22 November, 11:00." in sheet
        assert "<bdi>Dangerous advice</bdi>" in sheet
    kept = messages(database)[0].hidden_why_sealed
    assert kept
    assert b"Dangerous" not in kept


def test_why_need_not_be_said(talk: Talk, cast: Cast, number: int) -> None:
    assert talk.act(cast.chipo, number, "hidings").status_code == 303

    assert "Chipo hid this on" in talk.sheet(cast.chipo, number)


def test_with_scripts_the_trace_comes_back(talk: Talk, cast: Cast, number: int) -> None:
    part = talk.post(cast.chipo, f"messages/{number}/hidings", headers=HTMX).text

    assert "Hidden by a facilitator." in item(part, number)
    assert "pills" not in part


def test_it_is_shown_again(talk: Talk, cast: Cast, number: int, database: Database) -> None:
    talk.act(cast.beatriz, number, "reactions", sign="hug")
    talk.act(cast.chipo, number, "hidings", why="Dangerous advice")
    assert "Show it to the group again" in talk.sheet(cast.chipo, number)

    answer = talk.act(cast.chipo, number, "showings")

    assert answer.status_code == 303
    said = item(talk.page(cast.amina), number)
    assert "Take these pills" in said
    assert 'aria-label="Hug"' in said
    assert messages(database)[0].hidden_why_sealed is None


def test_hidden_again_by_another_it_stays_as_it_was(
    talk: Talk, cast: Cast, ines: Player, number: int, held_clock: HeldClock, database: Database
) -> None:
    talk.act(cast.chipo, number, "hidings", why="Dangerous advice")
    held_clock.moment = held_clock.moment.replace(hour=12)

    assert talk.act(ines, number, "hidings", why="Something else").status_code == 303

    assert "Chipo hid this on Sunday 22 November, 11:00." in talk.sheet(ines, number)
    assert count(database, Deed) == 1


def test_shown_though_it_was_not_hidden_it_stays_as_it_was(
    talk: Talk, cast: Cast, number: int, database: Database
) -> None:
    assert talk.act(cast.chipo, number, "showings").status_code == 303
    assert "Take these pills" in item(talk.page(cast.amina), number)
    assert count(database, Deed) == 0


def test_a_long_reason_is_refused_and_still_there(
    talk: Talk, cast: Cast, number: int, database: Database
) -> None:
    answer = talk.act(cast.chipo, number, "hidings", why="é" * 501)

    assert answer.status_code == 422
    assert '<p class="wrong" id="wrong-why">Write at most 500 characters.</p>' in answer.text
    assert f'value="{"é" * 501}"' in answer.text
    assert "<details open><summary>Hide it from the group" in answer.text
    assert messages(database)[0].hidden_at is None


@pytest.mark.parametrize("who", ["amina", "beatriz", "femi", "dewi", "gita", "edon", "hana"])
@pytest.mark.parametrize("what", ["hidings", "showings"])
def test_only_the_groups_facilitators_hide_and_show(
    talk: Talk, cast: Cast, number: int, database: Database, who: str, what: str
) -> None:
    if what == "showings":
        talk.act(cast.chipo, number, "hidings")
    before = messages(database)[0].hidden_at

    assert talk.act(getattr(cast, who), number, what).status_code == 404
    assert messages(database)[0].hidden_at == before


def test_there_is_nothing_to_hide_of_what_was_deleted(
    talk: Talk, cast: Cast, number: int, database: Database
) -> None:
    talk.act(cast.amina, number, "deletions")

    assert talk.act(cast.chipo, number, "hidings").status_code == 303
    assert "Deleted by its author." in item(talk.page(cast.amina), number)
    assert count(database, Deed) == 0


def test_hiding_it_answers_who_reported_it(talk: Talk, cast: Cast, database: Database) -> None:
    number = talk.say(cast.beatriz, "Onaardig")
    talk.act(cast.amina, number, "reports", reason="unkind")

    talk.act(cast.chipo, number, "hidings", why="Unkind")

    assert [report.outcome for report in reports(database)] == ["hidden"]
    assert "Nothing waits for you." in talk.page(cast.chipo, "care")
