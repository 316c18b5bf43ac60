"""Hearing a recording: as players ask for it, whole or in part."""

import pytest

from tests.conftest import Browser
from tests.recordings.conftest import sound_of

SOUND = sound_of("opus.ogg")
SIZE = len(SOUND)


def test_it_comes_whole_and_is_kept_by_the_phone_alone(browser: Browser, recorded: str) -> None:
    answer = browser.get(recorded, headers={"accept-encoding": "br, gzip"})

    assert answer.content == SOUND
    assert answer.headers["content-type"] == "audio/ogg"
    assert answer.headers["content-length"] == str(SIZE)
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "content-encoding" not in answer.headers


PARTS = {
    "bytes=0-1": (0, 2),  # Safari asks for this first
    "bytes=0-": (0, SIZE),
    "bytes=100-199": (100, 200),
    "bytes=100-999999": (100, SIZE),
    f"bytes={SIZE - 1}-": (SIZE - 1, SIZE),
    "bytes=-5": (SIZE - 5, SIZE),
    "bytes=-999999": (0, SIZE),
}


@pytest.mark.parametrize("asked", PARTS)
def test_a_part_comes_alone(browser: Browser, recorded: str, asked: str) -> None:
    start, end = PARTS[asked]

    answer = browser.get(recorded, headers={"range": asked})

    assert answer.status_code == 206
    assert answer.content == SOUND[start:end]
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{SIZE}"
    assert answer.headers["content-length"] == str(end - start)


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", "bytes=999999-9999999", "bytes=-0"])
def test_behind_the_end_there_is_nothing(browser: Browser, recorded: str, asked: str) -> None:
    answer = browser.get(recorded, headers={"range": asked})

    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{SIZE}"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "asked", ["bytes=", "bytes=-", "bytes=5-2", "bytes=0-1,4-5", "seconds=0-1", "bytes=a-b", "0-1"]
)
def test_what_is_no_single_range_gets_all(browser: Browser, recorded: str, asked: str) -> None:
    answer = browser.get(recorded, headers={"range": asked})

    assert (answer.status_code, answer.content) == (200, SOUND)


def test_a_part_of_another_recording_is_not_mixed_in(browser: Browser, recorded: str) -> None:
    tag = browser.get(recorded).headers["etag"]
    asked = {"range": "bytes=0-1"}

    assert browser.get(recorded, headers=asked | {"if-range": tag}).status_code == 206
    assert browser.get(recorded, headers=asked | {"if-range": '"another"'}).status_code == 200


def test_what_the_phone_has_is_not_sent_again(browser: Browser, recorded: str) -> None:
    tag = browser.get(recorded).headers["etag"]

    answer = browser.get(recorded, headers={"if-none-match": tag})

    assert (answer.status_code, answer.content) == (304, b"")


def test_asking_for_its_head_sends_none_of_it(browser: Browser, recorded: str) -> None:
    whole, part = browser.head(recorded), browser.head(recorded, headers={"range": "bytes=0-1"})

    assert (whole.status_code, whole.content, whole.headers["content-length"]) == (
        200, b"", str(SIZE)
    )  # fmt: skip
    assert (part.status_code, part.content, part.headers["content-length"]) == (206, b"", "2")
