"""Sessions that were planned before there were reminders get theirs, once."""

import pytest
from sqlalchemy import update

from companion.db import Database
from companion.groups.models import Membership
from companion.reminders import planning
from companion.sessions.models import GroupSession
from tests.cast import Cast
from tests.reminders.conftest import Act, Doorbell, on, waiting, whose, written


def test_what_was_planned_before_rings_too(cast: Cast, database: Database, act: Act) -> None:
    act(planning.plan_missed)

    names = whose(cast, waiting(database))
    assert set(names) == {"Amina", "Beatriz", "Chipo", "Femi", "Dewi", "Gita"}
    assert len(names) == 12


def test_planned_again_it_is_planned_once(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act
) -> None:
    act(planning.plan_missed)
    before = {each.id for each in written(database)}
    doorbell.ring_until(on(25, 19))

    act(planning.plan_missed)

    assert {each.id for each in written(database)} == before


@pytest.mark.parametrize(
    "of", [{"state": "cancelled"}, {"starts_at": on(22, 12, 59)}, {"starts_at": on(20)}]
)
def test_what_needs_none_gets_none(
    cast: Cast, database: Database, act: Act, of: dict[str, object]
) -> None:
    act(lambda db: db.execute(update(GroupSession).values(**of)))

    act(planning.plan_missed)

    assert written(database) == []


def test_many_at_once_are_done_some_at_a_time(
    cast: Cast, database: Database, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "MOST_AT_ONCE", 1)

    act(planning.plan_missed)
    first = {each.about_id for each in waiting(database)}
    act(planning.plan_missed)

    assert len(first) == 1
    both = {cast.session_id, cast.other_session_id}
    assert {each.about_id for each in waiting(database)} == both


@pytest.mark.parametrize("empty", ["group_id", "other_group_id"])
def test_a_group_in_which_nobody_is_does_not_stand_in_the_way(
    cast: Cast, database: Database, act: Act, monkeypatch: pytest.MonkeyPatch, empty: str
) -> None:
    monkeypatch.setattr(planning, "MOST_AT_ONCE", 1)
    members = update(Membership).where(Membership.group_id == getattr(cast, empty))
    act(lambda db: db.execute(members.values(left_at=on(22))))

    act(planning.plan_missed)

    assert waiting(database) != []
