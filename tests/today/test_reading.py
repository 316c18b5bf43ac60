"""Reading without a line: what her phone is given to keep, and to whom it is given at all."""

import re
from typing import Any
from uuid import UUID

import pytest

from companion.bench.ordinary_house import said
from companion.chat import actions, scopes
from companion.chat.models import ReadMark
from companion.db import Database, new_id
from companion.people import locks, pins, sign_ins
from companion.recordings.models import Recording
from companion.today import reading, reading_routes
from tests.cast import Cast
from tests.chat.wire import agree
from tests.conftest import NOW, Browser
from tests.measurements.conftest import Notebook
from tests.people.conftest import PIN
from tests.sessions.conftest import end_journey
from tests.today.conftest import Posting

SAID = "Drink enough water"


@pytest.fixture
def notebook(database: Database) -> Notebook:
    return Notebook(database)


@pytest.fixture
def amina(browser: Browser, cast: Cast, database: Database) -> Browser:
    """Only she uses her phone, and her group has agreed how to talk."""
    agree(database, cast)
    browser.sign_in(cast.amina.token)
    browser.post("/reading")
    return browser


def given(browser: Browser, there: dict[str, Any] | None = None) -> dict[str, list[str]]:
    answer = browser.post("/reading/pages", json=there or {})
    assert answer.status_code == 200
    pages: dict[str, list[str]] = answer.json()["pages"]
    return pages


def versions(pages: dict[str, list[str]]) -> dict[str, str]:
    return {path: page[0] for path, page in pages.items()}


def test_nobody_is_given_anything_who_did_not_ask_for_it(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    assert browser.post("/reading/pages", json={}).status_code == 404


def test_her_pages_are_given_as_she_would_open_them(
    amina: Browser, cast: Cast, notebook: Notebook, post_topic: Posting
) -> None:
    topic_id = post_topic(SAID)
    notebook.write(cast.amina, "blood-pressure", "118", "76", days_ago=1)

    pages = given(amina)

    chat = f"/groups/{cast.group_id}/chat"
    session = f"/sessions/{cast.session_id}"
    for path in ("/", "/record", "/record/a1", "/sessions", session, f"/topics/{topic_id}", chat):
        assert _without_ids(pages[path][1]) == _without_ids(amina.get(path).text), path
    assert pages["/chat"][1] == chat
    assert "118" in pages["/record/a1"][1]
    assert "<svg" in pages["/record/a1"][1]
    assert SAID in pages[session][1]


def _without_ids(page: str) -> str:
    return re.sub(r'name="id" value="[^"]*"', "", page)


def test_what_the_phone_has_already_is_not_sent_again(
    amina: Browser, cast: Cast, notebook: Notebook
) -> None:
    notebook.write(cast.amina, "blood-pressure", "118", "76", days_ago=1)
    before = versions(given(amina))

    notebook.write(cast.amina, "blood-pressure", "121", "79")
    after = given(amina, before)

    assert {path for path, page in after.items() if len(page) > 1} == {"/record", "/record/a1"}
    assert after.keys() == before.keys()


def test_under_another_name_every_page_is_another(amina: Browser) -> None:
    before = versions(given(amina))

    amina.post_form("/discreet", {"look": "notes"})

    pages = [page[1] for path, page in given(amina, before).items() if path != "/chat"]
    assert len(pages) > 3
    assert all("<title>Notes</title>" in page for page in pages)


def test_the_last_two_hundred_messages_are_given_and_none_is_read_thereby(
    amina: Browser, cast: Cast, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 1000)
    with database.writing.begin() as db:
        seat = scopes.seat(db, cast.beatriz.reader, cast.group_id)
        for number in range(210):
            actions.say(db, seat, new_id(), said(number), None)

    answer = amina.post("/reading/pages", json={}, headers={"Accept-Encoding": "br"})
    pages = answer.json()["pages"]

    chat = f"/groups/{cast.group_id}/chat"
    parts = [chat, f"{chat}?before=151", f"{chat}?before=101", f"{chat}?before=51"]
    assert [path for path in pages if path.startswith(chat)] == parts
    counts = [pages[path][1].count('<li id="n') for path in parts]
    assert counts == [60, 50, 50, 50]
    assert said(209) in pages[chat][1]
    assert 'data-hx-get="chat' not in pages[chat][1]
    assert int(answer.headers["content-length"]) <= reading_routes.FIRST * 1000
    with database.reading.begin() as db:
        assert db.query(ReadMark).count() == 0


def test_after_a_loss_it_is_what_she_then_reads(
    amina: Browser, cast: Cast, database: Database
) -> None:
    before = versions(given(amina))
    end_journey(database, cast)

    after = given(amina, before)

    assert len(after["/"]) == len(after["/sessions"]) == 2
    assert "Open the conversation" in after[f"/groups/{cast.group_id}/chat"][1]


def test_nothing_is_given_of_what_is_not_hers(amina: Browser, cast: Cast) -> None:
    others = (str(cast.other_group_id), str(cast.other_session_id))

    assert not [path for path in given(amina) if any(each in path for each in others)]


def test_there_is_an_end_to_it(amina: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST", 5)

    assert len(given(amina)) == 5


@pytest.mark.parametrize("said", [b"", b"[1]", b"{", b'{"/": 5}', b"\xff"])
def test_whatever_the_phone_says_it_has(amina: Browser, said: bytes) -> None:
    answer = amina.post("/reading/pages", content=said)

    assert answer.status_code == 200
    assert len(answer.json()["pages"]["/"]) == 2


def test_a_pin_ends_it(amina: Browser, cast: Cast, database: Database) -> None:
    with database.writing.begin() as db:
        reader = cast.amina.reader
        locks.put_on(db, reader, pins.hash_pin(PIN, reader.sign_in_id), 5)
        found = sign_ins.find(db, cast.amina.token)

    assert found
    assert not found[0].reads_offline


def test_behind_a_pin_it_cannot_be_had(amina: Browser) -> None:
    amina.post("/reading/goodbyes")
    amina.post("/lock", data={"pin": PIN, "pin_again": PIN, "minutes": "5"})

    amina.post("/reading")

    page = amina.get("/reading").text
    assert "You have a PIN" in page
    assert "Only I use this phone" not in page
    assert amina.post("/reading/pages", json={}).status_code == 404


def test_it_ends_when_she_wants_it_no_more(amina: Browser) -> None:
    assert "It is on for this phone." in amina.get("/reading").text

    amina.post("/reading/goodbyes")

    assert "Only I use this phone" in amina.get("/reading").text
    assert amina.post("/reading/pages", json={}).status_code == 404


def test_it_is_a_matter_of_one_phone(amina: Browser, cast: Cast, database: Database) -> None:
    assert "data-reads" in amina.get("/").text
    assert "keeps your pages" in amina.get("/devices").text

    with database.reading.begin() as db:
        others = [sign_ins.find(db, cast.beatriz.token), sign_ins.find(db, cast.femi.token)]

    assert [found[0].reads_offline for found in others if found] == [False, False]


def test_the_topics_that_she_reads_without_a_line_are_heard_too(
    amina: Browser, database: Database, post_topic: Posting
) -> None:
    older, newer = post_topic("Sleep"), post_topic(SAID)
    said = {topic: _say(database, topic) for topic in (older, newer)}

    kept = list(amina.get("/kept").json())

    assert set(kept[-2:]) == {said[newer], said[older]}
    amina.post("/reading/goodbyes")
    assert not set(amina.get("/kept").json()) & set(said.values())


def _say(database: Database, topic_id: UUID) -> str:
    with database.writing.begin() as db:
        recording = Recording(
            topic_id=topic_id, language="en", media_type="audio/aac", seconds=1, sound=b"\xff",
            made_at=NOW,
        )  # fmt: skip
        db.add(recording)
        db.flush()
        return f"/recordings/{recording.id}"
