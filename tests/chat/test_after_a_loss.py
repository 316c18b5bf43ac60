"""After a loss nothing in the conversation asks to be read; it is there when she wants it."""

import pytest

from companion.db import Database
from tests.cast import Cast, Player
from tests.chat.conftest import Talk, agree, form_ids, item
from tests.sessions.conftest import end_journey

QUIETLY = "You need not read it. It is here when you want it"


@pytest.fixture
def lost(talk: Talk, cast: Cast, database: Database) -> Talk:
    """Chipo and Beatriz have written; Amina's journey has ended."""
    talk.say(cast.chipo, "Mine kicks at night")
    talk.say(cast.beatriz, "De mijne ook")
    end_journey(database, cast)
    return talk


def test_nothing_asks_to_be_read(lost: Talk, cast: Cast) -> None:
    assert lost.bar(cast.amina) == "Chat"
    assert "new message" not in lost.look(cast.amina, "/")
    lost.say(cast.beatriz, "Nog iets")
    assert lost.bar(cast.amina) == "Chat"


def test_the_others_are_asked_as_before(lost: Talk, cast: Cast) -> None:
    lost.say(cast.beatriz, "Nog iets")

    assert "2 new messages" in lost.look(cast.chipo, "/")
    assert "Nog iets" in lost.page(cast.chipo)


def test_the_page_opens_quietly_first(lost: Talk, cast: Cast) -> None:
    page = lost.page(cast.amina)

    assert QUIETLY in page
    assert "kicks" not in page
    assert f'href="{lost.path}/chat?show=yes#here"' in page


def test_when_she_asks_for_it_she_reads_and_writes(lost: Talk, cast: Cast) -> None:
    page = lost.page(cast.amina, "chat?show=yes")

    assert "Mine kicks at night" in page
    assert QUIETLY not in page
    assert form_ids(page)


def test_opening_it_quietly_is_not_having_read_it(
    lost: Talk, cast: Cast, database: Database
) -> None:
    lost.page(cast.amina)
    lost.browser.sign_in(cast.amina.token)
    lost.browser.post_form("/journey/returns")

    assert "2 new messages" in lost.look(cast.amina, "/")


def test_what_she_says_is_what_she_then_sees(lost: Talk, cast: Cast) -> None:
    lost.browser.sign_in(cast.amina.token)

    answer = lost.browser.post(f"{lost.path}/messages", data={"text": "I am still here"})

    assert answer.status_code == 200
    assert "I am still here" in item(answer.text, 3)


def test_who_reads_on_from_the_open_conversation_stays_in_it(lost: Talk, cast: Cast) -> None:
    assert "Mine kicks at night" in lost.page(cast.amina, "chat?reply=1")
    assert "Mine kicks at night" in lost.page(cast.amina, "chat?before=2")


@pytest.mark.parametrize("is_wished", [False, True], ids=["alone", "with who stands beside her"])
def test_who_stands_beside_her_is_spared_when_she_says_so(
    talk: Talk, cast: Cast, database: Database, is_wished: bool
) -> None:
    agree(database, cast.group_id, cast.chipo, welcomes_partners=True)
    talk.say(cast.chipo, "Mine kicks at night")
    end_journey(database, cast, spares_beside=is_wished)

    def is_asked(player: Player) -> bool:
        return talk.bar(player) != "Chat"

    assert is_asked(cast.femi) is not is_wished
    assert (QUIETLY in talk.page(cast.femi)) is is_wished


def test_without_scripts_every_way_back_stays_in_the_open_conversation(
    lost: Talk, cast: Cast
) -> None:
    opened = f'href="{lost.path}/chat?show=yes#'

    assert lost.sheet(cast.amina, 1).count(opened + "n1") == 2
    assert opened + "here" in lost.page(cast.amina, "chat?show=yes")
    assert opened + "here" in lost.page(cast.amina, "chat?before=2")
