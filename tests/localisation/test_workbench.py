"""The workbench: a coordinator translates, adapts, reviews, and goes back."""

import pytest

from companion.db import Database
from companion.people.models import Person
from companion.pilots.wordings import Saying, key_of, say
from tests.cast import Cast
from tests.conftest import Browser

RECORD = key_of("companion", "", "My record")
SIGN = key_of("companion", "", "You vomit again and again")
WEEKS = key_of("companion", "", "%(count)s week")
NAMED = key_of("companion", "", "You are %(name)s here.")


@pytest.fixture
def edon(browser: Browser, cast: Cast) -> Browser:
    browser.sign_in(cast.edon.token)
    return browser


def seen(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"')[0]


def save(browser: Browser, address: str, *forms: str, act: str = "draft", **more: str) -> int:
    fields = {"seen": seen(browser.get(address).text), "act": act, **more}
    fields |= {f"form{place}": form for place, form in enumerate(forms)}
    status: int = browser.post_form(address, fields).status_code
    return status


def test_the_languages_of_the_pilot_are_listed_with_how_far_they_are(edon: Browser) -> None:
    page = edon.get("/words").text

    assert "Nederlands" in page
    assert "ትግርኛ" in page
    assert "Missing:" in page
    assert "Shqip" not in page.partition("<main")[2]


def test_a_list_shows_what_was_asked_for(edon: Browser) -> None:
    found = edon.get("/words/nl?how=draft&part=safety&q=vomit+again").text
    none = edon.get("/words/nl?how=missing&part=safety&q=vomit+again").text

    assert "You vomit again and again" in found
    assert "1 text" in found
    assert "0 texts" in none


def test_a_long_list_goes_on(edon: Browser) -> None:
    first = edon.get("/words/nl").text
    address = first.split('href="/words/nl?')[1].split('"')[0].replace("&amp;", "&")

    second = edon.get(f"/words/nl?{address}").text

    assert first.count('class="line"') == second.count('class="line"') == 40
    assert first.split('class="line"')[1] not in second


def test_what_she_saves_is_read_at_once_and_is_a_draft(
    edon: Browser, cast: Cast, database: Database
) -> None:
    assert save(edon, f"/words/nl/{RECORD}", "Mijn boekje") == 303

    assert "Mijn boekje" in edon.get(f"/words/nl/{RECORD}").text
    assert "Draft" in edon.get(f"/words/nl/{RECORD}").text
    with database.writing.begin() as db:
        db.get_one(Person, cast.amina.id).language = "nl"
    edon.sign_in(cast.amina.token)
    assert "Mijn boekje" in edon.get("/more").text


def test_even_the_english_can_be_said_in_another_way(edon: Browser, cast: Cast) -> None:
    assert save(edon, f"/words/en/{RECORD}", "My notebook", act="review") == 303

    edon.sign_in(cast.amina.token)
    assert "My notebook" in edon.get("/more").text


def test_another_english_asks_for_another_look_at_the_translations(edon: Browser) -> None:
    assert "English changed since" not in edon.get(f"/words/nl/{RECORD}").text

    save(edon, f"/words/en/{RECORD}", "My notebook", act="review")

    page = edon.get(f"/words/nl/{RECORD}").text
    assert "English changed since" in page
    assert "My notebook" in page
    save(edon, f"/words/nl/{RECORD}", "Mijn boekje", act="review")
    assert "English changed since" not in edon.get(f"/words/nl/{RECORD}").text


def test_her_own_words_may_be_reviewed_by_herself_where_nobodys_life_hangs_on_them(
    edon: Browser,
) -> None:
    save(edon, f"/words/nl/{RECORD}", "Mijn boekje")

    assert save(edon, f"/words/nl/{RECORD}", "Mijn boekje", act="review") == 303
    assert "Reviewed ·" in " ".join(edon.get(f"/words/nl/{RECORD}").text.split())


def test_a_safety_text_is_reviewed_by_somebody_else_than_its_writer(
    edon: Browser, cast: Cast, database: Database
) -> None:
    address = f"/words/nl/{SIGN}"
    assert "This is a safety text." in edon.get(address).text
    assert save(edon, address, "Je braakt steeds", act="review") == 422
    assert save(edon, address, "Je braakt steeds") == 303
    assert save(edon, address, "Je braakt steeds", act="review") == 422

    saying = Saying("nl", "companion", "", "You vomit again and again", ("Je spuugt",), False)
    with database.writing.begin() as db:
        say(db, "nl", [saying], by_id=cast.chipo.id, written_by_id=cast.chipo.id)

    assert save(edon, address, "Je spuugt", act="review") == 303


def test_a_safety_text_of_the_catalogue_may_be_reviewed_as_it_stands(edon: Browser) -> None:
    address = f"/words/nl/{SIGN}"
    before = edon.get(address).text.split("</textarea>")[0].rsplit(">", 1)[1].strip()

    assert save(edon, address, before, act="review") == 303
    assert "Reviewed ·" in " ".join(edon.get(address).text.split())


def test_words_from_a_file_belong_to_nobody_here(edon: Browser, database: Database) -> None:
    saying = Saying("nl", "companion", "", "You vomit again and again", ("Je spuugt",), False)
    with database.writing.begin() as db:
        say(db, "nl", [saying])

    assert save(edon, f"/words/nl/{SIGN}", "Je spuugt", act="review") == 303


def test_what_comes_back_is_still_of_the_english_that_it_was_written_for(edon: Browser) -> None:
    address = f"/words/nl/{RECORD}"
    save(edon, address, "Mijn schrift")
    old = edon.get(address).text.split('name="seen" value="')[1].split('"')[0]
    save(edon, f"/words/en/{RECORD}", "My notebook", act="review")
    save(edon, address, "Mijn boekje")

    edon.post_form(f"{address}/returns", {"wording": old})

    assert "English changed since" in edon.get(address).text


def test_each_plural_form_is_named_by_the_numbers_that_it_counts(edon: Browser) -> None:
    page = edon.get(f"/words/uk/{WEEKS}").text

    assert "For 1, 21, 31, 41 and so on" in page
    assert "For 2, 3, 4, 22 and so on" in page
    assert save(edon, f"/words/uk/{WEEKS}", "%(count)s тиждень", "%(count)s тижні", "") == 422


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("", "Write the words."),
        ("Je bent hier.", "Its placeholders must be those of the English."),
        ("Je bent %(naam)s.", "Its placeholders must be those of the English."),
        ("<b>%(name)s</b>", "Write plain text, without markup."),
        ("%(name)s " + "x" * 300, "It is much longer than the English."),
    ],
)
def test_what_would_break_a_page_is_refused_beside_its_field(
    edon: Browser, words: str, why: str
) -> None:
    answer = edon.post_form(f"/words/nl/{NAMED}", {"form0": words, "seen": "", "act": "draft"})

    assert answer.status_code == 422
    assert why in answer.text
    assert 'id="wrong-form0"' in answer.text
    assert words.replace("<", "&lt;").replace(">", "&gt;") in answer.text
    assert "Keep exactly as it is:</p>" not in answer.text
    assert "%(name)s" in answer.text


def test_the_second_of_two_translators_sees_both(edon: Browser) -> None:
    address = f"/words/nl/{RECORD}"
    hers = seen(edon.get(address).text)
    save(edon, address, "Mijn schrift")

    answer = edon.post_form(address, {"form0": "Mijn boekje", "seen": hers, "act": "draft"})

    assert answer.status_code == 422
    assert "Somebody saved other words meanwhile." in answer.text
    assert "Mijn schrift" in answer.text
    assert "Mijn boekje" in answer.text
    again = {"form0": "Mijn boekje", "seen": seen(answer.text), "act": "draft"}
    assert edon.post_form(address, again).status_code == 303


def test_saving_the_same_twice_is_saving_it_once(edon: Browser) -> None:
    address = f"/words/nl/{RECORD}"
    save(edon, address, "Mijn boekje")

    answer = edon.post_form(address, {"form0": "Mijn boekje", "seen": "", "act": "draft"})

    assert answer.status_code == 303
    assert edon.get(address).text.count("Edon") == 1


def test_earlier_words_come_back(edon: Browser) -> None:
    address = f"/words/nl/{RECORD}"
    save(edon, address, "Mijn schrift")
    save(edon, address, "Mijn boekje")
    first = edon.get(address).text.split('name="wording" value="')[1].split('"')[0]

    assert edon.post_form(f"{address}/returns", {"wording": first}).status_code == 303

    assert ">\nMijn schrift</textarea>" in edon.get(address).text


def test_the_catalogues_words_come_back(edon: Browser) -> None:
    address = f"/words/nl/{RECORD}"
    before = edon.get(address).text.split("</textarea>")[0].rsplit(">", 1)[1]
    save(edon, address, "Mijn boekje")

    assert edon.post_form(f"{address}/returns").status_code == 303

    page = edon.get(address).text
    assert page.split("</textarea>")[0].rsplit(">", 1)[1] == before
    assert "Your pilot’s own words" not in page


@pytest.mark.parametrize("wording", ["nonsense", "01a202b2-c500-7000-8000-000000000000"])
def test_words_that_nobody_said_do_not_come_back(edon: Browser, wording: str) -> None:
    answer = edon.post_form(f"/words/nl/{RECORD}/returns", {"wording": wording})

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "address", ["/words/sq", "/words/xx", "/words/nl/nothing", "/words/nl/files/other"]
)
def test_what_is_not_her_pilots_is_not_found(edon: Browser, address: str) -> None:
    assert edon.get(address).status_code == 404


def test_the_file_is_a_po_file_of_her_pilot(edon: Browser) -> None:
    save(edon, f"/words/nl/{RECORD}", "Mijn boekje")

    answer = edon.get("/words/nl/files/companion")

    assert answer.headers["content-disposition"] == 'attachment; filename="nl-nl-companion.po"'
    assert 'msgstr "Mijn boekje"' in answer.content.decode()


def test_a_note_that_came_with_a_file_stands_beside_the_words(
    edon: Browser, database: Database
) -> None:
    with database.writing.begin() as db:
        say(
            db,
            "nl",
            [Saying("nl", "companion", "", "My record", ("Dossier",), True, "Asked Besa.")],
        )

    assert "Asked Besa." in edon.get(f"/words/nl/{RECORD}").text
