"""Her own note on a session: sealed, for nobody else's eyes, and hers also when she has left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select
from sqlalchemy.orm import Session

from companion import clock
from companion.errors import NotFound, Refusal
from companion.groups import scopes as groups
from companion.i18n import _
from companion.people import actions as people
from companion.people.reader import Reader
from companion.sealing import keyring
from companion.sessions import cards, scopes
from companion.sessions.models import GroupSession, Note

LENGTH = 2000
KEPT = 50  # so many saved forms are known when they come once more


@dataclass(frozen=True)
class OwnNote:
    """Her note, or the empty place for one. `version` is what a form was drawn from; `is_seen`,
    whether the page of the session is still hers to see."""

    session_id: UUID
    number: int
    is_seen: bool
    text: str
    version: str
    written_at: datetime | None


class ChangedSince(Refusal):
    """What she wrote was written over an older note than the one that is there. `was_saved`: it is
    a form that was saved once, from before that."""

    def __init__(self, *, was_saved: bool) -> None:
        self.was_saved = was_saved
        said = _("The note was changed elsewhere since. If you save again, yours takes its place.")
        super().__init__(said, "note")


def own(reader: Reader) -> Select[Note]:
    """Every query on notes starts here, or at `of_hers`."""
    return select(Note).where(Note.person_id == reader.id)


def of_hers(reader: Reader) -> ColumnElement[bool]:
    """To join her note to a session."""
    return and_(Note.session_id == GroupSession.id, Note.person_id == reader.id)


COLUMNS = (
    Note.id.label("note_id"),
    Note.text_sealed.label("note_sealed"),
    Note.written_at.label("note_written_at"),
    Note.saves.label("note_saves"),
)


@cache
def rows(role: str) -> Select[*tuple[Any, ...]]:
    """The sessions a reader sees, as cards are made of, each with her note."""
    hers = of_hers(scopes.whoever(role))
    return cards.rows(role).add_columns(*COLUMNS).join(Note, hers, isouter=True)


def opened(row: Row[*tuple[Any, ...]], *, is_seen: bool) -> OwnNote:
    return OwnNote(
        row.id,
        row.number,
        is_seen,
        Note.text.open(Note, row.note_sealed, row.note_id),
        row.note_saves[-1] if row.note_saves else "",
        row.note_written_at,
    )


def one(db: Session, reader: Reader, session_id: UUID) -> OwnNote:
    """Her note on a session that she sees, or of a group that she was in. Raises NotFound."""
    is_seen = GroupSession.group_id.in_(scopes.ids(scopes.seen_by(reader)))
    row = db.execute(
        select(GroupSession.id, GroupSession.number, is_seen.label("is_seen"), *COLUMNS)
        .join(Note, of_hers(reader), isouter=True)
        .where(
            GroupSession.id == session_id,
            or_(is_seen, GroupSession.group_id.in_(groups.ever_of(reader))),
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return opened(row, is_seen=bool(row.is_seen))


def left_behind(db: Session, reader: Reader) -> Sequence[Row[UUID, int, datetime]]:
    """Which sessions of groups that she is no longer in she has notes on, the newest first."""
    seen = scopes.ids(scopes.seen_by(reader))
    return db.execute(
        own(reader)
        .join(GroupSession, GroupSession.id == Note.session_id)
        .where(Note.text_sealed.is_not(None), GroupSession.group_id.not_in(seen))
        .order_by(Note.written_at.desc())
        .with_only_columns(GroupSession.id, GroupSession.number, Note.written_at)
    ).all()


def save(
    db: Session,
    reader: Reader,
    session_id: UUID,
    form_id: UUID,
    text: str,
    *,
    over: str,
    at: datetime | None = None,
) -> None:
    """Keep what she wrote in place of the version it was written `over`; nothing erases the note.
    The same form once more changes nothing. `at`: when, if it waited on a phone: such a one comes
    once more by itself, and is not asked about when she has gone on writing since.

    The caller has shown that it is hers to write. Raises Refusal, ChangedSince.
    """
    text = "" if people.says_nothing(text) else text
    people.hold(db, reader)
    note = db.scalar(own(reader).where(Note.session_id == session_id))
    signs = keyring().sign(f"note:{form_id}:{text}")
    if note and not set(note.saves).isdisjoint(signs):
        if at or note.saves[-1] in signs:
            return
        raise ChangedSince(was_saved=True)
    if note and note.text not in ("", text) and note.saves[-1] != over:
        raise ChangedSince(was_saved=False)
    if len(text) > LENGTH:
        raise Refusal(_("Write at most %(most)s characters.", most=LENGTH), "note")
    if note is None and not text:
        return
    if note is None:
        note = Note(person_id=reader.id, session_id=session_id, saves=[])
        db.add(note)
    note.saves = [*note.saves, signs[0]][-KEPT:]
    note.written_at = at or clock.now()
    if text:
        note.text = text
    else:
        note.text_sealed = None
