"""A process that does as it is told over a pipe: orders are (name, arguments), answers come back;
when the pipe is closed, it ends. It keeps to the cores beside the server's."""

import multiprocessing
import subprocess
import sys
from typing import Any, Self

from companion.bench.machine import CLIENTS, on_cores


class Ordered:
    """A module of ours, run with the handle of its end of the pipe and these arguments."""

    def __init__(self, module: str, *arguments: object) -> None:
        self._pipe, theirs = multiprocessing.Pipe()
        handle = theirs.fileno()
        with on_cores(CLIENTS):
            self._process = subprocess.Popen(  # noqa: S603 - our own
                [sys.executable, "-m", module, str(handle), *map(str, arguments)],
                pass_fds=[handle],
                start_new_session=True,
            )
        theirs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pipe.close()
        self._process.wait()

    @property
    def pid(self) -> int:
        return self._process.pid

    def tell(self, name: str, *arguments: Any) -> None:
        self._pipe.send((name, arguments))

    def ask(self, name: str, *arguments: Any) -> Any:
        self.tell(name, *arguments)
        return self._pipe.recv()
