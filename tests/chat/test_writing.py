"""What may be written: any script, no markup, nothing that turns or hides the text around it."""

import pytest

from companion.db import Database, new_id
from tests.cast import Cast
from tests.chat.conftest import HTMX, Talk, form_ids, item, messages


def test_addresses_are_tappable_and_shown_as_they_are(talk: Talk, cast: Cast) -> None:
    number = talk.say(cast.amina, "See https://who.int/a?b=1&c=2, or (HTTP://a.example/x).")

    said = item(talk.page(cast.chipo), number)

    shown = "https://who.int/a?b=1&amp;c=2"
    link = f'<a href="{shown}" target="_blank" rel="noopener noreferrer nofollow">{shown}</a>'
    assert f"See {link}, or" in said
    assert ">HTTP://a.example/x</a>).</p>" in said


@pytest.mark.parametrize(
    "text",
    ["javascript:alert(1)", "www.who.int", "ftp://a.example", "data:text/html,x", "https://"],
)
def test_nothing_else_is_a_link(talk: Talk, cast: Cast, text: str) -> None:
    number = talk.say(cast.amina, text)

    said = item(talk.page(cast.chipo), number)

    assert f'<p dir="auto">{text}</p>' in said
    assert "target=" not in said


def test_an_address_carries_no_markup(talk: Talk, cast: Cast) -> None:
    number = talk.say(cast.amina, 'https://a.example/"onclick="alert(1)<b>')

    said = item(talk.page(cast.chipo), number)

    assert '<a href="https://a.example/" target=' in said
    assert '"onclick' not in said
    assert "<b>" not in said.partition("<p")[2]


@pytest.mark.parametrize(
    "text",
    ["صباح الخير، كيف حالكن؟", "שלום", "ሰላም", "Mirëmëngjes", "നമസ്കാരം", "👩🏽‍🍼 ❤️ 🏳️‍🌈", "🇸🇷"],
)
def test_emoji_and_every_script_are_shown_in_their_own_direction(
    talk: Talk, cast: Cast, text: str
) -> None:
    number = talk.say(cast.amina, text)

    assert f'<p dir="auto">{text}</p>' in item(talk.page(cast.chipo), number)


def test_a_script_is_only_text(talk: Talk, cast: Cast) -> None:
    number = talk.say(cast.amina, "<script>alert(1)</script> {{ 7 * 7 }} %(name)s")

    for page in (talk.page(cast.chipo), talk.sheet(cast.chipo, number)):
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 * 7 }} %(name)s" in page
        assert "<script>alert" not in page


@pytest.mark.parametrize("turner", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_signs_that_turn_the_text_around_them_are_taken_out(
    talk: Talk, cast: Cast, turner: str
) -> None:
    number = talk.say(cast.amina, f"https://a.exa{turner}mple/gpj.exe")

    page = talk.page(cast.chipo)

    assert ">https://a.example/gpj.exe</a>" in item(page, number)
    assert turner not in page


def test_control_characters_are_taken_out_and_lines_stay(
    talk: Talk, cast: Cast, database: Database
) -> None:
    talk.say(cast.amina, "One\x00\x07\x1b\x7f\r\ntwo")

    (kept,) = messages(database)

    assert kept.text == "One\ntwo"


@pytest.mark.parametrize(
    "text", ["", " \n\t ", "\u200b\u200d", "\u3164\u2800", "\u202e\u2066", "\u0301", "\x00"]
)
def test_nothing_to_see_is_nothing_said(
    talk: Talk, cast: Cast, database: Database, text: str
) -> None:
    answer = talk.post(cast.amina, "messages", {"id": str(new_id()), "text": text})

    assert answer.status_code == 422
    assert '<p class="wrong" role="alert" id="wrong-text">Write something first.</p>' in answer.text
    assert not messages(database)


@pytest.mark.parametrize("length", [2001, 20_000])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["a page", "with scripts"])
def test_too_long_a_text_is_refused_and_still_there(
    talk: Talk, cast: Cast, database: Database, length: int, headers: dict[str, str]
) -> None:
    sent = {"id": str(new_id()), "text": "é" * length}

    answer = talk.post(cast.amina, "messages", sent, headers=headers)

    assert answer.status_code == 422
    assert "Write at most 2000 characters." in answer.text
    assert f">\n{'é' * length}</textarea>" in answer.text
    assert form_ids(answer.text) == [sent["id"]]
    assert not messages(database)


def test_with_scripts_a_refusal_goes_into_the_writing_box(talk: Talk, cast: Cast) -> None:
    answer = talk.post(cast.amina, "messages", {"text": " "}, headers=HTMX)

    assert answer.headers["hx-retarget"] == "#write"
    assert answer.text.strip().startswith('<section id="write"')
    assert 'aria-describedby="wrong-text"' in answer.text


def test_two_thousand_characters_are_said(talk: Talk, cast: Cast) -> None:
    number = talk.say(cast.amina, "é" * 2000)

    assert "é" * 2000 in item(talk.page(cast.chipo), number)
