"""A facilitator says a topic aloud, her group hears it, and nobody else does."""

from uuid import UUID

import pytest
from sqlalchemy import delete

from companion.db import Database
from companion.people.models import Person
from companion.recordings.sounds import MOST_BYTES
from tests.cast import Cast
from tests.conftest import Browser
from tests.recordings.conftest import Send, kept, only, sound_of
from tests.sessions.conftest import end_journey


def test_a_facilitator_says_a_topic_aloud(
    browser: Browser, database: Database, cast: Cast, topic_id: UUID, recorded: str
) -> None:
    recording = only(database)

    assert recording.sound == sound_of("opus.ogg")
    assert (recording.topic_id, recording.language) == (topic_id, "nl")
    assert (recording.media_type, recording.seconds) == ("audio/ogg", 1)
    assert recording.by_id == cast.chipo.id


def test_each_hears_the_language_that_she_reads(
    browser: Browser, cast: Cast, topic_id: UUID, recorded: str
) -> None:
    browser.sign_in(cast.beatriz.token)
    assert (
        f'<audio controls preload="none" src="{recorded}"'
        in browser.get(f"/topics/{topic_id}").text
    )

    browser.sign_in(cast.amina.token)
    assert "<audio" not in browser.get(f"/topics/{topic_id}").text
    assert recorded in browser.get(f"/topics/{topic_id}?language=nl").text


def test_where_nobody_said_it_the_phone_may(
    browser: Browser, cast: Cast, topic_id: UUID, recorded: str
) -> None:
    browser.sign_in(cast.amina.token)

    assert "js-aloud" in browser.get(f"/topics/{topic_id}").text
    assert "js-aloud" not in browser.get(f"/topics/{topic_id}?language=nl").text


def test_a_new_recording_takes_the_place_of_the_one_before(
    browser: Browser, database: Database, topic_id: UUID, recorded: str, send: Send
) -> None:
    send(f"/topics/{topic_id}/recordings/nl", sound_of("aac.m4a"))

    assert only(database).sound == sound_of("aac.m4a")
    assert browser.get(recorded).status_code == 404
    assert browser.get(f"/recordings/{only(database).id}").headers["content-type"] == "audio/mp4"


def test_each_language_has_its_own(
    database: Database, topic_id: UUID, recorded: str, send: Send
) -> None:
    send(f"/topics/{topic_id}/recordings/en", sound_of("chrome.webm"))

    assert {each.language for each in kept(database)} == {"nl", "en"}


def test_the_page_plays_it_and_takes_it_away(
    browser: Browser, database: Database, topic_id: UUID, recorded: str
) -> None:
    page = browser.get(f"/topics/{topic_id}/recordings").text
    assert f'src="{recorded}"' in page
    assert "1 second, recorded on" in page

    gone = browser.post_form(f"{recorded}/erasures")

    assert gone.headers["location"] == f"/topics/{topic_id}/recordings"
    assert kept(database) == []


def test_the_bytes_decide_and_not_what_they_are_called(
    database: Database, browser: Browser, cast: Cast, topic_id: UUID, send: Send
) -> None:
    browser.sign_in(cast.chipo.token)

    answer = send(
        f"/topics/{topic_id}/recordings/en",
        sound_of("opus.webm"),
        name="virus.exe",
        kind="video/x-msvideo",
    )

    assert answer.status_code == 303
    assert only(database).media_type == "audio/webm"


BAD = {
    "a video": (sound_of("video.mp4"), "This is a video"),
    "a renamed program": (b"MZ\x90\0" * 500, "This is not a recording that phones can play"),
    "nothing": (b"", "Record something"),
    "too much": (b"\0" * (MOST_BYTES + 1), "This recording is too big"),
    "far too much": (b"\0" * 3_000_000, "This recording is too big"),
    "cut off": (sound_of("aac.m4a")[:3000], "This is not a recording that phones can play"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_be_kept_is_refused_beside_the_field(
    browser: Browser, database: Database, cast: Cast, topic_id: UUID, send: Send, what: str
) -> None:
    content, said = BAD[what]
    browser.sign_in(cast.chipo.token)

    answer = send(f"/topics/{topic_id}/recordings/nl", content, name="voice.ogg")

    assert answer.status_code == 422
    assert said in answer.text
    assert kept(database) == []


def test_it_is_said_beside_the_language_that_was_recorded(
    browser: Browser, cast: Cast, topic_id: UUID, send: Send
) -> None:
    browser.sign_in(cast.chipo.token)

    page = send(f"/topics/{topic_id}/recordings/nl", b"MZ").text

    assert page.count('class="wrong"') == 1
    assert 'id="wrong-sound-nl"' in page


def test_a_form_without_a_file_is_refused_too(browser: Browser, cast: Cast, topic_id: UUID) -> None:
    browser.sign_in(cast.chipo.token)

    assert browser.post_form(f"/topics/{topic_id}/recordings/nl").status_code == 422


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data; boundary=x", b"--x\r\nnonsense"),
        ("multipart/form-data", b"--x--"),
        ("multipart/form-data; boundary=x", b""),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="language"\r\n\r\n\xff\xfe\r\n--x--\r\n',
        ),
    ],
)
def test_a_broken_form_is_refused_calmly(
    browser: Browser, cast: Cast, topic_id: UUID, kind: str, body: bytes
) -> None:
    browser.sign_in(cast.chipo.token)

    answer = browser.post(
        f"/topics/{topic_id}/recordings/nl", content=body, headers={"content-type": kind}
    )

    assert answer.status_code in (400, 422)


def test_a_language_that_the_topic_is_not_written_in_is_not_found(
    browser: Browser, database: Database, cast: Cast, topic_id: UUID, send: Send
) -> None:
    browser.sign_in(cast.chipo.token)

    answer = send(f"/topics/{topic_id}/recordings/fr", sound_of("opus.ogg"))

    assert answer.status_code == 404
    assert kept(database) == []


@pytest.mark.parametrize("who", ["amina", "femi", "dewi", "gita", "edon", "hana"])
def test_nobody_but_a_facilitator_of_the_group_records_or_removes(
    browser: Browser,
    database: Database,
    cast: Cast,
    topic_id: UUID,
    recorded: str,
    send: Send,
    who: str,
) -> None:
    browser.sign_in(getattr(cast, who).token)

    sent = send(f"/topics/{topic_id}/recordings/nl", sound_of("aac.aac"))

    assert sent.status_code == 404
    assert browser.post_form(f"{recorded}/erasures").status_code == 404
    assert only(database).sound == sound_of("opus.ogg")


def test_a_post_from_elsewhere_is_refused(
    browser: Browser, database: Database, cast: Cast, topic_id: UUID
) -> None:
    browser.sign_in(cast.chipo.token)

    answer = browser.post(
        f"/topics/{topic_id}/recordings/nl",
        files={"sound": ("x", sound_of("opus.ogg"))},
        headers={"sec-fetch-site": "cross-site"},
    )

    assert answer.status_code == 403
    assert kept(database) == []


@pytest.mark.parametrize("who", ["dewi", "gita", "edon", "hana"])
def test_nobody_outside_the_group_hears_it(
    browser: Browser, cast: Cast, recorded: str, who: str
) -> None:
    browser.sign_in(getattr(cast, who).token)
    assert browser.get(recorded).status_code == 404

    browser.cookies.clear()
    assert browser.get(recorded).status_code == 404


def test_after_a_loss_it_is_not_heard(
    browser: Browser, database: Database, cast: Cast, recorded: str
) -> None:
    browser.sign_in(cast.amina.token)
    assert browser.get(recorded).status_code == 200
    end_journey(database, cast)

    assert browser.get(recorded).status_code == 404


def test_a_topic_takes_its_recordings_along(
    browser: Browser, database: Database, topic_id: UUID, recorded: str
) -> None:
    browser.post_form(f"/topics/{topic_id}/erasures")

    assert kept(database) == []
    assert browser.get(recorded).status_code == 404


def test_a_language_that_is_gone_from_the_topic_can_still_be_taken_away(
    browser: Browser, database: Database, topic_id: UUID, recorded: str
) -> None:
    fields = {"title-nl": "", "text-nl": "", "title-en": "Sleep", "text-en": "Well."}
    assert browser.post_form(f"/topics/{topic_id}/change", fields).status_code == 303

    page = browser.get(f"/topics/{topic_id}/recordings").text

    assert "The topic is no longer written in this language." in page
    assert f'action="{recorded}/erasures"' in page


def test_what_somebody_made_stays_when_she_goes(
    database: Database, cast: Cast, recorded: str
) -> None:
    with database.writing.begin() as db:
        db.execute(delete(Person).where(Person.id == cast.chipo.id))

    assert only(database).by_id is None


def test_it_is_recorded_without_scripts(browser: Browser, cast: Cast, topic_id: UUID) -> None:
    browser.sign_in(cast.chipo.token)
    assert f'href="/topics/{topic_id}/recordings"' in browser.get(f"/topics/{topic_id}").text

    page = browser.get(f"/topics/{topic_id}/recordings").text

    assert 'enctype="multipart/form-data"' in page
    assert 'type="file" accept="audio/*" capture' in page
