"""The live stream: what is said comes to every open page, once and in order."""

import asyncio
import re
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from companion import clock
from companion.app import create_app
from companion.chat import actions, catching_up, live, marks, rights, scopes, streams
from companion.chat.live import Hub
from companion.chat.streams import Stream
from companion.config import Config
from companion.db import Database, new_id
from companion.groups import agreements
from companion.groups.models import Group, Membership
from companion.i18n.wordings import Wordings
from companion.people import locks, pins
from companion.people.models import Person, Role, SignIn
from companion.pilots.wordings import Shelf
from tests.cast import Cast, Player, join
from tests.chat.wire import Event, Listener, Wire, agree, in_a_loop
from tests.conftest import HeldClock
from tests.served import free_port, served
from tests.wordings import put, said


@pytest.fixture
def config() -> Config:
    return Config(port=free_port(), worker=False)


@pytest.fixture
def hub(config: Config, database: Database, cast: Cast) -> Iterator[Hub]:
    """Companion, served; what it knows of the open pages."""
    agree(database, cast)
    app = create_app(config, database)
    with served(app, config):
        yield app.state.hub


@pytest.fixture
def wire(hub: Hub, config: Config, cast: Cast) -> Iterator[Wire]:
    line = Wire(config.origin, cast.group_id)
    yield line
    line.close()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done again and again is done without waiting."""
    monkeypatch.setattr(live, "TICK_SECONDS", 0.05)
    monkeypatch.setattr(live, "LOOK_TICKS", 1)


def _texts(events: list[Event]) -> list[str]:
    return [event.data.split("</p>")[0].rpartition(">")[2] for event in events]


def test_what_is_said_comes_to_everybody_in_her_own_language(
    wire: Wire, cast: Cast, database: Database
) -> None:
    with database.writing.begin() as db:
        db.get_one(Person, cast.beatriz.id).language = "nl"
    amina, beatriz = wire.greeted(cast.amina), wire.greeted(cast.beatriz)

    wire.say(cast.amina, "Good morning")

    hers, theirs = amina.messages(1)[0], beatriz.messages(1)[0]
    assert hers.id == theirs.id == "1"
    assert 'class="said mine"' in hers.data
    assert "Good morning" in theirs.data
    assert "<bdi>Amina</bdi>" in theirs.data
    assert 'lang="en"' in theirs.data


def test_it_comes_in_the_words_that_her_pilot_uses_by_then(
    wire: Wire, cast: Cast, database: Database
) -> None:
    amina = wire.greeted(cast.amina)

    heard = []
    for own in ("midwife", "guide"):
        put(database, said("facilitator", own))
        wire.say(cast.chipo, "Welcome")
        heard += amina.messages(1)
    missed = wire.listen(cast.amina, after=0).messages(2)

    assert "· midwife ·" in heard[0].data
    assert all("· guide ·" in each.data for each in (heard[1], *missed))


def test_a_pilots_words_are_asked_for_once_for_all_who_listen(
    wire: Wire, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    listening = [wire.greeted(each) for each in (cast.amina, cast.beatriz, cast.chipo)]
    of, asked = Shelf.of, []

    def noted(shelf: Shelf, db: Session, pilot: str) -> Wordings:
        asked.append(pilot)
        return of(shelf, db, pilot)

    monkeypatch.setattr(Shelf, "of", noted)

    wire.say(cast.amina, "Good morning")

    assert all(each.messages(1) for each in listening)
    assert asked == ["nl"]


def test_a_line_that_breaks_misses_nothing_and_repeats_nothing(wire: Wire, cast: Cast) -> None:
    beatriz = wire.greeted(cast.beatriz)
    wire.say(cast.amina, "one")
    seen = beatriz.messages(1)
    beatriz.hang_up()
    for text in ("two", "three"):
        wire.say(cast.amina, text)

    again = wire.listen(cast.beatriz, after=0, last_event_id=seen[-1].id)
    wire.say(cast.amina, "four")

    assert _texts(seen + again.messages(3)) == ["one", "two", "three", "four"]


def test_who_opens_the_page_after_some_words_is_told_the_rest(wire: Wire, cast: Cast) -> None:
    for text in ("one", "two", "three"):
        wire.say(cast.amina, text)

    heard = wire.listen(cast.beatriz, after=1).until("hello")

    assert _texts(heard[:-1]) == ["two", "three"]
    assert heard[-1].id == "3"


def test_a_made_up_event_id_is_told_to_look_at_the_page(wire: Wire, cast: Cast) -> None:
    wire.say(cast.amina, "one")

    listener = wire.listen(cast.beatriz, last_event_id="999999")

    assert listener.until("stale")[-1].id == "1"
    assert listener.next() is None


@pytest.mark.parametrize("made_up", ["abc", "-1", "9" * 40, "1; drop", "0x1", "1.5"])
def test_an_event_id_that_is_none_means_from_now_on(wire: Wire, cast: Cast, made_up: str) -> None:
    wire.say(cast.amina, "one")

    listener = wire.listen(cast.beatriz, last_event_id=made_up)

    assert listener.next() == Event(id="1", name="hello")


def test_who_was_away_for_very_long_is_told_to_look_at_the_page(
    wire: Wire, cast: Cast, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catching_up, "AT_ONCE", 3)
    catching_up._since.cache_clear()
    for number in range(5):
        wire.say(cast.amina, str(number))

    heard = wire.listen(cast.beatriz, after=1).until("stale")

    catching_up._since.cache_clear()
    assert [event.name for event in heard] == ["stale"]
    assert heard[0].id == "5"


def test_fifty_open_pages_of_one_person_are_too_many(wire: Wire, cast: Cast, hub: Hub) -> None:
    opened = [wire.greeted(cast.beatriz) for _ in range(50)]

    for listener in opened[: -live.MOST_STREAMS]:
        assert listener.until("elsewhere")
        assert listener.next() is None
    wire.say(cast.amina, "still here")
    assert _texts(opened[-1].messages(1)) == ["still here"]
    assert len(hub) <= live.MOST_STREAMS


ENDINGS = {
    "said goodbye to": ("chipo", "/groups/{group}/goodbyes", {"membership": "{membership}"}),
    "leaves the group": ("beatriz", "/groups/{group}/leaving", {"id": "{membership}"}),
    "signs out": ("beatriz", "/sign-out", {}),
    "signs a lost phone out": ("beatriz", "/devices/{device}/goodbyes", {}),
    "leaves Companion": ("beatriz", "/leaving", {}),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_stream_ends_with_the_membership_and_the_sign_in(
    wire: Wire, cast: Cast, database: Database, ending: str
) -> None:
    who, address, fields = ENDINGS[ending]
    names = _names(database, cast)
    beatriz, amina = wire.greeted(cast.beatriz), wire.greeted(cast.amina)

    with wire.client(getattr(cast, who).token) as client:
        form = {name: value.format(**names) for name, value in fields.items()}
        assert client.post(address.format(**names), data=form).status_code == 303

    assert beatriz.until("over")
    assert beatriz.next() is None
    assert wire.listen(cast.beatriz).status in (303, 404)
    wire.say(cast.amina, "among ourselves")
    assert _texts(amina.messages(1)) == ["among ourselves"]


def _names(database: Database, cast: Cast) -> dict[str, str]:
    with database.reading() as db:
        hers = select(Membership.id).where(Membership.person_id == cast.beatriz.id)
        return {
            "group": str(cast.group_id),
            "membership": str(db.scalars(hers).one()),
            "device": str(cast.beatriz.reader.sign_in_id),
        }


def test_what_the_agreement_gave_to_partners_a_new_one_takes(
    wire: Wire, cast: Cast, database: Database
) -> None:
    agree(database, cast, partners=True)
    femi = wire.greeted(cast.femi)

    with wire.client(cast.amina.token) as client:
        form = {"id": str(new_id()), "text": "Only we ourselves."}
        client.post(f"/groups/{cast.group_id}/agreements", data=form)

    assert femi.until("over")


def test_whom_one_has_muted_says_nothing_from_then_on(wire: Wire, cast: Cast) -> None:
    wire.say(cast.amina, "one")
    chipo = wire.greeted(cast.chipo)

    with wire.client(cast.chipo.token) as client:
        client.post(f"/groups/{cast.group_id}/messages/1/mutes", data={"on": "yes"})
    wire.say(cast.amina, "two")

    heard = chipo.messages(1)[0]
    assert "two" not in heard.data
    assert "You have muted this person." in heard.data


def test_a_change_comes_to_the_message_that_it_is_about(wire: Wire, cast: Cast) -> None:
    wire.say(cast.amina, "one")
    chipo = wire.greeted(cast.chipo)

    with wire.client(cast.amina.token) as client:
        client.post(f"/groups/{cast.group_id}/messages/1/deletions")

    heard = chipo.messages(1)[0]
    assert 'id="n1"' in heard.data
    assert "Deleted by its author." in heard.data
    assert int(heard.id) > 1


def test_what_another_process_wrote_comes_without_a_wake_up(
    wire: Wire, cast: Cast, database: Database, quick: None
) -> None:
    beatriz = wire.greeted(cast.beatriz)

    with database.writing.begin() as db:
        seat = scopes.seat(db, cast.amina.reader, cast.group_id)
        actions.say(db, seat, new_id(), "from elsewhere")

    assert _texts(beatriz.messages(1)) == ["from elsewhere"]


def test_a_look_that_fails_loses_nothing(
    wire: Wire, cast: Cast, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    beatriz = wire.greeted(cast.beatriz)
    since, tries = catching_up.since, []

    def fails_once(*asked: Any) -> Any:
        tries.append(asked)
        if len(tries) == 1:
            raise RuntimeError("a mistake of ours")
        return since(*asked)

    monkeypatch.setattr(catching_up, "since", fails_once)
    wire.say(cast.amina, "all the same")

    assert _texts(beatriz.messages(1)) == ["all the same"]
    assert len(tries) > 1


def test_a_page_says_itself_what_was_read(wire: Wire, cast: Cast, database: Database) -> None:
    beatriz = wire.greeted(cast.beatriz)
    wire.say(cast.amina, "one")
    beatriz.messages(1)
    assert _unread(database, cast) == 1

    with wire.client(cast.beatriz.token) as client:
        for number in ("1", "", "-5", "999999999", "x"):
            read = client.post(f"/groups/{cast.group_id}/reads", data={"number": number})
            assert read.status_code == 204

    assert _unread(database, cast) == 0
    wire.say(cast.amina, "two")
    assert _unread(database, cast) == 1


def _unread(database: Database, cast: Cast) -> int:
    with database.reading() as db:
        return marks.unread(db, cast.beatriz.reader)[0].count


def test_a_page_that_never_came_for_its_stream_is_forgotten(
    cast: Cast, hub: Hub, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    monkeypatch.setattr(live, "LEASE_SECONDS", 0.1)
    monkeypatch.setattr(live, "PING_TICKS", 1)
    loop = hub._tasks[0].get_loop()

    opening = hub.open(cast.beatriz.reader, cast.group_id, None)
    asyncio.run_coroutine_threadsafe(opening, loop).result(10)

    assert len(hub) == 1
    _wait_until(lambda: hub.is_empty)


def test_open_pages_hold_no_connection_to_the_database(wire: Wire, cast: Cast) -> None:
    players = (cast.amina, cast.beatriz, cast.chipo)
    opened = [wire.greeted(player) for player in players for _ in range(live.MOST_STREAMS)]

    with wire.client(cast.amina.token) as client:
        assert client.get(f"/groups/{cast.group_id}/chat").status_code == 200
    wire.say(cast.amina, "to everybody")
    assert {_texts(each.messages(1))[0] for each in opened} == {"to everybody"}


def test_a_page_comes_again_when_its_time_is_up(
    wire: Wire, cast: Cast, hub: Hub, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    monkeypatch.setattr(live, "LEASE_SECONDS", 0.1)
    monkeypatch.setattr(live, "PING_TICKS", 1)

    heard = wire.greeted(cast.beatriz).until("bye")

    assert heard[-1].name == "bye"
    _wait_until(lambda: len(hub) == 0)


def test_nothing_is_kept_of_pages_that_were_closed(wire: Wire, cast: Cast, hub: Hub) -> None:
    for _ in range(60):
        wire.greeted(cast.amina).hang_up()

    _wait_until(lambda: len(hub) == 0)
    assert hub.is_empty


def _wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_stop_says_goodbye_and_does_not_wait(
    config: Config, database: Database, cast: Cast
) -> None:
    wire = Wire(config.origin, cast.group_id)
    with served(create_app(config, database), config):
        amina = wire.greeted(cast.amina)
        began = time.monotonic()

    assert amina.until("bye")
    wire.close()
    assert time.monotonic() - began < 5


def test_however_often_the_line_breaks_everybody_hears_everything_once(
    wire: Wire, cast: Cast
) -> None:
    texts = [f"{player.name} {n}" for n in range(12) for player in (cast.amina, cast.beatriz)]
    heard: dict[int, list[Event]] = {number: [] for number in range(6)}

    def listen(number: int) -> None:
        mine, last = heard[number], "0"
        while len(mine) < len(texts):
            listener = wire.listen(cast.chipo, last_event_id=last)
            for event in listener.messages(min(1 + number, len(texts) - len(mine))):
                mine.append(event)
                last = event.id
            listener.hang_up()

    listeners = [threading.Thread(target=listen, args=(number,)) for number in heard]
    for each in listeners:
        each.start()
    for text in texts:
        wire.say(cast.amina if text.startswith("Amina") else cast.beatriz, text)
    for each in listeners:
        each.join(30)

    assert [_texts(each) for each in heard.values()] == [texts] * len(heard)


@pytest.mark.parametrize("what", ["membership", "sign-in"])
def test_a_right_that_ended_elsewhere_ends_the_stream_without_a_wake_up(
    wire: Wire, cast: Cast, database: Database, quick: None, what: str
) -> None:
    beatriz = wire.greeted(cast.beatriz)
    changes = {
        "membership": update(Membership).where(Membership.person_id == cast.beatriz.id)
        .values(left_at=clock.now()),
        "sign-in": update(SignIn).where(SignIn.person_id == cast.beatriz.id)
        .values(revoked_at=clock.now()),
    }  # fmt: skip

    with database.writing.begin() as db:
        db.execute(changes[what])

    assert beatriz.until("over")


def test_who_came_later_is_named_where_she_is_quoted(
    wire: Wire, cast: Cast, database: Database
) -> None:
    chipo = wire.greeted(cast.chipo)
    with database.writing.begin() as db:
        join(db, db.get_one(Group, cast.group_id), cast.dewi, Role.PARTICIPANT)
        seat = scopes.seat(db, cast.amina.reader, cast.group_id)
        agreements.accept(db, cast.dewi.reader, cast.group_id, seat.agreement_id or new_id())
    wire.say(cast.dewi, "I am new")
    chipo.messages(1)

    with wire.client(cast.amina.token) as client:
        form = {"id": str(new_id()), "text": "Welcome", "reply_to": "1"}
        client.post(f"/groups/{cast.group_id}/messages", data=form)

    assert "<b><bdi>Dewi</bdi></b> <bdi>I am new</bdi>" in chipo.messages(1)[0].data


def test_a_look_at_rights_that_fails_is_repeated(
    wire: Wire, cast: Cast, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "LOOK_TICKS", 10**9)
    beatriz = wire.greeted(cast.beatriz)
    speakers, tries = rights.speakers, []

    def fails_once(*asked: Any) -> Any:
        tries.append(asked)
        if len(tries) == 1:
            raise RuntimeError("a mistake of ours")
        return speakers(*asked)

    monkeypatch.setattr(rights, "speakers", fails_once)
    with wire.client(cast.beatriz.token) as client:
        client.post("/sign-out")

    assert beatriz.until("over")


def test_who_is_signed_out_is_told_so_and_gets_no_other_page(wire: Wire) -> None:
    with wire.client("nobody") as client:
        address = f"/groups/{wire.group_id}/live"
        assert client.get(address, headers={"hx-request": "true"}).status_code == 401
        assert client.get(f"/groups/{wire.group_id}/chat").status_code == 303


def test_a_phone_that_takes_nothing_is_let_go_and_knows_where_it_stopped(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "MOST_WAITING", 2)

    async def hear() -> bytes:
        stream = Stream(cast.beatriz.reader, cast.group_id, ends_at=0)
        for number in range(1, 6):
            stream.tell(number, f"id: {number}\ndata: {number}\n\n".encode())
        return b"".join([data async for data in stream.events()])

    heard = in_a_loop(hear).decode()

    assert re.findall("data: (.)", heard) == ["1", "2"]
    assert re.findall("id: (.)", heard) == ["1", "2", "2"]
    assert "event: bye" in heard


def test_the_stream_of_a_locked_phone_ends_and_does_not_come_back(
    wire: Wire, cast: Cast, database: Database, held_clock: HeldClock, quick: None
) -> None:
    amina = cast.amina
    with database.writing.begin() as db:
        pin_hash = pins.hash_pin("482917", amina.reader.sign_in_id)
        locks.put_on(db, amina.reader, pin_hash, 1)
    assert _opened(wire, amina).status == 401

    with wire.client(amina.token) as client:
        client.post("/lock/openings", data={"pin_now": "482917"})
        awake = client.cookies["awake"]
    held_clock.moment += timedelta(seconds=59, milliseconds=500)
    stream = _opened(wire, amina, awake)
    stream.until("bye")

    held_clock.moment += timedelta(seconds=1)
    assert _opened(wire, amina, awake).status == 401


def _opened(wire: Wire, player: Player, awake: str = "") -> Listener:
    client = wire.client(player.token)
    client.cookies.set("awake", awake)
    return Listener(client, f"/groups/{wire.group_id}/live", {}).start()
