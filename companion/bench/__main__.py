"""`python -m companion.bench chat`, `… push`, `… pages`, `… month`: what Companion bears on this
machine, and what it costs on a phone."""

import argparse
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from companion.bench.options import (
    QUICK,
    QUICK_MONTH,
    QUICK_PAGES,
    QUICK_PUSH,
    MonthOptions,
    Options,
    PageOptions,
    PushOptions,
)

LINUX_ONLY = "The bench looks into /proc and keeps to cores, which only Linux lets it do. Sorry."


def main(arguments: list[str] | None = None) -> int:
    """Run a bench. The status is 1 when something was lost, 2 when nothing could be measured."""
    options = _parser().parse_args(arguments)
    if sys.platform != "linux":
        print(LINUX_ONLY, file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # servers and folders are tidied up
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except RuntimeError as problem:
        print(f"bench: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m companion.bench", description=__doc__)
    benches = parser.add_subparsers(required=True, metavar="BENCH")
    _add_chat(benches.add_parser("chat", help="conversations: streams, messages, pages"))
    _add_push(benches.add_parser("push", help="notifications: encrypted, sent, found when due"))
    _add_pages(benches.add_parser("pages", help="languages: falling back, wordings, the start"))
    _add_month(benches.add_parser("month", help="ordinary use: bytes on the wire, in Chromium"))
    return parser


def _add_chat(talk: argparse.ArgumentParser) -> None:
    usual = Options()
    talk.set_defaults(run=_chat)
    talk.add_argument(
        "--streams", type=_counts, default=usual.streams, help="open at once (1000,5000)"
    )
    talk.add_argument(
        "--seconds", type=float, default=usual.seconds, help="how long each load lasts (10)"
    )
    talk.add_argument(
        "--churn", type=_count, default=usual.churn, help="streams that come and go (10000)"
    )
    _add_usual(talk)


def _add_push(push: argparse.ArgumentParser) -> None:
    usual = PushOptions()
    push.set_defaults(run=_push)
    push.add_argument(
        "--words", type=_count, default=usual.words, help="how many are sent in a round (10000)"
    )
    push.add_argument("--rounds", type=_count, default=usual.rounds, help="of sending (3)")
    push.add_argument(
        "--people", type=_count, default=usual.people, help="whose reminders wait (100000)"
    )
    _add_usual(push)


def _add_pages(pages: argparse.ArgumentParser) -> None:
    usual = PageOptions()
    pages.set_defaults(run=_pages)
    pages.add_argument("--pages", type=_count, default=usual.pages, help="in a round (200)")
    pages.add_argument("--rounds", type=_count, default=usual.rounds, help="of pages (20)")
    pages.add_argument("--starts", type=_count, default=usual.starts, help="of each kind (9)")
    _add_usual(pages)


def _add_month(month: argparse.ArgumentParser) -> None:
    month.set_defaults(run=_month)
    _add_usual(month)


def _add_usual(bench: argparse.ArgumentParser) -> None:
    bench.add_argument(
        "--folder", type=Path, help="for the databases, on the disk to measure (temporary files)"
    )
    bench.add_argument(
        "--quick", action="store_true", help="a few seconds, to see that it works: no figures"
    )


def _chat(given: argparse.Namespace) -> int:
    from companion.bench import chat  # it cannot even be imported elsewhere than on Linux

    asked = Options(given.streams, given.seconds, given.churn, given.folder)
    return chat.run(QUICK if given.quick else asked)


def _push(given: argparse.Namespace) -> int:
    from companion.bench import push

    asked = PushOptions(given.words, given.rounds, given.people, given.folder)
    return push.run(QUICK_PUSH if given.quick else asked)


def _pages(given: argparse.Namespace) -> int:
    from companion.bench import pages

    asked = PageOptions(given.pages, given.rounds, given.starts, given.folder)
    return pages.run(QUICK_PAGES if given.quick else asked)


def _month(given: argparse.Namespace) -> int:
    try:
        from companion.bench import month
    except ModuleNotFoundError as problem:
        raise RuntimeError(f"{problem.name} is missing: pip install '.[test]'") from problem

    return month.run(replace(QUICK_MONTH if given.quick else MonthOptions(), folder=given.folder))


def _counts(text: str) -> tuple[int, ...]:
    return tuple(_count(each) for each in text.split(","))


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
