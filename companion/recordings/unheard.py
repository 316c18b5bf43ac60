"""Why a reader of sounds gives up, and how all of them take bytes out of what came."""


class Unreadable(Exception):
    """Damaged, cut off, or of a kind that not every phone plays."""


class AVideo(Exception):
    """There are pictures in it."""


def need(is_so: bool) -> None:
    if not is_so:
        raise Unreadable


def number(data: bytes, at: int, size: int) -> int:
    """A big-endian number. Raises Unreadable where the bytes end before it."""
    need(at + size <= len(data))
    return int.from_bytes(data[at : at + size], "big")
