"""A phone that others use too, in the tests' hands."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast, Player
from tests.conftest import Browser, HeldClock

PIN, WRONG = "482917", "482918"


@dataclass
class SharedPhone:
    """Amina's phone, which has a lock."""

    browser: Browser
    clock: HeldClock

    def sign_in(self, player: Player) -> None:
        """As her own answer would: so that a later answer can take the cookie back."""
        self.browser.cookies.clear()
        self.browser.cookies.set("sign-in", player.token, domain="127.0.0.1")

    def put_on(self, player: Player, minutes: int = 5, pin: str = PIN) -> Any:
        self.sign_in(player)
        typed = {"pin": pin, "pin_again": pin, "minutes": str(minutes)}
        return self.browser.post_form("/lock", typed)

    def wait(self, **time: float) -> None:
        self.clock.moment += timedelta(**time)

    def lock(self) -> None:
        self.browser.post_form("/lock/closings")

    def open(self, pin: str = PIN, **more: str) -> Any:
        return self.browser.post_form("/lock/openings", {"pin_now": pin, **more})

    def is_locked(self, address: str = "/more") -> bool:
        answer = self.browser.get(address, follow_redirects=False)
        return answer.status_code == 401 and "<h1>Locked</h1>" in answer.text


@pytest.fixture
def phone(browser: Browser, cast: Cast, held_clock: HeldClock) -> SharedPhone:
    """Amina has set a PIN; she is there, and it locks after five idle minutes."""
    shared = SharedPhone(browser, held_clock)
    assert shared.put_on(cast.amina).status_code == 303
    return shared


Hidden = Callable[[str], dict[str, str]]


@pytest.fixture
def hidden() -> Hidden:
    """What a page carries on in its forms, and does not show."""
    return lambda html: dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html))
