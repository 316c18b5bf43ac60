"""What is done with a pilot's words: said, reviewed, taken back; and taken in from files."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from companion.errors import NotFound, Refusal
from companion.i18n import Sentence, _
from companion.i18n.catalogues import DOMAINS
from companion.i18n.languages import Language
from companion.localisation import desk, po_in
from companion.localisation.checks import problems
from companion.localisation.po_out import catalogue_of
from companion.localisation.texts import Source, Text, texts
from companion.people.reader import Reader
from companion.pilots.wordings import Saying, say, unsay
from companion.web.typed import clean

NOTE_LENGTH = 2_000


@dataclass(frozen=True)
class NewWords:
    """What a translator typed: the forms, whether she has reviewed them, and the wording that she
    saw when she began ("" for none)."""

    forms: tuple[str, ...]
    is_reviewed: bool
    seen: str


def save(db: Session, reader: Reader, of: Language, key: str, new: NewWords) -> None:
    """These are the pilot's words from now on. Raises Refusal with all that is wrong."""
    found = desk.entry(db, reader, of, key)
    said = desk.history(db, reader, of.code, key)
    now = next((each for each in said if each.is_current), None)
    if now and (now.forms, now.is_reviewed) == (new.forms, new.is_reviewed):
        return
    if new.seen != (str(now.id) if now else ""):
        raise Refusal(
            _("Somebody saved other words meanwhile. Yours are still here: save again to use them.")
        )
    _check(found.text, new.forms)
    author = _author(reader, found, now, new.forms)
    if new.is_reviewed and found.text.part == "safety" and author == reader.id:
        raise Refusal(_("Somebody else than the writer must review a safety text."))
    note = now.note if now else ""
    saying = _saying(of, found.text, new.forms, new.is_reviewed, note, found.english)
    say(db, reader.pilot, [saying], by_id=reader.id, written_by_id=author)


def _author(
    reader: Reader, found: desk.Entry, now: desk.Said | None, forms: tuple[str, ...]
) -> UUID | None:
    """Whoever changes a word is the writer. What is left as it is keeps its own: nobody here, when
    it is the catalogue's."""
    if found.forms != forms:
        return reader.id
    return now.written_by_id if now else None


def say_again(db: Session, reader: Reader, of: Language, key: str, wording_id: UUID) -> None:
    """Words that the pilot said before are its words again, as a draft or reviewed as they were."""
    text = desk.text_of(reader, key)
    said = desk.history(db, reader, of.code, key)
    old = next((each for each in said if each.id == wording_id), None)
    if old is None:
        raise NotFound
    if not old.is_current:
        saying = _saying(of, text, old.forms, old.is_reviewed, old.note, old.source)
        say(db, reader.pilot, [saying], by_id=reader.id, written_by_id=old.written_by_id)


def let_go(db: Session, reader: Reader, of: Language, key: str) -> None:
    """The pilot says what the catalogue says again."""
    if desk.entry(db, reader, of, key).is_own:
        unsay(db, reader.pilot, of.code, key)


def _check(text: Text, forms: tuple[str, ...]) -> None:
    errors: dict[str, Sentence] = {
        f"form{place}": _("Write the words.") for place, form in enumerate(forms) if not form
    }
    for place, wrong in problems(text.ids, forms):
        errors.setdefault(f"form{place}", wrong)
    if errors:
        raise Refusal(next(iter(errors.values())), errors=errors)


def _saying(
    of: Language,
    text: Text,
    forms: tuple[str, ...],
    is_reviewed: bool,
    note: str,
    source: tuple[str, ...],
) -> Saying:
    return Saying(of.code, text.domain, text.context, text.ids[0], forms, is_reviewed, note, source)


def look_into(db: Session, source: Source, of: Language, content: bytes) -> po_in.Incoming:
    """What a PO file would change of a pilot's words. Raises po_in.Refused."""
    now = {domain: catalogue_of(db, source, of.code, domain) for domain in DOMAINS}
    return po_in.read(content, of, now)


def take_in(db: Session, pilot: str, incoming: po_in.Incoming) -> None:
    """The changes are the pilot's words from now on. A file does not say who wrote them."""
    if incoming.changes:
        say(db, pilot, [each.saying for each in incoming.changes])


def pack(sayings: Sequence[Saying]) -> str:
    """Sayings as a field of a form."""
    rows = [[each.key, list(each.forms), each.is_reviewed, each.note] for each in sayings]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def take_in_packed(db: Session, reader: Reader, of: Language, packed: str) -> None:
    """Take in what `pack` gave out. Raises NotFound for what it never gives out."""
    try:
        rows = json.loads(packed)
        sayings = [_unpacked(reader, of, *row) for row in rows]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise NotFound from None
    if sayings:
        say(db, reader.pilot, sayings, by_id=reader.id, written_by_id=reader.id)


def _unpacked(
    reader: Reader, of: Language, key: str, forms: Any, is_reviewed: Any, note: Any
) -> Saying:
    """Safety texts come in as drafts: whoever takes a file in may be their writer."""
    text = texts(reader.pilot)[key]
    words = tuple(clean(str(form)) for form in forms)
    many = of.plurals[0] if text.counts else 1
    if len(words) != many or not all(words) or any(problems(text.ids, words)):
        raise ValueError(key)
    holds = bool(is_reviewed) and text.part != "safety"
    note = clean(str(note))[:NOTE_LENGTH]
    return _saying(of, text, words, holds, note, text.ids)
