"""Loads: asking at a rate, however slow the answers are; or in turn, as fast as they come."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import count

from companion.bench.line import Line

Ask = Callable[[Line], Awaitable[None]]

OPEN_LINES = 48
CLOSED_LINES = 16


async def at_rate(port: int, ask: Ask, rate: float, seconds: float) -> None:
    """Open loop: the next one is due whether or not the one before is answered."""
    due: asyncio.Queue[None] = asyncio.Queue()
    lines = [Line(port) for _ in range(OPEN_LINES)]
    workers = [asyncio.create_task(_when_due(due, line, ask)) for line in lines]
    loop = asyncio.get_running_loop()
    start = loop.time()
    for number in range(round(rate * seconds)):
        await asyncio.sleep(max(0, start + number / rate - loop.time()))
        due.put_nowait(None)
    await due.join()
    for worker, line in zip(workers, lines, strict=True):
        worker.cancel()
        line.hang_up()


async def _when_due(due: asyncio.Queue[None], line: Line, ask: Ask) -> None:
    while True:
        await due.get()
        await ask(line)
        due.task_done()


async def in_turn(port: int, ask: Ask, seconds: float, most: int) -> float:
    """Closed loop: every line asks again when it was answered, at most so many times altogether.
    What comes back is how many seconds it took."""
    loop = asyncio.get_running_loop()
    start, asked = loop.time(), count(1)

    async def again_and_again(line: Line) -> None:
        while loop.time() < start + seconds and next(asked) <= most:
            await ask(line)

    lines = [Line(port) for _ in range(CLOSED_LINES)]
    await asyncio.gather(*map(again_and_again, lines))
    took = loop.time() - start
    for line in lines:
        line.hang_up()
    return took
