"""What somebody does who is paused: reads along, takes back, reports, and no more."""

import re

import pytest

from companion.db import Database, new_id
from tests.cast import Cast, Player
from tests.chat.conftest import HTMX, Talk, messages

SENTENCE = "You are reading along for a while. You can write again later."


@pytest.fixture
def paused(talk: Talk, cast: Cast) -> Talk:
    """Amina is paused for an hour; she has written message 1, Chipo message 2."""
    number = talk.say(cast.amina, "You are all wrong")
    talk.say(cast.chipo, "Let us take a breath")
    assert talk.act(cast.chipo, number, "pauses", pause="hour").status_code == 303
    return talk


def test_she_reads_along(paused: Talk, cast: Cast) -> None:
    paused.say(cast.beatriz, "Goed zo")

    page = paused.page(cast.amina)

    assert "Goed zo" in page
    assert "<textarea" not in page


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("reactions", {"sign": "heart"}),
        ("translations", {"language": "nl", "translation": "Rustig"}),
        ("parkings", {}),
    ],
)
def test_she_does_nothing_that_the_others_would_see(
    paused: Talk, cast: Cast, what: str, fields: dict[str, str]
) -> None:
    assert f"/{what}" not in paused.sheet(cast.amina, 2)

    answer = paused.act(cast.amina, 2, what, **fields)

    assert answer.status_code == 422
    assert SENTENCE in answer.text
    assert paused.act(cast.beatriz, 2, what, **fields).status_code == 303


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["a page", "with scripts"])
def test_what_she_was_writing_is_not_said_and_not_lost(
    paused: Talk, cast: Cast, database: Database, headers: dict[str, str]
) -> None:
    sent = {"id": str(new_id()), "text": "Another thing"}

    answer = paused.post(cast.amina, "messages", sent, headers=headers)

    assert answer.status_code == 422
    assert SENTENCE in answer.text
    assert "Another thing" in answer.text
    assert len(messages(database)) == 2


def test_she_may_still_take_back_and_report(paused: Talk, cast: Cast, ines: Player) -> None:
    assert paused.act(cast.amina, 1, "deletions").status_code == 303
    assert paused.act(cast.amina, 2, "reports", reason="unkind").status_code == 303


def test_nobody_else_sees_that_she_is_paused(talk: Talk, cast: Cast) -> None:
    number = talk.say(cast.amina, "You are all wrong")

    def seen() -> str:
        pages = talk.page(cast.beatriz) + talk.sheet(cast.beatriz, number)
        return re.sub(r'value="[0-9a-f-]{36}"|after=\d+', "", pages)

    before = seen()
    talk.act(cast.chipo, number, "pauses", pause="day")

    assert seen() == before
