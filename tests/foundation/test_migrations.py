"""Rows for ever: a migrated database is what the models say, and keeps the rows it had."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Boolean, Column, Connection, MetaData, Table, delete, func, select, update
from sqlalchemy.exc import IntegrityError

import companion.models  # noqa: F401 - every table
from companion.chat.models import Conversation
from companion.db import Database, Model, open_database
from companion.groups.models import Agreement, Invitation
from companion.migrations import current, migrate, revisions
from companion.notifications.models import Notification
from companion.people.models import Person, Ring, SignIn
from companion.reminders import planning
from companion.sessions.models import GroupSession, Note, Question
from tests.cast import Cast
from tests.conftest import Templates

MOMENT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
ROW_ID = UUID("01a202b2-c500-7000-8000-000000000001")
LINKS = ("site_id", "group_id", "session_id", "person_id", "agreement_id")


def test_the_migrations_make_exactly_what_the_models_say(database: Database) -> None:
    with database.writer.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Model.metadata) == []


def test_a_database_with_people_in_it_survives_a_second_migration(
    database: Database, cast: Cast
) -> None:
    migrate(database.writer)

    assert current(database.writer) == revisions()[-1]
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Person)) == 9
        assert db.get_one(Person, cast.amina.id).name == "Amina"


@contextmanager
def _as_of(revision: str, templates: Templates, folder: Path) -> Iterator[Database]:
    """A database as it was then, with a row of each kind in it."""
    with templates.blank(folder) as url:
        database = open_database(url)
        migrate(database.writer, revision)
        with database.writer.begin() as connection:
            for table, values in OLD_ROWS.items():
                _insert(connection, table, values)
        yield database
        database.close()


@pytest.fixture
def before_the_conversation(templates: Templates, tmp_path: Path) -> Iterator[Database]:
    """A database as it was before groups could talk."""
    with _as_of("2026_11_22", templates, tmp_path) as database:
        yield database


@pytest.fixture
def before_the_reminders(templates: Templates, tmp_path: Path) -> Iterator[Database]:
    """A database as it was before anything rang."""
    with _as_of("2026_11_24", templates, tmp_path) as database:
        yield database


@pytest.fixture
def before_translators(templates: Templates, tmp_path: Path) -> Iterator[Database]:
    """A database as it was when coordinators alone translated."""
    with _as_of("2026_11_27", templates, tmp_path) as database:
        yield database


@pytest.fixture
def before_the_lock(templates: Templates, tmp_path: Path) -> Iterator[Database]:
    """A database as it was when nobody could lock a phone."""
    with _as_of("2026_11_29", templates, tmp_path) as database:
        yield database


@pytest.fixture
def before_the_notes(templates: Templates, tmp_path: Path) -> Iterator[Database]:
    """A database as it was when a session had no notes."""
    with _as_of("2026_12_01", templates, tmp_path) as database:
        yield database


@pytest.fixture
def before_other_names(templates: Templates, tmp_path: Path) -> Iterator[Database]:
    """A database as it was when there was one neutral name, or none."""
    with _as_of("2026_12_01", templates, tmp_path) as database:
        yield database


OLD_ROWS: dict[str, dict[str, Any]] = {
    "site": {"pilot": "nl", "name": "Latour", "address": "", "numbers": []},
    "group": {
        "programme": "pregnancy-nl", "name": "November group", "due_month": date(2027, 3, 1),
        "languages": ["nl"], "capacity": 12, "numbers": [], "created_at": MOMENT,
    },
    "person": {
        "name_sealed": b"sealed", "role": "participant", "language": "nl", "pilot": "nl",
        "zone": "Europe/Amsterdam", "joined_at": MOMENT,
    },
    "sign_in": {
        "token_hash": b"0" * 32, "device": "Chrome", "created_at": MOMENT, "last_seen_at": MOMENT,
    },
    "membership": {"role": "participant", "joined_at": MOMENT},
    "group_session": {
        "number": 1, "day": date(2026, 11, 26), "at": time(10), "zone": "Europe/Amsterdam",
        "starts_at": MOMENT + timedelta(days=4), "minutes": 120, "place": "", "online_link": "",
        "state": "planned", "themes": [], "checks": [],
    },
    "attendance": {"is_coming": True, "answered_at": MOMENT},
    "agreement": {"version": 1, "text": "Be kind.", "written_at": MOMENT},
    "acceptance": {"accepted_at": MOMENT},
    "invitation": {
        "pilot": "nl", "role": "participant", "code_hash": "0" * 32, "uses_left": 1,
        "created_at": MOMENT, "expires_at": MOMENT,
    },
    "question": {"text_sealed": b"sealed", "asked_at": MOMENT},
}  # fmt: skip


def _insert(connection: Connection, table: str, values: dict[str, Any]) -> None:
    """A row of that time; what it belongs to has the same id as itself."""
    now = Model.metadata.tables[table].columns
    row = {"id": ROW_ID, **{link: ROW_ID for link in LINKS if link in now}, **values}
    rows = Table(table, MetaData(), *[Column(name, now[name].type) for name in row])
    connection.execute(rows.insert(), row)


@pytest.mark.parametrize(
    "revision",
    ["2026_11_22", "2026_11_24", "2026_11_25", "2026_11_27", "2026_11_29", "2026_12_01"],
)
def test_no_row_is_lost_on_the_way(templates: Templates, tmp_path: Path, revision: str) -> None:
    with _as_of(revision, templates, tmp_path) as database:
        migrate(database.writer)

        with database.reading() as db:
            tables = (Model.metadata.tables[name] for name in OLD_ROWS)
            kept = {each.name: db.scalars(select(each.c.id)).all() for each in tables}
    assert kept == {name: [ROW_ID] for name in OLD_ROWS}


def test_what_groups_had_before_they_could_talk_is_kept(
    before_the_conversation: Database,
) -> None:
    migrate(before_the_conversation.writer)

    with before_the_conversation.reading() as db:
        agreement, question = (
            db.scalars(select(Agreement)).one(),
            db.scalars(select(Question)).one(),
        )
        assert (agreement.text, agreement.welcomes_partners) == ("Be kind.", False)
        assert (question.text_sealed, question.kept_from_partners) == (b"sealed", False)
        assert db.scalar(select(func.count()).select_from(Conversation)) == 0


def test_what_there_was_before_anything_rang_is_kept(before_the_reminders: Database) -> None:
    migrate(before_the_reminders.writer)

    with before_the_reminders.reading() as db:
        person, sign_in = db.scalars(select(Person)).one(), db.scalars(select(SignIn)).one()
        session, question = (
            db.scalars(select(GroupSession)).one(),
            db.scalars(select(Question)).one(),
        )
        assert (person.name_sealed, person.look) == (b"sealed", "companion")
        assert (sign_in.device, sign_in.ring) == ("Chrome", Ring.NO)
        assert (session.state, session.sequence) == ("planned", 0)
        assert (question.text_sealed, question.answered_at) == (b"sealed", None)
        assert db.scalar(select(func.count()).select_from(Notification)) == 0


def test_what_was_planned_before_anything_rang_rings_once(before_the_reminders: Database) -> None:
    migrate(before_the_reminders.writer)

    for _ in range(2):
        with before_the_reminders.writing.begin() as db:
            planning.plan_missed(db)

    with before_the_reminders.reading() as db:
        written = db.scalars(select(Notification).order_by(Notification.due_at)).all()
        assert [(each.slot, each.about_id) for each in written] == [
            ("day", ROW_ID), ("hours", ROW_ID)
        ]  # fmt: skip


@pytest.mark.parametrize("kind", [Person, Invitation])
def test_a_fifth_role_is_let_in_and_no_sixth(
    before_translators: Database, kind: type[Person | Invitation]
) -> None:
    migrate(before_translators.writer)

    with before_translators.writing.begin() as db:
        db.execute(update(kind).values(role="translator"))
    with pytest.raises(IntegrityError), before_translators.writing.begin() as db:
        db.execute(update(kind).values(role="operator"))


def test_what_else_was_kept_of_those_rows_is_kept(before_translators: Database) -> None:
    migrate(before_translators.writer)

    with pytest.raises(IntegrityError), before_translators.writing.begin() as db:
        db.execute(update(Invitation).values(uses_left=-1))
    with before_translators.writing.begin() as db:
        db.execute(delete(Person))
    with before_translators.reading() as db:
        assert db.scalar(select(func.count()).select_from(SignIn)) == 0
        assert db.scalar(select(func.count()).select_from(Invitation)) == 1


def test_whoever_was_signed_in_before_there_was_a_lock_is_not_locked_out(
    before_the_lock: Database,
) -> None:
    migrate(before_the_lock.writer)

    with before_the_lock.reading() as db:
        sign_in = db.scalars(select(SignIn)).one()
        assert (sign_in.device, sign_in.pin_hash, sign_in.idle_minutes) == ("Chrome", None, None)
        assert (sign_in.wrong_pins, sign_in.pin_waits_until) == (0, None)


def test_a_session_that_was_there_before_takes_one_note_a_person(
    before_the_notes: Database,
) -> None:
    migrate(before_the_notes.writer)

    hers = {"person_id": ROW_ID, "session_id": ROW_ID, "written_at": MOMENT, "saves": ["1"]}
    with before_the_notes.writing.begin() as db:
        db.add(Note(text="Bring the card", **hers))
    with pytest.raises(IntegrityError), before_the_notes.writing.begin() as db:
        db.add(Note(text="Another", **hers))
    with before_the_notes.reading() as db:
        assert db.scalars(select(Note)).one().text == "Bring the card"
        assert db.scalars(select(Question)).one().text_sealed == b"sealed"


@pytest.mark.parametrize(("discreet", "look"), [(True, "notes"), (False, "companion")])
def test_whoever_was_discreet_goes_on_under_the_same_name(
    before_other_names: Database, discreet: bool, look: str
) -> None:
    was = Table("person", MetaData(), Column("discreet", Boolean()))
    with before_other_names.writer.begin() as connection:
        connection.execute(update(was).values(discreet=discreet))

    migrate(before_other_names.writer)

    with before_other_names.reading() as db:
        person = db.scalars(select(Person)).one()
        assert (person.name_sealed, person.role, person.look) == (b"sealed", "participant", look)
        assert db.scalars(select(SignIn.person_id)).all() == [person.id]


def test_revisions_are_dated_and_in_order() -> None:
    assert revisions() == sorted(revisions())
