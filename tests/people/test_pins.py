"""PINs: six digits of any script, none that is guessed first, kept so that nobody can read them."""

import pytest
from sqlalchemy import select

from companion.db import Database
from companion.people import pins
from companion.people.models import SignIn
from tests.cast import Cast
from tests.conftest import Browser
from tests.people.conftest import PIN, SharedPhone


@pytest.mark.parametrize("typed", ["٤٨٢٩١٧", "۴۸۲۹۱۷", "৪৮২৯১৭", " 482 917 ", "\u200f482917"])
def test_digits_of_every_script_are_digits(phone: SharedPhone, typed: str) -> None:
    phone.lock()

    assert phone.open(typed).status_code == 303
    assert not phone.is_locked()


@pytest.mark.parametrize(
    "pin",
    ["000000", "111111", "123456", "654321", "246802", "121212", "482482", "202611", "112026",
     "198412"],
)  # fmt: skip
def test_one_that_is_tried_first_is_refused_kindly(browser: Browser, cast: Cast, pin: str) -> None:
    browser.sign_in(cast.amina.token)

    answer = browser.post_form("/lock", {"pin": pin, "pin_again": pin, "minutes": "5"})

    assert answer.status_code == 422
    assert "This one is easy to guess." in answer.text
    assert pin not in answer.text.replace("123456. Tell nobody.", "")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"pin": "48291", "pin_again": "48291", "minutes": "5"}, "Write six digits."),
        ({"pin": "48291a", "pin_again": "48291a", "minutes": "5"}, "Write six digits."),
        ({"pin": PIN, "pin_again": "482916", "minutes": "5"}, "This is not the same."),
        ({"pin": PIN, "pin_again": PIN, "minutes": "600"}, "Choose one of these times."),
    ],
)
def test_what_is_wrong_is_said(
    browser: Browser, cast: Cast, typed: dict[str, str], said: str
) -> None:
    browser.sign_in(cast.amina.token)

    answer = browser.post_form("/lock", typed)

    assert answer.status_code == 422
    assert said in answer.text


def test_a_pin_is_kept_only_as_a_slow_hash(phone: SharedPhone, database: Database) -> None:
    with database.reading() as db:
        kept = db.scalars(select(SignIn.pin_hash).where(SignIn.pin_hash.is_not(None))).one()

    assert str(kept).startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert PIN not in str(kept)


def test_a_hash_moved_to_another_device_opens_nothing(cast: Cast) -> None:
    moved = pins.hash_pin(PIN, cast.amina.reader.sign_in_id)

    assert pins.is_right(PIN, cast.amina.reader.sign_in_id, moved)
    assert not pins.is_right(PIN, cast.beatriz.reader.sign_in_id, moved)


def test_more_than_two_at_once_are_told_to_wait_and_not_counted(
    phone: SharedPhone, database: Database
) -> None:
    phone.lock()
    with pins.room(), pins.room():
        answer = phone.open()

    assert answer.status_code == 503
    assert PIN not in answer.text
    with database.reading() as db:
        assert set(db.scalars(select(SignIn.wrong_pins))) == {0}
    assert phone.open().status_code == 303
