"""Sign-ins of our own: new every time, bound to nothing an attacker could set, really ended."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
from anyio.from_thread import start_blocking_portal
from sqlalchemy import func, select

from companion.app import Companion
from companion.db import Database
from companion.people.models import Brake, SignIn, SpareKey
from tests.cast import Cast
from tests.conftest import Browser, HeldClock


def _make_key(browser: Browser, token: str) -> str:
    browser.sign_in(token)
    html: str = browser.post_form("/spare-key").text
    return html.split('class="code" dir="ltr">')[1].split("<")[0]


def test_a_spare_key_signs_in_another_phone_once(browser: Browser, cast: Cast) -> None:
    code = _make_key(browser, cast.amina.token)
    browser.cookies.clear()

    first = browser.post_form("/key", {"code": code.lower()})

    assert first.status_code == 303
    assert "Amina" in browser.get("/more").text
    browser.cookies.clear()
    assert browser.post_form("/key", {"code": code}).status_code == 422


def test_a_sign_in_never_keeps_a_token_that_was_there_before(browser: Browser, cast: Cast) -> None:
    code = _make_key(browser, cast.amina.token)
    browser.sign_in("chosen-by-somebody-else")

    answer = browser.post_form("/key", {"code": code})

    assert "chosen-by-somebody-else" not in answer.headers["set-cookie"]
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=lax" in answer.headers["set-cookie"]


def test_a_slow_page_that_ends_after_signing_out_does_not_sign_in_again(
    browser: Browser, cast: Cast
) -> None:
    browser.sign_in(cast.amina.token)
    browser.post_form("/sign-out")

    browser.sign_in(cast.amina.token)
    answer = browser.get("/more", follow_redirects=False)

    assert answer.headers["location"] == "/welcome"
    assert "set-cookie" not in answer.headers


def test_signing_out_empties_the_browsers_caches(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    assert browser.post_form("/sign-out").headers["clear-site-data"] == '"cache", "storage"'


def test_a_token_is_kept_only_as_its_hash(database: Database, cast: Cast) -> None:
    with database.reading() as db:
        hashes = db.scalars(select(SignIn.token_hash)).all()

    assert {len(each) for each in hashes} == {32}
    assert cast.amina.token.encode() not in hashes


def test_the_last_visit_is_noted_every_ten_minutes_at_most(
    browser: Browser, cast: Cast, database: Database, held_clock: HeldClock
) -> None:
    browser.sign_in(cast.amina.token)
    first = held_clock.moment
    seen = []
    for minutes in (5, 11):
        held_clock.moment = first + timedelta(minutes=minutes)
        browser.get("/more")
        with database.reading() as db:
            seen.append(db.get_one(SignIn, cast.amina.reader.sign_in_id).last_seen_at)

    assert seen == [first, first + timedelta(minutes=11)]


def test_a_sign_in_that_nobody_used_for_long_ends(
    browser: Browser, cast: Cast, held_clock: HeldClock
) -> None:
    browser.sign_in(cast.amina.token)
    held_clock.moment += timedelta(days=401)

    assert browser.get("/more", follow_redirects=False).status_code == 303


def test_unknown_spare_keys_are_slowed_down(
    browser: Browser, cast: Cast, database: Database, held_clock: HeldClock
) -> None:
    with database.writing.begin() as db:
        db.add(Brake(action="spare key", tokens=2, filled_at=held_clock.moment))

    statuses = [browser.post_form("/key", {"code": f"WRONG{n}"}).status_code for n in range(3)]

    assert statuses == [422, 422, 429]
    held_clock.moment += timedelta(seconds=1)
    assert browser.post_form("/key", {"code": "WRONG"}).status_code == 422


def test_somebody_elses_wrong_keys_do_not_shut_out_the_right_one(
    browser: Browser, cast: Cast, database: Database, held_clock: HeldClock
) -> None:
    code = _make_key(browser, cast.amina.token)
    with database.writing.begin() as db:
        db.add(Brake(action="spare key", tokens=0, filled_at=held_clock.moment))
    browser.cookies.clear()

    assert browser.post_form("/key", {"code": "WRONG"}).status_code == 429
    assert browser.post_form("/key", {"code": code}).status_code == 303


def test_two_taps_on_a_new_spare_key_make_one(
    app: Companion, cast: Cast, database: Database
) -> None:
    with start_blocking_portal() as portal:
        statuses = portal.call(_tap, app, cast.amina.token, 4)

    assert statuses == [200] * 4
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(SpareKey)) == 1


async def _tap(app: Companion, token: str, times: int) -> list[int]:
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app),
        base_url="http://127.0.0.1:8000",
        cookies={"sign-in": token},
        headers={"sec-fetch-site": "same-origin"},
    ) as client:
        posts: list[Any] = [client.post("/spare-key") for _ in range(times)]
        return [answer.status_code for answer in await asyncio.gather(*posts)]


def test_another_sign_in_on_the_same_phone_ends_the_one_before(
    browser: Browser, cast: Cast
) -> None:
    code = _make_key(browser, cast.amina.token)
    browser.sign_in(cast.beatriz.token)
    browser.post_form("/key", {"code": code})

    browser.sign_in(cast.beatriz.token)
    assert browser.get("/more", follow_redirects=False).status_code == 303


def test_a_wrong_spare_key_stays_in_the_field(browser: Browser) -> None:
    answer = browser.post_form("/key", {"code": "abcd-efgh"})

    assert 'value="abcd-efgh"' in answer.text
    assert "Nobody has this spare key" in answer.text


def test_where_she_wrote_nothing_it_does_not_say_that_she_did(browser: Browser) -> None:
    answer = browser.post_form("/name", {"back": "/more"})

    assert answer.status_code == 401
    assert "What you wrote" not in answer.text


def test_a_post_after_the_sign_in_ended_keeps_what_was_typed(browser: Browser) -> None:
    answer = browser.post_form("/name", {"name": "Amina the second"})

    assert answer.status_code == 401
    assert "Amina the second" in answer.text


def test_leaving_ends_every_device(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)
    assert browser.post_form("/leaving").status_code == 303

    browser.sign_in(cast.amina.token)
    assert browser.get("/more", follow_redirects=False).status_code == 303
