"""Ogg with Opus in it (RFC 3533, RFC 7845)."""

from collections.abc import Iterator

from companion.recordings import opus
from companion.recordings.unheard import AVideo, Unreadable, need

_HEAD = 27  # bytes before the table of segments
_BEGINS, _HERTZ = 0x02, 48_000
_NO_PACKET_ENDS = -1
_VIDEOS = (b"\x80theora", b"OVP80", b"BBCD\x00", b"\x80daala")


def begins(data: bytes) -> bool:
    return data.startswith(b"OggS")


def seconds(data: bytes) -> float:
    """By what its packets say and by its last position, whichever is longer. Raises Unreadable."""
    pages = _pages(data)
    serial, skipped = _first(next(pages))
    sounding, packets, last = 0.0, 0, 0
    is_continued = False
    for flags, position, page_serial, table, body in pages:
        if flags & _BEGINS:
            _refuse_stream(body)
        need(page_serial == serial)
        if position != _NO_PACKET_ENDS:
            last = position
        at = 0
        for segment in table:
            if not is_continued:
                packets += 1
                # The first packet after the head is the comments.
                sounding += opus.seconds(body[at : at + 2]) if packets > 1 and segment else 0
            at, is_continued = at + segment, segment == 255
    need(packets > 1 and not is_continued and sounding > 0)
    return max(sounding - skipped, (last / _HERTZ) - skipped)


def _pages(data: bytes) -> Iterator[tuple[int, int, int, bytes, bytes]]:
    """Flags, position, serial number, table of segments, and what is in it."""
    at = 0
    while at < len(data):
        need(at + _HEAD <= len(data) and data[at : at + 5] == b"OggS\x00")
        position = int.from_bytes(data[at + 6 : at + 14], "little", signed=True)
        serial = int.from_bytes(data[at + 14 : at + 18], "little")
        body_at = at + _HEAD + data[at + 26]
        table = data[at + _HEAD : body_at]
        end = body_at + sum(table)
        need(end <= len(data))
        yield data[at + 5], position, serial, table, data[body_at:end]
        at = end


def _first(page: tuple[int, int, int, bytes, bytes]) -> tuple[int, float]:
    """The stream's serial number, and how many seconds of its start are not played."""
    flags, _position, serial, _table, body = page
    need(bool(flags & _BEGINS))
    if not body.startswith(b"OpusHead"):
        _refuse_stream(body)
    need(len(body) >= 19 and body[8] >> 4 == 0 and body[9] in (1, 2))
    return serial, int.from_bytes(body[10:12], "little") / _HERTZ


def _refuse_stream(body: bytes) -> None:
    raise AVideo if body.startswith(_VIDEOS) else Unreadable
