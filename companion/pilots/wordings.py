"""A pilot's wordings: kept as rows, read once by each process and again after every change."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from companion import clock
from companion.db import insert_into, new_id
from companion.i18n.wordings import NO_WORDINGS, Worded, Wordings
from companion.people.models import PilotWords
from companion.people.reader import Reader
from companion.pilots.models import Wording


@dataclass(frozen=True)
class Saying:
    """One message in a pilot's own words."""

    language: str
    domain: str
    context: str
    message: str
    forms: tuple[str, ...]
    is_reviewed: bool
    note: str = ""
    source: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return key_of(self.domain, self.context, self.message)


def key_of(domain: str, context: str, message: str) -> str:
    """A message's short name, for addresses and indexes: 64 bits of SHA-256, in hexadecimal."""
    return hashlib.sha256("\0".join((domain, context, message)).encode()).hexdigest()[:16]


class Shelf:
    """The wordings of each pilot as this process read them last. `follow` is asked to read what
    else of a pilot may have changed with them."""

    def __init__(self, follow: Callable[[Session, str], None] | None = None) -> None:
        self._kept: dict[str, Wordings] = {}
        self._follow = follow

    def of_reader(self, db: Session, reader: Reader) -> Wordings:
        """Those of her pilot, as they are now: who she is was asked together with their number."""
        return self._at(db, reader.pilot, reader.words)

    def of(self, db: Session, pilot: str) -> Wordings:
        """A pilot's wordings as they are now."""
        number = db.scalar(select(PilotWords.changes).where(PilotWords.pilot == pilot))
        return self._at(db, pilot, number or 0)

    def _at(self, db: Session, pilot: str, number: int) -> Wordings:
        if number == 0:
            return NO_WORDINGS
        kept = self._kept.get(pilot)
        if kept is None or kept.number != number:
            if self._follow:
                self._follow(db, pilot)
            kept = self._kept[pilot] = _read(db, pilot, number)
        return kept


def _read(db: Session, pilot: str, number: int) -> Wordings:
    texts = {
        (row.language, row.domain, row.context, row.message): Worded(
            tuple(row.forms), is_draft=not row.is_reviewed
        )
        for row in db.execute(_columns().where(Wording.pilot == pilot, Wording.is_current))
    }
    return Wordings(number, texts)


def _columns() -> Select[*tuple[Any, ...]]:
    return select(
        Wording.language,
        Wording.domain,
        Wording.context,
        Wording.message,
        Wording.forms,
        Wording.is_reviewed,
        Wording.note,
        Wording.source,
    )


def current(db: Session, pilot: str, *languages: str) -> list[Saying]:
    """What a pilot says of its own in these languages. The caller has shown that it is hers to
    see."""
    rows = db.execute(
        _columns().where(
            Wording.pilot == pilot, Wording.language.in_(languages), Wording.is_current
        )
    )
    return [
        Saying(
            row.language,
            row.domain,
            row.context,
            row.message,
            tuple(row.forms),
            row.is_reviewed,
            row.note,
            tuple(row.source),
        )
        for row in rows
    ]


def say(
    db: Session,
    pilot: str,
    sayings: Iterable[Saying],
    *,
    by_id: UUID | None = None,
    written_by_id: UUID | None = None,
) -> None:
    """From now on the pilot says these so. What it said before is kept, and no longer said.

    `by_id`: who put them here; `written_by_id`: whose words they are. Nobody's, when they came from
    a catalogue or a file."""
    count_change(db, pilot)
    now = clock.now()
    for each in sayings:
        _end(db, pilot, each.language, each.key)
        db.add(
            Wording(
                pilot=pilot,
                language=each.language,
                domain=each.domain,
                context=each.context,
                message=each.message,
                key=each.key,
                forms=list(each.forms),
                is_reviewed=each.is_reviewed,
                note=each.note,
                source=list(each.source),
                is_current=True,
                written_by_id=written_by_id,
                said_by_id=by_id,
                said_at=now,
            )
        )
    db.flush()


def unsay(db: Session, pilot: str, language: str, key: str) -> None:
    """The pilot has no words of its own for this any more; the catalogue has them."""
    count_change(db, pilot)
    _end(db, pilot, language, key)


def _end(db: Session, pilot: str, language: str, key: str) -> None:
    db.execute(
        update(Wording)
        .where(
            Wording.pilot == pilot,
            Wording.language == language,
            Wording.key == key,
            Wording.is_current,
        )
        .values(is_current=False)
        .execution_options(synchronize_session=False)
    )


def count_change(db: Session, pilot: str) -> None:
    """Every process reads the pilot's words and pack anew. Whoever changes the same pilot's next
    waits here until we are done."""
    new = insert_into(PilotWords.__table__, db.get_bind().dialect.name)
    db.execute(
        new.values(id=new_id(), pilot=pilot, changes=1).on_conflict_do_update(
            index_elements=["pilot"], set_={"changes": PilotWords.changes + 1}
        )
    )
