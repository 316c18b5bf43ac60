"""What somebody recorded, judged by its bytes alone: which sort of sound, and how long.

Nothing is decoded and nothing is changed. Each reader walks the container once from front to back,
so that no bytes, however made, keep it for long.
"""

from collections.abc import Callable
from dataclasses import dataclass

from companion.errors import Refusal
from companion.i18n import _
from companion.recordings import adts, mp4, ogg, webm
from companion.recordings.unheard import AVideo, Unreadable
from companion.web.uploads import Upload

LONGEST_SECONDS, MOST_BYTES = 90, 250_000

_READERS: tuple[tuple[str, Callable[[bytes], bool], Callable[[bytes], float]], ...] = (
    ("audio/ogg", ogg.begins, ogg.seconds),
    ("audio/webm", webm.begins, webm.seconds),
    ("audio/mp4", mp4.begins, mp4.seconds),
    ("audio/aac", adts.begins, adts.seconds),
)
MEDIA_TYPES = tuple(media_type for media_type, _begins, _seconds in _READERS)


@dataclass(frozen=True)
class Sound:
    """A recording as it came, and what was found in it."""

    content: bytes
    media_type: str
    seconds: int


def sound_in(upload: Upload) -> Sound:
    """The recording that came with a form. Raises Refusal."""
    if upload.is_too_big:
        raise too_big()
    return sound(upload.content)


def sound(content: bytes) -> Sound:
    """Opus or AAC, at most 90 seconds and 250,000 bytes. Raises Refusal for anything else."""
    if not content:
        raise Refusal(_("Record something, or choose a recording."), "sound")
    if len(content) > MOST_BYTES:
        raise too_big()
    media_type, length = _read(content)
    seconds = max(1, round(length))
    if seconds > LONGEST_SECONDS:
        said = _("This recording is too long. Say it in %(most)s seconds.", most=LONGEST_SECONDS)
        raise Refusal(said, "sound")
    return Sound(content, media_type, seconds)


def too_big() -> Refusal:
    kilobytes = MOST_BYTES // 1000
    said = _("This recording is too big. It may have %(most)s kB; record it here.", most=kilobytes)
    return Refusal(said, "sound")


def _read(content: bytes) -> tuple[str, float]:
    for media_type, begins, seconds in _READERS:
        if begins(content):
            try:
                return media_type, seconds(content)
            except AVideo:
                raise Refusal(
                    _("This is a video. Choose a recording of a voice alone."), "sound"
                ) from None
            except Unreadable:
                break
    raise Refusal(
        _("This is not a recording that phones can play, or it is damaged. Record it anew."),
        "sound",
    )
