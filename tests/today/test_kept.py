"""What a phone keeps for when there is no line: her card and what it needs, and nothing else."""

import hashlib

import pytest

from companion.chat.models import Conversation, Message
from companion.db import Database
from companion.pilots.pack import general_signs, pilot
from companion.recordings import actions
from companion.recordings.models import Recording
from companion.recordings.signs import key_of
from companion.web.assets import asset
from tests.cast import Cast
from tests.chat.wire import agree
from tests.conftest import NOW, Browser
from tests.sessions.conftest import end_journey

SIGNS = [sign.says for group in pilot("nl").danger_signs for sign in group.signs]
GENERAL = general_signs().signs[0].says
BABYS = next(sign for sign in SIGNS if sign not in [each.says for each in general_signs().signs])


def say(database: Database, sign: str, *, language: str = "en", size: int = 2) -> str:
    with database.writing.begin() as db:
        recording = Recording(
            pilot="nl", sign=key_of(sign), language=language, media_type="audio/aac", seconds=1,
            sound=b"\xff" * size, made_at=NOW,
        )  # fmt: skip
        db.add(recording)
        db.flush()
        return f"/recordings/{recording.id}"


def kept(browser: Browser) -> dict[str, str]:
    answer = browser.get("/kept")
    assert answer.status_code == 200
    said: dict[str, str] = answer.json()
    return said


def files(browser: Browser) -> list[str]:
    return [address for address, version in kept(browser).items() if not version]


def test_pages_have_a_version_which_is_that_of_the_page_as_it_comes(
    browser: Browser, cast: Cast
) -> None:
    browser.sign_in(cast.amina.token)

    for address in ("/call", "/waiting"):
        page = browser.get(address).content
        assert kept(browser)[address] == hashlib.sha256(page).hexdigest()[:12]


def test_the_pages_come_first_and_then_the_shell(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    listed = list(kept(browser))

    assert listed[:2] == ["/call", "/waiting"]
    assert {asset("companion.css"), asset("signs.svg"), asset("icon.svg")} < set(listed)


@pytest.mark.parametrize("who", ["amina", "dewi", "femi", "chipo", "gita", "edon", "hana"])
def test_all_that_is_listed_is_there(
    browser: Browser, database: Database, cast: Cast, who: str
) -> None:
    say(database, GENERAL)
    browser.sign_in(getattr(cast, who).token)

    for address in kept(browser):
        assert browser.get(address, follow_redirects=False).status_code == 200, address


def test_all_that_the_card_asks_for_is_listed(
    browser: Browser, database: Database, cast: Cast
) -> None:
    said = say(database, GENERAL)
    browser.sign_in(cast.amina.token)

    page = browser.get("/call").text

    parts = [
        part.split('"')[0].split("#")[0] for part in page.replace("href=", "src=").split('src="')
    ]
    asked = {part for part in parts if part.startswith(("/static/", "/recordings/"))}
    assert said in asked
    assert asked <= set(files(browser))


def test_the_list_is_hers_and_nobody_keeps_it(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    assert browser.get("/kept").headers["cache-control"] == "private, no-store"


def test_where_nobody_is_signed_in_it_says_so_and_leads_nowhere(browser: Browser) -> None:
    answer = browser.get("/kept", follow_redirects=False)

    assert (answer.status_code, answer.json()) == (401, {})


def test_recordings_are_those_in_her_language(
    browser: Browser, database: Database, cast: Cast
) -> None:
    english, dutch = say(database, GENERAL), say(database, GENERAL, language="nl")

    browser.sign_in(cast.amina.token)
    assert (english in files(browser), dutch in files(browser)) == (True, False)

    browser.post_form("/language", {"language": "nl"})
    assert (english in files(browser), dutch in files(browser)) == (False, True)


def test_another_language_is_another_version_of_both_pages(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)
    before = kept(browser)

    browser.post_form("/language", {"language": "nl"})

    after = kept(browser)
    assert [after[page] != before[page] for page in ("/call", "/waiting")] == [True, True]


def test_after_a_loss_no_recording_speaks_of_a_baby(
    browser: Browser, database: Database, cast: Cast
) -> None:
    general, babys = say(database, GENERAL), say(database, BABYS)
    browser.sign_in(cast.amina.token)
    before = kept(browser)
    assert {general, babys} < set(before)

    end_journey(database, cast)

    after = kept(browser)
    assert (general in after, babys in after) == (True, False)
    assert after["/call"] != before["/call"]


def test_only_so_much_is_fetched_before_it_is_asked_for(
    browser: Browser, database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, large, last = (
        say(database, sign, size=size)
        for sign, size in zip(dict.fromkeys(SIGNS), (60, 50, 40), strict=False)
    )
    monkeypatch.setattr(actions, "MOST_AHEAD", 100)
    browser.sign_in(cast.amina.token)

    listed = files(browser)

    assert [each for each in listed if each.startswith("/recordings/")] == [first, last]
    assert large not in listed


def test_what_is_new_in_the_group_does_not_change_the_card(
    browser: Browser, database: Database, cast: Cast
) -> None:
    agree(database, cast)
    browser.sign_in(cast.amina.token)
    before = kept(browser)

    with database.writing.begin() as db:
        db.add(Conversation(group_id=cast.group_id, last=1))
        db.add(
            Message(
                group_id=cast.group_id, number=1, changed=1, author_id=cast.beatriz.id,
                role="participant", text="Good morning", language="en", written_at=NOW,
            )
        )  # fmt: skip

    assert 'class="count"' in browser.get("/more").text
    assert kept(browser) == before
