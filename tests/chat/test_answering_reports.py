"""What waits for the facilitators, and what becomes of it."""

from datetime import timedelta

import pytest

from companion.db import Database
from tests.cast import Cast, Player
from tests.chat.conftest import Talk, item, reports
from tests.conftest import HeldClock

NOTHING = "Nothing waits for you."


@pytest.fixture
def number(talk: Talk, cast: Cast) -> int:
    return talk.say(cast.beatriz, "Jij bent dom")


def test_the_oldest_waits_on_top(
    talk: Talk, cast: Cast, number: int, held_clock: HeldClock
) -> None:
    newer = talk.say(cast.beatriz, "Nog een")
    talk.act(cast.amina, newer, "reports", reason="unkind")
    held_clock.moment += timedelta(minutes=1)
    talk.act(cast.amina, number, "reports", reason="unkind")

    care = talk.page(cast.chipo, "care")

    assert care.index("Nog een") < care.index("Jij bent dom")


def test_today_counts_what_waits_and_so_does_the_chat(
    talk: Talk, cast: Cast, number: int, database: Database
) -> None:
    assert "waits for you" not in talk.look(cast.chipo, "/")
    talk.act(cast.amina, number, "reports", reason="unkind")
    assert f'href="{talk.path}/care">1 report waits for you</a>' in talk.look(cast.chipo, "/")

    talk.act(cast.amina, talk.say(cast.beatriz, "Nog een"), "reports", reason="unkind")

    assert "2 reports wait for you" in talk.look(cast.chipo, "/")
    assert 'Look after it <b class="count">2</b>' in talk.page(cast.chipo)
    assert "wait for you" not in talk.look(cast.gita, "/")
    talk.answer(cast.chipo, reports(database)[0], "keep")
    assert "1 report waits for you" in talk.look(cast.chipo, "/")


def test_left_as_it_is_the_message_stays_and_the_copy_is_gone(
    talk: Talk, cast: Cast, number: int, database: Database
) -> None:
    talk.act(cast.amina, number, "reports", reason="unkind")

    assert talk.answer(cast.chipo, reports(database)[0], "keep") == 303

    (kept,) = reports(database)
    assert (kept.outcome, kept.closed_by_id, kept.text_sealed) == ("kept", cast.chipo.id, None)
    assert NOTHING in talk.page(cast.chipo, "care")
    assert "Jij bent dom" in item(talk.page(cast.amina), number)


def test_hidden_the_message_is_gone_from_the_group(
    talk: Talk, cast: Cast, number: int, database: Database
) -> None:
    talk.act(cast.amina, number, "reports", reason="unkind")

    assert talk.answer(cast.chipo, reports(database)[0], "hide") == 303

    assert [each.outcome for each in reports(database)] == ["hidden"]
    assert NOTHING in talk.page(cast.chipo, "care")
    assert "Hidden by a facilitator." in item(talk.page(cast.amina), number)
    assert "Jij bent dom" in talk.sheet(cast.chipo, number)


@pytest.mark.parametrize("outcome", ["", "burn"])
def test_it_has_to_be_said_what_becomes_of_it(
    talk: Talk, cast: Cast, number: int, database: Database, outcome: str
) -> None:
    talk.act(cast.amina, number, "reports", reason="unkind")

    assert talk.answer(cast.chipo, reports(database)[0], outcome) == 422
    assert [each.closed_at for each in reports(database)] == [None]
    assert "Jij bent dom" in item(talk.page(cast.amina), number)


def test_one_answer_is_for_every_report_of_it_and_a_second_changes_nothing(
    talk: Talk, cast: Cast, ines: Player, number: int, database: Database
) -> None:
    talk.act(cast.amina, number, "reports", reason="unkind")
    talk.act(cast.chipo, number, "reports", reason="worry")
    talk.answer(ines, reports(database)[0], "keep")

    assert talk.answer(cast.chipo, reports(database)[1], "keep") == 303

    assert [each.closed_by_id for each in reports(database)] == [ines.id, ines.id]
    assert NOTHING in talk.page(cast.chipo, "care")


def test_deleted_after_it_was_reported_the_facilitators_still_read_it(
    talk: Talk, cast: Cast, number: int, database: Database
) -> None:
    talk.act(cast.amina, number, "reports", reason="unkind")
    talk.act(cast.beatriz, number, "deletions")

    assert "Jij bent dom" in talk.page(cast.chipo, "care")
    assert "Jij bent dom" not in talk.page(cast.chipo) + talk.page(cast.amina)
    assert talk.answer(cast.chipo, reports(database)[0], "keep") == 303
    assert "Jij bent dom" not in talk.page(cast.chipo, "care")


@pytest.mark.parametrize("who", ["amina", "beatriz", "dewi", "gita", "edon", "hana"])
def test_only_the_groups_facilitators_answer(
    talk: Talk, cast: Cast, number: int, database: Database, who: str
) -> None:
    talk.act(cast.amina, number, "reports", reason="unkind")

    assert talk.answer(getattr(cast, who), reports(database)[0], "hide") == 404
    assert [each.closed_at for each in reports(database)] == [None]


@pytest.mark.parametrize("outcome", ["keep", "hide"])
def test_of_what_its_author_deleted_no_copy_is_kept_after_the_answer(
    talk: Talk, cast: Cast, database: Database, outcome: str
) -> None:
    number = talk.say(cast.beatriz, "Onaardig")
    talk.act(cast.amina, number, "reports", reason="unkind")
    talk.act(cast.beatriz, number, "deletions")

    talk.answer(cast.chipo, reports(database)[0], outcome)

    assert reports(database)[0].text_sealed is None
