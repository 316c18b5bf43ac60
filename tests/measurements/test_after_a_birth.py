"""After a birth, what she wrote down before it is still hers. After a loss her living children come
back when she has begun again."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest

from companion.db import Database, new_id
from companion.journeys.models import Child, Journey, State
from tests.cast import Cast
from tests.conftest import Browser, HeldClock
from tests.measurements.conftest import Notebook

NOW = {"day": "2026-11-22", "time": "11:00"}

Begin = Callable[..., UUID]


@pytest.fixture
def begin(database: Database, cast: Cast, held_clock: HeldClock) -> Begin:
    """`begin(state, child="Noor")`: a day later, Amina's next journey, and perhaps its child."""

    def next_journey(state: State, child: str = "") -> UUID:
        held_clock.moment += timedelta(days=1)  # the newest counts, and ids sort by age
        journey = Journey(
            person_id=cast.amina.id, known_by="given", state=state, since_on=date(2026, 9, 1)
        )
        if child:
            journey.children.append(Child(born_on=date(2026, 9, 1), name=child))
        with database.writing.begin() as db:
            db.add(journey)
        return journey.children[0].id if child else journey.id

    return next_journey


@pytest.mark.usefixtures("sam")
def test_what_she_wrote_down_before_the_birth_is_still_there(
    browser: Browser, cast: Cast, notebook: Notebook
) -> None:
    notebook.write(cast.amina, "fetal-heart-rate", "143")
    browser.sign_in(cast.amina.token)

    record, page = browser.get("/record").text, browser.get("/record/a7")

    assert "<b>143</b>" in record
    assert "movements" not in record
    assert page.status_code == 200
    assert "<b>143</b>" in page.text
    assert "Write down" not in page.text


@pytest.mark.usefixtures("sam")
def test_she_corrects_and_erases_it(browser: Browser, cast: Cast, notebook: Notebook) -> None:
    old = notebook.write(cast.amina, "fetal-heart-rate", "143")
    browser.sign_in(cast.amina.token)
    corrected = {"id": str(new_id()), **NOW, "rate": "134"}

    assert browser.get(f"/readings/{old}").status_code == 200
    assert browser.post_form(f"/readings/{old}", corrected).status_code == 303
    assert browser.get(f"/readings/{corrected['id']}/erasures").status_code == 200
    assert browser.post_form(f"/readings/{corrected['id']}/erasures").status_code == 303

    assert notebook.rows() == []
    assert browser.get("/record/a7").status_code == 404


@pytest.mark.usefixtures("sam")
def test_what_was_typed_before_the_birth_was_told_is_not_lost(
    browser: Browser, cast: Cast, notebook: Notebook
) -> None:
    notebook.write(cast.amina, "fetal-heart-rate", "143", days_ago=1)
    browser.sign_in(cast.amina.token)

    answer = browser.post_form("/record/a7", {"id": str(new_id()), **NOW, "rate": "140"})

    assert answer.status_code == 303
    assert len(notebook.rows()) == 2


def test_a_loss_hides_the_children_of_every_journey(
    browser: Browser, cast: Cast, sam: UUID, begin: Begin
) -> None:
    begin(State.ENDED)
    browser.sign_in(cast.amina.token)

    assert "Sam" not in browser.get("/record").text
    assert browser.get(f"/record/of/{sam}").status_code == 404


def test_when_she_has_begun_again_her_living_child_is_back_and_no_other(
    browser: Browser, cast: Cast, notebook: Notebook, sam: UUID, begin: Begin
) -> None:
    noor = begin(State.ENDED, child="Noor")
    hers = notebook.write(cast.amina, "child-weight", "6.85", child_id=sam)
    lost = notebook.write(cast.amina, "child-weight", "3.1", child_id=noor)
    begin(State.EXPECTING)
    browser.sign_in(cast.amina.token)

    page = browser.get("/record").text

    assert "<bdi>Sam</bdi>" in page
    assert "Noor" not in page
    assert browser.get(f"/readings/{hers}").status_code == 200
    for address in (f"/record/of/{noor}", f"/record/of/{noor}/c1", f"/readings/{lost}"):
        assert browser.get(address).status_code == 404


def test_a_child_of_a_journey_that_ended_never_comes_back(
    browser: Browser, cast: Cast, sam: UUID, ended: None, begin: Begin
) -> None:
    noor = begin(State.BORN, child="Noor")
    browser.sign_in(cast.amina.token)

    page = browser.get("/record").text

    assert "<bdi>Noor</bdi>" in page
    assert "Sam" not in page
    assert browser.get(f"/record/of/{noor}").status_code == 200
    assert browser.get(f"/record/of/{sam}").status_code == 404


def test_after_beginning_again_an_ended_pregnancy_does_not_meet_her_unasked(
    browser: Browser, cast: Cast, notebook: Notebook, begin: Begin
) -> None:
    notebook.write(cast.amina, "fetal-heart-rate", "143")
    begin(State.ENDED)
    begin(State.EXPECTING)
    browser.sign_in(cast.amina.token)

    record, page = browser.get("/record").text, browser.get("/record/a7").text

    assert "<b>143</b>" not in record
    assert "<b>143</b>" not in page
    older = page.split('href="/record/a7?before=')[1].split('"')[0]
    assert "<b>143</b>" in browser.get(f"/record/a7?before={older}").text


def test_without_a_loss_nothing_is_put_away(
    browser: Browser, cast: Cast, notebook: Notebook, begin: Begin
) -> None:
    notebook.write(cast.amina, "fetal-heart-rate", "143")
    begin(State.EXPECTING)
    browser.sign_in(cast.amina.token)

    assert "143" in browser.get("/record").text
