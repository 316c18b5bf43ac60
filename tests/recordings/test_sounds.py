"""What is kept, and what is refused: judged by its bytes, whatever it is called."""

import struct
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.errors import Refusal
from companion.recordings.sounds import LONGEST_SECONDS, MOST_BYTES, sound
from tests.recordings.conftest import SOUNDS, sound_of

GOOD = {
    "opus.ogg": ("audio/ogg", 1),
    "opus.webm": ("audio/webm", 1),
    "chrome.webm": ("audio/webm", 2),
    "opus.m4a": ("audio/mp4", 1),
    "chrome.mp4": ("audio/mp4", 2),
    "aac.m4a": ("audio/mp4", 1),
    "aac-in-pieces.m4a": ("audio/mp4", 1),
    "aac.aac": ("audio/aac", 1),
}
VIDEOS = ["video.webm", "video.mp4", "video-in-pieces.mp4", "video.ogv"]
NOT_PLAYED, A_VIDEO, TOO_LONG = "not a recording that phones can play", "a video", "too long"


def _refused(content: bytes) -> str:
    with pytest.raises(Refusal) as refusal:
        sound(content)
    return str(refusal.value)


@pytest.mark.parametrize("name", GOOD)
def test_what_phones_record_is_kept_exactly_as_it_came(name: str) -> None:
    content = sound_of(name)

    found = sound(content)

    assert (found.media_type, found.seconds) == GOOD[name]
    assert found.content == content


@pytest.mark.parametrize("name", VIDEOS)
def test_a_video_is_refused(name: str) -> None:
    assert A_VIDEO in _refused(sound_of(name))


@pytest.mark.parametrize("name", ["other.mp3", "vorbis.ogg"])
def test_another_kind_of_sound_is_refused(name: str) -> None:
    assert NOT_PLAYED in _refused(sound_of(name))


def test_mp3_that_calls_itself_mp4_is_refused() -> None:
    config = b"\x04\x80\x80\x80"
    aac = sound_of("aac.m4a")
    at = aac.index(config) + len(config) + 1

    assert NOT_PLAYED in _refused(aac[:at] + b"\x6b" + aac[at + 1 :])


@pytest.mark.parametrize("content", [b"MZ\x90\0" * 500, b"#!/bin/sh", b"\0" * 900, b"RIFF....WAVE"])
def test_a_program_or_anything_else_is_refused(content: bytes) -> None:
    assert NOT_PLAYED in _refused(content)


def test_nothing_at_all_is_refused() -> None:
    assert "Record something" in _refused(b"")


@pytest.mark.parametrize("name", [name for name in GOOD if "chrome" not in name])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.99])
def test_what_was_cut_off_is_refused(name: str, part: float) -> None:
    content = sound_of(name)

    assert NOT_PLAYED in _refused(content[: int(len(content) * part)])


def test_too_many_bytes_are_refused() -> None:
    frames = sound_of("aac.aac")
    assert "too big" in _refused(frames * (MOST_BYTES // len(frames) + 1))


def test_ninety_seconds_are_kept_and_no_more() -> None:
    assert sound(_frames(seconds=LONGEST_SECONDS)).seconds == LONGEST_SECONDS
    assert TOO_LONG in _refused(_frames(seconds=LONGEST_SECONDS + 1))


def _frames(seconds: int) -> bytes:
    """Bare AAC at 8,000 Hz, in frames with next to nothing in them."""
    frame = b"\xff\xf1" + bytes([0x40 | 11 << 2, 0x40, 0x01, 0x1F, 0xFC]) + b"\0"
    return frame * round(seconds * 8000 / 1024)


def test_a_long_webm_is_refused_by_its_blocks() -> None:
    """The time of the last cluster counts, since a live recording says nothing in its head."""
    cluster = b"\x1f\x43\xb6\x75\xff" + b"\xe7\x83" + (91_000).to_bytes(3, "big")
    block = b"\xa3\x86\x81\x00\x00\x80\x08\x00"

    assert TOO_LONG in _refused(sound_of("chrome.webm") + cluster + block)


def test_a_long_ogg_is_refused_by_its_last_position() -> None:
    ogg = bytearray(sound_of("opus.ogg"))
    at = ogg.rindex(b"OggS") + 6
    ogg[at : at + 8] = struct.pack("<q", 48_000 * 95)

    assert TOO_LONG in _refused(bytes(ogg))


def test_a_long_mp4_is_refused_by_its_samples_whatever_its_head_says() -> None:
    mp4 = sound_of("aac-in-pieces.m4a")
    at = mp4.index(b"trun")
    many = struct.pack(">I", 0xFFFFFFFF)
    plain = mp4[: at + 4] + b"\0\0\0\0" + many + mp4[at + 12 :]

    assert TOO_LONG in _refused(plain)


FILES = [path.read_bytes() for path in sorted(SOUNDS.iterdir()) if path.suffix != ".md"]


NESTED = b"".join((249_000 - 8 * n).to_bytes(4, "big") + b"moov" for n in range(31_000))


@st.composite
def _spoilt(draw: st.DrawFn) -> bytes:
    """A real file with bytes changed, cut out, or put in."""
    content = bytearray(draw(st.sampled_from(FILES)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content)))
        end = at + draw(st.integers(0, 12))
        content[at:end] = draw(st.binary(max_size=12))
    return bytes(content)


@settings(max_examples=300, deadline=None)
@given(st.one_of(_spoilt(), st.binary(max_size=2000)))
def test_any_bytes_are_judged_quickly(content: bytes) -> None:
    begun = time.perf_counter()
    try:
        found = sound(content)
    except Refusal:
        pass
    else:
        assert found.content == content
        assert 1 <= found.seconds <= LONGEST_SECONDS
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize(
    "content",
    [
        b"OggS\0\x02" + b"\0" * 20 + b"\x01\x13OpusHead\x01\x01" + b"\0" * 9 + b"OggS" * 60_000,
        b"\x1a\x45\xdf\xa3\x80" + b"\xec\x80" * 120_000,
        b"\x1a\x45\xdf\xa3\x80" + b"\x1f\x43\xb6\x75\xff" * 49_000,
        b"\0\0\0\x08ftyp" * 31_000,
        b"\0\0\0\x08ftyp" + NESTED,
        b"\xff\xf1\x6c\x40\x00\xff\xfc" * 35_000,
    ],
    ids=["ogg", "voids", "clusters", "boxes", "nested", "frames"],
)
def test_what_was_made_to_keep_a_reader_busy_does_not(content: bytes) -> None:
    begun = time.perf_counter()
    _refused(content)
    assert time.perf_counter() - begun < 2
