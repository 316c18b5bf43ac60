"""MP4 with AAC or Opus in it (ISO/IEC 14496-12, -14), whole or, as Safari records, in pieces."""

from collections.abc import Iterator

from companion.recordings.unheard import AVideo, need, number

_FOLDERS = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"mvex", b"moof", b"traf")
_PICTURES = (b"vide", b"pict", b"auxv")
# Object types of AAC (14496-1, table 5: MPEG-4, and MPEG-2 main, LC, SSR).
_AAC = (0x40, 0x66, 0x67, 0x68)
_MOST_DEEP = 8


def begins(data: bytes) -> bool:
    return data[4:8] == b"ftyp"


def seconds(data: bytes) -> float:
    """By what its header says and by its samples, whichever is longer. Raises Unreadable, AVideo.

    Lengths are multiplied, never counted one by one: a header can claim any number of samples.
    """
    handlers, codecs = [], []
    scale = said = listed = pieces = usual = sound = 0
    for name, box in _boxes(data):
        if name == b"hdlr":
            handlers.append(box[8:12])
        elif name == b"stsd":
            codecs.append(_codec(box))
        elif name == b"mdhd":
            scale, said = _header(box)
        elif name == b"stts":
            listed = _listed(box)
        elif name == b"trex":
            usual = number(box, 12, 4)
        elif name == b"tfhd":
            usual = _usual(box, usual)
        elif name == b"trun":
            pieces += _piece(box, usual)
        elif name == b"mdat":
            sound += len(box)
    if any(each in _PICTURES for each in handlers):
        raise AVideo
    need(handlers == [b"soun"] and len(codecs) == 1 and all(codecs))
    length = max(said, listed + pieces)
    need(scale > 0 and sound > 0 and length > 0)
    return length / scale


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Every box that is no folder, in order. Folders are opened at most so many deep."""
    open_folders = [(0, len(data))]
    while open_folders:
        at, end = open_folders.pop()
        if at == end:
            continue
        size, start = number(data, at, 4), at + 8
        name = data[at + 4 : at + 8]
        if size == 1:
            size, start = number(data, at + 8, 8), at + 16
        elif size == 0:
            size = end - at
        need(start <= at + size <= end)
        open_folders.append((at + size, end))
        if name in _FOLDERS:
            open_folders.append((start, at + size))
            need(len(open_folders) <= 2 * _MOST_DEEP)
        else:
            yield name, data[start : at + size]


def _header(box: bytes) -> tuple[int, int]:
    """Units a second, and how many; all ones, or none, where it is not known."""
    wide = number(box, 0, 1) == 1
    scale = number(box, 20 if wide else 12, 4)
    length = number(box, 24, 8) if wide else number(box, 16, 4)
    unknown = (1 << (64 if wide else 32)) - 1
    return scale, 0 if length == unknown else length


def _codec(box: bytes) -> bool:
    """Whether the one entry of a track's description is AAC or Opus."""
    need(number(box, 4, 4) == 1)
    name = box[12:16]
    return name == b"Opus" or (name == b"mp4a" and _is_aac(box))


def _is_aac(box: bytes) -> bool:
    """By the object type in its decoder's description: MP3 may call itself mp4a too."""
    at = box.find(b"esds", 44)
    need(at > 0)
    stream = _inside(box, at + 8, 0x03)
    need(
        not number(box, stream + 2, 1) & 0xE0
    )  # nothing more stands before the decoder's description
    return number(box, _inside(box, stream + 3, 0x04), 1) in _AAC


def _inside(box: bytes, at: int, tag: int) -> int:
    """Where a descriptor's content begins, after its tag and a length of one to four bytes."""
    need(number(box, at, 1) == tag)
    at += 1
    while number(box, at, 1) & 0x80:
        at += 1
    return at + 1


def _listed(box: bytes) -> int:
    count = number(box, 4, 4)
    need(8 + 8 * count <= len(box))
    return sum(number(box, at, 4) * number(box, at + 4, 4) for at in range(8, 8 + 8 * count, 8))


def _usual(box: bytes, before: int) -> int:
    """How long a sample of this piece is, where it does not say so itself."""
    flags = number(box, 1, 3)
    if not flags & 0x08:
        return before
    return number(box, 8 + 8 * bool(flags & 0x01) + 4 * bool(flags & 0x02), 4)


def _piece(box: bytes, usual: int) -> int:
    flags, count = number(box, 1, 3), number(box, 4, 4)
    if not flags & 0x100:
        return count * usual
    at = 8 + 4 * bool(flags & 0x01) + 4 * bool(flags & 0x04)
    step = 4 * (flags >> 8 & 0xF).bit_count()
    need(at + step * count <= len(box))
    return sum(number(box, at + step * each, 4) for each in range(count))
