"""A phone is told in its pilot's own words, unless they would give away whose they are."""

import json
from typing import Any

import pytest

from companion.db import Database
from companion.i18n.wordings import Worded, Wordings
from companion.notifications.payload import STEP, payload
from tests.cast import Cast
from tests.notifications.conftest import Bell
from tests.notifications.test_payload import SAID, told
from tests.wordings import put, said

BODY = SAID["en"]


def _wordings(text: str, code: str = "en") -> Wordings:
    return Wordings(1, {(code, "companion", "", BODY): Worded((text,))})


def _notification(wordings: Wordings, **changes: Any) -> dict[str, str]:
    found: dict[str, str] = json.loads(payload(told(**changes), wordings))["notification"]
    return found


def test_a_phone_rings_in_the_words_of_its_pilot(
    bell: Bell, cast: Cast, database: Database
) -> None:
    put(database, said("This phone rings.", "It's ringing & well."))
    put(database, said("This phone rings.", "Another country's."), pilot="gh")
    bell.give(cast.amina)

    bell.tell(cast.amina)
    bell.ring()
    put(database, said("This phone rings.", "It rings."))
    bell.tell(cast.amina)
    bell.ring()

    bodies = [each.notification["body"] for each in bell.service.sent]
    assert bodies == ["It's ringing & well.", "It rings."]


def test_the_first_words_of_a_language_are_said_to_be_in_it() -> None:
    found = _notification(_wordings("Biribi wɔ hɔ.", "tw"), language="tw")

    assert (found["body"], found["lang"]) == ("Biribi wɔ hɔ.", "tw")


@pytest.mark.parametrize("text", ["x" * 231, "ɔ" * 116, '"' * 116, "ሰ" * 1000])
def test_what_would_be_longer_than_all_others_is_not_said(text: str) -> None:
    assert _notification(_wordings(text))["body"] == BODY


@pytest.mark.parametrize("text", ["x" * 229, "ɔ" * 114, '"' * 114])
def test_the_longest_words_are_as_long_as_all_others_on_the_way(text: str) -> None:
    made = payload(
        told(address=f"https://companion.example/groups/{'0' * 36}/agreement", count=999),
        _wordings(text),
    )

    assert text in json.loads(made)["notification"]["body"]
    assert len(made) == STEP
