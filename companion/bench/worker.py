"""`companion worker`, for the bench: the end of its standard input stops it, so that it never
outlives the bench."""

import os
import signal
import sys
from threading import Thread

from companion import cli


def main() -> None:
    Thread(target=_stop_with_the_bench, daemon=True).start()
    cli.main(["worker"])


def _stop_with_the_bench() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
