"""Opus packets: how long one sounds (RFC 6716, 3.1)."""

from companion.recordings.unheard import need

# In tenths of milliseconds, for the 32 configurations of a packet's first byte.
_SILK = (100, 200, 400, 600) * 3
_HYBRID = (100, 200) * 2
_CELT = (25, 50, 100, 200) * 4
_FRAMES = _SILK + _HYBRID + _CELT


def seconds(start: bytes) -> float:
    """Of a packet, by its first two bytes. Raises Unreadable."""
    need(len(start) >= 1)
    frame, code = _FRAMES[start[0] >> 3], start[0] & 3
    if code < 3:
        return frame * (1, 2, 2)[code] / 10_000
    need(len(start) >= 2)
    frames = start[1] & 0x3F
    need(0 < frames * frame <= 1200)
    return frames * frame / 10_000
