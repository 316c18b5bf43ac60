"""What was done in the conversation and about whom: for its facilitators to look back on."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from companion.db import Database
from companion.groups.models import Deed
from tests.cast import Cast, Player
from tests.chat.conftest import Talk, count
from tests.conftest import HeldClock
from tests.groups.invitations import membership


def log(talk: Talk, player: Player) -> list[str]:
    """The sentences under "What was done", the newest first, with their reason."""
    rows = talk.page(player, "care").partition("<h2>What was done</h2>")[2]
    return re.findall(r"<li>(.+?)<small>", rows)


@pytest.fixture
def number(talk: Talk, cast: Cast) -> int:
    return talk.say(cast.beatriz, "Onaardig")


@pytest.mark.parametrize(
    ("what", "fields", "sentence"),
    [
        ("hidings", {"why": "Un<kind>"}, "hid a message of Beatriz. <bdi>Un&lt;kind&gt;</bdi>"),
        (
            "pauses",
            {"pause": "day", "pause_why": "Calm"},
            "let Beatriz read along for a while. <bdi>Calm</bdi>",
        ),
        ("reports", {"reason": "unkind"}, "reported a message of Beatriz."),
    ],
)
def test_what_is_done_about_a_message_is_written_down(
    talk: Talk,
    cast: Cast,
    ines: Player,
    number: int,
    what: str,
    fields: dict[str, str],
    sentence: str,
) -> None:
    assert log(talk, ines) == []

    talk.act(cast.chipo, number, what, **fields)

    assert log(talk, ines) == log(talk, cast.chipo) == [f"Chipo {sentence}"]
    care = talk.page(ines, "care")
    assert "Sunday 22 November, 11:00" in care
    assert f'<a href="{talk.path}/messages/{number}">Open the message</a>' in care


def test_what_undoes_it_is_written_down_too_the_newest_first(
    talk: Talk, cast: Cast, number: int, held_clock: HeldClock, database: Database
) -> None:
    beatriz = membership(database, cast, cast.beatriz)
    assert beatriz
    for to, fields in (
        (f"messages/{number}/hidings", {}),
        (f"messages/{number}/showings", {}),
        (f"messages/{number}/pauses", {"pause": "day"}),
        (f"pauses/{beatriz.id}/ends", {}),
        ("goodbyes", {"membership": str(beatriz.id)}),
    ):
        held_clock.moment += timedelta(minutes=1)
        assert talk.post(cast.chipo, to, fields).status_code == 303

    assert log(talk, cast.chipo) == [
        "Chipo said goodbye to Beatriz.",
        "Chipo let Beatriz write again.",
        "Chipo let Beatriz read along for a while.",
        "Chipo showed a message of Beatriz again.",
        "Chipo hid a message of Beatriz.",
    ]


def test_announcements_are_written_down(
    talk: Talk, cast: Cast, ines: Player, held_clock: HeldClock
) -> None:
    number = talk.say(cast.chipo, "Room 2")
    for on in ("yes", "no"):
        held_clock.moment += timedelta(minutes=1)
        talk.act(ines, number, "pins", on=on)

    assert log(talk, ines) == ["Ines unpinned a message.", "Ines pinned a message."]


def test_an_answer_is_written_down(talk: Talk, cast: Cast, ines: Player, number: int) -> None:
    talk.act(cast.amina, number, "reports", reason="unkind")
    found = re.search(r'"(/reports/[0-9a-f-]+/outcomes)"', talk.page(ines, "care"))
    assert found

    talk.browser.post_form(found.group(1), {"outcome": "keep"})

    assert set(log(talk, cast.chipo)) == {
        "Ines answered the report about a message of Beatriz.",
        "Amina reported a message of Beatriz.",
    }


def test_she_does_not_read_what_was_done_about_herself(
    talk: Talk, cast: Cast, ines: Player
) -> None:
    number = talk.say(cast.chipo, "Stop whining")
    talk.act(ines, number, "hidings", why="Unkind")

    assert log(talk, cast.chipo) == []
    assert log(talk, ines) == ["Ines hid a message of Chipo. <bdi>Unkind</bdi>"]


def test_muting_and_what_members_do_with_their_own_is_nobodys_business(
    talk: Talk, cast: Cast, number: int, database: Database
) -> None:
    own = talk.say(cast.amina, "Mine")
    talk.act(cast.amina, number, "mutes", on="yes")
    talk.act(cast.amina, number, "reactions", sign="hug")
    talk.act(cast.amina, number, "parkings")
    talk.act(cast.amina, own, "deletions")

    assert log(talk, cast.chipo) == []
    assert count(database, Deed) == 0


def test_whoever_left_companion_is_named_no_more(talk: Talk, cast: Cast, number: int) -> None:
    talk.act(cast.chipo, number, "hidings")
    talk.browser.sign_in(cast.beatriz.token)
    talk.browser.post_form("/leaving")

    assert log(talk, cast.chipo) == ["Chipo hid a message of Somebody."]


def test_the_reason_is_kept_sealed(talk: Talk, cast: Cast, number: int, database: Database) -> None:
    talk.act(cast.chipo, number, "hidings", why="Unkind")

    with database.reading() as db:
        (kept,) = db.scalars(select(Deed)).all()
    assert kept.why == "Unkind"
    assert kept.why_sealed
    assert b"Unkind" not in kept.why_sealed


def test_the_log_can_be_read_to_its_beginning(
    talk: Talk, cast: Cast, number: int, held_clock: HeldClock
) -> None:
    for what in ("hidings", *["showings", "hidings"] * 20):
        held_clock.moment += timedelta(minutes=1)
        talk.act(cast.chipo, number, what)
    page = talk.page(cast.chipo, "care")
    assert len(re.findall("message of Beatriz", page)) == 30

    older = re.findall(r'/(care[?]before=[0-9a-f-]+)"', page)

    rest = talk.page(cast.chipo, older[0])
    assert len(re.findall("message of Beatriz", rest)) == 11
    assert "care?before" not in rest
    assert "What was done" in talk.page(cast.chipo, "care?before=made-up")
