"""A facilitator's message is reported: to the others, and never to her."""

import re

import pytest

from companion.chat.models import Report
from companion.db import Database
from tests.cast import Cast, Player
from tests.chat.conftest import Talk, count, reports

NOBODY = "Nobody else looks after this group. Tell somebody on the page Who to call."


@pytest.fixture
def number(talk: Talk, cast: Cast, ines: Player) -> int:
    """Chipo says something; Ines facilitates too."""
    return talk.say(cast.chipo, "Stop whining")


def seen_by(talk: Talk, player: Player, number: int) -> str:
    """Everything that Companion shows a facilitator, but for what changes with every look."""
    pages = [talk.page(player, to) for to in ("chat", "care", f"messages/{number}")]
    pages.append(talk.browser.get("/").text)
    return re.sub(r'value="[0-9a-f-]{36}"|after=\d+', "", "".join(pages))


def test_she_never_sees_it_and_the_others_do(
    talk: Talk, cast: Cast, ines: Player, number: int
) -> None:
    before = seen_by(talk, cast.chipo, number)

    talk.act(cast.amina, number, "reports", reason="unkind", more="It hurt me")

    assert seen_by(talk, cast.chipo, number) == before
    theirs = seen_by(talk, ines, number)
    assert "It hurt me" in theirs
    assert "1 report waits for you" in theirs
    assert "Amina reported a message of Chipo." in theirs


@pytest.mark.parametrize("outcome", ["hide", "keep"])
def test_she_does_not_answer_it(
    talk: Talk, cast: Cast, number: int, database: Database, outcome: str
) -> None:
    talk.act(cast.amina, number, "reports", reason="unkind")
    (report,) = reports(database)

    assert talk.answer(cast.chipo, report, outcome) == 404
    assert [each.closed_at for each in reports(database)] == [None]


def test_answered_by_another_she_does_not_learn_that_it_was_reported(
    talk: Talk, cast: Cast, ines: Player, number: int, database: Database
) -> None:
    before = seen_by(talk, cast.chipo, number)
    talk.act(cast.amina, number, "reports", reason="unkind")
    (report,) = reports(database)

    assert talk.answer(ines, report, "keep") == 303
    assert seen_by(talk, cast.chipo, number) == before
    assert "Ines answered the report about a message of Chipo." in talk.page(ines, "care")


@pytest.mark.parametrize("who", ["amina", "chipo"])
def test_where_nobody_else_looks_after_the_group_she_is_told_so(
    talk: Talk, cast: Cast, database: Database, who: str
) -> None:
    number = talk.say(cast.chipo if who == "amina" else cast.beatriz, "Stop")

    sent = talk.act(getattr(cast, who), number, "reports", reason="unkind", more="It hurt me")

    assert sent.status_code == 422
    assert NOBODY in sent.text
    assert 'href="/call"' in sent.text
    assert "It hurt me</textarea>" in sent.text
    assert count(database, Report) == 0


def test_hiding_her_own_message_answers_no_report_of_it(
    talk: Talk, cast: Cast, ines: Player, number: int, database: Database
) -> None:
    talk.act(cast.amina, number, "reports", reason="unkind")

    talk.act(cast.chipo, number, "hidings")

    assert [report.closed_at for report in reports(database)] == [None]
    assert "Stop whining" in talk.page(ines, "care")


def test_what_another_hid_of_hers_she_neither_reads_about_nor_brings_back(
    talk: Talk, cast: Cast, ines: Player, number: int
) -> None:
    talk.act(ines, number, "hidings", why="Amina was hurt")

    seen = talk.sheet(cast.chipo, number)

    assert "Amina was hurt" not in seen
    assert "Ines" not in seen
    assert talk.act(cast.chipo, number, "showings").status_code == 404
    assert talk.act(ines, number, "showings").status_code == 303
