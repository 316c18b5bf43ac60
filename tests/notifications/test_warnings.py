"""What would keep phones from ringing is said when the house is opened."""

from dataclasses import replace
from pathlib import Path

import pytest

from companion.config import Config
from companion.db import Database
from companion.notifications.keys import PushKey
from companion.start import open_house
from tests.cast import Cast
from tests.conftest import PUSH_KEY
from tests.house import ENDPOINT, phone_of
from tests.notifications.test_keys import SEALING

CONTACT = "mailto:operator@midwives.nl"
NOBODY = "COMPANION_CONTACT must be really yours"


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Config:
    return Config(
        data=str(tmp_path / "data"),
        database=database_url,
        sealing_key=SEALING,
        push_key=PUSH_KEY.text,
    )


@pytest.mark.parametrize("own_key", [True, False])
def test_phones_that_ring_for_another_key_are_told_of_with_their_number(
    settings: Config, cast: Cast, database: Database, own_key: bool,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    with database.writing.begin() as db:
        db.add_all([phone_of(cast.amina), phone_of(cast.beatriz, f"{ENDPOINT}2")])
    key = PUSH_KEY if own_key else PushKey.new()

    open_house(replace(settings, push_key=key.text)).close()

    warned = "2 phones ring for another push key" in caplog.text
    assert warned is not own_key


@pytest.mark.parametrize(
    ("address", "contact", "warned"),
    [
        ("https://companion.local", "", True),
        ("https://companion.local", CONTACT, False),
        ("https://companion.midwives.nl", "", False),
        ("http://localhost:8000", "", False),
        ("", "", False),
    ],
)
def test_an_address_at_which_nobody_is_reached_needs_a_contact(
    settings: Config, address: str, contact: str, warned: bool, caplog: pytest.LogCaptureFixture
) -> None:
    open_house(replace(settings, address=address, contact=contact)).close()

    assert (NOBODY in caplog.text) is warned
