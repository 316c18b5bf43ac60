"""A part of a recording, as players ask for it (RFC 9110, 14): Safari plays nothing without."""

import re

_ONE_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


class OutOfRange(Exception):
    """It begins behind the end."""


def wanted(asked: str, size: int) -> tuple[int, int] | None:
    """The first byte, and the one after the last. None: everything, also where what is asked for
    is no single range. Raises OutOfRange."""
    found = _ONE_RANGE.fullmatch(asked.strip())
    if not found or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:
        start, end = size - min(int(last), size), size
    else:
        start, end = int(first), min(int(last or size) + 1, size)
        if last and int(last) < start:
            return None
    if start >= size:
        raise OutOfRange
    return start, end
