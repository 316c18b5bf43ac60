"""The loop that sends: as long as it runs, what is due goes out and what came of it is noted."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial

from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from companion import clock
from companion.db import Database
from companion.errors import Busy
from companion.notifications import outbox, outcomes
from companion.notifications.outcomes import Answered
from companion.notifications.post import TOO_LATE, Delivery, Post

log = logging.getLogger(__name__)

LOOKS_EVERY = 1.0  # seconds, while nothing is due
ON_THE_WAY = 400  # so many at once; more wait in the outbox, where everybody can take them
GRACE = 5.0  # seconds for what is on its way when it is told to stop

Take = Callable[[Session], list[Delivery]]


class Sending:
    """Takes what is due from the outbox, sends it, and writes down how it went, as it comes in:
    whatever dies between an answer and its row would send again what had been sent."""

    def __init__(self, database: Database, take: Take, post: Post) -> None:
        self._database, self._take, self._post = database, take, post
        self._on_the_way: set[asyncio.Task[None]] = set()
        self._answered: list[Answered] = []
        self._news = asyncio.Event()

    async def run(self) -> None:
        """Until it is cancelled; what is on its way is then brought to its end, within reason."""
        noting = asyncio.create_task(self._note_for_ever())
        try:
            while True:
                if not await self._send_some():
                    await asyncio.sleep(LOOKS_EVERY)
        finally:
            if self._on_the_way:
                await asyncio.wait(self._on_the_way, timeout=GRACE)
            noting.cancel()
            with suppress(asyncio.CancelledError):
                await noting
            await self._note()

    async def drain(self) -> None:
        """What is due now, and no more."""
        while await self._send_some() or self._on_the_way:
            if self._on_the_way:
                await asyncio.wait(self._on_the_way)
            await self._note()

    async def _send_some(self) -> bool:
        """Whether there was something to send, or there is something on its way."""
        if len(self._on_the_way) >= ON_THE_WAY:
            await asyncio.wait(self._on_the_way, return_when=asyncio.FIRST_COMPLETED)
            return True
        try:
            if not await self._database.read(outbox.is_anything_due):
                return False
            until = clock.now() + outbox.CLAIM
            for each in await self._database.write(self._take):
                sent = asyncio.create_task(self._send(each, until))
                self._on_the_way.add(sent)
                sent.add_done_callback(self._on_the_way.discard)
        except (SQLAlchemyError, Busy) as problem:
            log.warning("reminders wait for the database: %s", problem)
            return False
        except Exception:
            # This loop is the only one there is: it goes on, whatever was wrong.
            log.exception("reminders could not be taken")
            return False
        return True

    async def _send(self, delivery: Delivery, until: datetime) -> None:
        try:
            outcome = await self._post.send(delivery, until)
        except Exception:
            # Its claim runs out, and it is tried again as long as it helps.
            log.exception("a notification could not be sent")
            return
        if outcome.status == TOO_LATE:
            return  # whoever has it now says how it went
        self._answered.append((delivery, outcome))
        self._news.set()

    async def _note_for_ever(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            if not await self._note():
                await asyncio.sleep(LOOKS_EVERY)
                self._news.set()

    async def _note(self) -> bool:
        """Whatever has been answered by now, in one transaction. False when it has to wait."""
        answered, self._answered = self._answered, []
        if not answered:
            return True
        try:
            await self._database.write(lambda db: outcomes.note(db, answered))
        except (OperationalError, PoolTimeout, Busy) as problem:
            log.warning("what was sent waits for the database: %s", problem)
            self._answered = answered + self._answered
            return False
        except Exception:
            log.exception("what was sent could not be noted together")
            await self._note_apart(answered)
        return True

    async def _note_apart(self, answered: Sequence[Answered]) -> None:
        """One by one, so that one that cannot be noted keeps no other from it. It is let go: its
        claim runs out."""
        for each in answered:
            try:
                await self._database.write(partial(outcomes.note, answered=[each]))
            except Exception:
                log.exception("what was sent could not be noted")
