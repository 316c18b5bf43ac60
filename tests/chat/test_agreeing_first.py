"""Before anybody writes, the group has an agreement and she has said yes to it."""

from uuid import UUID

import pytest

from companion.db import Database, new_id
from tests.cast import Cast, Player
from tests.chat.conftest import HTMX, Talk, agree, messages
from tests.conftest import Browser

YES = "Yes, I will keep to this"
FIRST = "First read the group’s agreement and say yes to it."


def ask(agreement_id: UUID) -> str:
    """The beginning of the form that asks for a yes, and comes back to the chat."""
    return (
        f'action="/agreements/{agreement_id}/acceptances">'
        '<input type="hidden" name="back" value="chat">'
    )


def try_to_say(talk: Talk, player: Player, **more: dict[str, str]) -> str:
    answer = talk.post(player, "messages", {"id": str(new_id()), "text": "Hello all"}, **more)
    assert answer.status_code == 422
    return str(answer.text)


@pytest.fixture
def undecided(browser: Browser, cast: Cast) -> Talk:
    """The conversation of a group that has no agreement yet."""
    return Talk(browser, cast.group_id)


def test_without_an_agreement_the_page_leads_to_writing_one(undecided: Talk, cast: Cast) -> None:
    page = undecided.page(cast.amina)

    assert "The group has no agreement yet. It comes before the first message." in page
    assert f'href="{undecided.path}/agreement"' in page
    assert "<textarea" not in page


def test_without_an_agreement_nothing_is_said_and_nothing_lost(
    undecided: Talk, cast: Cast, database: Database
) -> None:
    page = try_to_say(undecided, cast.amina)

    assert "The group has no agreement yet. Write it first, together." in page
    assert "Hello all" in page
    assert not messages(database)


def test_whoever_has_not_said_yes_is_asked_above_what_the_others_say(
    talk: Talk, cast: Cast, database: Database
) -> None:
    agreed = agree(database, cast.group_id, cast.chipo)
    talk.say(cast.chipo, "Welcome")

    page = talk.page(cast.amina)

    assert page.index(ask(agreed)) < page.index("Welcome")
    assert "We listen." in page
    assert "<textarea" not in page


def test_until_she_says_yes_nothing_is_said_and_nothing_lost(
    talk: Talk, cast: Cast, database: Database
) -> None:
    agreed = agree(database, cast.group_id, cast.chipo)

    page = try_to_say(talk, cast.amina)

    assert FIRST in page
    assert ask(agreed) in page
    assert "Hello all" in page
    assert not messages(database)


def test_with_scripts_nothing_is_lost_either_and_the_way_to_say_yes_is_there(
    talk: Talk, cast: Cast, database: Database
) -> None:
    agreed = agree(database, cast.group_id, cast.chipo)

    part = try_to_say(talk, cast.amina, headers=HTMX)

    assert FIRST in part
    assert "Hello all" in part
    assert ask(agreed) in part or f'href="{talk.path}/agreement"' in part


def test_a_yes_above_the_chat_comes_back_to_the_chat_and_she_writes(
    talk: Talk, cast: Cast, database: Database
) -> None:
    agreed = agree(database, cast.group_id, cast.chipo)

    talk.browser.sign_in(cast.amina.token)
    answer = talk.browser.post_form(f"/agreements/{agreed}/acceptances", {"back": "chat"})

    assert answer.headers["location"] == f"{talk.path}/chat"
    page = talk.page(cast.amina)
    assert YES not in page
    assert "<textarea" in page
    talk.say(cast.amina, "Hello all")


@pytest.mark.parametrize("back", ["", "agreement", "//evil.example", "https://evil.example"])
def test_any_other_yes_comes_back_to_the_agreement(
    talk: Talk, cast: Cast, agreed: UUID, back: str
) -> None:
    talk.browser.sign_in(cast.amina.token)

    answer = talk.browser.post_form(f"/agreements/{agreed}/acceptances", {"back": back})

    assert answer.headers["location"] == f"{talk.path}/agreement"


def test_whoever_said_yes_before_is_asked_again_when_the_agreement_changes(
    talk: Talk, cast: Cast, database: Database
) -> None:
    talk.say(cast.amina, "Before")
    agree(database, cast.group_id, cast.chipo, cast.beatriz)

    assert YES in talk.page(cast.amina)
    try_to_say(talk, cast.amina)
    talk.say(cast.beatriz, "Daarna")
    assert [each.text for each in messages(database)] == ["Before", "Daarna"]


def test_without_a_yes_she_reads_along_and_deletes_and_reports(
    talk: Talk, cast: Cast, database: Database
) -> None:
    hers, other = talk.say(cast.amina, "Mine"), talk.say(cast.beatriz, "Van mij")
    agree(database, cast.group_id, cast.chipo)

    assert "Van mij" in talk.page(cast.amina)
    assert talk.act(cast.amina, other, "reactions", sign="heart").status_code == 422
    assert talk.act(cast.amina, hers, "deletions").status_code == 303
    assert talk.act(cast.amina, other, "reports", reason="private").status_code == 303
