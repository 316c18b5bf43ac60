"""How many messages somebody has not seen: in the bar, on Today and in her list of chats."""

from datetime import timedelta

import pytest

from companion.chat import actions, marks, scopes
from companion.db import Database, new_id
from companion.groups.models import Group
from companion.people.models import Role
from tests.cast import Cast, join
from tests.chat.conftest import HTMX, Talk, agree
from tests.conftest import HeldClock


@pytest.fixture
def elsewhere(talk: Talk, cast: Cast, database: Database) -> Talk:
    """The conversation of the other group, of which Amina is a member, too."""
    with database.writing.begin() as db:
        join(db, db.get_one(Group, cast.other_group_id), cast.amina, Role.PARTICIPANT)
    agree(database, cast.other_group_id, cast.gita, cast.dewi)
    return Talk(talk.browser, cast.other_group_id)


def test_the_bar_counts_what_she_has_not_seen(talk: Talk, cast: Cast) -> None:
    assert talk.bar(cast.amina) == "Chat"
    for text in ("One", "Two"):
        talk.say(cast.chipo, text)

    assert talk.bar(cast.amina) == "Chat 2 new"
    assert talk.bar(cast.chipo) == "Chat"


def test_a_hundred_and_more_are_not_counted_out(
    talk: Talk, cast: Cast, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 1000)
    with database.writing.begin() as db:
        seat = scopes.seat(db, cast.chipo.reader, cast.group_id)
        for number in range(99):
            actions.say(db, seat, new_id(), f"Message {number}")
    assert talk.bar(cast.amina) == "Chat 99 new"

    talk.say(cast.chipo, "One more")

    assert talk.bar(cast.amina) == "Chat 99+ new"


def test_opening_the_chat_is_having_read_it(talk: Talk, cast: Cast) -> None:
    talk.say(cast.chipo, "Welcome")

    assert talk.bar(cast.amina, f"{talk.path}/chat") == "Chat"
    assert talk.bar(cast.amina) == "Chat"
    assert "new message" not in talk.look(cast.amina, "/")


def test_fetching_the_newest_with_scripts_is_having_read_it_too(talk: Talk, cast: Cast) -> None:
    talk.say(cast.chipo, "Welcome")

    talk.get(cast.amina, headers=HTMX)

    assert talk.bar(cast.amina) == "Chat"


def test_a_page_of_older_messages_is_not_having_read_the_newest(talk: Talk, cast: Cast) -> None:
    for text in ("One", "Two"):
        talk.say(cast.chipo, text)

    talk.page(cast.amina, "chat?before=2")

    assert talk.bar(cast.amina) == "Chat 2 new"


def test_what_has_been_read_stays_read(talk: Talk, cast: Cast, database: Database) -> None:
    first, last = talk.say(cast.chipo, "One"), talk.say(cast.chipo, "Two")

    with database.writing.begin() as db:
        for number in (last, first):
            marks.read(db, group_id=cast.group_id, person_id=cast.amina.id, number=number)

    assert talk.bar(cast.amina) == "Chat"


@pytest.mark.parametrize(("count", "said"), [(1, "1 new message"), (2, "2 new messages")])
def test_today_says_so_and_leads_there(talk: Talk, cast: Cast, count: int, said: str) -> None:
    for number in range(count):
        talk.say(cast.amina, f"Message {number}")

    page = talk.look(cast.chipo, "/")

    assert f'<a class="write" href="{talk.path}/chat#here">{said}</a>' in page
    talk.page(cast.chipo)
    assert "new message" not in talk.look(cast.chipo, "/")


def test_of_one_group_today_says_how_many_and_of_several_in_which(
    talk: Talk, elsewhere: Talk, cast: Cast
) -> None:
    talk.say(cast.chipo, "Ours")
    page = talk.look(cast.amina, "/")
    assert f'href="{talk.path}/chat#here"><span>1 new message</span>' in page

    for text in ("Theirs", "Theirs too"):
        elsewhere.say(cast.dewi, text)

    page = talk.look(cast.amina, "/")
    assert "<span>1 new message<small><bdi>November group</bdi></small></span>" in page
    assert "<span>2 new messages<small><bdi>Other group</bdi></small></span>" in page
    assert talk.bar(cast.amina) == "Chat 3 new"


def test_with_one_group_the_chat_opens_at_once(talk: Talk, cast: Cast) -> None:
    talk.browser.sign_in(cast.amina.token)

    answer = talk.browser.get("/chat", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, f"{talk.path}/chat#here")


def test_with_several_she_chooses_and_sees_where_something_is_new(
    talk: Talk, elsewhere: Talk, cast: Cast
) -> None:
    elsewhere.say(cast.dewi, "Theirs")

    page = talk.look(cast.amina, "/chat")

    ours, theirs = (f'href="{each.path}/chat#here"><span>' for each in (talk, elsewhere))
    assert f"{ours}<bdi>November group</bdi></span>" in page
    assert f"{theirs}<bdi>Other group</bdi><small>1 new message</small></span>" in page


def test_without_a_group_there_is_no_conversation(talk: Talk, cast: Cast) -> None:
    assert "There is no conversation that you take part in." in talk.look(cast.hana, "/chat")


def test_what_is_gone_or_unwanted_is_not_counted(talk: Talk, cast: Cast) -> None:
    deleted, hidden = talk.say(cast.chipo, "Deleted"), talk.say(cast.beatriz, "Verborgen")
    talk.say(cast.chipo, "Stays")
    assert talk.bar(cast.amina) == "Chat 3 new"

    talk.act(cast.chipo, deleted, "deletions")
    talk.act(cast.chipo, hidden, "hidings")
    assert talk.bar(cast.amina) == "Chat 1 new"

    talk.act(cast.amina, deleted, "mutes", on="yes")
    assert talk.bar(cast.amina) == "Chat"
    talk.act(cast.amina, deleted, "mutes", on="no")
    assert talk.bar(cast.amina) == "Chat 1 new"


def test_what_was_said_before_she_came_is_not_new(
    talk: Talk, cast: Cast, database: Database, held_clock: HeldClock
) -> None:
    talk.say(cast.chipo, "Before")
    held_clock.moment += timedelta(minutes=5)
    with database.writing.begin() as db:
        join(db, db.get_one(Group, cast.group_id), cast.dewi, Role.PARTICIPANT)
    talk.say(cast.chipo, "After")

    assert talk.bar(cast.dewi) == "Chat 1 new"


def test_saying_something_is_not_having_read_what_others_said(talk: Talk, cast: Cast) -> None:
    talk.say(cast.amina, "One")
    talk.page(cast.amina)
    talk.say(cast.chipo, "Meanwhile")

    talk.say(cast.amina, "Two")

    assert talk.bar(cast.amina) == "Chat 1 new"
    page = talk.page(cast.amina)
    assert page.index("New since you were here") < page.index("Meanwhile")
