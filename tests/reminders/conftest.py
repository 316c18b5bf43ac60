"""What the tests about reminders share: who wants what, what waits for her, and what rings."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from companion.db import Database
from companion.journeys import actions as journeys
from companion.notifications import outcomes
from companion.notifications.models import Notification, State
from companion.notifications.outbox import OPEN
from companion.notifications.post import Outcome
from companion.reminders import choices
from companion.reminders.choices import UNCHOSEN
from companion.reminders.planning import plan_repeated, plan_sessions
from companion.reminders.ringing import Ringing
from tests.cast import Cast, Player
from tests.conftest import HeldClock
from tests.house import phone_of

ORIGIN = "https://companion.example"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
Act = Callable[..., Any]


def on(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment of November 2026, when the clock in Amsterdam shows this. The group meets on the
    26th at 10:00; the clock is held at 11:00 on the 22nd."""
    return datetime(2026, 11, day, hour, minute, tzinfo=AMSTERDAM)


@dataclass(frozen=True)
class Doorbell:
    """Rings what is due, as the worker does; every phone answers that it has it."""

    database: Database
    clock: HeldClock

    def give(self, *players: Player) -> None:
        """A phone of hers rings."""
        with self.database.writing.begin() as db:
            db.add_all(phone_of(each, f"https://fcm.googleapis.com/{each.id}") for each in players)

    def ring(self, at: datetime | None = None) -> list[Notification]:
        """What rings now, or at a moment of which the worker hears nothing before."""
        self.clock.moment = at or self.clock.moment
        with self.database.writing.begin() as db:
            sent = Ringing(ORIGIN, drafts=True).take(db)
            outcomes.note(db, [(each, Outcome(201)) for each in sent])
            rows = select(Notification).where(Notification.id.in_([each.id for each in sent]))
            return list(db.scalars(rows.order_by(Notification.due_at, Notification.id)))

    def ring_until(self, end: datetime) -> list[Notification]:
        """Everything that rings until a moment, the worker being awake all the while."""
        found: list[Notification] = []
        while (due_at := self.next()) and due_at <= end:
            found += self.ring(max(due_at, self.clock.moment))
        self.clock.moment = end
        return found

    def next(self) -> datetime | None:
        with self.database.reading() as db:
            waiting = select(func.min(Notification.next_at)).where(Notification.state.in_(OPEN))
            return db.scalar(waiting)


@pytest.fixture
def doorbell(database: Database, held_clock: HeldClock) -> Doorbell:
    """Everybody of the group has a phone that rings when the test gives her one."""
    return Doorbell(database, held_clock)


@pytest.fixture
def planned(database: Database, cast: Cast) -> None:
    """The sessions of both groups are planned, and so are their reminders."""
    with database.writing.begin() as db:
        plan_sessions(db, session_ids=[cast.session_id, cast.other_session_id])


@pytest.fixture
def act(database: Database) -> Act:
    """`act(sessions.cancel, cast.chipo.reader, cast.session_id)`: done, and committed."""

    def do(what: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        with database.writing.begin() as db:
            return what(db, *arguments, **named)

    return do


def choose(database: Database, player: Player, **chosen: Any) -> None:
    """She has chosen this, and everything else is as it is for whoever never chose."""
    with database.writing.begin() as db:
        choices.keep(db, player.reader, replace(UNCHOSEN, **chosen))


def save(database: Database, player: Player, **chosen: Any) -> None:
    """She chooses now, and her reminders follow, as when she sends the form."""
    choose(database, player, **chosen)
    with database.writing.begin() as db:
        plan_sessions(db, person_ids=[player.id])
        plan_repeated(db, player.id)


def lose(db: Session, player: Player) -> None:
    """Her journey ends in a loss."""
    journeys.end(db, player.reader)


def written(database: Database, *players: Player, state: str | None = None) -> list[Notification]:
    """The words for these people, or for anybody, the first due first."""
    rows = select(Notification).order_by(Notification.due_at, Notification.slot)
    if players:
        rows = rows.where(Notification.person_id.in_([each.id for each in players]))
    with database.reading() as db:
        return list(db.scalars(rows.where(Notification.state == state) if state else rows))


def waiting(database: Database, *players: Player) -> list[Notification]:
    return written(database, *players, state=State.WAITING)


def whose(cast: Cast, rows: list[Notification]) -> list[str]:
    """The names of those for whom these are, in the order of the alphabet."""
    everybody = (each for each in vars(cast).values() if isinstance(each, Player))
    names = {each.id: each.name for each in everybody}
    return sorted(names[row.person_id] for row in rows)


def whys(rows: list[Notification]) -> list[tuple[str, str]]:
    """What became of these, and why."""
    return [(row.state, row.why) for row in rows]
