"""Wrong PINs: they wait longer and longer, and in the end she is signed out, here alone."""

import asyncio
from typing import Any

import httpx
import pytest
from anyio.from_thread import start_blocking_portal
from sqlalchemy import select

from companion.app import Companion
from companion.db import Database
from companion.people import locks
from companion.people.models import SignIn
from tests.cast import Cast
from tests.people.conftest import WRONG, SharedPhone


def _wrong(phone: SharedPhone, times: int) -> Any:
    """So many wrong ones, each as soon as it may be tried; the last answer."""
    answer = None
    for _ in range(times):
        answer = phone.open(WRONG)
        phone.wait(minutes=15)
    return answer


def test_five_wrong_ones_wait_and_then_longer(phone: SharedPhone) -> None:
    phone.lock()
    for _ in range(4):
        assert phone.open(WRONG).status_code == 422
    waited = []
    for _ in range(5):
        answer = _wrong(phone, 1)
        assert answer.status_code == 429
        waited.append(answer.text.split("Too many wrong PINs. Wait ")[1].split(",")[0])

    assert waited == ["30 seconds", "1 minute", "5 minutes", "15 minutes", "15 minutes"]


@pytest.mark.parametrize(("wrong", "seconds"), [(5, 30), (6, 60), (7, 300), (8, 900), (9, 900)])
def test_while_it_waits_even_the_right_one_does(
    phone: SharedPhone, wrong: int, seconds: int
) -> None:
    phone.lock()
    _wrong(phone, wrong - 1)
    phone.open(WRONG)

    phone.wait(seconds=seconds - 1)
    assert phone.open().status_code == 429
    assert "Wait 1 second, then" in phone.browser.get("/more").text
    phone.wait(seconds=1)
    assert phone.open().status_code == 303


def test_the_right_one_forgives_those_before(phone: SharedPhone) -> None:
    phone.lock()
    for _ in range(3):
        assert [phone.open(WRONG).status_code for _ in range(4)] == [422] * 4
        assert phone.open().status_code == 303


def test_what_is_no_pin_is_not_counted(phone: SharedPhone, database: Database) -> None:
    phone.lock()
    for _ in range(12):
        assert phone.open("4829").status_code == 422

    with database.reading() as db:
        assert set(db.scalars(select(SignIn.wrong_pins))) == {0}


def test_ten_wrong_ones_sign_her_out_here_and_nowhere_else(
    phone: SharedPhone, cast: Cast, database: Database
) -> None:
    html = phone.browser.post_form("/spare-key").text
    code = html.split('class="code" dir="ltr">')[1].split("<")[0]
    phone.lock()
    other = dict(phone.browser.cookies)

    answer = _wrong(phone, 10)

    assert answer.status_code == 401
    assert "There were ten wrong PINs" in answer.text
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    phone.browser.cookies.update(other)
    assert phone.browser.get("/more", follow_redirects=False).headers["location"] == "/welcome"
    phone.browser.cookies.clear()
    assert phone.browser.post_form("/key", {"code": code}).status_code == 303
    assert phone.browser.get("/more").status_code == 200


def test_the_tenth_may_still_be_the_right_one(phone: SharedPhone) -> None:
    phone.lock()
    _wrong(phone, 9)

    assert phone.open().status_code == 303


def test_guessing_on_an_open_phone_counts_too(phone: SharedPhone) -> None:
    statuses = [
        phone.browser.post_form("/lock/goodbyes", {"pin_now": WRONG}).status_code for _ in range(6)
    ]

    assert statuses == [422] * 4 + [429] * 2


def test_one_that_was_interrupted_is_counted(
    phone: SharedPhone, cast: Cast, database: Database
) -> None:
    with database.writing.begin() as db:
        claims = [locks.claim(db, cast.amina.reader) for _ in range(6)]

    assert [each.may_try for each in claims] == [True] * 5 + [False]
    assert [each.number for each in claims] == [1, 2, 3, 4, 5, 5]


def test_many_at_once_get_no_more_tries_than_one_after_the_other(
    phone: SharedPhone, app: Companion, cast: Cast, database: Database
) -> None:
    phone.lock()
    with start_blocking_portal() as portal:
        statuses = portal.call(_guess, app, cast.amina.token, 40)

    assert set(statuses) <= {422, 429, 503}
    assert statuses.count(422) <= 4
    with database.reading() as db:
        sign_in = db.get_one(SignIn, cast.amina.reader.sign_in_id)
        assert sign_in.wrong_pins == min(5, len(statuses) - statuses.count(503))


async def _guess(app: Companion, token: str, times: int) -> list[int]:
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app),
        base_url="http://127.0.0.1:8000",
        cookies={"sign-in": token},
        headers={"sec-fetch-site": "same-origin"},
    ) as client:
        posts: list[Any] = [
            client.post("/lock/openings", data={"pin_now": f"{482000 + each}"})
            for each in range(times)
        ]
        return [answer.status_code for answer in await asyncio.gather(*posts)]
