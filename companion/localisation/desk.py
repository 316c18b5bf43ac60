"""The translators' desk: what a pilot says in a language, text by text, and how far that is."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from companion.errors import NotFound
from companion.i18n.languages import SOURCE, Language
from companion.localisation.texts import Part, Text, catalogue, texts
from companion.people.models import Person
from companion.people.reader import Reader
from companion.pilots.models import Wording
from companion.pilots.pack import offered_languages, pilot
from companion.pilots.wordings import Saying, current

PAGE = 40


class State(StrEnum):
    """How far a text is. `changed`: its English is another one since it was translated."""

    MISSING = "missing"
    CHANGED = "changed"
    DRAFT = "draft"
    REVIEWED = "reviewed"


@dataclass(frozen=True)
class Entry:
    """One text as the pilot says it in a language; without forms it falls back."""

    text: Text
    english: tuple[str, ...]
    forms: tuple[str, ...]
    state: State
    is_own: bool = False


@dataclass(frozen=True)
class Said:
    """What the pilot said at some time: the words, who put them there and when."""

    id: UUID
    forms: tuple[str, ...]
    is_reviewed: bool
    is_current: bool
    by: str
    written_by_id: UUID | None
    at: datetime
    note: str
    source: tuple[str, ...]


def languages_of(reader: Reader) -> list[Language]:
    """Those of the pilot that she translates for."""
    if not reader.translates:
        raise NotFound
    return offered_languages(pilot(reader.pilot))


def language_of(reader: Reader, code: str) -> Language:
    found = next((each for each in languages_of(reader) if each.code == code), None)
    if found is None:
        raise NotFound
    return found


def of(reader: Reader) -> Select[Wording]:
    """Every query on wordings starts here: those of the pilot that she translates for."""
    own = reader.pilot if reader.translates else None
    return select(Wording).where(Wording.pilot == own)


def entries(db: Session, reader: Reader, of: Language) -> list[Entry]:
    """Every text in a language, in the order of the source."""
    return _entries(reader, of.code, current(db, reader.pilot, of.code, SOURCE))


def progress(db: Session, reader: Reader) -> list[tuple[Language, Counter[State]]]:
    """How many texts of each of her languages are how far, asked all at once."""
    of = languages_of(reader)
    said = current(db, reader.pilot, SOURCE, *(each.code for each in of))
    return [(each, Counter(one.state for one in _entries(reader, each.code, said))) for each in of]


def _entries(reader: Reader, code: str, said: Iterable[Saying]) -> list[Entry]:
    own = {each.key: each for each in said if each.language == code}
    english = {each.key: each.forms for each in said if each.language == SOURCE}
    return [
        _entry(text, code, own.get(key), english.get(key, text.ids))
        for key, text in texts(reader.pilot).items()
    ]


def _entry(text: Text, code: str, own: Saying | None, english: tuple[str, ...]) -> Entry:
    if own:
        state = State.REVIEWED if own.is_reviewed else State.DRAFT
        is_changed = code != SOURCE and own.source and own.source != english
        return Entry(text, english, own.forms, State.CHANGED if is_changed else state, is_own=True)
    if code == SOURCE:
        return Entry(text, text.ids, text.ids, State.REVIEWED)
    found = catalogue(code).get(text.key)
    if found is None:
        return Entry(text, english, (), State.MISSING)
    if english != text.ids:
        return Entry(text, english, found.forms, State.CHANGED)
    state = State.REVIEWED if found.is_reviewed else State.DRAFT
    return Entry(text, english, found.forms, state)


@dataclass(frozen=True)
class Wanted:
    """Which texts she asked for; empty is any."""

    state: str = ""
    part: Part | str = ""
    words: str = ""

    def has(self, entry: Entry) -> bool:
        if self.state and entry.state != self.state:
            return False
        if self.part and entry.text.part != self.part:
            return False
        said = " ".join((*entry.english, *entry.forms)).casefold()
        return self.words.casefold() in said


def text_of(reader: Reader, key: str) -> Text:
    """One text of her pilot. Raises NotFound."""
    found = texts(reader.pilot).get(key)
    if found is None:
        raise NotFound
    return found


def entry(db: Session, reader: Reader, of: Language, key: str) -> Entry:
    """One text in a language. Raises NotFound."""
    text = text_of(reader, key)
    return next(each for each in entries(db, reader, of) if each.text == text)


def history(db: Session, reader: Reader, code: str, key: str) -> list[Said]:
    """What the pilot said for a text, the newest first, and who put it there."""
    rows = db.execute(
        of(reader)
        .with_only_columns(
            Wording.id,
            Wording.forms,
            Wording.is_reviewed,
            Wording.is_current,
            Wording.written_by_id,
            Wording.said_at,
            Wording.note,
            Wording.source,
            Person.id.label("person_id"),
            Person.name_sealed,
        )
        .outerjoin(Person, Person.id == Wording.said_by_id)
        .where(Wording.language == code, Wording.key == key)
        .order_by(Wording.id.desc())
    )
    return [
        Said(
            row.id,
            tuple(row.forms),
            row.is_reviewed,
            row.is_current,
            Person.name.open(Person, row.name_sealed, row.person_id) if row.person_id else "",
            row.written_by_id,
            row.said_at,
            row.note,
            tuple(row.source),
        )
        for row in rows
    ]
