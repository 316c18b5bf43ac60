"""The bench of languages: what a page costs that falls back, under a pilot's own words; and what
the records of all languages cost a start."""

import asyncio
import json
import statistics
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from sqlalchemy.orm import Session

from companion.bench.environment import environment
from companion.bench.figures import Figures, mebibytes, number, table
from companion.bench.house import Member, furnish
from companion.bench.line import Line
from companion.bench.machine import described, step_aside
from companion.bench.options import PageOptions
from companion.bench.requests import GET, request
from companion.bench.served import Served
from companion.config import Config
from companion.i18n.languages import real_languages
from companion.localisation.texts import texts
from companion.people import actions, sign_ins
from companion.people.models import Role
from companion.pilots.wordings import Saying, say
from companion.start import open_house

PATHS = ("/", "/more", "/record", "/call")
WORDINGS = 500
DEAREST_PAGE, DEAREST_START = 1.10, 1.15
METHOD = f"""\
Pages: one process on a core of its own, with a SQLite file; a client on the other core asks in
turn for {", ".join(PATHS)}, as two participants who have nothing yet: one reads English in a pilot
without words of its own, the other Twi (which falls back for everything) in a pilot with
{WORDINGS} wordings in Akan. Rounds alternate; the ratio is that of the medians. Start: a process
that makes the application and draws its first page in English, with the records of all languages
and with that of English alone; rounds alternate, medians."""


def run(options: PageOptions) -> int:
    """Measure, and print a table. The exit status is 1 when a page was not answered."""
    step_aside()
    print(described(options.folder or Path(gettempdir())), METHOD, sep="\n", flush=True)
    pages, problems = _pages(options)
    print("", table({"measured": pages | _starts(options)}), sep="\n")
    for problem in problems:
        print(problem, file=sys.stderr, flush=True)
    return 1 if problems else 0


def _pages(options: PageOptions) -> tuple[Figures, list[str]]:
    with TemporaryDirectory(prefix="companion-bench-", dir=options.folder) as name:
        folder = Path(name)
        house = furnish(folder, 1)
        with closing(open_house(Config(data=str(folder)))) as data, data.writing.begin() as db:
            english = _reader(db, house.members[0], "en", "gb", "Europe/London")
            twi = _reader(db, house.members[0], "tw", "gh", "Africa/Accra")
            say(db, "gh", _wordings())
        with Served(house) as served:
            return asyncio.run(_ask(served.port, {"English": english, "Twi": twi}, options))


def _reader(db: Session, like: Member, language: str, pilot: str, zone: str) -> Member:
    person = actions.welcome(db, "Member", language, Role.PARTICIPANT, pilot, zone)
    db.flush()
    return Member(like.group_id, sign_ins.sign_in(db, person, "Chrome · Android"))


def _wordings() -> list[Saying]:
    found = [each for each in texts("gh").values() if not each.counts][:WORDINGS]
    return [
        Saying("ak", each.domain, each.context, each.ids[0], each.ids, is_reviewed=True)
        for each in found
    ]


async def _ask(
    port: int, readers: dict[str, Member], options: PageOptions
) -> tuple[Figures, list[str]]:
    line, problems = Line(port), []
    took: dict[str, list[float]] = {name: [] for name in readers}
    for nth in range(options.rounds + 1):  # the first warms up
        for name, reader in readers.items():
            begin = time.perf_counter()
            for each in range(options.pages):
                path = PATHS[each % len(PATHS)]
                cookie = f"Cookie: sign-in={reader.token}"
                status = await line.ask(request(GET, path, (cookie, "Accept-Encoding: br")))
                if status != 200:
                    problems.append(f"{name}: {path} was answered with {status}")
            if nth:
                took[name].append((time.perf_counter() - begin) / options.pages)
    line.hang_up()
    medians = {name: statistics.median(each) for name, each in took.items()}
    figures = {f"{name}, a page, ms": number(each * 1000) for name, each in medians.items()}
    ratio = medians["Twi"] / medians["English"]
    return figures | {f"ratio (at most {DEAREST_PAGE})": f"{ratio:.3f}"}, problems


def _starts(options: PageOptions) -> Figures:
    many = len(real_languages())
    taken: dict[bool, list[dict[str, float]]] = {True: [], False: []}
    for _ in range(options.starts):
        for is_one in taken:
            taken[is_one].append(_start(is_one=is_one))
    figures: Figures = {}
    for what, write, unit in (("seconds", number, "s"), ("kib", mebibytes, "")):
        one, all_of_them = (
            statistics.median(each[what] for each in taken[is_one]) for is_one in (True, False)
        )
        figures |= {
            f"start with 1 language {unit}".strip(): write(one),
            f"start with {many} languages {unit}".strip(): write(all_of_them),
            f"{what}: ratio (at most {DEAREST_START})": f"{all_of_them / one:.3f}",
        }
    return figures


def _start(*, is_one: bool) -> dict[str, float]:
    with TemporaryDirectory(prefix="companion-bench-") as folder:
        began = subprocess.run(  # noqa: S603 - ourselves
            [sys.executable, "-m", "companion.bench.starting", *(["one"] if is_one else [])],
            env=environment(data=folder),
            capture_output=True,
            check=True,
            text=True,
        )
    measured: dict[str, float] = json.loads(began.stdout)
    return measured
