"""What is sent to a phone: that there is something, never what, and always as long."""

import json
from datetime import timedelta
from typing import Any

import pytest

from companion.db import Database
from companion.i18n.languages import languages, real_languages
from companion.notifications.payload import LONGEST, STEP, Told, payload
from companion.people import actions as people
from companion.sessions import actions as sessions
from companion.web.looks import LOOKS, OWN
from tests.cast import Cast
from tests.conftest import NOW, HeldClock
from tests.notifications.conftest import Bell

SAID = {
    "en": "There is something for you in Companion.",
    "nl": "Er is iets voor je in Companion.",
}


def told(**changes: Any) -> Told:
    made: dict[str, Any] = {
        "id": "0" * 36,
        "language": "en",
        "look": OWN,
        "address": "https://companion.example/",
        "topic": "0" * 32,
        "count": 1,
    }
    return Told(**made | changes)


def opened(**changes: Any) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(payload(told(**changes)))
    return whole


def test_a_browser_can_show_it_without_our_script() -> None:
    whole = opened(count=3, silent=True, address="https://companion.example/sessions")

    assert whole["web_push"] == 8030
    notification = whole["notification"]
    assert notification["title"] == "Companion"
    assert notification["navigate"] == "https://companion.example/sessions"
    assert notification["app_badge"] == "3"
    assert notification["silent"] is True
    assert "mutable" not in whole


@pytest.mark.parametrize(
    ("language", "direction"), [("ar", "rtl"), ("nl", "ltr"), ("en", "ltr"), ("fr", "ltr")]
)
def test_it_says_which_language_it_is_in_and_where_that_begins(
    language: str, direction: str
) -> None:
    notification = opened(language=language)["notification"]

    assert (notification["lang"], notification["dir"]) == (language, direction)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("is_test", [False, True])
def test_all_are_of_one_length_whatever_they_say(look: str, is_test: bool) -> None:
    paths = ("/", f"/groups/{'0' * 36}/agreement")
    made = [
        payload(
            told(
                language=code,
                look=look,
                is_test=is_test,
                address=f"https://companion.example{path}",
                count=count,
            )
        )
        for code in languages()
        for path in paths
        for count in (1, 999)
    ]

    assert {len(each) for each in made} == {STEP}


def test_what_is_longer_is_as_long_as_the_next_step_and_never_too_long() -> None:
    assert len(payload(told(address="https://c.example/" + "x" * STEP))) == 2 * STEP
    assert len(payload(told(address="https://c.example/" + "x" * 3600))) == LONGEST
    with pytest.raises(ValueError, match="longer"):
        payload(told(address="https://c.example/" + "x" * LONGEST))


@pytest.mark.parametrize("look", [each.slug for each in LOOKS.values() if each.is_neutral])
@pytest.mark.parametrize("language", [each.code for each in real_languages()])
def test_when_she_wants_nobody_to_know_not_even_the_name_is_in_it(language: str, look: str) -> None:
    open_one = opened(language=language)["notification"]
    discreet = opened(language=language, look=look)["notification"]

    for part in ("title", "body", "icon"):
        seen, hidden = (each[part].rpartition("/")[2].lower() for each in (open_one, discreet))
        assert "companion" in seen or part == "body"
        assert "companion" not in hidden
        assert hidden != seen


def test_what_safari_wants_it_finds() -> None:
    """A relative address anywhere, and WebKit shows nothing; it looks for the badge inside."""
    sent = opened(is_test=True, count=3)

    assert sent["web_push"] == 8030
    assert sent["notification"]["icon"].startswith("https://")
    assert sent["notification"]["navigate"].startswith("https://")
    assert (sent["app_badge"], sent["notification"]["app_badge"]) == (3, "3")
    assert sent["mutable"]
    assert sent["notification"]["mutable"]


@pytest.mark.parametrize("language", [each.code for each in real_languages()])
def test_only_what_every_word_says_is_in_it(language: str) -> None:
    one = opened(language=language, address="https://c.example/sessions/1", topic="1" * 32)
    two = opened(language=language, address="https://c.example/record", topic="2" * 32)

    parts = {
        name for name, said in one["notification"].items() if said != two["notification"][name]
    }
    assert parts == {"navigate", "tag"}


def test_dutch_and_arabic_arrive_as_they_were_written(
    bell: Bell, cast: Cast, database: Database
) -> None:
    with database.writing.begin() as db:
        people.choose_language(db, cast.amina.reader, "ar")
    for player in (cast.amina, cast.beatriz):
        bell.give(player)
    with database.writing.begin() as db:
        sessions.cancel(db, cast.chipo.reader, cast.session_id)

    bell.ring()

    said = {each.path: each.notification for each in bell.service.sent}
    arabic, dutch = said["/push/Amina"], said["/push/Beatriz"]
    assert (arabic["lang"], arabic["dir"]) == ("ar", "rtl")
    assert any("\u0600" <= letter <= "\u06ff" for letter in arabic["body"])
    assert (dutch["lang"], dutch["dir"]) == ("nl", "ltr")
    assert dutch["body"] == SAID["nl"]
    assert len({len(each.body) for each in bell.service.sent}) == 1


def test_nothing_of_what_it_is_about_can_be_read_on_the_way_or_on_the_phone(
    bell: Bell, cast: Cast, database: Database
) -> None:
    phone = bell.give(cast.amina)
    with database.writing.begin() as db:
        sessions.cancel(db, cast.chipo.reader, cast.session_id)

    bell.ring()

    (sent,) = bell.service.sent
    shown = json.dumps([sent.notification["title"], sent.notification["body"]]).lower()
    for secret in ("amina", "chipo", "november group", "latour", "session", "pregnan", "cancel",
                   "body changes", "10:00", "2026"):  # fmt: skip
        assert secret not in shown
        assert secret.encode() not in sent.body.lower()
        assert secret not in " ".join(sent.headers.values()).lower()
    assert phone.endpoint.encode() not in sent.body


def test_the_badge_counts_what_came_since_she_was_here(
    bell: Bell, cast: Cast, held_clock: HeldClock
) -> None:
    bell.give(cast.amina)
    held_clock.moment = NOW + timedelta(minutes=1)

    for _ in range(3):
        bell.tell(cast.amina)
        bell.ring()

    assert [each.notification["app_badge"] for each in bell.service.sent] == ["1", "2", "3"]
