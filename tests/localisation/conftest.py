"""A Kosovo whose words go out and come in as files."""

from collections.abc import Callable

import pytest

from companion.db import Database
from companion.i18n import language
from companion.localisation import actions, po_in, po_out
from companion.localisation.texts import source_of

Edit = Callable[[str], str]


class Desk:
    """A translator's desk: a file out, changed in a text editor, and in again."""

    def __init__(self, database: Database, pilot: str = "xk") -> None:
        self.database, self.pilot = database, pilot

    def out(self, code: str, domain: str = "companion") -> str:
        with self.database.reading() as db:
            return po_out.exported(db, self.pilot, code, domain).decode()

    def look(self, code: str, content: str | bytes) -> po_in.Incoming:
        raw = content if isinstance(content, bytes) else content.encode()
        with self.database.reading() as db:
            return actions.look_into(db, source_of(self.pilot), language(code), raw)

    def take(self, code: str, content: str) -> po_in.Incoming:
        with self.database.writing.begin() as db:
            incoming = actions.look_into(
                db, source_of(self.pilot), language(code), content.encode()
            )
            actions.take_in(db, self.pilot, incoming)
        return incoming


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)
