"""Two people at once, and one place: one of them gets it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from companion.db import Database, new_id
from companion.errors import Refusal
from companion.groups import joining
from companion.groups.joining import Newcomer
from companion.groups.models import Group
from tests.cast import Cast
from tests.groups.invitations import CODE, let_in, people, uses_left

TOGETHER = 4


def race(database: Database, codes: list[str], newcomers: list[Newcomer]) -> list[bool]:
    """Who came in, when all of them send their form at the same moment."""
    gate = Barrier(len(newcomers))

    def come_in(code: str, newcomer: Newcomer) -> bool:
        gate.wait()
        try:
            with database.writing.begin() as db:
                invitation = joining.find(db, code, hold=True)
                assert invitation
                joining.come_in(db, invitation, newcomer)
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(len(newcomers)) as pool:
        return list(pool.map(come_in, codes, newcomers))


def test_an_invitation_for_one_lets_one_in(database: Database, cast: Cast) -> None:
    let_in(database, cast)
    newcomers = [Newcomer(new_id(), "Imani", "en") for _ in range(TOGETHER)]

    came_in = race(database, [CODE] * TOGETHER, newcomers)

    assert came_in.count(True) == 1
    assert len(people(database, "Imani")) == 1
    assert uses_left(database) == [0]


def test_the_last_place_of_a_group_is_given_once(database: Database, cast: Cast) -> None:
    codes = [f"ABCD000{number}" for number in range(TOGETHER)]
    for code in codes:
        let_in(database, cast, code=code)
    with database.writing.begin() as db:
        group = db.get(Group, cast.group_id)
        assert group
        group.capacity = 3  # Amina, Beatriz and one more
    newcomers = [Newcomer(new_id(), "Imani", "en") for _ in codes]

    assert race(database, codes, newcomers).count(True) == 1


def test_one_form_sent_twice_at_once_makes_one_person(database: Database, cast: Cast) -> None:
    let_in(database, cast, uses_left=5)
    newcomer = Newcomer(new_id(), "Imani", "en")

    came_in = race(database, [CODE] * 2, [newcomer] * 2)

    assert came_in == [True, True]
    assert len(people(database, "Imani")) == 1
    assert uses_left(database) == [4]


def test_a_use_is_taken_only_while_there_is_one(database: Database, cast: Cast) -> None:
    let_in(database, cast)
    with database.writing.begin() as db:
        invitation = joining.find(db, CODE)
        assert invitation
        joining._take_use(db, invitation)

        with pytest.raises(Refusal):
            joining._take_use(db, invitation)
