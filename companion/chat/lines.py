"""Messages as pages and streams show them: read as columns, by number."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session

from companion.chat.models import Message, Translation
from companion.chat.scopes import Seat, Speakers, name_in
from companion.errors import NotFound
from companion.people.models import Role

PAGE = 30
KEPT, KEPT_AT_ONCE = 200, 50
"""How many messages a phone may keep for reading without a line, and how many of them on a page."""
HIGHEST = 2**31 - 1
QUOTED = 80

State = Literal["said", "deleted", "hidden"]


@dataclass(frozen=True)
class Quote:
    """What a message answers to. Without a text it was deleted or hidden."""

    number: int
    author_id: UUID | None
    author: str
    text: str


@dataclass(frozen=True)
class Mediation:
    """A message in another language, and who put it so."""

    by_id: UUID | None
    by: str
    language: str
    id: UUID
    text_sealed: bytes

    @property
    def text(self) -> str:
        return Translation.text.open(Translation, self.text_sealed, self.id)


@dataclass(frozen=True)
class Line:
    """One message. It is a key too: two that are equal look the same to everybody (drawing.py)."""

    id: UUID
    number: int
    changed: int = field(compare=False)
    author_id: UUID | None
    author: str
    is_facilitator: bool
    state: State
    language: str
    written_at: datetime
    text_sealed: bytes | None
    quote: Quote | None
    parked_for: int | None
    reactions: tuple[tuple[str, int], ...]
    mediations: tuple[Mediation, ...]

    @property
    def text(self) -> str:
        return Message.text.open(Message, self.text_sealed, self.id)

    def without(self, unheard: Collection[UUID]) -> "Line":
        """As somebody sees it who has muted these people, in whatever others said."""
        if not unheard:
            return self
        quote = self.quote
        if quote and quote.author_id in unheard:
            quote = replace(quote, author="", text="")
        heard = tuple(each for each in self.mediations if each.by_id not in unheard)
        return replace(self, quote=quote, mediations=heard)


def newest(
    db: Session, seat: Seat, before: int | None = None, *, kept: bool = False
) -> tuple[list[Line], bool]:
    """A page of messages in their order: the newest, or those before a number; are there older?
    Pages that are `kept` begin at fixed numbers, so that the older ones stay as they are; at the
    first of KEPT there is an end."""
    before = before or seat.last + 1
    most = KEPT_AT_ONCE + (before - 1) % KEPT_AT_ONCE if kept else PAGE
    asked = {"group": seat.group_id, "before": before, "most": most + 1}
    rows = db.execute(_before(), asked).all()
    has_older = len(rows) > most and not (kept and before - most <= seat.last - KEPT)
    return lines(db, seat.group_id, seat.speakers, rows[:most][::-1]), has_older


def one(db: Session, seat: Seat, number: int) -> Line:
    """A message of her own conversation. Raises NotFound."""
    found = find(db, seat, number)
    if found is None:
        raise NotFound
    return found


def find(db: Session, seat: Seat, number: int | None) -> Line | None:
    if number is None or number > HIGHEST:
        return None
    rows = db.execute(_numbered(), {"group": seat.group_id, "numbers": [number]}).all()
    return lines(db, seat.group_id, seat.speakers, rows)[0] if rows else None


def lines(db: Session, group_id: UUID, speakers: Speakers, rows: Sequence[Row[Any]]) -> list[Line]:
    quotes = _quotes(db, group_id, speakers, rows)
    mediations = _mediations(db, speakers, [row.id for row in rows if row.is_translated])
    return [_line(row, speakers, quotes, mediations) for row in rows]


def _line(
    row: Row[Any],
    speakers: Speakers,
    quotes: Mapping[int, Quote],
    mediations: Mapping[UUID, tuple[Mediation, ...]],
) -> Line:
    state = _state(row)
    return Line(
        row.id,
        row.number,
        row.changed,
        row.author_id,
        name_in(speakers, row.author_id),
        row.role == Role.FACILITATOR,
        state,
        row.language,
        row.written_at,
        row.text_sealed if state == "said" else None,
        quotes.get(row.reply_to) if state == "said" else None,
        row.parked_for if row.question_id else None,
        tuple(row.reactions.items()) if state == "said" else (),
        mediations.get(row.id, ()) if state == "said" else (),
    )


def _state(row: Row[Any]) -> State:
    if row.deleted_at:
        return "deleted"
    return "hidden" if row.hidden_at else "said"


def _quotes(
    db: Session, group_id: UUID, speakers: Speakers, rows: Sequence[Row[Any]]
) -> dict[int, Quote]:
    wanted = {row.reply_to for row in rows if row.reply_to}
    there = {row.number: row for row in rows if row.number in wanted}
    if missing := wanted - there.keys():
        found = db.execute(_numbered(), {"group": group_id, "numbers": list(missing)})
        there |= {row.number: row for row in found}
    return {number: _quote(row, speakers) for number, row in there.items()}


def _quote(row: Row[Any], speakers: Speakers) -> Quote:
    text = Message.text.open(Message, row.text_sealed, row.id) if _state(row) == "said" else ""
    short = f"{text[:QUOTED].rstrip()}…" if len(text) > QUOTED else text
    return Quote(row.number, row.author_id, name_in(speakers, row.author_id), short)


def _mediations(
    db: Session, speakers: Speakers, message_ids: Iterable[UUID]
) -> dict[UUID, tuple[Mediation, ...]]:
    ids = list(message_ids)
    found: dict[UUID, tuple[Mediation, ...]] = {}
    if not ids:
        return found
    rows = db.execute(
        select(
            Translation.message_id,
            Translation.by_id,
            Translation.language,
            Translation.id,
            Translation.text_sealed,
        )
        .where(Translation.message_id.in_(ids))
        .order_by(Translation.written_at, Translation.id)
    )
    for row in rows:
        by = name_in(speakers, row.by_id)
        each = Mediation(row.by_id, by, row.language, row.id, row.text_sealed)
        found[row.message_id] = (*found.get(row.message_id, ()), each)
    return found


@cache
def columns() -> Select[*tuple[Any, ...]]:
    return select(
        Message.group_id, Message.id, Message.number, Message.changed, Message.author_id,
        Message.role, Message.text_sealed, Message.language, Message.reply_to, Message.written_at,
        Message.deleted_at, Message.hidden_at, Message.question_id, Message.parked_for,
        Message.reactions, Message.is_translated,
    )  # fmt: skip


@cache
def _before() -> Select[*tuple[Any, ...]]:
    return (
        columns()
        .where(Message.group_id == bindparam("group"), Message.number < bindparam("before"))
        .order_by(Message.number.desc())
        .limit(bindparam("most"))
    )


@cache
def _numbered() -> Select[*tuple[Any, ...]]:
    numbers: Any = bindparam("numbers", expanding=True)
    return columns().where(Message.group_id == bindparam("group"), Message.number.in_(numbers))
