"""After she has signed out nothing of hers is left: not in the browser, not behind the back button,
not in any file of its profile. What it keeps by itself are addresses and titles, in its history and
for the tabs that it may open again, and those say nothing of her."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from companion.db import Database
from companion.people.models import Person
from tests import chromium as found
from tests.access.pages import NEUTRAL_TITLES
from tests.browser.conftest import PHONE, Phone
from tests.browser.test_offline import LEFT, keep, wait_for
from tests.browser.test_reading import HAS_IT
from tests.cast import Cast
from tests.chat.conftest import agree

NAME, WEIGHT = "Zanzibarella", "103.7"
SENT, HALF, REMINDER = "Quokka in the kitchen", "Wombat at the door", "Platypus pills"
NOTHING = {"caches": [], "databases": [], "workers": 0, "stored": {}}


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def phone(chromium: Chromium, origin: str, profile: Path, cast: Cast) -> Iterator[Phone]:
    """Amina's, with a browser that keeps what it keeps on disk."""
    context = chromium.browser_type.launch_persistent_context(
        profile,
        executable_path=found.find(),
        args=found.ARGUMENTS,
        ignore_default_args=["--disable-back-forward-cache"],
        viewport=PHONE,  # type: ignore[arg-type]
        locale="en-GB",
    )
    phone = Phone(context, context.pages[0], origin)
    _sign_in(phone, cast.amina.token)
    yield phone
    context.close()


def _sign_in(phone: Phone, token: str) -> None:
    """For as long as the server would: a cookie that goes to the disk."""
    cookie = {"name": "sign-in", "value": token, "url": phone.origin, "expires": time.time() + 1e6}
    phone.context.add_cookies([cookie])  # type: ignore[list-item]


def _write_down(phone: Phone) -> None:
    page = phone.page
    phone.open("/record/a2")
    phone.fill({"weight": WEIGHT})
    page.locator("#add button").first.click()
    expect(page.locator("p.last")).to_contain_text(WEIGHT)
    phone.open("/reminders/own")
    phone.fill({"text": REMINDER, "at": "09:00"})
    phone.send("/reminders/own")
    phone.open("/name")
    phone.fill({"name": NAME})
    phone.send("/name")
    expect(page.locator("main")).to_contain_text(NAME)


def _say_and_half_say(phone: Phone, cast: Cast) -> None:
    phone.open("/chat")
    phone.fill({"text": SENT})
    phone.page.locator("#write button").click()
    expect(phone.page.locator(".said.mine")).to_contain_text(SENT)
    phone.fill({"text": HALF})
    phone.open(f"/sessions/{cast.session_id}")
    phone.fill({"question": HALF})


def _sign_out(phone: Phone) -> None:
    phone.open("/more")
    phone.send("/sign-out")
    expect(phone.page).to_have_url(f"{phone.origin}/welcome")


def _titles(profile: Path) -> set[str]:
    with closing(sqlite3.connect(profile / "Default" / "History")) as history:
        return {title for (title,) in history.execute("SELECT title FROM urls")}


def _files_with(profile: Path, *words: str) -> list[tuple[str, str]]:
    """As web pages and databases write them, and as Chromium writes what it keeps of a tab."""
    spelt = [(word, word.encode(code)) for word in words for code in ("utf-8", "utf-16-le")]
    files = [each for each in profile.rglob("*") if each.is_file()]
    return [
        (str(path.relative_to(profile)), word)
        for path in files
        for word, letters in spelt
        if letters in path.read_bytes()
    ]


def test_nothing_of_hers_is_left_on_the_phone(
    phone: Phone, profile: Path, cast: Cast, database: Database
) -> None:
    agree(database, cast.group_id, cast.chipo, cast.amina, cast.beatriz)
    keep(phone, "/reading")
    phone.send("/reading")
    wait_for(phone, HAS_IT)
    _write_down(phone)
    with database.writing.begin() as db:
        db.get_one(Person, cast.amina.id).look = "notes"
    phone.open("/call")
    _say_and_half_say(phone, cast)

    _sign_out(phone)

    assert phone.page.evaluate(LEFT) == NOTHING
    assert phone.context.cookies() == []
    for _ in range(2):
        phone.page.go_back()
        expect(phone.page.locator("h1")).to_have_text("Welcome")
    # Whoever has the phone next goes back to a page that is hers as well.
    _sign_in(phone, cast.beatriz.token)
    phone.page.go_back()
    expect(phone.page.locator("h1")).to_have_text("Onze groep")
    expect(phone.page.locator("#text")).to_have_value("")
    phone.context.close()

    titles = _titles(profile)
    assert "Notes" in titles
    assert {title.removesuffix(" · Companion") for title in titles} <= NEUTRAL_TITLES | {"Notes"}
    hers = ("Amina", NAME, WEIGHT, SENT, HALF, REMINDER, cast.amina.token)
    assert _files_with(profile, "/record")  # an address of its history
    assert _files_with(profile, *hers) == []
