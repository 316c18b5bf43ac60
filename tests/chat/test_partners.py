"""Who stands beside somebody takes part only where the group's newest agreement says so."""

import pytest

from companion.db import Database
from tests.cast import Cast
from tests.chat.conftest import Talk, agree, item

LOOKS = ["chat", "live", "messages/1", "chat?before=2", "chat?show=yes", "care", "hours"]
ACTS = {
    "messages": {"text": "Hello"},
    "messages/1/reactions": {"sign": "heart"},
    "messages/1/parkings": {},
    "messages/1/translations": {"language": "nl", "translation": "Hoi"},
    "messages/1/deletions": {},
    "messages/1/reports": {"reason": "unkind"},
    "messages/1/mutes": {"on": "yes"},
    "messages/1/hidings": {},
    "messages/1/pauses": {"pause": "day"},
    "messages/1/pins": {"on": "yes"},
    "hours": {},
}


@pytest.fixture
def welcoming(talk: Talk, cast: Cast, database: Database) -> Talk:
    """The group writes a new agreement, which welcomes partners; Chipo has said something."""
    agree(database, cast.group_id, cast.chipo, cast.amina, cast.femi, welcomes_partners=True)
    talk.say(cast.chipo, "Welcome, partners")
    return talk


@pytest.mark.parametrize("to", LOOKS)
def test_a_partner_sees_nothing_of_it(talk: Talk, cast: Cast, to: str) -> None:
    talk.say(cast.chipo, "Welcome")

    assert talk.get(cast.femi, to).status_code == 404


@pytest.mark.parametrize("to", ACTS)
def test_a_partner_does_nothing_in_it(talk: Talk, cast: Cast, to: str) -> None:
    talk.say(cast.chipo, "Welcome")
    before = item(talk.page(cast.amina), 1)

    assert talk.post(cast.femi, to, ACTS[to]).status_code == 404
    assert item(talk.page(cast.amina), 1) == before


def test_a_partner_has_no_conversation_and_nothing_to_read(talk: Talk, cast: Cast) -> None:
    talk.say(cast.chipo, "Welcome")

    assert talk.bar(cast.femi) == "Chat"
    page = talk.browser.get("/chat").text
    assert "There is no conversation that you take part in." in page
    assert talk.path + "/chat" not in page


def test_welcomed_a_partner_reads_and_writes_as_a_member(welcoming: Talk, cast: Cast) -> None:
    assert welcoming.bar(cast.femi) == "Chat 1 new"
    assert "Welcome, partners" in welcoming.page(cast.femi)

    number = welcoming.say(cast.femi, "Thank you")

    assert "<bdi>Femi</bdi>" in item(welcoming.page(cast.amina), number)
    assert welcoming.act(cast.femi, 1, "reactions", sign="heart").status_code == 303
    assert welcoming.act(cast.femi, number, "deletions").status_code == 303


def test_welcomed_a_partner_says_yes_to_the_agreement_first(
    talk: Talk, cast: Cast, database: Database
) -> None:
    agreed = agree(database, cast.group_id, cast.chipo, welcomes_partners=True)
    assert talk.post(cast.femi, "messages", {"text": "Hello"}).status_code == 422

    talk.browser.post_form(f"/agreements/{agreed}/acceptances", {"back": "chat"})

    number = talk.say(cast.femi, "Hello")
    assert "Hello" in item(talk.page(cast.chipo), number)


def test_a_new_agreement_ends_it(welcoming: Talk, cast: Cast, database: Database) -> None:
    welcoming.say(cast.femi, "Thank you")
    agree(database, cast.group_id, cast.chipo, cast.amina, cast.femi)

    assert welcoming.get(cast.femi).status_code == 404
    assert welcoming.post(cast.femi, "messages", {"text": "Hello?"}).status_code == 404
    assert welcoming.act(cast.femi, 2, "deletions").status_code == 404
    assert welcoming.bar(cast.femi) == "Chat"
    assert "Thank you" in welcoming.page(cast.amina)


def test_a_partner_goes_with_whom_she_stands_beside(welcoming: Talk, cast: Cast) -> None:
    welcoming.post(cast.amina, "leaving")

    assert welcoming.get(cast.femi).status_code == 404
    assert welcoming.post(cast.femi, "messages", {"text": "Hello?"}).status_code == 404
