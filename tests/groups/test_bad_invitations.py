"""Expired, used, revoked and made-up invitations; and guessing."""

from datetime import timedelta
from typing import Any

import pytest

from companion import clock
from companion.db import Database
from companion.people.models import Brake
from tests.cast import Cast
from tests.conftest import NOW, Browser, HeldClock
from tests.groups.invitations import form, let_in, people

GONE = "This invitation no longer works. Ask your facilitator for a new one."
UNKNOWN = "We do not know this code."
TOO_MANY = "Too many wrong codes were tried just now."


@pytest.mark.parametrize(
    "columns",
    [
        {"expires_at": NOW},
        {"uses_left": 0},
        {"revoked_at": NOW - timedelta(hours=1)},
    ],
    ids=["expired", "used", "revoked"],
)
def test_what_no_longer_works_says_so_beside_the_field(
    browser: Browser, cast: Cast, database: Database, columns: dict[str, Any]
) -> None:
    let_in(database, cast, **columns)

    page = browser.post_form("/join", form(code="abcd 2345"))

    assert page.status_code == 422
    assert f'id="wrong-code">{GONE}' in page.text
    assert 'value="abcd 2345"' in page.text
    assert 'value="Imani"' in page.text
    assert "November group" not in page.text
    assert not people(database, "Imani")
    assert GONE in browser.get("/join/ABCD2345").text


@pytest.mark.parametrize("code", ["ZZZZ9999", "مرحبا", "<script>", "A" * 150, "' or 1=1"])
def test_a_made_up_code_is_not_known(browser: Browser, cast: Cast, code: str) -> None:
    page = browser.post_form("/join", form(code=code))

    assert page.status_code == 422
    assert UNKNOWN in page.text
    assert "<script>" not in page.text
    assert 'value="Imani"' in page.text


def test_no_code_at_all_is_asked_for(browser: Browser, cast: Cast) -> None:
    page = browser.post_form("/join", form(code=" - "))

    assert page.status_code == 422
    assert "Write the letters and numbers of your invitation." in page.text


@pytest.mark.parametrize("by_post", [True, False])
def test_guessing_is_slowed_down_however_it_is_done(
    browser: Browser, cast: Cast, database: Database, held_clock: HeldClock, by_post: bool
) -> None:
    let_in(database, cast)
    with database.writing.begin() as db:
        db.add(Brake(action="invitation", tokens=3, filled_at=clock.now()))
    for number in range(3):
        code = f"ZZZZ{number:04}"
        assert UNKNOWN in (
            browser.post_form("/join", form(code=code)) if by_post else browser.get(f"/join/{code}")
        ).text  # fmt: skip

    slowed = browser.get("/join/ABCD2345")
    refused = browser.post_form("/join", form())

    assert (slowed.status_code, refused.status_code) == (429, 429)
    assert TOO_MANY in slowed.text
    assert TOO_MANY in refused.text
    assert "November group" not in slowed.text
    held_clock.moment = clock.now() + timedelta(minutes=1)
    assert browser.post_form("/join", form()).status_code == 303
