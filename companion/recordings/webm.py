"""WebM with Opus in it (RFC 8794, RFC 9559): what Chrome and Firefox record.

A live recording says neither how long it is nor how big its parts are; its blocks do.
"""

from collections.abc import Iterator

from companion.recordings import opus
from companion.recordings.unheard import AVideo, Unreadable, need

_HEAD, _DOC_TYPE = 0x1A45DFA3, 0x4282
_SEGMENT, _INFO, _SCALE = 0x18538067, 0x1549A966, 0x2AD7B1
_TRACKS, _TRACK, _TYPE, _CODEC = 0x1654AE6B, 0xAE, 0x83, 0x86
_CLUSTER, _TIME, _GROUP, _BLOCK, _SIMPLE_BLOCK = 0x1F43B675, 0xE7, 0xA0, 0xA1, 0xA3
# What is walked into; everything else is looked at as a whole, or passed over.
_FOLDERS = frozenset({_HEAD, _SEGMENT, _INFO, _TRACKS, _TRACK, _CLUSTER, _GROUP})
_AUDIO, _VIDEO = 2, 1
_LACED = 0x06


def begins(data: bytes) -> bool:
    return data.startswith(_HEAD.to_bytes(4, "big"))


def seconds(data: bytes) -> float:
    """From the first block to the end of the last, or what they sound together, whichever is
    longer. Raises Unreadable, AVideo."""
    scale, cluster, types, codecs = 1_000_000, 0, [], []
    times: list[float] = []
    sounding = last = 0.0
    for name, value in _elements(data):
        if name == _DOC_TYPE:
            need(value.rstrip(b"\0") == b"webm")
        elif name == _SCALE:
            scale = _whole(value)
        elif name == _TYPE:
            types.append(_whole(value))
        elif name == _CODEC:
            codecs.append(value.rstrip(b"\0"))
        elif name == _TIME:
            cluster = _whole(value)
        elif name in (_BLOCK, _SIMPLE_BLOCK):
            after, last = _block(value)
            times.append((cluster + after) * scale / 1e9)
            sounding += last
    if _VIDEO in types:
        raise AVideo
    need(types == [_AUDIO] and codecs == [b"A_OPUS"] and sounding > 0)
    return max(sounding, max(times) - min(times) + last)


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Every element that is no folder, in order. Each step goes forward by two bytes or more."""
    at = 0
    while at < len(data):
        name, at = _name(data, at)
        size, at = _size(data, at)
        need(size is None or at + size <= len(data))
        if name not in _FOLDERS:
            need(size is not None)
            end = at + (size or 0)
            yield name, data[at:end]
            at = end


def _name(data: bytes, at: int) -> tuple[int, int]:
    length = _length(data, at, most=4)
    return int.from_bytes(data[at : at + length], "big"), at + length


def _size(data: bytes, at: int) -> tuple[int | None, int]:
    """None where it is not known: all its bits are ones."""
    length = _length(data, at, most=8)
    most = (1 << 7 * length) - 1
    size = int.from_bytes(data[at : at + length], "big") & most
    return None if size == most else size, at + length


def _length(data: bytes, at: int, most: int) -> int:
    """Of a number that says by its leading zeros how many bytes it takes."""
    need(at < len(data) and data[at] > 0)
    length = 9 - data[at].bit_length()
    if length > most or at + length > len(data):
        raise Unreadable
    return length


def _whole(value: bytes) -> int:
    need(len(value) <= 8)
    return int.from_bytes(value, "big")


def _block(value: bytes) -> tuple[int, float]:
    """Its time after the cluster's, and how long it sounds. Opus is never laced."""
    _track, at = _size(value, 0)
    need(at + 4 <= len(value) and not value[at + 2] & _LACED)
    after = int.from_bytes(value[at : at + 2], "big", signed=True)
    return after, opus.seconds(value[at + 3 : at + 5])
