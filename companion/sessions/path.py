"""A group's path: its sessions, the next one first, then those to come, then the past."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from sqlalchemy.orm import Session

from companion.people.models import Role
from companion.people.reader import Reader
from companion.sessions import cards, scopes, topics
from companion.sessions.cards import SessionCard


@dataclass(frozen=True)
class Path:
    """A group's sessions, as somebody in it sees them."""

    group_id: UUID
    group_name: str
    is_facilitator: bool
    cards: Sequence[SessionCard]

    @property
    def next(self) -> SessionCard | None:
        return next((card for card in self.cards if card.is_open), None)

    @property
    def to_come(self) -> list[SessionCard]:
        """After the next one; what is cancelled stays in its place until its time has passed."""
        return [card for card in self.cards if not card.is_over and card != self.next]

    @property
    def past(self) -> list[SessionCard]:
        return [card for card in reversed(self.cards) if card.is_over]


def paths(db: Session, reader: Reader) -> list[Path]:
    """The path of each of her groups, groups without sessions included."""
    asked = cards.rows(reader.role, with_empty_groups=True)
    rows = db.execute(asked, scopes.values(reader)).all()
    titles = topics.titles(topics.of(db, reader))
    by_group = sorted(rows, key=lambda row: (row.created_at, row.group_id))
    return [
        Path(
            group_id=first.group_id,
            group_name=first.group_name,
            is_facilitator=first.role == Role.FACILITATOR,
            cards=[cards.card(row, reader, titles) for row in (first, *rest) if row.id],
        )
        for _group, (first, *rest) in groupby(by_group, lambda row: row.group_id)
    ]
