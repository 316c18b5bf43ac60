"""A Redis for the tests of the bus: one that is here, else the system's package."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import redis

from tests.served import free_port

NAMES = ("redis-server", "valkey-server")


def find() -> str | None:
    """The path of a Redis or Valkey on this machine."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def install() -> None:
    """Raises CalledProcessError when it cannot be installed."""
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "redis-server"]):
        subprocess.run(command, check=True)


@contextmanager
def started(port: int) -> Iterator[str]:
    """A Redis at a port; what it keeps is gone with it."""
    command = [find() or "redis-server", "--port", str(port), "--save", "", "--loglevel", "warning"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    client = redis.Redis(port=port)
    while not _answers(client):
        time.sleep(0.02)
    client.close()
    try:
        yield f"redis://127.0.0.1:{port}"
    finally:
        server.kill()
        server.wait()


def _answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False


@contextmanager
def start_redis() -> Iterator[str]:
    with started(free_port()) as address:
        yield address


if __name__ == "__main__":
    if find() is None:
        install()
    print(f"Redis: {find() or sys.exit('no Redis could be installed')}")
