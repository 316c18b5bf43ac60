"""Not wanting to read somebody: her own business, and undone with one tap."""

import re

import pytest

from companion.chat.models import Mute
from companion.db import Database
from companion.groups.models import Deed
from tests.cast import Cast
from tests.chat.conftest import Talk, count, item

GONE = "You have muted this person."


def test_she_reads_nothing_of_hers_any_more_and_everybody_else_does(talk: Talk, cast: Cast) -> None:
    first = talk.say(cast.beatriz, "Eén")
    talk.act(cast.amina, first, "mutes", on="yes")
    second = talk.say(cast.beatriz, "Twee")

    page = talk.page(cast.amina)

    assert all(GONE in item(page, number) for number in (first, second))
    assert "Eén" not in page
    assert "Twee" not in page
    assert "Eén" in item(talk.page(cast.chipo), first)


def test_she_comes_back_to_a_page_that_is_new(talk: Talk, cast: Cast) -> None:
    number = talk.say(cast.beatriz, "Eén")

    answer = talk.act(cast.amina, number, "mutes", on="yes")

    assert (answer.status_code, answer.headers["location"]) == (303, f"{talk.path}/chat#n{number}")


def test_she_reads_her_again(talk: Talk, cast: Cast, database: Database) -> None:
    number = talk.say(cast.beatriz, "Eén")
    assert "Do not show me what Beatriz writes" in talk.sheet(cast.amina, number)
    talk.act(cast.amina, number, "mutes", on="yes")
    assert "Read Beatriz again" in talk.sheet(cast.amina, number)

    talk.act(cast.amina, number, "mutes", on="no")

    assert "Eén" in item(talk.page(cast.amina), number)
    assert count(database, Mute) == 0


@pytest.mark.parametrize("on", ["yes", "no"])
def test_doing_it_twice_does_it_once(talk: Talk, cast: Cast, database: Database, on: str) -> None:
    number = talk.say(cast.beatriz, "Eén")

    answers = [talk.act(cast.amina, number, "mutes", on=on) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert count(database, Mute) == (1 if on == "yes" else 0)


def test_nobody_else_notices(talk: Talk, cast: Cast, database: Database) -> None:
    number = talk.say(cast.beatriz, "Eén")

    def seen() -> list[str]:
        pages = [talk.page(cast.chipo, to) for to in ("chat", f"messages/{number}", "care")]
        pages += [talk.page(cast.beatriz), talk.sheet(cast.beatriz, number)]
        return [re.sub(r'value="[0-9a-f-]{36}"|after=\d+', "", page) for page in pages]

    before = seen()
    talk.act(cast.amina, number, "mutes", on="yes")

    assert seen() == before
    assert count(database, Deed) == 0


def test_where_others_quote_her_she_is_not_read_either(talk: Talk, cast: Cast) -> None:
    first = talk.say(cast.beatriz, "Onaardig")
    talk.say(cast.chipo, "Please be kind", reply_to=str(first))

    talk.act(cast.amina, first, "mutes", on="yes")

    page = talk.page(cast.amina)
    assert "Please be kind" in page
    assert "Onaardig" not in page


def test_nor_where_she_put_others_into_another_language(talk: Talk, cast: Cast) -> None:
    first, hers = talk.say(cast.chipo, "Good morning"), talk.say(cast.beatriz, "Dag")
    talk.act(cast.beatriz, first, "translations", language="nl", translation="Onaardig")

    talk.act(cast.amina, hers, "mutes", on="yes")

    assert "Good morning" in item(talk.page(cast.amina), first)
    assert "Onaardig" not in talk.page(cast.amina)


def test_nobody_mutes_herself(talk: Talk, cast: Cast, database: Database) -> None:
    number = talk.say(cast.amina, "Me")

    assert "/mutes" not in talk.sheet(cast.amina, number)
    assert talk.act(cast.amina, number, "mutes", on="yes").status_code == 404
    assert count(database, Mute) == 0
