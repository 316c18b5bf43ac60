"""The worker as it works: a process of its own on one core, that may be killed and started anew."""

import subprocess
import sys
from pathlib import Path
from typing import Self

from companion.bench.environment import environment
from companion.bench.machine import SERVERS, on_cores, worked_by_all

STOP_SECONDS = 20


class Working:
    """A worker for the house in a folder, as long as the `with` lasts."""

    def __init__(self, folder: Path, service: str) -> None:
        self._settings = environment(data=folder, push_services=service)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._process.communicate(timeout=STOP_SECONDS)
        finally:
            self._process.kill()

    @property
    def worked(self) -> float:
        """Seconds of a core that it has used."""
        return worked_by_all(self._process.pid)

    def kill(self) -> None:
        """With SIGKILL, whatever it is doing."""
        self._process.kill()
        self._process.communicate()

    def start(self) -> None:
        with on_cores(SERVERS):
            self._process = subprocess.Popen(
                [sys.executable, "-m", "companion.bench.worker"],
                env=self._settings,
                stdin=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
