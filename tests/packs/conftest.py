"""The Dutch pilot, whose whole pack goes out as files and comes in again."""

import io
import zipfile
from collections.abc import Mapping

import pytest

from companion.db import Database
from companion.packs import actions, out, own
from companion.packs.coming_in import look
from companion.packs.incoming import Incoming
from tests.cast import Cast
from tests.conftest import Browser

PILOT = "nl"


class Pack:
    """A pack as somebody works on it: out, changed in a text editor, looked at, taken in."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def out(self) -> dict[str, bytes]:
        with self.database.reading() as db:
            own.know_all(db)
            return dict(out.files_of(db, PILOT))

    def edited(self, name: str, was: str, becomes: str) -> dict[str, bytes]:
        files = self.out()
        text = files[name].decode()
        assert was in text
        return {**files, name: text.replace(was, becomes, 1).encode()}

    def look(self, files: Mapping[str, bytes]) -> Incoming:
        with self.database.reading() as db:
            return look(db, PILOT, files)

    def take(self, files: Mapping[str, bytes]) -> Incoming:
        with self.database.writing.begin() as db:
            incoming = look(db, PILOT, files)
            actions.take_in(db, PILOT, incoming)
        with self.database.reading() as db:
            own.know(db, PILOT)
        return incoming


@pytest.fixture
def pack(database: Database, cast: Cast) -> Pack:
    return Pack(database)


@pytest.fixture
def edon(browser: Browser, cast: Cast) -> Browser:
    browser.sign_in(cast.edon.token)
    return browser


def zipped(files: Mapping[str, bytes]) -> bytes:
    """As any tool would zip it."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()
