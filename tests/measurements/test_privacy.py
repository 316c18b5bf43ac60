"""Nobody but its owner ever sees a value: there is no other way to it."""

from uuid import UUID

import pytest

from companion.db import Database, new_id
from companion.measurements import actions
from tests.cast import Cast
from tests.conftest import Browser
from tests.measurements.conftest import Notebook

OTHERS = ["beatriz", "chipo", "dewi", "edon", "femi", "gita", "hana"]
NOW = {"day": "2026-11-22", "time": "11:00"}


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_can_open_correct_or_erase_a_reading(
    browser: Browser, cast: Cast, notebook: Notebook, name: str
) -> None:
    reading = notebook.write(cast.amina, "weight", "68.5")
    browser.sign_in(getattr(cast, name).token)

    for address in (f"/readings/{reading}", f"/readings/{reading}/erasures"):
        assert browser.get(address).status_code == 404
        assert browser.post_form(address, {**NOW, "weight": "70"}).status_code == 404
    (row,) = notebook.rows()
    assert not row.is_replaced


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_can_open_a_childs_record_or_write_in_it(
    browser: Browser, cast: Cast, notebook: Notebook, sam: UUID, name: str
) -> None:
    browser.sign_in(getattr(cast, name).token)
    address = f"/record/of/{sam}"

    assert browser.get(address).status_code == 404
    assert browser.get(f"{address}/c1").status_code == 404
    assert browser.post_form(f"{address}/c1", {**NOW, "weight": "6.85"}).status_code == 404
    assert notebook.rows() == []


@pytest.mark.parametrize(
    ("name", "status"),
    [("amina", 200), ("beatriz", 200), ("dewi", 200), ("femi", 200), ("hana", 200),
     ("chipo", 404), ("edon", 404), ("gita", 404)],
)  # fmt: skip
def test_who_keeps_a_record_has_her_own_alone(
    browser: Browser, cast: Cast, notebook: Notebook, name: str, status: int
) -> None:
    notebook.write(cast.amina, "weight", "68.5")
    browser.sign_in(getattr(cast, name).token)

    for address in ("/record", "/record/a2"):
        answer = browser.get(address)
        assert answer.status_code == status
        assert ("68.5" in answer.text) == (name == "amina")


def test_signed_out_there_is_no_record(browser: Browser, cast: Cast, notebook: Notebook) -> None:
    reading = notebook.write(cast.amina, "weight", "68.5")

    for address in ("/record", "/record/a2", f"/readings/{reading}"):
        answer = browser.get(address, follow_redirects=False)
        assert answer.headers["location"] == "/welcome"
    assert browser.post_form("/record/a2", {"weight": "70"}).status_code == 401


@pytest.mark.parametrize("code", ["a0", "c1", "weight", "blood-pressure"])
def test_an_address_names_no_measure(browser: Browser, cast: Cast, code: str) -> None:
    browser.sign_in(cast.amina.token)

    assert browser.get(f"/record/{code}").status_code == 404


def test_her_own_kinds_are_not_her_childs(browser: Browser, cast: Cast, sam: UUID) -> None:
    browser.sign_in(cast.amina.token)

    assert browser.get(f"/record/of/{sam}/a1").status_code == 404


def test_titles_and_addresses_carry_no_health_word(
    browser: Browser, cast: Cast, notebook: Notebook
) -> None:
    reading = notebook.write(cast.amina, "blood-pressure", "118", "74")
    browser.sign_in(cast.amina.token)

    for address in ("/record", "/record/a1", f"/readings/{reading}"):
        assert "<title>My record · Companion</title>" in browser.get(address).text


def test_the_actions_reach_her_own_alone(
    database: Database, cast: Cast, notebook: Notebook
) -> None:
    notebook.write(cast.amina, "weight", "68.5")

    with database.reading() as db:
        assert actions.latest(db, cast.beatriz.reader) == {}
        assert list(actions.latest(db, cast.amina.reader)) == ["weight"]


def test_a_post_from_another_site_keeps_what_was_typed_and_saves_nothing(
    browser: Browser, cast: Cast, notebook: Notebook
) -> None:
    browser.sign_in(cast.amina.token)
    fields = {"id": str(new_id()), **NOW, "weight": "68,5"}

    answer = browser.post_form("/record/a2", fields, headers={"sec-fetch-site": "cross-site"})

    assert answer.status_code == 403
    assert "68,5" in answer.text
    assert notebook.rows() == []
