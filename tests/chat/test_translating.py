"""Putting a message into another language, by a member who speaks both."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from companion.chat.models import Translation
from companion.db import Database
from tests.cast import Cast, Player
from tests.chat.conftest import Talk, count, item
from tests.conftest import HeldClock

REFUSALS = [
    ({"language": "nl", "translation": " "}, "Write something first."),
    ({"language": "nl", "translation": "é" * 2001}, "Write at most 2000 characters."),
    ({"language": "en", "translation": "Hi"}, "The message is in this language already."),
    ({"language": "xx", "translation": "Hi"}, "This language is not offered here."),
    ({"language": "", "translation": "Hi"}, "This language is not offered here."),
]


@pytest.fixture
def number(talk: Talk, cast: Cast) -> int:
    return talk.say(cast.chipo, "Good morning")


def test_it_stands_under_the_message_with_a_name(talk: Talk, cast: Cast, number: int) -> None:
    answer = talk.act(cast.amina, number, "translations", language="sq", translation="Mirëmëngjes")

    assert (answer.status_code, answer.headers["location"]) == (303, f"{talk.path}/chat#n{number}")
    said = item(talk.page(cast.chipo), number)
    assert '<p dir="auto" lang="sq" class="other">Mirëmëngjes</p>' in said
    assert "Translated by Amina" in said
    assert said.index("Good morning") < said.index("Mirëmëngjes")


def test_once_more_is_a_better_wording(
    talk: Talk, cast: Cast, number: int, database: Database
) -> None:
    for text in ("Mirmengjes", "Mirëmëngjes"):
        talk.act(cast.amina, number, "translations", language="sq", translation=text)

    said = item(talk.page(cast.chipo), number)

    assert "Mirëmëngjes" in said
    assert "Mirmengjes" not in said
    assert count(database, Translation) == 1


def test_another_member_and_another_language_stand_beside_it(
    talk: Talk, cast: Cast, number: int, held_clock: HeldClock
) -> None:
    given = [("nl", "Goedemorgen"), ("ar", "صباح الخير"), ("nl", "Morgen!")]
    for player, (code, text) in zip((cast.amina, cast.amina, cast.beatriz), given, strict=True):
        held_clock.moment += timedelta(minutes=1)
        talk.act(player, number, "translations", language=code, translation=text)

    said = item(talk.page(cast.chipo), number)

    assert re.findall(r'lang="(\w+)" class="other">([^<]+)<', said) == given
    assert said.count("Translated by Amina") == 2
    assert said.count("Translated by Beatriz") == 1


@pytest.mark.parametrize(("typed", "sentence"), REFUSALS)
def test_what_cannot_be_is_refused_and_still_there(
    talk: Talk, cast: Cast, number: int, database: Database, typed: dict[str, str], sentence: str
) -> None:
    answer = talk.act(cast.amina, number, "translations", **typed)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert f">\n{typed['translation'].strip()}</textarea>" in answer.text
    assert count(database, Translation) == 0


def test_what_was_typed_is_not_folded_away(talk: Talk, cast: Cast, number: int) -> None:
    page = talk.act(cast.amina, number, "translations", language="en", translation="Hi").text

    assert "<details open><summary>Put it in another language" in page


def test_the_language_of_the_message_is_not_offered(talk: Talk, cast: Cast, number: int) -> None:
    theirs = talk.say(cast.beatriz, "Goedemorgen")

    assert '<option value="en"' not in talk.sheet(cast.amina, number)
    assert '<option value="en"' in talk.sheet(cast.amina, theirs)
    assert '<option value="nl"' not in talk.sheet(cast.amina, theirs)


def test_markup_is_text_and_turning_signs_are_taken_out(
    talk: Talk, cast: Cast, number: int
) -> None:
    talk.act(cast.amina, number, "translations", language="nl", translation="<b>Goe\u202eden")

    assert ">&lt;b&gt;Goeden</p>" in item(talk.page(cast.chipo), number)


def test_it_is_kept_sealed(talk: Talk, cast: Cast, number: int, database: Database) -> None:
    talk.act(cast.amina, number, "translations", language="nl", translation="Goedemorgen")

    with database.reading() as db:
        (kept,) = db.scalars(select(Translation)).all()
    assert b"morgen" not in kept.text_sealed
    assert kept.text == "Goedemorgen"


def test_whoever_left_is_not_named_under_it(talk: Talk, cast: Cast, number: int) -> None:
    talk.act(cast.amina, number, "translations", language="nl", translation="Goedemorgen")
    talk.post(cast.amina, "leaving")

    said = item(talk.page(cast.chipo), number)

    assert "Goedemorgen" in said
    assert "Translated by a member" in said
    assert "Amina" not in said


@pytest.mark.parametrize("gone", ["deletions", "hidings"])
def test_what_is_gone_is_not_put_into_any_language(
    talk: Talk, cast: Cast, number: int, database: Database, gone: str
) -> None:
    talk.act(cast.chipo, number, gone)

    answer = talk.act(cast.amina, number, "translations", language="nl", translation="Hoi")

    assert answer.status_code == 404
    assert count(database, Translation) == 0


def test_who_put_it_so_takes_it_back(
    talk: Talk, cast: Cast, number: int, database: Database
) -> None:
    talk.act(cast.amina, number, "translations", language="sq", translation="Mirëmëngjes")
    address = withdrawal(database)
    assert address in talk.sheet(cast.amina, number)
    assert address not in talk.sheet(cast.beatriz, number)

    assert talk.act(cast.beatriz, number, address).status_code == 404
    assert talk.act(cast.amina, number, address).status_code == 303

    assert "Mirëmëngjes" not in talk.page(cast.chipo)
    assert count(database, Translation) == 0


def test_a_facilitator_removes_any_and_it_is_written_down(
    talk: Talk, cast: Cast, number: int, database: Database, ines: Player
) -> None:
    talk.act(cast.amina, number, "translations", language="sq", translation="Jo mirë")

    assert talk.act(cast.chipo, number, withdrawal(database)).status_code == 303

    assert "Jo mirë" not in talk.page(cast.beatriz)
    assert "Chipo removed a translation by Amina." in talk.page(ines, "care")


def test_who_reports_the_message_reports_its_translations(
    talk: Talk, cast: Cast, number: int
) -> None:
    talk.act(cast.amina, number, "translations", language="sq", translation="Jo mirë")
    first = talk.say(cast.beatriz, "Dag")
    talk.act(cast.amina, first, "translations", language="en", translation="Go away")

    talk.act(cast.amina, first, "reports", reason="other")

    assert "Go away" in talk.page(cast.chipo, "care")


def withdrawal(database: Database) -> str:
    with database.reading() as db:
        return f"translations/{db.scalars(select(Translation.id)).one()}/withdrawals"
