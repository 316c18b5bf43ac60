"""One transaction per request: drawn, committed, then sent; or nothing happened at all."""

import asyncio
from typing import Any

import httpx
import pytest
from anyio.from_thread import start_blocking_portal
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from companion import engines
from companion.app import Companion
from tests.cast import Cast
from tests.conftest import Browser


def test_a_failed_commit_says_so_and_keeps_what_was_typed(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.sign_in(cast.amina.token)
    monkeypatch.setattr(Session, "commit", _fail)

    answer = browser.post_form("/name", {"name": "Amina B."})

    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert "Amina B." in answer.text


def _fail(_: Session) -> None:
    raise OperationalError("COMMIT", None, Exception("disk I/O error"))


def test_a_page_that_cannot_be_drawn_rolls_back(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.sign_in(cast.amina.token)
    monkeypatch.setattr("companion.people.routes.show_code", _break)

    answer = browser.post_form("/spare-key")

    assert answer.status_code == 500
    monkeypatch.undo()
    browser.sign_in(cast.amina.token)
    assert "You have a spare key." not in browser.get("/spare-key").text


def _break(_: str) -> str:
    raise RuntimeError("a secret name")


def test_a_mistake_of_ours_shows_a_number_and_no_details(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.sign_in(cast.amina.token)
    monkeypatch.setattr("companion.people.routes.show_code", _break)

    answer = browser.post_form("/spare-key")

    assert "Something went wrong" in answer.text
    assert "secret name" not in answer.text
    assert "Traceback" not in answer.text


async def _many(app: Companion, token: str, count: int) -> list[int]:
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(
        transport=transport,
        base_url="http://127.0.0.1:8000",
        cookies={"sign-in": token},
        headers={"sec-fetch-site": "same-origin"},
        timeout=60,
    ) as client:
        posts: list[Any] = [client.post("/name", data={"name": f"A{n}"}) for n in range(count)]
        return [answer.status_code for answer in await asyncio.gather(*posts)]


def test_more_writers_at_once_than_worker_threads_all_get_their_turn(
    app: Companion, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "WAIT_SECONDS", 120)

    with start_blocking_portal() as portal:
        statuses = portal.call(_many, app, cast.amina.token, 120)

    assert statuses == [303] * 120
