"""AAC as a bare stream of frames (ISO/IEC 13818-7, ADTS)."""

from companion.recordings.unheard import need

_HERTZ = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
_SAMPLES, _LEAST = 1024, 7  # in a block; bytes of a frame's head
_FEWEST_FRAMES = 3  # two bytes may look like a frame by chance, three frames in a row do not


def begins(data: bytes) -> bool:
    """Twelve ones and no layer: MP3, which has a layer, is another kind."""
    return len(data) > 1 and data[0] == 0xFF and data[1] & 0xF6 == 0xF0


def seconds(data: bytes) -> float:
    """Raises Unreadable, also where the last frame is cut off."""
    at, frames, samples, rates = 0, 0, 0, set()
    while at < len(data):
        need(at + _LEAST <= len(data) and begins(data[at : at + 2]))
        size = (data[at + 3] & 3) << 11 | data[at + 4] << 3 | data[at + 5] >> 5
        need(size >= _LEAST)
        rates.add(data[at + 2] >> 2 & 0xF)
        samples += _SAMPLES * ((data[at + 6] & 3) + 1)
        frames, at = frames + 1, at + size
    rate = rates.pop()
    need(at == len(data) and frames >= _FEWEST_FRAMES and not rates and rate < len(_HERTZ))
    return samples / _HERTZ[rate]
