"""Trying a PIN: counted first, then looked at, then forgiven if it was the right one.

The look takes some 20 ms and holds no database handle meanwhile: on SQLite there is one writer.
"""

import asyncio
from datetime import datetime
from enum import Enum, auto

from companion import clock
from companion.db import Database
from companion.errors import Refusal
from companion.i18n import Sentence, _, one_or_many
from companion.people import locks, pins
from companion.people.locks import Claim
from companion.people.reader import Lock, Reader


class Outcome(Enum):
    """What became of it."""

    RIGHT = auto()
    WRONG = auto()
    TOO_SOON = auto()
    OVER = auto()


async def try_pin(
    database: Database, reader: Reader, lock: Lock, typed: str
) -> tuple[Outcome, int]:
    """What became of it, and after how many seconds the next may be tried. Raises Refusal for what
    is no PIN at all, which is not counted, and Busy."""
    pin = pins.read_pin(typed)
    if not pin:
        raise Refusal(_("Write six digits."), "pin_now")
    with pins.room():
        claimed = await database.write(lambda db: locks.claim(db, reader))
        if not claimed.may_try:
            return Outcome.TOO_SOON, _seconds(claimed)
        is_right = await asyncio.to_thread(pins.is_right, pin, reader.sign_in_id, lock.pin_hash)
    if is_right:
        await database.write(lambda db: locks.forgive(db, reader))
        return Outcome.RIGHT, 0
    if claimed.is_last:
        await database.write(lambda db: locks.give_up(db, reader))
        return Outcome.OVER, 0
    return Outcome.WRONG, _seconds(claimed)


async def new_hash(reader: Reader, pin: str) -> str:
    """Raises Busy."""
    with pins.room():
        return await asyncio.to_thread(pins.hash_pin, pin, reader.sign_in_id)


def _seconds(claimed: Claim) -> int:
    return seconds_left(claimed.waits_until)


def seconds_left(until: datetime | None) -> int:
    """Whole seconds from now, never too few."""
    if until is None:
        return 0
    return max(0, -int((clock.now() - until).total_seconds() // 1))


def say_wait(seconds: int) -> Sentence:
    """How long to wait, in seconds, or in minutes when there are many."""
    if seconds < 60:
        return one_or_many(
            "Too many wrong PINs. Wait %(count)s second, then try again.",
            "Too many wrong PINs. Wait %(count)s seconds, then try again.",
            seconds,
        )
    return one_or_many(
        "Too many wrong PINs. Wait %(count)s minute, then try again.",
        "Too many wrong PINs. Wait %(count)s minutes, then try again.",
        -(-seconds // 60),
    )
