"""The server is killed: what was answered as sent is there, and the pages come back."""

import base64
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest
from playwright.sync_api import expect
from sqlalchemy import select, update

from companion.chat.models import Message
from companion.config import Config
from companion.db import Database, new_id
from companion.people.models import SignIn
from tests.browser.conftest import WITHOUT_WORKER, NewPhone, Phone
from tests.cast import Cast
from tests.chat.wire import Wire, agree

KEY = f"k1:{base64.b64encode(b'0' * 32).decode()}"  # the tests' own


class Killable:
    """Companion in a process of its own."""

    def __init__(self, config: Config, database_url: str) -> None:
        self.origin = config.origin
        settings = {"DATABASE": database_url, "SEALING_KEY": KEY, "PORT": str(config.port)}
        self._environment = os.environ | {f"COMPANION_{k}": v for k, v in settings.items()}
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "companion", "serve"]
        self._process = subprocess.Popen(command, env=self._environment)
        while not self._answers():
            assert self._process.poll() is None
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.origin}/welcome").status_code == 200
        except httpx.TransportError:
            return False

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@pytest.fixture
def server(config: Config, database_url: str, database: Database, cast: Cast) -> Iterator[Killable]:
    agree(database, cast)
    with database.writing.begin() as db:
        # This one goes by the clock on the wall.
        db.execute(update(SignIn).values(last_seen_at=datetime.now(UTC)))
    killable = Killable(config, database_url)
    yield killable
    killable.kill()


@pytest.fixture
def origin(server: Killable) -> str:
    return server.origin


def _open(new_phone: NewPhone, token: str) -> Phone:
    phone = new_phone(**WITHOUT_WORKER)
    phone.sign_in(token)
    phone.open("/chat")
    expect(phone.page.locator("#fresh")).to_be_hidden()
    phone.page.evaluate("window.neverReloaded = true")
    return phone


def test_killed_between_two_messages(server: Killable, new_phone: NewPhone, cast: Cast) -> None:
    amina, beatriz = _open(new_phone, cast.amina.token), _open(new_phone, cast.beatriz.token)
    text, send = amina.page.locator("#text"), amina.page.locator("#write form button")
    text.fill("one")
    send.click()
    expect(beatriz.page.get_by_text("one", exact=True)).to_be_visible()

    server.kill()
    text.fill("two")
    send.click()
    expect(amina.page.locator("#sending")).to_have_text("Not sent. What you wrote is still here.")
    server.start()
    send.click()

    expect(amina.page.locator("#sending")).to_have_text("Sent")
    expect(beatriz.page.get_by_text("two", exact=True)).to_be_visible(timeout=30_000)
    for phone in (amina, beatriz):
        assert phone.page.locator("#talk .said > p").all_inner_texts() == ["one", "two"]
        assert phone.page.evaluate("window.neverReloaded")


def test_whatever_was_answered_as_sent_is_there(
    server: Killable, cast: Cast, database: Database
) -> None:
    answered: list[str] = []
    wire = Wire(server.origin, cast.group_id)

    def write(token: str) -> None:
        with wire.client(token) as client:
            while True:
                form = {"id": str(new_id()), "text": f"{len(answered)}"}
                try:
                    answer = client.post(f"/groups/{cast.group_id}/messages", data=form)
                except httpx.TransportError:
                    return
                if answer.status_code == 303:
                    answered.append(form["id"])

    writers = [
        threading.Thread(target=write, args=(player.token,))
        for player in (cast.amina, cast.beatriz, cast.chipo)
    ]
    for each in writers:
        each.start()
    while len(answered) < 20:
        time.sleep(0.005)
    server.kill()
    for each in writers:
        each.join()

    with database.reading() as db:
        kept = {str(each) for each in db.scalars(select(Message.id))}
    assert set(answered) <= kept
    assert len(answered) >= 20
