"""What is asked of the benches."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """Of the conversations: how many streams, one after the other; how long each load; how many
    come and go; and the folder in which databases are made, else the one for temporary files."""

    streams: tuple[int, ...] = (1000, 5000)
    seconds: float = 10
    churn: int = 10_000
    folder: Path | None = None
    compares: bool = True
    groups: int = 84
    """How many there are when nobody listens."""
    most_steps: int = 20
    """How often the rate may rise."""


QUICK = Options(streams=(100,), seconds=0.5, churn=100, compares=False, groups=9, most_steps=2)


@dataclass(frozen=True)
class PushOptions:
    """Of the notifications: how many are sent, and how often over; and how many people have
    reminders that are not due."""

    words: int = 10_000
    rounds: int = 3
    people: int = 100_000
    folder: Path | None = None
    looks: int = 200
    """How often one looks for what is due."""
    is_patient: bool = True
    """Whether what a killed worker had claimed comes back by itself, after a minute."""


QUICK_PUSH = PushOptions(words=120, rounds=1, people=100, looks=5, is_patient=False)


@dataclass(frozen=True)
class PageOptions:
    """Of the languages: how many pages in a round, how many rounds, and how many starts of each
    kind."""

    pages: int = 200
    rounds: int = 20
    starts: int = 9
    folder: Path | None = None


QUICK_PAGES = PageOptions(pages=4, rounds=1, starts=1)


@dataclass(frozen=True)
class MonthOptions:
    """Of a month: how often she opens Companion, what she writes down, the sessions and the
    messages of others that she reads, the messages she writes, and how often her phone rings; and
    whether she also has it on phones that forget."""

    openings: int = 30
    measurements: int = 12
    sessions: int = 2
    read: int = 100
    written: int = 20
    pushes: int = 12
    forgets: bool = True
    folder: Path | None = None


QUICK_MONTH = MonthOptions(
    openings=2, measurements=1, sessions=1, read=3, written=1, pushes=1, forgets=False
)
