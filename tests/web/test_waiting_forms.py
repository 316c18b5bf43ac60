"""A form that waited on a phone is opened by the server alone, at its own address, as it was."""

import base64
import os
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import select

from companion import clock, sealing
from companion.chat.models import Message
from companion.db import Database, new_id
from companion.measurements.models import Measurement
from companion.people.reader import marks_of
from companion.sessions.models import Attendance
from companion.web.waiting_forms import public_key
from tests.cast import Cast, Player
from tests.chat.conftest import agree
from tests.conftest import RING, Browser

WEIGHT = "/record/a2"


def sealed(path: str, fields: dict[str, str]) -> str:
    """As a phone does it."""
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(
        ec.SECP256R1(), base64.b64decode(public_key())
    )
    own = ec.generate_private_key(ec.SECP256R1())
    point = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    secret = own.exchange(ec.ECDH(), theirs)
    key = HKDF(hashes.SHA256(), 32, point, b"companion form").derive(secret)
    nonce = os.urandom(12)
    closed = AESGCM(key).encrypt(nonce, urlencode(fields).encode(), path.encode())
    return base64.b64encode(point + nonce + closed).decode()


def by(player: Player) -> str:
    return marks_of(player.id)[0]


def weighed(database: Database) -> list[Measurement]:
    with database.reading() as db:
        return list(db.scalars(select(Measurement).where(Measurement.kind == "weight")))


def form(player: Player, **more: str) -> dict[str, str]:
    return {"by": by(player), "id": str(new_id()), "weight": "68.5", "day": "", "time": "", **more}


def test_it_is_saved_once_however_often_it_comes(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.amina.token)
    waited = sealed(WEIGHT, form(cast.amina))

    answers = [browser.post_form(WEIGHT, {"sealed": waited, "age": "5000"}) for _ in range(3)]

    assert [each.status_code for each in answers] == [303, 303, 303]
    assert len(weighed(database)) == 1


def test_what_is_refused_comes_back_as_it_was_filled_in(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)
    waited = sealed(WEIGHT, form(cast.amina, weight="heavy"))

    answer = browser.post_form(WEIGHT, {"sealed": waited, "age": "5000"})

    assert answer.status_code == 422
    assert 'value="heavy"' in answer.text


@pytest.mark.parametrize("is_sealed", [True, False])
def test_a_form_that_somebody_else_filled_in_is_not_saved_as_hers(
    browser: Browser, cast: Cast, database: Database, *, is_sealed: bool
) -> None:
    browser.sign_in(cast.beatriz.token)
    fields = form(cast.amina)

    answer = browser.post_form(
        WEIGHT, {"sealed": sealed(WEIGHT, fields), "age": "1"} if is_sealed else fields
    )

    assert answer.status_code == 409
    assert "68.5" not in answer.text
    assert weighed(database) == []


def test_whoever_is_signed_out_is_told_so(browser: Browser, cast: Cast) -> None:
    fields = {"sealed": sealed(WEIGHT, form(cast.amina)), "age": "1"}

    assert browser.post_form(WEIGHT, fields).status_code == 401


def test_it_opens_at_its_own_address_alone(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.amina.token)
    waited = sealed("/record/a1", form(cast.amina))

    answer = browser.post_form(WEIGHT, {"sealed": waited, "age": "1"})

    assert answer.status_code == 422
    assert "cannot be read any more" in answer.text
    assert weighed(database) == []


@pytest.mark.parametrize(
    "waited", ["", "x", "AAAA", base64.b64encode(b"\x04" + bytes(200)).decode(), "é", "A" * 150_000]
)
def test_what_nobody_sealed_is_refused(browser: Browser, cast: Cast, waited: str) -> None:
    browser.sign_in(cast.amina.token)

    assert browser.post_form(WEIGHT, {"sealed": waited, "age": "x"}).status_code == 422


def test_it_opens_after_the_key_has_changed(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.amina.token)
    waited = sealed(WEIGHT, form(cast.amina))
    newer = f"k2:{base64.b64encode(b'1' * 32).decode()}"
    old = f"k1:{base64.b64encode(RING.keys['k1']).decode()}"
    sealing.use(sealing.Keyring.parse(f"{newer}\n{old}"))

    assert browser.post_form(WEIGHT, {"sealed": waited, "age": "1"}).status_code == 303
    assert len(weighed(database)) == 1


def test_a_message_has_the_time_at_which_it_was_written(
    browser: Browser, cast: Cast, database: Database
) -> None:
    agree(database, cast.group_id, cast.chipo, cast.amina)
    browser.sign_in(cast.amina.token)
    path = f"/groups/{cast.group_id}/messages"
    fields = {"by": by(cast.amina), "id": str(new_id()), "text": "On the bus"}
    two_hours = str(2 * 3600 * 1000)

    browser.post_form(path, {"sealed": sealed(path, fields), "age": two_hours})

    with database.reading() as db:
        (at,) = db.scalars(select(Message.written_at))
    assert at == clock.now() - timedelta(hours=2)


def test_an_answer_that_waited_does_not_undo_a_later_one(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.amina.token)
    path = f"/sessions/{cast.session_id}/answers"
    browser.post_form(path, {"by": by(cast.amina), "answer": "no"})
    waited = sealed(path, {"by": by(cast.amina), "answer": "yes"})

    browser.post_form(path, {"sealed": waited, "age": "60000"})

    with database.reading() as db:
        assert db.scalars(select(Attendance.is_coming)).all() == [False]


def test_the_mark_is_not_the_same_as_the_id_and_not_another_ones(cast: Cast) -> None:
    assert by(cast.amina) != by(cast.beatriz)
    assert by(cast.amina) not in str(cast.amina.id).replace("-", "")
