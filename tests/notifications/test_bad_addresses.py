"""An address that looks like one of a push service, and cannot be used: refused, and not told."""

import logging

import pytest

from companion.config import PUSH_SERVICES
from companion.db import Database
from companion.notifications.models import State
from companion.notifications.services import LONGEST_HOST, Services
from tests.cast import Cast
from tests.conftest import Browser
from tests.house import phone_of
from tests.notifications.conftest import Bell
from tests.notifications.test_subscribing import form, kept

NO_NAME = "https://xn--a.push.apple.com/SECRET"
BELOW = ".push.apple.com"


def _host(length: int) -> str:
    """A name of so many characters, each part of it short enough."""
    long = "ab." * length
    return long[-(length - len(BELOW)) - 1 : -1].replace(".", "x", 1) + BELOW


LISTED = Services.parse(PUSH_SERVICES)


def test_a_name_is_at_most_as_long_as_names_can_be() -> None:
    good, bad = _host(LONGEST_HOST), _host(LONGEST_HOST + 1)

    assert (len(good), len(bad)) == (253, 254)
    assert LISTED.service_of(f"https://{good}/x") == f"https://{good}"
    assert LISTED.service_of(f"https://{bad}/x") is None


@pytest.mark.parametrize("endpoint", [NO_NAME, f"https://{_host(254)}/SECRET"])
def test_a_name_that_is_none_is_refused_and_nothing_is_kept(
    browser: Browser, cast: Cast, database: Database, endpoint: str,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    browser.sign_in(cast.amina.token)

    answer = browser.post_form("/phones", form(new="yes", endpoint=endpoint))

    assert answer.status_code == 422
    assert "SECRET" not in caplog.text
    assert kept(database) == []


def test_one_that_is_kept_all_the_same_is_settled_and_in_no_log(
    bell: Bell, cast: Cast, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with database.writing.begin() as db:
        db.add(phone_of(cast.amina, NO_NAME))
    bell.give(cast.beatriz)
    (hers,), (other,) = bell.tell(cast.amina), bell.tell(cast.beatriz)

    bell.ring()

    assert (bell.row(id=hers).state, bell.row(id=hers).why) == (State.FAILED, "refused")
    assert bell.row(id=other).state == State.SENT
    phone = bell.kept(cast.amina)
    assert phone
    assert phone.failures == 1
    assert "a phone's address cannot be used: ValidationError" in caplog.text
    assert "SECRET" not in caplog.text
