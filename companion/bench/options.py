"""What is asked of the bench of conversations."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """How many streams, one after the other; how long each load; how many come and go; and the
    folder in which databases are made, else the one for temporary files."""

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
