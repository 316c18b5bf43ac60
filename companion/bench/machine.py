"""The machine: what it is, its cores, and what a process takes of it (proc(5))."""

import os
import platform
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from companion.engines import sqlite_module

TICKS = os.sysconf("SC_CLK_TCK")
PAGE_KIB = os.sysconf("SC_PAGE_SIZE") / 1024
OPEN_FILES = 20_000

CORES = sorted(os.sched_getaffinity(0))
SERVERS = {CORES[-1]}
CLIENTS = set(CORES[:-1]) or SERVERS


def described(folder: Path) -> str:
    """What figures from here can be compared with."""
    return (
        f"{len(CORES)} cores ({_processor()}), Linux {platform.release()}, "
        f"Python {platform.python_version()}, SQLite {sqlite_module().sqlite_version} "
        f"on {_file_system(folder)}."
    )


@contextmanager
def on_cores(cores: set[int]) -> Iterator[None]:
    """Processes that are started in here stay on these cores."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def memory(pid: int) -> float:
    """Resident memory in KiB, descendants included."""
    own = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * PAGE_KIB
    return own + sum(map(memory, _children(pid)))


def step_aside() -> None:
    """This process writes and looks, so it keeps off the server's core."""
    os.sched_setaffinity(0, CLIENTS)
    if CLIENTS == SERVERS:
        print("There is one core only: clients and server share it, and the figures suffer.")


def worked(pid: int) -> float:
    """Seconds of a core that it has used."""
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / TICKS


def worked_by_all(pid: int) -> float:
    """The same, descendants included."""
    return worked(pid) + sum(map(worked_by_all, _children(pid)))


def allow_open_files() -> None:
    """An open stream is an open file, here and at the server: as many as we may have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(each) for each in listed.read_text(encoding="ascii").split()]


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()


def _file_system(folder: Path) -> str:
    """On tmpfs a durable commit costs nothing, so the figures must say where they come from."""
    mounts = Path("/proc/mounts").read_text(encoding="utf-8").splitlines()
    kinds = {Path(place): kind for _, place, kind, *_ in map(str.split, mounts)}
    where = folder.resolve()
    return next((kinds[each] for each in (where, *where.parents) if each in kinds), "?")
