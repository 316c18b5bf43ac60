"""The bench of notifications: what one worker on one core encrypts, sends, and finds to be due."""

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from companion.bench.crowded import Crowded
from companion.bench.figures import Figures, table
from companion.bench.machine import allow_open_files, described, step_aside
from companion.bench.options import PushOptions
from companion.bench.phones import Phones
from companion.bench.ringing_house import ringing_house
from companion.bench.rings import Rings
from companion.bench.sealing import Sealing
from companion.config import Config
from companion.start import open_house

METHOD = """\
Encrypted and signed: the processor's time for words of one length, by Companion and by a bare use
of `cryptography`, in rounds that alternate; the token that says who sends is made once. Sent:
`companion worker` on a core of its own, with a SQLite file; a push service on another core takes
what comes and answers at once. Everybody has a phone and is written a word that is due; the rate is
that at which they come, and the time for each lasts until all are written down as sent. Killed: the
same with SIGKILL when a part has come; what the dead one had claimed comes back when its claim has
run out. Due: medians of many looks into a SQLite file, before and after more reminders wait."""


class Bench:
    """All measurements, one after the other, and what went wrong in them."""

    def __init__(self, options: PushOptions) -> None:
        self.options = options
        self.problems: list[str] = []

    def columns(self) -> dict[str, Figures]:
        _tell("encrypting")
        ours, bare = Sealing().measure(self.options.words)
        return {"Companion": ours | self._rings() | self._due(), "bare": bare}

    def _rings(self) -> Figures:
        _tell("sending")
        words = self.options.words
        with (
            self._folder() as folder,
            Phones() as phones,
            ringing_house(folder, words, phones.origin) as house,
        ):
            rings = Rings(house, phones, self.options)
            figures = rings.measure()
        self.problems += rings.problems
        return figures

    def _due(self) -> Figures:
        _tell("finding what is due")
        with self._folder() as folder, closing(open_house(Config(data=str(folder)))) as database:
            return Crowded(database, self.options.people).measure(self.options.looks)

    @contextmanager
    def _folder(self) -> Iterator[Path]:
        with TemporaryDirectory(prefix="companion-bench-", dir=self.options.folder) as folder:
            yield Path(folder)


def run(options: PushOptions) -> int:
    """Measure, and print a table. The exit status is 1 when a word was lost or shown twice."""
    allow_open_files()
    step_aside()
    print(described(options.folder or Path(gettempdir())), METHOD, sep="\n", flush=True)
    bench = Bench(options)
    columns = bench.columns()
    print("", table(columns), sep="\n")
    for problem in bench.problems:
        _tell(problem)
    return 1 if bench.problems else 0


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
