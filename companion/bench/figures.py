"""Figures: shares of a list of waits, and how all of it is written in a table."""

from collections.abc import Mapping, Sequence

Figures = dict[str, str]
MISSING = "–"


def share(values: Sequence[int], part: float) -> float:
    """The value that this part of them does not exceed; 0 when there is none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0


def milliseconds(nanoseconds: Sequence[int]) -> str:
    """The median, and what one in a hundred exceeds."""
    return f"{share(nanoseconds, 0.5) / 1e6:.1f} / {share(nanoseconds, 0.99) / 1e6:.1f}"


def number(value: float) -> str:
    return f"{value:,.1f}" if value < 100 and value != int(value) else f"{value:,.0f}"


def mebibytes(kib: float) -> str:
    return f"{kib / 1024:.1f} MiB"


def table(columns: Mapping[str, Figures]) -> str:
    """A table in Markdown: a column for each server, a row for whatever any of them has."""
    labels = list(dict.fromkeys(label for figures in columns.values() for label in figures))
    rows = [["", *columns]]
    rows += [[label, *(each.get(label, MISSING) for each in columns.values())] for label in labels]
    head, *lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([head, "|---" + "|--:" * len(columns) + "|", *lines])
