"""A phone lets itself be rung: by the script on every page, as a browser posts it."""

import secrets
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import select

from companion.db import Database
from companion.notifications import keys, phones
from companion.notifications.keys import PushKey, b64, push_key
from companion.notifications.models import PushSubscription
from companion.people import actions as people
from companion.people import sign_ins
from companion.people.models import Ring, SignIn
from tests.cast import Cast, Player
from tests.conftest import NOW, Browser, HeldClock
from tests.house import AUTH, ENDPOINT, P256DH
from tests.notifications.conftest import signed_in_again

ELSEWHERE = "https://web.push.apple.com/another"


def form(**changes: str) -> dict[str, str]:
    made = {"endpoint": ENDPOINT, "p256dh": P256DH, "auth": AUTH, "key": push_key().public}
    return made | changes


def say(browser: Browser, player: Player, **fields: str) -> Any:
    """What the script of a page says, and what it is told."""
    browser.sign_in(player.token)
    answer = browser.post_form("/phones", fields)
    assert answer.status_code == 200
    return answer.json()


def kept(database: Database) -> list[PushSubscription]:
    with database.reading() as db:
        return list(db.scalars(select(PushSubscription).order_by(PushSubscription.id)))


def rings(database: Database, player: Player) -> str:
    with database.reading() as db:
        return db.get_one(SignIn, player.reader.sign_in_id).ring


def lose(database: Database, player: Player) -> None:
    with database.writing.begin() as db:
        phones.lose(db, [player.reader.sign_in_id])


def test_a_phone_that_subscribes_rings(browser: Browser, cast: Cast, database: Database) -> None:
    told = say(browser, cast.amina, **form(new="yes"))

    assert told == {"rings": True, "key": push_key().public}
    (phone,) = kept(database)
    assert (phone.person_id, phone.sign_in_id) == (cast.amina.id, cast.amina.reader.sign_in_id)
    assert (phone.service, phone.key_id) == ("https://fcm.googleapis.com", push_key().id)
    assert ENDPOINT in phone.address
    assert b"fcm" not in phone.address_sealed
    assert rings(database, cast.amina) == Ring.YES


def test_saying_it_again_on_every_visit_changes_nothing_but_when(
    browser: Browser, cast: Cast, database: Database, held_clock: HeldClock
) -> None:
    say(browser, cast.amina, **form(new="yes"))
    (before,) = kept(database)
    held_clock.moment = NOW + timedelta(days=3)

    assert say(browser, cast.amina, **form())["rings"] is True

    (after,) = kept(database)
    assert (after.id, after.confirmed_at) == (before.id, held_clock.moment)


def test_a_new_address_takes_the_place_of_the_old_one(
    browser: Browser, cast: Cast, database: Database
) -> None:
    say(browser, cast.amina, **form(new="yes"))
    say(browser, cast.amina, **form(endpoint=ELSEWHERE))

    (phone,) = kept(database)
    assert phone.service == "https://web.push.apple.com"


def test_of_two_who_share_a_phone_it_rings_for_whoever_came_last(
    browser: Browser, cast: Cast, database: Database
) -> None:
    say(browser, cast.amina, **form(new="yes"))
    say(browser, cast.beatriz, **form(new="yes"))

    assert [phone.person_id for phone in kept(database)] == [cast.beatriz.id]
    say(browser, cast.amina, **form())
    assert [phone.person_id for phone in kept(database)] == [cast.amina.id]


def test_nobody_has_more_phones_than_ten_and_those_heard_of_last_stay(
    browser: Browser, cast: Cast, database: Database, held_clock: HeldClock
) -> None:
    for number in range(phones.MOST_PHONES + 3):
        held_clock.moment = NOW + timedelta(minutes=number)
        on_another = signed_in_again(database, cast.amina)
        say(browser, on_another, **form(endpoint=f"{ENDPOINT}{number}"))
    say(browser, cast.beatriz, **form())

    minutes = sorted(
        (phone.confirmed_at - NOW).total_seconds() // 60
        for phone in kept(database)
        if phone.person_id == cast.amina.id
    )
    assert minutes == list(range(3, phones.MOST_PHONES + 3))
    assert len(kept(database)) == phones.MOST_PHONES + 1


def test_however_many_addresses_come_from_one_phone_it_has_one(
    cast: Cast, database: Database
) -> None:
    with database.writing.begin() as db:
        for number in range(50):
            address = phones.Address(f"{ENDPOINT}{number}", P256DH, AUTH, "https://push.example")
            phones.subscribe(db, cast.amina.reader, address, push_key().public)

    (phone,) = kept(database)
    assert f"{ENDPOINT}49" in phone.address


def test_a_phone_that_subscribed_for_another_key_is_told_the_right_one(
    browser: Browser, cast: Cast, database: Database
) -> None:
    told = say(browser, cast.amina, **form(key=PushKey.new().public))

    assert told == {"rings": False, "key": push_key().public}
    assert kept(database) == []
    assert say(browser, cast.amina, **form(new="yes"))["rings"] is True


def test_after_the_key_was_changed_a_phone_rings_once_it_has_subscribed_anew(
    browser: Browser, cast: Cast, database: Database
) -> None:
    old = form(new="yes")
    say(browser, cast.amina, **old)
    keys.use(PushKey.new())

    with database.reading() as db:
        assert phones.reachable(db, [cast.amina.id]) == 0
    old.pop("new")
    assert say(browser, cast.amina, **old)["rings"] is False
    assert rings(database, cast.amina) == Ring.LOST
    assert say(browser, cast.amina, **form(endpoint=ELSEWHERE, new="yes"))["rings"] is True
    with database.reading() as db:
        assert phones.reachable(db, [cast.amina.id]) == 1


def test_an_address_that_was_lost_does_not_ring_because_it_is_said_again(
    browser: Browser, cast: Cast, database: Database
) -> None:
    say(browser, cast.amina, **form(new="yes"))
    lose(database, cast.amina)

    assert say(browser, cast.amina, **form())["rings"] is False
    assert rings(database, cast.amina) == Ring.LOST
    assert say(browser, cast.amina, **form(endpoint=ELSEWHERE, new="yes"))["rings"] is True
    assert rings(database, cast.amina) == Ring.YES


def test_a_phone_that_has_no_address_any_more_is_lost(
    browser: Browser, cast: Cast, database: Database
) -> None:
    say(browser, cast.amina, **form(new="yes"))

    assert say(browser, cast.amina) == {"rings": False, "key": push_key().public}
    assert rings(database, cast.amina) == Ring.LOST


def test_a_phone_that_never_rang_is_not_lost(
    browser: Browser, cast: Cast, database: Database
) -> None:
    say(browser, cast.amina)

    assert rings(database, cast.amina) == Ring.NO


def test_whoever_wants_no_ringing_any_more_is_not_told_that_it_was_lost(
    browser: Browser, cast: Cast, database: Database
) -> None:
    say(browser, cast.amina, **form(new="yes"))

    answer = browser.post_form("/phones/goodbyes")

    assert answer.status_code == 303
    assert kept(database) == []
    assert rings(database, cast.amina) == Ring.NO


NOT_ON_THE_CURVE = b64(b"\x04" + b"\x01" * 64)
COMPRESSED = b64(b"\x02" + b"\x01" * 64)
OF_ANOTHER_CURVE = b64(
    b"\x04"
    + ec.generate_private_key(ec.SECP256K1()).public_key().public_numbers().x.to_bytes(32, "big")
    + b"\x05" * 32
)


@pytest.mark.parametrize(
    "wrong",
    [
        {"p256dh": ""},
        {"p256dh": "rubbish!"},
        {"p256dh": "é" * 87},
        {"p256dh": P256DH[:-4]},
        {"p256dh": P256DH + "AAAA"},
        {"p256dh": "A" * 87},
        {"p256dh": NOT_ON_THE_CURVE},
        {"p256dh": COMPRESSED},
        {"p256dh": OF_ANOTHER_CURVE},
        {"p256dh": "A" * 5000},
        {"auth": ""},
        {"auth": "rubbish!"},
        {"auth": AUTH[:-4]},
        {"auth": AUTH + "AAAA"},
        {"auth": "A" * 5000},
        {"endpoint": "http://fcm.googleapis.com/x"},
        {"endpoint": "https://127.0.0.1/x"},
        {"endpoint": "https://169.254.169.254/latest"},
        {"endpoint": "https://[::1]/x"},
        {"endpoint": "https://fcm.googleapis.com@127.0.0.1/x"},
        {"endpoint": "https://evilpush.apple.com/x"},
        {"endpoint": "https://fcm.googleapis.com/" + "x" * 5000},
        {"endpoint": "https://fcm.googleapis.com/👶"},
    ],
)
def test_what_cannot_be_rung_is_refused_and_nothing_is_kept(
    browser: Browser, cast: Cast, database: Database, wrong: dict[str, str]
) -> None:
    browser.sign_in(cast.amina.token)

    answer = browser.post_form("/phones", form(new="yes", **wrong))

    assert answer.status_code == 422
    assert kept(database) == []
    assert rings(database, cast.amina) == Ring.NO


def test_keys_with_their_padding_ring_as_well(
    browser: Browser, cast: Cast, database: Database
) -> None:
    assert say(browser, cast.amina, **form(p256dh=f"{P256DH}=", auth=f"{AUTH}=="))["rings"]


def test_whoever_is_not_signed_in_has_no_phone_here(browser: Browser, database: Database) -> None:
    assert browser.post_form("/phones", form(new="yes")).status_code == 401
    assert kept(database) == []


def test_signing_out_forgets_the_phone(browser: Browser, cast: Cast, database: Database) -> None:
    on_another = signed_in_again(database, cast.amina)
    say(browser, cast.amina, **form(new="yes"))
    say(browser, on_another, **form(endpoint=ELSEWHERE, new="yes"))

    with database.writing.begin() as db:
        sign_ins.end(db, on_another.reader)

    assert [phone.sign_in_id for phone in kept(database)] == [cast.amina.reader.sign_in_id]


def test_a_phone_signed_out_from_another_is_forgotten(
    browser: Browser, cast: Cast, database: Database
) -> None:
    say(browser, cast.amina, **form(new="yes"))

    browser.post_form(f"/devices/{cast.amina.reader.sign_in_id}/goodbyes")

    assert kept(database) == []


def test_leaving_companion_forgets_every_phone_and_takes_back_what_waits(
    browser: Browser, cast: Cast, database: Database
) -> None:
    say(browser, cast.amina, **form(new="yes"))
    say(browser, signed_in_again(database, cast.amina), **form(endpoint=ELSEWHERE, new="yes"))
    say(browser, cast.beatriz, **form(endpoint=f"{ENDPOINT}{secrets.token_hex(4)}", new="yes"))

    with database.writing.begin() as db:
        people.leave(db, cast.amina.reader)

    assert [phone.person_id for phone in kept(database)] == [cast.beatriz.id]
