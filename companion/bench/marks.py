"""The mark in a message, by which a copy of it is known: its number, and when it was sent.

Letters and digits alone, since what is said is escaped and looked through for links on its way.
"""

import re
import time

MARK = re.compile(rb"sent(\d+)at(\d+)ns")


def mark(number: int) -> str:
    """Made at the moment of sending, in nanoseconds of the clock that all processes share."""
    return f"sent{number}at{time.monotonic_ns()}ns"
