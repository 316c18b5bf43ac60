"""Thirty things written by two people on one phone, over a line that dies two hundred times: in the
end each is there once, as its writer's."""

import asyncio
import random
from collections import Counter
from datetime import date, timedelta
from time import monotonic
from typing import Any
from typing import cast as as_type
from uuid import UUID

import pytest
from sqlalchemy import select

from companion.app import Companion
from companion.chat.models import Message
from companion.db import Database, new_id
from companion.measurements.models import Measurement
from companion.people import sign_ins
from companion.people.models import Person
from companion.people.reader import marks_of
from companion.sessions.models import Note
from tests.browser.conftest import Line, NewPhone, Phone
from tests.browser.test_offline import keep
from tests.browser.test_outbox import entries
from tests.cast import Cast, Player
from tests.chat.conftest import agree
from tests.sessions.conftest import plan_session

THINGS, DEATHS, PATIENCE = 30, 200, 120
WAYS = {"never came": 502, "trouble": 503, "answer lost": 504, "slow, answer lost": 500}
WRITE = """([path, fields]) => {
  const body = new URLSearchParams(fields);
  return fetch(path, { method: "POST", redirect: "manual", body }).then(() => true, () => false);
}"""
SEND = "() => navigator.serviceWorker.controller.postMessage({})"


class DyingLine:
    """What is posted never comes, comes to a server in trouble, or comes and nobody hears of it: a
    gateway says so. (That there is no line at all, the browser is told.)"""

    def __init__(self, app: Companion, chance: random.Random) -> None:
        self.app, self.chance, self.deaths = app, chance, 0
        self.ways: Counter[str] = Counter()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope.get("method") != "POST" or self.deaths >= DEATHS or self.chance.random() < 0.15:
            await self.app(scope, receive, send)
            return
        self.deaths += 1
        way, status = self.chance.choice([*WAYS.items()])
        self.ways[way] += 1
        if "slow" in way:
            await asyncio.sleep(0.05)
        if "lost" in way:
            await self.app(scope, receive, _nobody_hears)
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})


async def _nobody_hears(message: Any) -> None:
    return None


@pytest.fixture
def phone(new_phone: NewPhone, cast: Cast, database: Database) -> Phone:
    agree(database, cast.group_id, cast.chipo, cast.amina, cast.beatriz)
    phone = new_phone()
    phone.sign_in(cast.amina.token)
    keep(phone)
    return phone


def hand_to(phone: Phone, token: str) -> None:
    phone.context.clear_cookies()
    phone.sign_in(token)


def thing(
    chance: random.Random, cast: Cast, database: Database, number: int
) -> tuple[UUID, str, dict[str, str]]:
    """By what it is known, where it is posted, and what is in it; a note is its session's."""
    own_id, kind = new_id(), chance.choice(["message", "reading", "note"])
    if kind == "message":
        return own_id, f"/groups/{cast.group_id}/messages", {"text": f"Said {number}"}
    if kind == "reading":
        return own_id, "/record/a2", {"weight": f"{60 + number}.5", "day": "", "time": ""}
    day = date(2027, 1, 7) + timedelta(weeks=number)
    session = plan_session(database, cast.group_id, number + 2, day)
    return session, f"/sessions/{session}/note", {"note": f"Noted {number}", "over": ""}


def there(database: Database) -> dict[UUID, UUID | None]:
    with database.reading() as db:
        said = db.execute(select(Message.id, Message.author_id)).all()
        measured = db.execute(select(Measurement.id, Measurement.person_id)).all()
        noted = db.execute(select(Note.session_id, Note.person_id)).all()
    return {row[0]: row[1] for row in [*said, *measured, *noted]}


def saves(database: Database) -> set[int]:
    """How often each note was saved."""
    with database.reading() as db:
        return {len(each) for each in db.scalars(select(Note.saves))}


def sign_in_anew(database: Database, player: Player) -> str:
    """Her sign-in ended on the way; she comes back."""
    with database.writing.begin() as db:
        sign_ins.revoke_all(db, player.id)
        return sign_ins.sign_in(db, db.get_one(Person, player.id), "Chrome · Android")


@pytest.mark.parametrize("seed", [20261128])
def test_in_the_end_each_is_there_once(
    phone: Phone, line: Line, cast: Cast, database: Database, seed: int
) -> None:
    print("seed", seed)
    chance = random.Random(seed)
    dying = DyingLine(line.app, chance)
    line.app = as_type("Companion", dying)
    tokens = {cast.amina.id: cast.amina.token, cast.beatriz.id: cast.beatriz.token}
    wrote: dict[UUID, UUID] = {}
    for number in range(THINGS):
        if number == THINGS // 2:
            tokens[cast.amina.id] = sign_in_anew(database, cast.amina)
        player = chance.choice([cast.amina, cast.beatriz])
        hand_to(phone, tokens[player.id] if chance.random() < 0.9 else "gone")
        known, path, fields = thing(chance, cast, database, number)
        wrote[known] = player.id
        phone.context.set_offline(chance.random() < 0.3)
        phone.page.evaluate(
            WRITE, [path, {"by": marks_of(player.id)[0], "id": str(known), **fields}]
        )
    phone.context.set_offline(False)

    def is_all_sent() -> bool:
        hand_to(phone, chance.choice(list(tokens.values())))
        phone.page.evaluate(SEND)
        return dying.deaths >= DEATHS and not entries(phone.page)

    end = monotonic() + PATIENCE
    while not is_all_sent():
        assert monotonic() < end, (dying.deaths, entries(phone.page))
        phone.page.wait_for_timeout(20)

    print(dying.ways)
    assert there(database) == wrote
    assert saves(database) == {1}
