"""The bench of conversations: what one process on one core bears, and what nchan bears there."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from companion.bench.calm import Calm
from companion.bench.crowd import Crowd
from companion.bench.figures import Figures, table
from companion.bench.house import GROUP_SIZE, Member, furnish
from companion.bench.machine import allow_open_files, described, step_aside
from companion.bench.nchan import Nchan, channels, program
from companion.bench.options import Options
from companion.bench.publishers import Visitors
from companion.bench.served import Served

METHOD = """\
The server is one process on a core of its own, with a SQLite file; those who listen, write and look
are on the other cores. Groups of 12 in three languages, everybody with a stream open; a message is
answered when it is on the disk, and a copy is timed from the writing of the post to the reading of
the copy. Pages come compressed, as a browser asks for them. p50 / p99: the median, and what one in
a hundred exceeds."""
BESIDE = "nchan sends the same bytes, but asks nobody who she is and keeps nothing on the disk."
ABSENT = "nchan is not installed here (Debian: nginx, libnginx-mod-nchan): nothing to compare with."


class Bench:
    """All measurements, one after the other, and what went wrong in them."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.problems: list[str] = []
        self._sample = b""

    def companion(self) -> Figures:
        figures: Figures = {}
        for streams in self.options.streams:
            figures |= self._crowd(streams)
        return figures | self._calm()

    def nchan(self, nginx: str) -> Figures:
        figures: Figures = {}
        for streams in self.options.streams:
            _tell(f"nchan, {streams} streams")
            with self._folder() as folder, Nchan(nginx, folder, self._sample) as place:
                crowd = Crowd(place, channels(_groups(streams)), None)
                figures |= crowd.measure(self.options)
            self.problems += [f"nchan: {each}" for each in crowd.problems]
        return figures

    def _crowd(self, streams: int) -> Figures:
        _tell(f"Companion, {streams} streams")
        with self._served(_groups(streams)) as (served, members):
            crowd = Crowd(served, members, Visitors(served, members))
            figures = crowd.measure(self.options)
        self._sample = crowd.sample
        self.problems += crowd.problems
        return figures

    def _calm(self) -> Figures:
        _tell("Companion, nobody listens")
        with self._served(self.options.groups) as (served, members):
            calm = Calm(served, members)
            figures = calm.measure(self.options)
        self.problems += calm.problems
        return figures

    @contextmanager
    def _served(self, groups: int) -> Iterator[tuple[Served, Sequence[Member]]]:
        with self._folder() as folder:
            house = furnish(folder, groups)
            with Served(house) as served:
                yield served, house.members

    @contextmanager
    def _folder(self) -> Iterator[Path]:
        with TemporaryDirectory(prefix="companion-bench-", dir=self.options.folder) as folder:
            yield Path(folder)


def run(options: Options) -> int:
    """Measure, and print a table. The exit status is 1 when anything was lost or left behind."""
    allow_open_files()
    step_aside()
    print(described(options.folder or Path(gettempdir())), METHOD, sep="\n", flush=True)
    bench = Bench(options)
    columns = {"Companion": bench.companion()}
    nginx = program()
    if nginx and options.compares:
        columns["nchan"] = bench.nchan(nginx)
        print(BESIDE)
    elif options.compares:
        print(ABSENT)
    print("", table(columns), sep="\n")
    for problem in bench.problems:
        _tell(problem)
    return 1 if bench.problems else 0


def _groups(streams: int) -> int:
    return -(-streams // GROUP_SIZE)


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
