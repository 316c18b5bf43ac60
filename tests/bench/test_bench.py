"""The benches run, and what they measure loses nothing. Nothing is timed here."""

import subprocess
import sys


def test_the_bench_of_conversations_loses_nothing() -> None:
    figures = _bench("chat")

    assert figures["108 streams: copies lost, doubled"] == ["0, 0"]
    assert figures["108 streams: copies lost, doubled on the way"] == ["0, 0"]
    assert figures["streams, rooms held after"] == ["0, 0"]


def test_the_bench_of_notifications_loses_nothing_and_shows_nothing_twice() -> None:
    figures = _bench("push")

    assert figures["killed 2 times: words written, lost"] == ["120, 0", "–"]
    assert figures["killed 2 times: at most on one phone"] == ["1", "–"]
    assert figures["reminders not due, and then"] == ["200, 2,000", "–"]
    assert all(_number(each) > 0 for each in figures["encrypted and signed per second"])
    assert _number(figures["sent per second"][0]) > 0


def test_the_bench_of_languages_answers_every_page() -> None:
    figures = _bench("pages")

    assert all(_number(figures[f"{each}, a page, ms"][0]) > 0 for each in ("English", "Twi"))
    assert _number(figures["ratio (at most 1.1)"][0]) > 0
    assert _number(figures["kib: ratio (at most 1.15)"][0]) > 0


def test_the_bench_of_a_month_counts_every_kind() -> None:
    figures = _bench("month")

    for kind in ("pages", "parts", "live stream", "static files", "posts", "pushes"):
        assert all(_number(each.split(" in ")[0]) > 0 for each in figures[kind]), kind
    fresh, installed = map(_number, figures["all that came"])
    assert fresh > installed > 10_000
    for what in ("requests, sent", "counted by the phone"):
        assert all(_number(each) > 0 for each in figures[what]), what


def _bench(name: str) -> dict[str, list[str]]:
    bench = [sys.executable, "-m", "companion.bench", name, "--quick"]
    ended = subprocess.run(bench, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stderr
    return _table(ended.stdout)


def _table(text: str) -> dict[str, list[str]]:
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return {row[0]: row[1:] for row in rows}


def _number(figure: str) -> float:
    return float(figure.replace(",", ""))
