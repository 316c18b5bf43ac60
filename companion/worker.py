"""What is done without anybody asking: reminders are sent when they are due, and every hour the
house is tidied. Within `companion serve`, or as `companion worker`; several at once on PostgreSQL.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy.exc import SQLAlchemyError

from companion.chat import retention
from companion.config import Config
from companion.db import Database
from companion.errors import Busy
from companion.notifications import outbox
from companion.notifications.keys import push_key
from companion.notifications.post import Post
from companion.notifications.sending import Sending
from companion.notifications.services import Services
from companion.pilots.wordings import Shelf
from companion.reminders import planning
from companion.reminders.ringing import Ringing

log = logging.getLogger(__name__)

AGAIN_AFTER = 5.0  # seconds
FIRST_AFTER, EVERY = 60.0, 3600.0  # seconds
CHORES = (planning.plan_missed, retention.tidy, outbox.tidy)


@asynccontextmanager
async def working(config: Config, database: Database, shelf: Shelf) -> AsyncIterator[None]:
    """While this lasts, the work is done."""
    tasks = [
        asyncio.create_task(tidy_for_ever(database)),
        asyncio.create_task(send_for_ever(config, database, shelf)),
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task


async def work(config: Config, database: Database, stop: asyncio.Event) -> None:
    """The work alone, until it is told to stop."""
    async with working(config, database, Shelf()):
        await stop.wait()


async def send_for_ever(config: Config, database: Database, shelf: Shelf) -> None:
    """Whatever ends it but a stop is logged, and it begins again."""
    services = Services.parse(config.push_services)
    ringing = Ringing(config.origin, drafts=config.drafts, shelf=shelf)
    while True:
        try:
            async with Post(push_key(), config.push_contact, services) as post:
                await Sending(database, ringing.take, post).run()
        except Exception:
            log.exception("sending ended, and begins again")
        await asyncio.sleep(AGAIN_AFTER)


async def tidy_for_ever(database: Database) -> None:
    """Every chore in a transaction of its own, once an hour. One that fails is tried again."""
    await asyncio.sleep(FIRST_AFTER)
    while True:
        for chore in CHORES:
            try:
                await database.write(chore)
            except (SQLAlchemyError, Busy) as problem:
                log.warning("%s waits for the database: %s", chore.__module__, problem)
            except Exception:
                log.exception("%s failed", chore.__module__)
        await asyncio.sleep(EVERY)
