"""A coordinator takes a file in: she sees what would change, and then uses it."""

import json

import pytest

from companion.localisation import po_in
from companion.pilots.wordings import key_of
from tests.cast import Cast
from tests.conftest import Browser

SAVE = key_of("companion", "", "Save")
SIGN = key_of("companion", "", "You vomit again and again")


@pytest.fixture
def edon(browser: Browser, cast: Cast) -> Browser:
    browser.sign_in(cast.edon.token)
    return browser


def send(browser: Browser, content: bytes, code: str = "nl") -> tuple[int, str]:
    """The file as a browser posts it; the status and the page."""
    answer = browser.post(
        f"/words/{code}/files", files={"file": ("nl.po", content, "text/x-gettext-translation")}
    )
    return answer.status_code, answer.text


def changed(browser: Browser, old: str, new: str) -> bytes:
    content: bytes = browser.get("/words/nl/files/companion").content
    assert old.encode() in content
    return content.replace(old.encode(), new.encode(), 1)


def packed(page: str) -> str:
    field = page.split('name="texts" value="')[1].split('"')[0]
    return field.replace("&#34;", '"').replace("&#39;", "'").replace("&amp;", "&")


OPSLAAN = 'msgid "Save"\nmsgstr "Opslaan"'


def test_she_sees_what_would_change_and_nothing_has_changed_yet(edon: Browser) -> None:
    status, page = send(edon, changed(edon, OPSLAAN, OPSLAAN.replace("Opslaan", "Bewaar")))

    assert status == 200
    assert ">Opslaan</del>" in page
    assert ">Bewaar</ins>" in page
    assert "Use this text" in page
    assert "Bewaar" not in edon.get(f"/words/nl/{SAVE}").text


def test_then_she_uses_it(edon: Browser) -> None:
    _status, page = send(edon, changed(edon, OPSLAAN, OPSLAAN.replace("Opslaan", "Bewaar")))

    answer = edon.post_form("/words/nl/imports", {"texts": packed(page)})

    assert answer.status_code == 303
    assert ">\nBewaar</textarea>" in edon.get(f"/words/nl/{SAVE}").text


def test_what_is_refused_is_named_with_its_line_and_the_rest_is_there(edon: Browser) -> None:
    content = changed(edon, OPSLAAN, OPSLAAN.replace("Opslaan", "<b>Bewaar</b>"))
    content = content.replace(b'msgid "Sessions"\nmsgstr "', b'msgid "Sessions"\nmsgstr "De ', 1)

    status, page = send(edon, content)

    assert status == 200
    assert "Not taken in" in page
    assert "Write plain text, without markup." in page
    assert "Use this text" in page


def test_a_safety_text_comes_in_as_a_draft(edon: Browser) -> None:
    content: bytes = edon.get("/words/nl/files/companion").content
    block = next(
        each for each in content.split(b"\n\n") if b'msgid "You vomit again and again"' in each
    )
    content = content.replace(block, block.replace(b"#, fuzzy\n", b""))
    _status, page = send(edon, content)

    edon.post_form("/words/nl/imports", {"texts": packed(page)})

    assert "Draft ·" in " ".join(edon.get(f"/words/nl/{SIGN}").text.split())


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "No text of Companion"),
        (b"MZ\x90\x00 this is a program", "UTF-8"),
        (b"x" * (po_in.LARGEST + 1000), "larger than 2 MB"),
    ],
)
def test_a_file_that_cannot_be_it_is_refused_beside_its_field(
    edon: Browser, content: bytes, why: str
) -> None:
    status, page = send(edon, content)

    assert status == 422
    assert why in page
    assert 'id="wrong-file"' in page


def test_a_file_in_another_language_is_refused(edon: Browser) -> None:
    status, page = send(edon, edon.get("/words/nl/files/companion").content, "ti")

    assert status == 422
    assert "another language" in page


@pytest.mark.parametrize(
    "texts",
    [
        "",
        "null",
        "[[]]",
        "nonsense",
        "[" * 10_000,
        json.dumps([["0" * 16, ["x"], False, ""]]),
        json.dumps([[SAVE, ["<script>"], False, ""]]),
        json.dumps([[SAVE, [], False, ""]]),
        json.dumps([[SAVE, ["a", "b"], False, ""]]),
    ],
)
def test_what_the_page_never_gave_out_is_not_taken(edon: Browser, texts: str) -> None:
    assert edon.post_form("/words/nl/imports", {"texts": texts}).status_code == 404
