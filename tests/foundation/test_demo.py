"""The demo: an invented cast, each with a link that signs her in, and what was written stays."""

from collections.abc import Iterator

import pytest

from companion.app import create_app
from companion.config import Config
from companion.db import Database
from companion.demo.cast import CAST, Player
from companion.demo.story import prepare_demo
from companion.people.models import Person
from tests.conftest import Browser


@pytest.fixture
def demo(database: Database) -> Iterator[Browser]:
    prepare_demo(database)
    config = Config(demo=True)
    with Browser(create_app(config, database), config.origin) as client:
        yield client


@pytest.mark.parametrize("player", CAST, ids=lambda each: each.name)
def test_a_link_signs_in_each_of_the_cast(demo: Browser, player: Player) -> None:
    answer = demo.get(f"/demo/{player.ticket}")

    assert answer.status_code == 200
    assert answer.url.path == "/"
    assert player.name in demo.get("/name").text


def test_a_made_up_ticket_is_not_found(demo: Browser) -> None:
    assert demo.get("/demo/made-up").status_code == 404


def test_a_second_start_keeps_what_was_written(demo: Browser, database: Database) -> None:
    with database.writing.begin() as db:
        db.get_one(Person, CAST[0].id).name = "Amina the second"

    prepare_demo(database)

    demo.get(f"/demo/{CAST[0].ticket}")
    assert "Amina the second" in demo.get("/name").text


def test_every_page_of_the_cast_can_be_read(demo: Browser) -> None:
    for player in CAST:
        demo.get(f"/demo/{player.ticket}")
        for address in ("/", "/sessions", "/groups", "/more", "/call"):
            assert demo.get(address).status_code == 200, (player.name, address)
