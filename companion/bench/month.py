"""The bench of a month: what Companion costs her of the bundle she paid for."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from companion.bench.figures import Figures, number, table
from companion.bench.handset import handset
from companion.bench.machine import described
from companion.bench.options import MonthOptions
from companion.bench.ordinary import Month
from companion.bench.ordinary_house import OrdinaryHouse, furnish_ordinarily
from companion.bench.sealing import pushed
from companion.bench.served import Served
from companion.bench.wire import KINDS, Counted, Wire

BUDGET = 500_000
METHOD = f"""\
A month of ordinary use in Chromium, on a phone that rings, in a group of twelve: what is asked for
is spread over the openings, each with a page of its own. Every byte is counted on the wire between
the phone and the server, headers included, by what it was for: HTTP/1.1 with brotli. Pushes are
counted as they are encrypted. Over TLS a connection costs its handshake more (some 3 kB), and with
HTTP/2 headers that repeat cost next to nothing: neither is in the figures. A fresh phone begins
with nothing; on an installed one every place was open before. One that forgets has lost its cache
at each opening, but for what the worker put aside. The budget is {BUDGET:,} bytes that come."""

Column = tuple[str, bool, bool]
COLUMNS: tuple[Column, ...] = (
    ("fresh", False, False),
    ("installed", True, False),
    ("fresh, forgets", False, True),
    ("installed, forgets", True, True),
)


def run(options: MonthOptions) -> int:
    """Measure, and print a table. The exit status is 1 when a phone that keeps its cache is above
    the budget."""
    print(described(options.folder or Path(gettempdir())), METHOD, sep="\n", flush=True)
    columns, is_within = {}, True
    for name, is_installed, forgetful in COLUMNS[: 4 if options.forgets else 2]:
        print(name, file=sys.stderr, flush=True)
        counted, shown = _month(options, is_installed=is_installed, forgetful=forgetful)
        came = counted.came.total() + options.pushes * pushed()
        is_within &= forgetful or came <= BUDGET
        columns[name] = _figures(counted, options, came) | {"counted by the phone": number(shown)}
    print("", table(columns), sep="\n")
    return 0 if is_within else 1


def _month(options: MonthOptions, *, is_installed: bool, forgetful: bool) -> tuple[Counted, int]:
    """What went over the wire, and what the phone itself says of it."""
    with (
        _house(options) as house,
        Served(house.house, worker="no") as served,
        Wire(served.port) as wire,
        handset(wire.port, house.her.token, house.address) as phone,
    ):
        month = Month(house, served, options)
        if is_installed:
            month.look_around(phone)
        before = phone.counted() if is_installed else 0
        wire.take()
        month.live(phone, forgetful=forgetful)
        return wire.take(), phone.counted() - before


@contextmanager
def _house(options: MonthOptions) -> Iterator[OrdinaryHouse]:
    with TemporaryDirectory(prefix="companion-bench-", dir=options.folder) as folder:
        yield furnish_ordinarily(Path(folder))


def _figures(counted: Counted, options: MonthOptions, came: int) -> Figures:
    pushes = f"{number(options.pushes * pushed())} in {options.pushes}"
    return {
        **{k: f"{number(counted.came[k])} in {number(counted.asked[k])}" for k in KINDS},
        "pushes": pushes,
        "all that came": number(came),
        "requests, sent": number(counted.sent.total()),
    }
