"""My record: the last of everything, the picture with its words, and the same as a table."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import event

from companion import clock
from companion.db import Database
from companion.measurements import actions
from tests.cast import Cast
from tests.conftest import Browser
from tests.measurements.conftest import Notebook

PRESSURES = [("121", "78"), ("118", "74"), ("114", "72")]


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_c: object, _k: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            statements.append(statement)

    event.listen(database.reader, "before_cursor_execute", note)
    yield statements
    event.remove(database.reader, "before_cursor_execute", note)


def picture(page: str) -> str:
    return page.partition('<svg class="chart"')[2].partition("</svg>")[0]


def test_a_new_record_is_short(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    page = browser.get("/record").text

    assert page.count("Nothing is written down yet.") == 2
    assert page.index("Weight") < page.index("Write down something else") < page.index("Mood")


def test_a_tile_shows_the_last_reading_with_its_unit_and_day(
    browser: Browser, cast: Cast, notebook: Notebook
) -> None:
    notebook.write(cast.amina, "weight", "68.5", days_ago=5)
    notebook.write(cast.amina, "weight", "67.9", days_ago=20)
    browser.sign_in(cast.amina.token)

    page = browser.get("/record").text

    assert '<b>68.5</b> <span class="unit">kg</span>' in page
    assert "Tuesday" in page
    assert "67.9" not in page


def test_a_kind_that_was_used_has_its_tile(
    browser: Browser, cast: Cast, notebook: Notebook
) -> None:
    notebook.write(cast.amina, "mood", "4")
    browser.sign_in(cast.amina.token)

    page = browser.get("/record").text

    assert page.index("<b>Good</b>") < page.index("Write down something else")


def test_the_picture_stands_above_its_words(
    browser: Browser, cast: Cast, notebook: Notebook
) -> None:
    for days_ago, (upper, lower) in enumerate(PRESSURES):
        notebook.write(cast.amina, "blood-pressure", upper, lower, days_ago=days_ago * 7)
    browser.sign_in(cast.amina.token)

    page = browser.get("/record/a1").text

    assert '<svg class="chart" viewBox="0 0 320 170" role="img" aria-label="' in page
    assert picture(page).count("<circle") == 4  # each upper number, and the last lower one
    assert 'class="curve dashed"' in page
    assert ">Upper number</li>" in page
    assert "Your last 3 readings are between 114/72 and 121/78. Only you can see this." in page
    assert "As a table" in page
    assert page.count('<th scope="row">') == 3


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ([], "Nothing is written down yet."),
        (["68.5"], "This is your first reading."),
        (["68.5", "68.5"], "Your last 2 readings are all 68.5."),
        (["68.5", "70"], "Your last 2 readings are between 68.5 and 70."),
    ],
)
def test_the_words_fit_how_many_there_are(
    browser: Browser, cast: Cast, notebook: Notebook, weights: list[str], words: str
) -> None:
    for weight in weights:
        notebook.write(cast.amina, "weight", weight)
    browser.sign_in(cast.amina.token)

    page = browser.get("/record/a2").text

    assert f"{words} Only you can see this." in page
    assert ('<svg class="chart"' in page) == bool(weights)


def test_numbers_are_written_as_her_language_writes_them(
    browser: Browser, cast: Cast, notebook: Notebook
) -> None:
    notebook.write(cast.beatriz, "weight", "68.5")
    browser.sign_in(cast.beatriz.token)

    assert "<b>68,5</b>" in browser.get("/record/a2").text


def test_numbers_and_the_picture_run_left_to_right_in_arabic(
    browser: Browser, cast: Cast, notebook: Notebook
) -> None:
    notebook.write(cast.amina, "blood-pressure", "118", "74")
    browser.sign_in(cast.amina.token)
    browser.post_form("/language", {"language": "ar", "back": "/record"})

    page = browser.get("/record/a1").text

    assert '<html lang="ar" dir="rtl"' in page
    assert '<bdi dir="ltr"><b>118<span class="per">/</span>74</b>' in page
    assert "direction: ltr" in Path("static/css/measurements.css").read_text(encoding="utf-8")


def test_steps_have_no_picture(browser: Browser, cast: Cast, notebook: Notebook) -> None:
    notebook.write(cast.amina, "urine-protein", "trace")
    browser.sign_in(cast.amina.token)

    page = browser.get("/record/a3").text

    assert "<b>Trace</b>" in page
    assert '<svg class="chart"' not in page


def test_a_reading_in_another_unit_is_listed_and_not_drawn(
    browser: Browser, cast: Cast, notebook: Notebook
) -> None:
    notebook.write(cast.amina, "glucose", "95", days_ago=1, units={"glucose": "mg/dL"})
    notebook.write(cast.amina, "glucose", "5.2")
    browser.sign_in(cast.amina.token)

    page = browser.get("/record/a10").text

    assert picture(page).count("<circle") == 1
    assert '<b>95</b> <span class="unit">mg/dL</span>' in page
    assert '<b>5.2</b> <span class="unit">mmol/L</span>' in page


def test_each_child_has_a_tab(browser: Browser, cast: Cast, notebook: Notebook, sam: UUID) -> None:
    notebook.write(cast.amina, "child-weight", "6.85", child_id=sam)
    browser.sign_in(cast.amina.token)

    assert f'href="/record/of/{sam}"' in browser.get("/record").text
    page = browser.get(f"/record/of/{sam}").text
    assert f'href="/record/of/{sam}" aria-current="page"><bdi>Sam</bdi>' in page
    assert "<b>6.85</b>" in page
    assert "<title>My record · Companion</title>" in page


def test_a_child_without_a_name_has_a_number(
    browser: Browser, cast: Cast, dewis_child: UUID
) -> None:
    browser.sign_in(cast.dewi.token)

    assert "<bdi>Child 1</bdi>" in browser.get(f"/record/of/{dewis_child}").text


def test_kinds_of_a_pregnancy_are_there_while_there_is_one(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)
    assert browser.get("/record/a7").status_code == 200
    assert "heartbeat" in browser.get("/record").text

    browser.sign_in(cast.beatriz.token)
    assert browser.get("/record/a7").status_code == 404
    assert "heartbeat" not in browser.get("/record").text


def test_after_a_loss_no_baby_word_is_left(
    browser: Browser, cast: Cast, notebook: Notebook, sam: UUID, ended: None
) -> None:
    reading = notebook.write(cast.amina, "child-weight", "6.85", child_id=sam)
    movements = notebook.write(cast.amina, "movements", "normal")
    browser.sign_in(cast.amina.token)

    page = browser.get("/record").text

    assert "Sam" not in page
    assert "aby" not in page
    assert browser.get(f"/record/of/{sam}").status_code == 404
    assert browser.get(f"/record/of/{sam}/c1").status_code == 404
    assert browser.get(f"/readings/{reading}").status_code == 404
    assert browser.get("/record/a8").status_code == 404
    assert browser.get(f"/readings/{movements}").status_code == 404


@pytest.mark.parametrize("address", ["/record", "/record/a2", "/record/of/{}/c1"])
def test_pages_ask_the_database_little_however_much_is_written(
    browser: Browser, cast: Cast, notebook: Notebook, database: Database, sam: UUID, address: str
) -> None:
    for days_ago in range(40):
        old = notebook.write(cast.amina, "weight", "68", days_ago=days_ago)
        notebook.write(cast.amina, "child-weight", "6.8", days_ago=days_ago, child_id=sam)
        notebook.correct(cast.amina, old, "68.5")
    browser.sign_in(cast.amina.token)

    with counted(database) as statements:
        assert browser.get(address.format(sam)).status_code == 200

    assert len(statements) <= 6


def test_what_was_done_is_told_without_its_values(
    database: Database, cast: Cast, notebook: Notebook, sam: UUID
) -> None:
    notebook.write(cast.amina, "weight", "68.5", days_ago=2)
    notebook.write(cast.amina, "child-weight", "6.8", days_ago=1, child_id=sam)
    notebook.write(cast.amina, "mood", "4", days_ago=9)
    notebook.write(cast.beatriz, "blood-pressure", "118", "74")

    with database.reading() as db:
        since = clock.now() - timedelta(days=7)
        done = actions.done_kinds_since(db, cast.amina.id, since)

    assert done == {"weight", "child-weight"}


def test_the_letters_in_the_picture_are_as_large_as_she_reads(
    browser: Browser, cast: Cast, notebook: Notebook
) -> None:
    """A page stretches the picture to its width: half as many units across are twice as large."""
    notebook.write(cast.amina, "weight", "68.5")
    browser.sign_in(cast.amina.token)
    assert 'viewBox="0 0 320 170"' in browser.get("/record/a2").text

    browser.post_form("/text-size", {"size": "largest"})

    assert 'viewBox="0 0 160 170"' in browser.get("/record/a2").text
