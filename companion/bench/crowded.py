"""Many people with reminders that are not due, a few that are: how long it takes to find those."""

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from statistics import median
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, literal, select
from sqlalchemy.orm import Session

from companion import clock
from companion.bench.figures import Figures, number
from companion.bench.house import PILOT, ZONE
from companion.db import Database, new_id
from companion.notifications import outbox
from companion.notifications.models import Notification
from companion.notifications.outbox import Word
from companion.people import actions
from companion.people.models import Role

DUE, MOST = 100, 200
EACH = 2
"""How many wait for each of these people, at first."""
MORE = 10
"""So many times as many wait then."""

LOOKS: dict[str, Callable[[Session], object]] = {
    "to see that something is due": outbox.is_anything_due,
    f"to claim the {DUE} that are due": lambda db: outbox.claim(db, MOST),
}


class Crowded:
    """A database with so many people in it, who have reminders."""

    def __init__(self, database: Database, people: int) -> None:
        self._database = database
        with database.writing.begin() as db:
            ids = [_person(db) for _ in range(people)]
        with database.writing.begin() as db:
            outbox.write(db, _words(ids[:DUE], -timedelta(minutes=1)))
            for _ in range(EACH):
                outbox.write(db, _words(ids, timedelta(days=1)))
        self.waiting = people * EACH

    def measure(self, looks: int) -> Figures:
        few, fewer = self.waiting, self._times(looks)
        self._multiply()
        more = self._times(looks)
        figures = {"reminders not due, and then": f"{number(few)}, {number(self.waiting)}"}
        for what, before, after in zip(LOOKS, fewer, more, strict=True):
            figures[f"{what}, ms"] = f"{before:.2f}, {after:.2f}"
            figures[f"{what}, then to before"] = f"{after / before:.2f}"
        return figures

    def _times(self, looks: int) -> list[float]:
        """The median of each look, in milliseconds. What was claimed is given back."""
        return [
            median(_milliseconds(self._database, look) for _ in range(looks))
            for look in LOOKS.values()
        ]

    def _multiply(self) -> None:
        """Every reminder that is not due is there so many times. The database copies them itself:
        to write so many would take long."""
        table: Any = Notification.__table__
        waits = table.c.due_at > clock.now(), table.c.slot == ""
        anew = func.lower(func.hex(func.randomblob(16)))
        different = {"id": anew, "once": anew, "slot": literal("again")}
        copied = select(*(different.get(each.name, each) for each in table.c)).where(*waits)
        with self._database.writing.begin() as db:
            for _ in range(MORE - 1):
                db.execute(insert(table).from_select(list(table.c), copied))
        self.waiting *= MORE


def _milliseconds(database: Database, look: Callable[[Session], object]) -> float:
    with database.writing() as db:
        db.connection()
        start = time.perf_counter()
        look(db)
        return (time.perf_counter() - start) * 1e3


def _person(db: Session) -> UUID:
    return actions.welcome(db, "Amina", "nl", Role.PARTICIPANT, PILOT, ZONE).id


def _words(people: Sequence[UUID], after: timedelta) -> list[Word]:
    due_at = clock.now() + after
    expires_at = clock.now() + timedelta(days=2)
    return [
        Word(each, "session", due_at, expires_at, "/today", about_id=new_id()) for each in people
    ]
