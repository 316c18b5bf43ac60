"""The group's conversation in the tests' hands: who agreed to it, and how they take part."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from companion.chat import retention
from companion.chat.models import Message, Report
from companion.db import Database, Model, new_id
from companion.groups import agreements
from companion.groups.models import Group
from companion.people import actions as people
from companion.people import sign_ins
from companion.people.models import Role
from companion.sessions.models import GroupSession
from tests.cast import Cast, Player, join
from tests.conftest import Browser, HeldClock

HTMX = {"hx-request": "true", "hx-target": "ol#talk"}
KEPT = timedelta(days=365)

Tidy = Callable[[datetime], None]


class Talk:
    """A group's conversation, through the pages and forms that its members use."""

    def __init__(self, browser: Browser, group_id: UUID) -> None:
        self.browser, self.path = browser, f"/groups/{group_id}"

    def get(self, player: Player, to: str = "chat", **more: Any) -> Any:
        self.browser.sign_in(player.token)
        return self.browser.get(f"{self.path}/{to}", **more)

    def page(self, player: Player, to: str = "chat") -> str:
        """What she reads there; opening the chat marks everything as read."""
        answer = self.get(player, to)
        assert answer.status_code == 200
        return str(answer.text)

    def look(self, player: Player, address: str) -> str:
        """What she reads at any other address."""
        self.browser.sign_in(player.token)
        answer = self.browser.get(address)
        assert answer.status_code == 200
        return str(answer.text)

    def bar(self, player: Player, address: str = "/more") -> str:
        """What the bar at the bottom of a page says of the chat: "Chat", and how many are new."""
        link = self.look(player, address).partition('<a href="/chat"')[2].partition("</a>")[0]
        return " ".join(re.sub("<[^>]+>", " ", link.rpartition("</svg>")[2]).split())

    def sheet(self, player: Player, number: int) -> str:
        return self.page(player, f"messages/{number}")

    def post(self, player: Player, to: str, fields: Any = None, **more: Any) -> Any:
        self.browser.sign_in(player.token)
        return self.browser.post_form(f"{self.path}/{to}", fields, **more)

    def say(self, player: Player, text: str, **fields: str) -> int:
        """Say something; its number."""
        answer = self.post(player, "messages", {"id": str(new_id()), "text": text, **fields})
        assert answer.status_code == 303
        return int(answer.headers["location"].rpartition("#n")[2])

    def act(self, player: Player, number: int, what: str, **fields: str) -> Any:
        """Do something with a message: `talk.act(cast.amina, 1, "reactions", sign="heart")`."""
        return self.post(player, f"messages/{number}/{what}", fields)

    def answer(self, player: Player, report: Report, outcome: str) -> int:
        """Answer a report; the status of what comes back."""
        self.browser.sign_in(player.token)
        sent = self.browser.post_form(f"/reports/{report.id}/outcomes", {"outcome": outcome})
        return int(sent.status_code)

    def fill(self, held_clock: HeldClock, player: Player, count: int) -> list[int]:
        """So many messages, in a time in which nobody is asked to slow down."""
        numbers = []
        for each in range(count):
            held_clock.moment += timedelta(seconds=10)
            numbers.append(self.say(player, f"Message {each + 1}."))
        return numbers


def agree(
    database: Database, group_id: UUID, *players: Player, welcomes_partners: bool = False
) -> UUID:
    """A new agreement, written by the first of them; all of them have said yes to it."""
    agreement_id, writer = new_id(), players[0].reader
    with database.writing.begin() as db:
        agreements.write(
            db, writer, group_id, agreement_id, "We listen.", welcomes_partners=welcomes_partners
        )
        db.flush()
        for player in players:
            agreements.accept(db, player.reader, group_id, agreement_id)
    return agreement_id


@pytest.fixture
def agreed(database: Database, cast: Cast) -> UUID:
    """Chipo wrote the agreement; Amina, Beatriz and she keep to it."""
    return agree(database, cast.group_id, cast.chipo, cast.amina, cast.beatriz)


@pytest.fixture
def talk(browser: Browser, cast: Cast, agreed: UUID) -> Talk:
    """The conversation of Amina's group, which has agreed."""
    return Talk(browser, cast.group_id)


@pytest.fixture
def ines(database: Database, cast: Cast, agreed: UUID) -> Player:
    """Another facilitator of Amina's group."""
    with database.writing.begin() as db:
        person = people.welcome(db, "Ines", "en", Role.FACILITATOR, "nl", "Europe/Amsterdam")
        db.flush()
        token = sign_ins.sign_in(db, person, "Chrome · Android")
        db.flush()
        found = sign_ins.find(db, token)
        assert found
        player = Player(person.id, "Ines", token, found[0])
        join(db, db.get_one(Group, cast.group_id), player, Role.FACILITATOR)
        agreements.accept(db, player.reader, cast.group_id, agreed)
    return player


@pytest.fixture
def tidy(database: Database, held_clock: HeldClock) -> Tidy:
    """What is done every hour, at this moment."""

    def at(moment: datetime) -> None:
        held_clock.moment = moment
        with database.writing.begin() as db:
            retention.tidy(db)

    return at


@pytest.fixture
def end(talk: Talk, cast: Cast, database: Database) -> datetime:
    """When the conversation is over: Amina has said something, and the last session is to come."""
    talk.say(cast.amina, "Good morning")
    with database.reading() as db:
        return db.get_one(GroupSession, cast.session_id).starts_at + KEPT


def item(page: str, number: int) -> str:
    """A message as it stands in a page."""
    found = re.search(rf'<li id="n{number}" .*?</li>', page, re.DOTALL)
    assert found, f"message {number} is not on the page"
    return found.group()


def form_ids(page: str) -> list[str]:
    """The ids that messages sent from this page will have."""
    return re.findall(r'id="message-id" name="id" value="([^"]+)"', page)


def messages(database: Database) -> Sequence[Message]:
    with database.reading() as db:
        return db.scalars(select(Message).order_by(Message.number)).all()


def reports(database: Database) -> Sequence[Report]:
    with database.reading() as db:
        return db.scalars(select(Report).order_by(Report.at)).all()


def count(database: Database, kind: type[Model]) -> int:
    with database.reading() as db:
        return db.scalar(select(func.count()).select_from(kind)) or 0
