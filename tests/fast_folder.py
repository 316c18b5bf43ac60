"""Where the tests' files lie: in memory, where Linux has such a folder and there is room in it. No
test survives a power loss, and waiting for a disk took more than half of their time."""

import os
import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 2 << 30


def fast_folder() -> Path | None:
    """None where temporary files have to lie where they usually do."""
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY if has_room and os.access(MEMORY, os.W_OK) else None
