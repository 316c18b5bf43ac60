"""Telling the facilitators that a message is not right."""

import re

import pytest

from companion.chat.reports import REASONS
from companion.db import Database
from companion.groups.models import Deed
from tests.cast import Cast
from tests.chat.conftest import Talk, count, reports


@pytest.fixture
def number(talk: Talk, cast: Cast) -> int:
    return talk.say(cast.beatriz, "Jij bent dom")


@pytest.mark.parametrize("reason", REASONS)
def test_the_facilitators_read_what_and_why_and_from_whom(
    talk: Talk, cast: Cast, number: int, reason: str
) -> None:
    sent = talk.act(cast.amina, number, "reports", reason=reason, more="It hurt me")

    assert (sent.status_code, sent.headers["location"]) == (303, f"{talk.path}/chat#n{number}")
    care = talk.page(cast.chipo, "care")
    assert f"<b>{REASONS[reason].message}</b>" in care
    assert "from Amina" in care
    assert "It hurt me" in care
    assert "Jij bent dom" in care
    assert "<bdi>Beatriz</bdi>" in care
    assert f'href="{talk.path}/messages/{number}"' in care


def test_what_is_told_is_kept_sealed(
    talk: Talk, cast: Cast, number: int, database: Database
) -> None:
    talk.act(cast.amina, number, "reports", reason="other", more="It hurt me")

    (kept,) = reports(database)

    assert kept.more_sealed
    assert b"hurt" not in kept.more_sealed
    assert kept.text_sealed
    assert b"dom" not in kept.text_sealed


@pytest.mark.parametrize("reason", ["", "spam"])
def test_a_reason_is_needed(
    talk: Talk, cast: Cast, number: int, database: Database, reason: str
) -> None:
    sent = talk.act(cast.amina, number, "reports", reason=reason, more="It hurt me")

    assert sent.status_code == 422
    assert '<p class="wrong" id="wrong-reason">Choose what is not right.</p>' in sent.text
    assert "<details open><summary>Something is not right" in sent.text
    assert "It hurt me</textarea>" in sent.text
    assert not reports(database)


def test_a_long_story_is_refused_and_still_there(
    talk: Talk, cast: Cast, number: int, database: Database
) -> None:
    sent = talk.act(cast.amina, number, "reports", reason="private", more="é" * 501)

    assert sent.status_code == 422
    assert '<p class="wrong" id="wrong-more">Write at most 500 characters.</p>' in sent.text
    assert f"{'é' * 501}</textarea>" in sent.text
    assert 'value="private" checked' in sent.text
    assert not reports(database)


def test_whoever_wrote_it_learns_nothing_of_it(talk: Talk, cast: Cast, number: int) -> None:
    def seen() -> str:
        pages = talk.page(cast.beatriz) + talk.sheet(cast.beatriz, number)
        pages += talk.look(cast.beatriz, "/")
        return re.sub(r'value="[0-9a-f-]{36}"|after=\d+', "", pages)

    before = seen()
    talk.act(cast.amina, number, "reports", reason="unkind", more="It hurt me")

    assert seen() == before
    assert talk.get(cast.beatriz, "care").status_code == 404


def test_she_is_told_that_she_has_reported_it(talk: Talk, cast: Cast, number: int) -> None:
    assert "/reports" in talk.sheet(cast.amina, number)

    talk.act(cast.amina, number, "reports", reason="unkind")

    assert "You have reported this message." in talk.sheet(cast.amina, number)
    assert "/reports" not in talk.sheet(cast.amina, number)


def test_reported_twice_by_the_same_person_it_is_one_report(
    talk: Talk, cast: Cast, number: int, database: Database
) -> None:
    for reason in ("unkind", "private"):
        assert talk.act(cast.amina, number, "reports", reason=reason).status_code == 303

    assert [each.reason for each in reports(database)] == ["unkind"]
    assert count(database, Deed) == 1


def test_ones_own_and_what_is_deleted_cannot_be_reported(
    talk: Talk, cast: Cast, number: int, database: Database
) -> None:
    assert talk.act(cast.beatriz, number, "reports", reason="unkind").status_code == 404
    talk.act(cast.beatriz, number, "deletions")
    assert talk.act(cast.amina, number, "reports", reason="unkind").status_code == 404
    assert not reports(database)


def test_whoever_reported_it_and_left_companion_is_not_named(
    talk: Talk, cast: Cast, number: int
) -> None:
    talk.act(cast.amina, number, "reports", reason="unkind", more="It hurt me")
    talk.browser.post_form("/leaving")

    care = talk.page(cast.chipo, "care")

    assert "It hurt me" in care
    assert "Amina" not in care


@pytest.mark.parametrize("outcome", ["keep", "hide"])
def test_who_told_sees_that_it_was_looked_at(
    talk: Talk, cast: Cast, number: int, database: Database, outcome: str
) -> None:
    talk.act(cast.amina, number, "reports", reason="unkind")
    assert "The facilitators look at it." in talk.sheet(cast.amina, number)

    talk.answer(cast.chipo, reports(database)[0], outcome)

    seen = talk.sheet(cast.amina, number)
    assert "The facilitators look at it." not in seen
    assert ("The facilitators have looked at it." in seen) is (outcome == "keep")
