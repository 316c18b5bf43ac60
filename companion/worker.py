"""What is done without anybody asking: while Companion is served, again and again."""

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError

from companion.chat import retention
from companion.db import Database
from companion.errors import Busy

log = logging.getLogger(__name__)

FIRST_AFTER, EVERY = 60.0, 3600.0
CHORES = (retention.tidy,)


async def work(database: Database) -> None:
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
