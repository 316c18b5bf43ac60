"""A pilot's own words lie over the catalogue: at once, in every process, for its own people."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from companion.app import create_app
from companion.config import Config
from companion.db import Database, new_id
from companion.i18n import _, language, one_or_many
from companion.i18n.words import Words
from companion.people.models import Person
from companion.pilots.models import Wording
from companion.pilots.wordings import Shelf, key_of
from tests.cast import Cast
from tests.conftest import Browser
from tests.wordings import put, said


def test_a_wording_is_on_the_next_page_even_in_the_source_language(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.amina.token)
    assert "My record" in browser.get("/more").text

    put(database, said("My record", "My notebook"))

    page = browser.get("/more").text
    assert "My notebook" in page
    assert "My record" not in page


def test_it_is_there_in_every_process_without_a_restart(
    cast: Cast, database: Database, config: Config
) -> None:
    first, second = (Browser(create_app(config, database), config.origin) for _each in range(2))
    for each in (first, second):
        each.sign_in(cast.amina.token)
        assert "My record" in each.get("/more").text

    put(database, said("My record", "My notebook"))
    pages = [each.get("/more").text for each in (first, second)]
    put(database, said("My record", "My booklet"))
    later = [each.get("/more").text for each in (first, second)]

    assert all("My notebook" in page for page in pages)
    assert all("My booklet" in page for page in later)


def test_another_pilots_people_read_what_they_read_before(
    browser: Browser, cast: Cast, database: Database
) -> None:
    put(database, said("My record", "My notebook"), pilot="gh")
    browser.sign_in(cast.amina.token)

    assert "My record" in browser.get("/more").text


def test_a_language_without_a_catalogue_gets_its_first_words(
    browser: Browser, cast: Cast, database: Database
) -> None:
    put(database, said("My record", "Me nwoma", code="tw"))
    with database.writing.begin() as db:
        db.get_one(Person, cast.amina.id).language = "tw"
    browser.sign_in(cast.amina.token)

    page = browser.get("/more").text

    assert "Me nwoma" in page
    assert '<span lang="en">Sessions</span>' in page


def test_other_languages_words_do_not_speak_for_hers(
    browser: Browser, cast: Cast, database: Database
) -> None:
    put(database, said("My record", "My notebook"))
    with database.writing.begin() as db:
        db.get_one(Person, cast.amina.id).language = "tw"
    browser.sign_in(cast.amina.token)
    assert "Companion cannot speak your language yet." in browser.get("/more").text

    put(database, said("My record", "Me nwoma", code="tw"))

    page = browser.get("/more").text
    assert "Companion cannot speak your language yet." not in page
    assert '<option value="tw" lang="tw" selected>Twi</option>' in page


def test_a_draft_is_shown_where_drafts_are(database: Database) -> None:
    put(database, said("Save", "Ruaje", code="sq", is_reviewed=False))
    with database.reading() as db:
        wordings = Shelf().of(db, "nl")

    assert str(Words(language("sq"), True, wordings).say(_("Save"))) == "Ruaje"
    assert str(Words(language("sq"), False, wordings).say(_("Save"))) == "Save"
    assert Words(language("sq"), True, wordings).are_drafts


@pytest.mark.parametrize(("count", "words"), [(1, "1 тиждень"), (3, "3 тижні"), (11, "11 тижнів")])
def test_a_wording_counts_in_its_languages_forms(
    database: Database, count: int, words: str
) -> None:
    forms = ("%(count)s тиждень", "%(count)s тижні", "%(count)s тижнів")
    put(database, said("%(count)s week", *forms, code="uk"))
    with database.reading() as db:
        wordings = Shelf().of(db, "nl")

    weeks = one_or_many("%(count)s week", "%(count)s weeks", count)

    assert str(Words(language("uk"), True, wordings).say(weeks)) == words


def test_a_wording_cannot_become_html(browser: Browser, cast: Cast, database: Database) -> None:
    put(database, said("My record", "<script>alert(1)</script>"))
    browser.sign_in(cast.amina.token)

    page = browser.get("/more").text

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_broken_placeholder_costs_nobody_her_page(
    browser: Browser, cast: Cast, database: Database
) -> None:
    put(database, said("You are %(name)s here.", "You are %(nam)s."))
    browser.sign_in(cast.amina.token)

    assert "You are Amina here." in browser.get("/more").text


def test_what_was_said_before_is_kept(database: Database) -> None:
    put(database, said("Save", "Keep"))
    put(database, said("Save", "Store"))

    with database.reading() as db:
        rows = db.scalars(select(Wording).order_by(Wording.is_current)).all()
        assert [(each.forms, each.is_current) for each in rows] == [
            (["Keep"], False), (["Store"], True)
        ]  # fmt: skip


def test_one_message_has_one_current_wording(database: Database) -> None:
    put(database, said("Save", "Keep"))

    with database.writing() as db:
        first = db.scalars(select(Wording)).one()
        columns = {each.key: getattr(first, each.key) for each in Wording.__table__.columns}
        db.add(Wording(**columns | {"id": new_id()}))
        with pytest.raises(IntegrityError):
            db.flush()


def test_nothing_is_read_again_while_nothing_changes(database: Database) -> None:
    shelf = Shelf()
    put(database, said("Save", "Keep"))

    with database.reading() as db:
        assert shelf.of(db, "nl") is shelf.of(db, "nl")


def test_a_card_of_a_country_is_in_its_own_words(browser: Browser, database: Database) -> None:
    put(database, said("Ambulance", "Ambulance service"), pilot="xk")

    assert "Ambulance service" in browser.get("/call/xk").text
    assert "Ambulance service" not in browser.get("/call/za").text


def test_keys_tell_domains_and_contexts_apart() -> None:
    keys = {key_of("companion", "", "Save"), key_of("programme", "", "Save"),
            key_of("companion", "button", "Save")}  # fmt: skip

    assert len(keys) == 3
    assert all(len(each) == 16 for each in keys)
