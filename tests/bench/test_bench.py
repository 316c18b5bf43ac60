"""The bench runs, and what it measures loses nothing. Nothing is timed here."""

import subprocess
import sys


def test_the_bench_of_conversations_loses_nothing() -> None:
    bench = [sys.executable, "-m", "companion.bench", "chat", "--quick"]

    ended = subprocess.run(bench, capture_output=True, text=True, timeout=120)

    assert ended.returncode == 0, ended.stderr
    figures = _table(ended.stdout)
    assert figures["108 streams: copies lost, doubled"] == "0, 0"
    assert figures["108 streams: copies lost, doubled on the way"] == "0, 0"
    assert figures["streams, rooms held after"] == "0, 0"


def _table(text: str) -> dict[str, str]:
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return {row[0]: row[1] for row in rows if len(row) == 2}
