"""A pilot's whole pack goes out, and comes in with what somebody changed in it."""

import pytest
from sqlalchemy import update

from companion.db import Database
from companion.packs.models import OwnPack
from companion.pilots.pack import pilot, shipped, use_own
from companion.programmes.programme import programme
from companion.recordings.signs import key_of, key_of_words
from tests.cast import Cast
from tests.conftest import Browser
from tests.packs.conftest import PILOT, Pack
from tests.recordings.conftest import sound_of
from tests.wordings import put, said

SIGN = shipped()[PILOT].danger_signs[0].signs[0]


def test_what_goes_out_comes_in_without_a_change(pack: Pack, database: Database) -> None:
    put(database, said("Save", "Keep"), said("Sites", "Plekken", code="nl"))

    incoming = pack.look(pack.out())

    assert (incoming.changes, incoming.wrong) == ([], [])


def test_another_installation_becomes_the_same(pack: Pack) -> None:
    """Whatever is in the files of one, is in the files of the other once they are taken in."""
    files = pack.edited("settings.toml", "chat_kept_days = 365", "chat_kept_days = 500")
    files["adaptations.toml"] = (
        b'[[adaptations]]\non = "2026-11-20"\ndepth = "deep"\nwhat = "Grandmothers come too"\n'
        b'why = "They decide at home."\nagreed_with = "The mothers"\ntext = ""\n'
    )
    files[f"recordings/nl/{key_of(SIGN.says)}.ogg"] = sound_of("opus.ogg")
    pack.take(files)

    there = pack.out()

    files["pack.toml"] = files["pack.toml"].replace(b"version = 0", b"version = 1")
    assert there == files


def test_a_changed_number_is_called(pack: Pack, edon: Browser) -> None:
    incoming = pack.take(pack.edited("settings.toml", 'number = "112"', 'number = "0800 1234"'))

    assert [each.place for each in incoming.changes] == ["settings.toml: numbers"]
    assert 'href="tel:08001234"' in edon.get("/call").text


def test_a_process_that_was_elsewhere_knows_it_too(
    pack: Pack, browser: Browser, cast: Cast
) -> None:
    browser.sign_in(cast.amina.token)
    assert "0800 1234" not in browser.get("/call").text

    pack.take(pack.edited("settings.toml", 'number = "112"', 'number = "0800 1234"'))
    _forget()

    assert "0800 1234" in browser.get("/call").text


def test_whoever_is_signed_out_sees_it_too(pack: Pack, browser: Browser) -> None:
    pack.take(pack.edited("settings.toml", 'number = "112"', 'number = "0800 1234"'))
    _forget()

    assert "0800 1234" in browser.get("/call/nl").text


def _forget() -> None:
    """As a process that has not read it."""
    use_own(PILOT, None)


def test_another_theme_is_planned_and_is_a_topic_of_its_own(pack: Pack, edon: Browser) -> None:
    theme = programme("pregnancy-nl", PILOT).sessions[0].themes[0]
    pack.take(pack.edited("programmes/pregnancy-nl.toml", f'"{theme}"', '"Oma weet raad"'))

    listed = edon.get("/words/nl?part=own").text

    assert "Oma weet raad" in programme("pregnancy-nl", PILOT).sessions[0].themes
    assert "Oma weet raad" in listed
    assert "Oma weet raad" not in programme("pregnancy-nl", "be").sessions[0].themes


def test_its_own_topic_is_translated_like_any_other(pack: Pack, edon: Browser) -> None:
    theme = programme("pregnancy-nl", PILOT).sessions[0].themes[0]
    pack.take(pack.edited("programmes/pregnancy-nl.toml", f'"{theme}"', '"Oma weet raad"'))
    (address,) = {
        line.split('"')[0]
        for line in edon.get("/words/en?part=own").text.split('href="')
        if line.startswith("/words/en/")
    } - {"/words/en/files"}

    answer = edon.post_form(address, {"form0": "Ask grandmother", "act": "review", "seen": ""})

    assert answer.status_code == 303
    assert b"Ask grandmother" in pack.out()["wordings/en-programme.po"]
    assert pack.look(pack.out()).wrong == []


def test_a_site_is_known_by_its_name(pack: Pack) -> None:
    name = pack.out()["sites.toml"].decode().split('name = "')[1].split('"')[0]
    files = pack.out()
    files["sites.toml"] = (
        f'[[sites]]\nname = "{name}"\naddress = "Kade 1"\nnumbers = []\n'
        '[[sites]]\nname = "Noord"\naddress = ""\n'
        'numbers = [{ label = "Desk", number = "020 1" }]\n'
    ).encode()

    incoming = pack.take(files)
    again = pack.look(files)

    assert [each.place for each in incoming.changes] == [f"sites.toml: {name}", "sites.toml: Noord"]
    assert again.changes == []
    assert pack.out()["sites.toml"].count(b"[[sites]]") == 2


def test_words_come_in(pack: Pack, database: Database, browser: Browser, cast: Cast) -> None:
    put(database, said("Save", "Keep"))
    pack.take(pack.edited("wordings/en-companion.po", 'msgstr "Keep"', 'msgstr "Put away"'))
    browser.sign_in(cast.amina.token)

    assert "Put away" in browser.get("/name").text


def test_another_danger_sign_is_on_the_card(pack: Pack, edon: Browser) -> None:
    pack.take(pack.edited("signs.toml", SIGN.says, "Your eyes turn yellow."))

    assert "Your eyes turn yellow." in edon.get("/call").text
    assert "Your eyes turn yellow." in edon.get("/words/nl?part=safety&q=yellow").text
    assert "Your eyes turn yellow." in edon.get("/recordings").text


def test_its_own_drawing_is_shown_in_its_place(pack: Pack, edon: Browser) -> None:
    name = f"pictures/{SIGN.picture}.svg"
    drawn = pack.out()[name].decode()
    lines = drawn.splitlines()
    pack.take(
        {**pack.out(), name: f'{lines[0]}\n<circle cx="24" cy="24" r="9"/>\n</svg>\n'.encode()}
    )

    page = edon.get("/call").text
    address = page.split(f'<use href="/call/{PILOT}/')[1].split("#")[0]
    sent = edon.get(f"/call/{PILOT}/{address}")

    assert pilot(PILOT).picture(SIGN.picture) == f"/call/{PILOT}/{address}#{SIGN.picture}"
    assert sent.headers["content-type"].startswith("image/svg+xml")
    assert '<circle cx="24" cy="24" r="9"/>' in sent.text
    assert edon.get(f"/call/{PILOT}/other.svg").status_code == 404


def test_a_recording_keeps_the_words_that_it_says(
    pack: Pack, database: Database, browser: Browser
) -> None:
    place = f"recordings/en/{key_of(SIGN.says)}-{key_of_words(SIGN.says)}.ogg"
    pack.take({**pack.out(), place: sound_of("opus.ogg")})
    heard = browser.get("/call/nl").text.count("<audio")

    put(database, said(SIGN.says, "Other words."))

    assert heard > 0
    assert browser.get("/call/nl").text.count("<audio") == 0
    assert place in pack.out()


def test_an_approval_ends_when_the_card_is_another_one(pack: Pack) -> None:
    files = pack.edited("settings.toml", 'signed_off_by = ""', 'signed_off_by = "Dr Mansa"')
    files["settings.toml"] = files["settings.toml"].replace(b'on = ""', b'on = "2026-11-20"')
    pack.take(files)
    assert pilot(PILOT).is_approved

    pack.take(pack.edited("settings.toml", 'number = "112"', 'number = "0800 1234"'))

    assert not pilot(PILOT).is_approved


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_pack_that_this_companion_cannot_read_costs_nobody_her_page(
    pack: Pack, database: Database, browser: Browser, language: str
) -> None:
    pack.take(pack.edited("settings.toml", 'number = "112"', 'number = "0800 1234"'))
    with database.writing.begin() as db:
        db.execute(update(OwnPack).values(settings={"zone": "Nowhere"}))
    _forget()

    page = browser.get("/call/nl", headers={"accept-language": language})

    assert page.status_code == 200
    assert 'href="tel:112"' in page.text


def test_an_approval_ends_when_a_picture_of_the_card_is_another_one(pack: Pack) -> None:
    files = pack.edited("settings.toml", 'signed_off_by = ""', 'signed_off_by = "Dr Mansa"')
    files["settings.toml"] = files["settings.toml"].replace(b'on = ""', b'on = "2026-11-20"')
    pack.take(files)
    name = f"pictures/{SIGN.picture}.svg"
    head = pack.out()[name].decode().splitlines()[0]

    pack.take({**pack.out(), name: f'{head}\n<circle cx="9" cy="9" r="9"/>\n</svg>\n'.encode()})

    assert not pilot(PILOT).is_approved
