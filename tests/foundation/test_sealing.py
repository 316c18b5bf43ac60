"""Sealed columns: only the right key opens them, only in their own place."""

import base64
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text, update

from companion import sealing
from companion.config import Config
from companion.db import Database
from companion.people.models import Person
from companion.sealing import BadKey, CannotOpen, Keyring, create_key_file, key_file
from companion.start import open_house
from tests.cast import Cast


def _line(name: str, byte: bytes) -> str:
    return f"{name}:{base64.b64encode(byte * 32).decode()}"


OLD, NEW = _line("old", b"1"), _line("new", b"2")


@given(st.text())
def test_what_was_sealed_opens_in_its_place(written: str) -> None:
    ring = Keyring.parse(NEW)

    assert ring.open(ring.seal(written, "person.name.1"), "person.name.1") == written


def test_a_value_moved_to_another_row_does_not_open() -> None:
    ring = Keyring.parse(NEW)

    with pytest.raises(CannotOpen):
        ring.open(ring.seal("Amina", "person.name.1"), "person.name.2")


def test_after_a_new_key_the_old_one_still_opens() -> None:
    cell = Keyring.parse(OLD).seal("Amina", "p")
    ring = Keyring.parse(f"{NEW}\n{OLD}")

    assert ring.newest == "new"
    assert ring.open(cell, "p") == "Amina"
    with pytest.raises(CannotOpen):
        Keyring.parse(NEW).open(cell, "p")


@pytest.mark.parametrize("written", ["", "k1", "k1:short", "k1:!!!!", f":{NEW[4:]}"])
def test_a_malformed_key_is_refused(written: str) -> None:
    with pytest.raises(BadKey):
        Keyring.parse(written)


def test_no_name_stands_in_the_database(database: Database, cast: Cast) -> None:
    with database.reading() as db:
        cells = db.scalars(text("SELECT name_sealed FROM person")).all()

    assert len(cells) == 9
    assert not any(b"Amina" in bytes(cell) for cell in cells)


def test_a_name_copied_onto_another_person_does_not_open(database: Database, cast: Cast) -> None:
    with database.writing.begin() as db:
        stolen = db.get_one(Person, cast.amina.id).name_sealed
        db.execute(update(Person).where(Person.id == cast.dewi.id).values(name_sealed=stolen))

    with database.reading() as db, pytest.raises(CannotOpen):
        _ = db.get_one(Person, cast.dewi.id).name


def test_the_first_start_makes_a_key_that_only_its_owner_can_read(tmp_path: Path) -> None:
    open_house(Config(data=str(tmp_path / "data"))).close()

    path = key_file(str(tmp_path / "data"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    with pytest.raises(FileExistsError):
        create_key_file(path)


def test_a_lost_key_stops_the_start_instead_of_being_made_anew(
    tmp_path: Path, database_url: str, cast: Cast
) -> None:
    config = Config(data=str(tmp_path / "elsewhere"), database=database_url)

    with pytest.raises(BadKey, match="missing"):
        open_house(config)


def test_a_key_that_others_can_read_stops_the_start(tmp_path: Path) -> None:
    config = Config(data=str(tmp_path))
    create_key_file(key_file(config.data))
    key_file(config.data).chmod(0o644)

    with pytest.raises(BadKey, match="chmod 600"):
        open_house(config)


def test_a_key_that_does_not_open_what_is_there_stops_the_start(
    tmp_path: Path, database_url: str, cast: Cast
) -> None:
    before = sealing.keyring()
    config = Config(data=str(tmp_path / "x"), database=database_url, sealing_key=NEW)

    with pytest.raises(BadKey, match="does not open"):
        open_house(config)
    sealing.use(before)
