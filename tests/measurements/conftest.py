"""Readings that were written down before the test begins, and children to write them of."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from companion import clock
from companion.db import Database, new_id
from companion.journeys.models import Child, Journey, State
from companion.measurements import actions
from companion.measurements.kinds import kind_by_slug
from companion.measurements.models import Measurement
from companion.pilots.pack import pilot
from tests.cast import Cast, Player


class Notebook:
    """Writes readings down as the pages do: through the actions."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def write(
        self,
        player: Player,
        slug: str,
        *values: str,
        days_ago: int = 0,
        child_id: UUID | None = None,
        units: dict[str, str] | None = None,
    ) -> UUID:
        kind = kind_by_slug(slug, {**pilot("nl").units, **(units or {})})
        assert kind
        named = dict(zip((asked.name for asked in kind.fields), values, strict=False))
        moment = clock.now() - timedelta(days=days_ago)
        entry = actions.Entry(new_id(), kind, child_id, named, moment)
        with self.database.writing.begin() as db:
            actions.record(db, player.reader, entry)
        return entry.id

    def correct(self, player: Player, reading_id: UUID, *values: str) -> UUID:
        with self.database.writing.begin() as db:
            old = actions.reading(db, player.reader, reading_id)
            named = dict(zip(old.values, values, strict=True))
            entry = actions.Entry(new_id(), old.kind, old.child_id, named, old.taken_at)
            actions.correct(db, player.reader, old, entry)
        return entry.id

    def rows(self) -> Sequence[Measurement]:
        with self.database.reading() as db:
            return db.scalars(select(Measurement).order_by(Measurement.id)).all()


@pytest.fixture
def notebook(database: Database) -> Notebook:
    return Notebook(database)


def _born(database: Database, player: Player, name: str) -> UUID:
    with database.writing.begin() as db:
        journey = db.scalar(select(Journey).where(Journey.person_id == player.id))
        if journey is None:
            journey = Journey(person_id=player.id, known_by="given", since_on=date(2026, 8, 1))
            db.add(journey)
        journey.state = State.BORN
        db.flush()
        child = Child(journey_id=journey.id, born_on=date(2026, 8, 1))
        if name:
            child.name = name
        db.add(child)
        return child.id


@pytest.fixture
def sam(database: Database, cast: Cast) -> UUID:
    """Amina's child, born on 1 August 2026."""
    return _born(database, cast.amina, "Sam")


@pytest.fixture
def dewis_child(database: Database, cast: Cast) -> UUID:
    """Dewi's child, who has no name yet."""
    return _born(database, cast.dewi, "")


@pytest.fixture
def ended(database: Database, cast: Cast) -> None:
    """Amina has said that her journey ended."""
    with database.writing.begin() as db:
        journey = db.scalar(select(Journey).where(Journey.person_id == cast.amina.id))
        assert journey
        journey.state = State.ENDED
