"""A word is written in the same transaction as its cause: with it, or not at all."""

import pytest

from companion.db import Database
from companion.happenings import What, happened, take_told
from companion.sessions import actions as sessions
from companion.sessions.models import GroupSession
from tests.cast import Cast
from tests.notifications.conftest import Bell


def test_what_was_rolled_back_is_followed_by_nothing(
    bell: Bell, cast: Cast, database: Database
) -> None:
    with database.writing() as db:
        sessions.cancel(db, cast.chipo.reader, cast.session_id)
        db.flush()
        db.rollback()

    assert bell.rows() == []


def test_what_was_rolled_back_is_not_followed_by_a_later_commit_either(
    bell: Bell, cast: Cast, database: Database
) -> None:
    with database.writing() as db:
        sessions.cancel(db, cast.chipo.reader, cast.session_id)
        db.flush()
        db.rollback()
        db.commit()

    assert bell.rows() == []


def test_what_is_committed_is_followed_at_once(bell: Bell, cast: Cast, database: Database) -> None:
    with database.writing() as db:
        sessions.cancel(db, cast.chipo.reader, cast.session_id)
        assert bell.rows() == []
        db.commit()

    assert {row.person_id for row in bell.rows()} == {
        cast.amina.id,
        cast.beatriz.id,
        cast.femi.id,
    }


def test_what_cannot_be_followed_does_not_happen(
    bell: Bell, cast: Cast, database: Database
) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("no room left")

    database.followers.append(fail)
    with pytest.raises(RuntimeError), database.writing.begin() as db:
        sessions.cancel(db, cast.chipo.reader, cast.session_id)

    with database.reading() as db:
        assert db.get_one(GroupSession, cast.session_id).state == "planned"
    assert bell.rows() == []


def test_it_is_told_once_and_in_order(database: Database, cast: Cast) -> None:
    with database.writing() as db:
        happened(db, What.MESSAGE_SAID, cast.group_id, cast.other_group_id)
        happened(db, What.MESSAGE_SAID, cast.group_id)

        told = take_told(db)

        assert [each.id for each in told] == [cast.group_id, cast.other_group_id]
        assert take_told(db) == ()
