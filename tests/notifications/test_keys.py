"""The push key: phones subscribe for one key, so it is never made anew by accident."""

import base64
from pathlib import Path

import pytest
from sqlalchemy import delete

from companion.config import Config
from companion.db import open_database
from companion.notifications import keys
from companion.notifications.keys import PushKey, create_key_file, key_file, replace_key_file
from companion.notifications.models import PushSubscription
from companion.sealing import BadKey
from companion.start import open_house
from tests.cast import Cast
from tests.conftest import PUSH_KEY
from tests.house import phone_of

SEALING = f"k1:{base64.b64encode(b'0' * 32).decode()}"  # the tests' own


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Config:
    return Config(data=str(tmp_path / "data"), database=database_url, sealing_key=SEALING)


def give_amina_a_phone(database_url: str, cast: Cast) -> None:
    database = open_database(database_url)
    with database.writing.begin() as db:
        db.add(phone_of(cast.amina))
    database.close()


def test_a_key_is_read_as_it_was_written() -> None:
    key = PushKey.new()

    assert PushKey.parse(f"{key.text}\n").public == key.public
    assert PushKey.parse(f"{key.text}=").id == key.id
    assert len(key.text) == 43
    assert len(key.public) == 87
    assert len(key.id) == 12


@pytest.mark.parametrize(
    "text",
    ["", "rubbish", "A" * 43, "_" * 43, PUSH_KEY.text[:-2], PUSH_KEY.text + "AA", "é" * 43,
     "-----BEGIN PRIVATE KEY-----"],
)  # fmt: skip
def test_a_key_that_is_none_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(BadKey) as refused:
        PushKey.parse(text)

    assert not text or text not in str(refused.value)


def test_the_first_start_makes_a_key_for_its_owner_alone(settings: Config) -> None:
    open_house(settings).close()

    path = key_file(settings.data)
    assert path.stat().st_mode & 0o777 == 0o600
    assert keys.push_key().text == path.read_text("ascii").strip()


def test_the_next_start_keeps_it(settings: Config) -> None:
    for _ in range(2):
        open_house(settings).close()
        used = keys.push_key().text

    assert key_file(settings.data).read_text("ascii") == f"{used}\n"


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "push.key"
    create_key_file(path)
    before = path.read_bytes()

    with pytest.raises(FileExistsError):
        create_key_file(path)
    assert path.read_bytes() == before


def test_a_missing_key_with_phones_that_ring_for_it_stops_the_start(
    settings: Config, cast: Cast, database_url: str
) -> None:
    give_amina_a_phone(database_url, cast)

    with pytest.raises(BadKey, match=r"is missing, but phones ring for it\. .*companion push-key"):
        open_house(settings)

    assert not key_file(settings.data).exists()


def test_without_phones_a_missing_key_is_made(
    settings: Config, cast: Cast, database_url: str
) -> None:
    give_amina_a_phone(database_url, cast)
    database = open_database(database_url)
    with database.writing.begin() as db:
        db.execute(delete(PushSubscription))
    database.close()

    open_house(settings).close()

    assert key_file(settings.data).exists()


def test_a_key_from_the_settings_needs_no_file(
    settings: Config, cast: Cast, database_url: str
) -> None:
    give_amina_a_phone(database_url, cast)
    key = PushKey.new()

    open_house(Config(**{**settings.__dict__, "push_key": key.text})).close()

    assert keys.push_key().public == key.public
    assert not key_file(settings.data).exists()


def test_a_key_in_the_settings_that_is_none_stops_the_start(settings: Config) -> None:
    with pytest.raises(BadKey, match="push key must be 32 bytes"):
        open_house(Config(**{**settings.__dict__, "push_key": "rubbish"}))


@pytest.mark.parametrize("rubbish", [b"", b"rubbish\n", b"\xff\xfe\x00"])
def test_a_key_file_that_holds_none_stops_the_start(settings: Config, rubbish: bytes) -> None:
    path = key_file(settings.data)
    path.parent.mkdir()
    path.write_bytes(rubbish)
    path.chmod(0o600)

    with pytest.raises(BadKey, match="push key must be 32 bytes"):
        open_house(settings)
    assert path.read_bytes() == rubbish


def test_a_key_file_that_others_can_read_stops_the_start(settings: Config) -> None:
    path = key_file(settings.data)
    create_key_file(path)
    path.chmod(0o644)

    with pytest.raises(BadKey, match="chmod 600"):
        open_house(settings)


def test_a_new_key_on_purpose_keeps_the_old_one_beside_it(settings: Config) -> None:
    path = key_file(settings.data)
    assert replace_key_file(path) is None
    old = PushKey.parse(path.read_text("ascii"))

    kept = replace_key_file(path)

    assert kept
    assert PushKey.parse(kept.read_text("ascii")).public == old.public
    assert PushKey.parse(path.read_text("ascii")).public != old.public
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(BadKey, match="a moment ago"):
        replace_key_file(path)
    assert PushKey.parse(kept.read_text("ascii")).public == old.public
