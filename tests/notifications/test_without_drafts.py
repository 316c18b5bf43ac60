"""Where drafts are not shown, a word says which language it is really in."""

import json
from typing import Any

import pytest

from companion.notifications.payload import payload
from companion.web.looks import LOOKS, OWN
from tests.notifications.test_payload import SAID, told


def said(**changes: Any) -> dict[str, str]:
    found: dict[str, str] = json.loads(payload(told(**changes), drafts=False))["notification"]
    return found


@pytest.mark.parametrize("language", ["ar", "fr", "sq"])
@pytest.mark.parametrize("look", LOOKS)
def test_who_is_told_in_english_is_told_that_it_is(language: str, look: str) -> None:
    found = said(language=language, look=look)

    assert found["body"] == ("There is something new." if look != OWN else SAID["en"])
    assert (found["lang"], found["dir"]) == ("en", "ltr")
