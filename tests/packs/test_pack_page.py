"""The coordinator's page of the pack: out, in after a look, and who approved the card."""

import base64
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from companion.cli import main
from companion.db import Database
from companion.packs.archive import from_zip
from companion.packs.models import WaitingPack
from companion.people.models import Role
from tests.cast import _player
from tests.conftest import Browser
from tests.packs.conftest import PILOT, Pack, zipped
from tests.wordings import put, said


def _send(browser: Browser, content: bytes) -> Any:
    return browser.post("/pack/files", files={"file": ("x.zip", content, "application/zip")})


def _waiting(page: str) -> str:
    return page.split('name="waiting" value="')[1].split('"')[0]


def test_the_file_is_the_whole_pack(edon: Browser, pack: Pack) -> None:
    answer = edon.get("/pack/files")

    assert answer.headers["content-disposition"] == 'attachment; filename="nl-pack-0.zip"'
    assert from_zip(answer.content) == pack.out()


def test_she_looks_before_she_takes_it_in(edon: Browser, pack: Pack) -> None:
    files = pack.edited("settings.toml", 'number = "112"', 'number = "0800 1234"')

    looked = _send(edon, zipped(files))
    before = edon.get("/call").text
    taken = edon.post_form("/pack/imports", {"waiting": _waiting(looked.text)})

    assert "settings.toml: numbers" in looked.text
    assert "Make this change" in looked.text
    assert "0800 1234" not in before
    assert taken.headers["location"] == "/pack"
    assert "0800 1234" in edon.get("/call").text
    assert "Your pack was changed once." in edon.get("/pack").text


def test_what_was_taken_in_does_not_wait_any_more(
    edon: Browser, pack: Pack, database: Database
) -> None:
    page = _send(edon, zipped(pack.edited("settings.toml", '"112"', '"0800 1234"'))).text
    edon.post_form("/pack/imports", {"waiting": _waiting(page)})

    again = edon.post_form("/pack/imports", {"waiting": _waiting(page)})

    assert again.status_code == 404
    with database.reading() as db:
        assert db.scalars(select(WaitingPack)).all() == []


def test_nobody_takes_in_what_somebody_else_looked_at(
    edon: Browser, pack: Pack, database: Database
) -> None:
    page = _send(edon, zipped(pack.edited("settings.toml", '"112"', '"0800 1234"'))).text
    with database.writing.begin() as db:
        other = _player(db, "Iris", Role.COORDINATOR)
    edon.sign_in(other.token)

    answer = edon.post_form("/pack/imports", {"waiting": _waiting(page)})

    assert answer.status_code == 404


def test_an_older_pack_says_so(edon: Browser, pack: Pack) -> None:
    old = pack.edited("settings.toml", '"112"', '"0800 9999"')
    pack.take(pack.edited("settings.toml", '"112"', '"0800 1234"'))

    assert "This pack is older than yours" in _send(edon, zipped(old)).text


def test_what_changes_nothing_says_so(edon: Browser, pack: Pack) -> None:
    assert "Nothing would change." in _send(edon, zipped(pack.out())).text


@pytest.mark.parametrize("content", [b"", b"GIF89a", bytes(15_300_000)])
def test_what_is_no_pack_is_refused_beside_its_field(edon: Browser, content: bytes) -> None:
    answer = _send(edon, content)

    assert answer.status_code == 422
    assert 'id="wrong-file"' in answer.text


def test_what_is_refused_is_named_and_the_rest_can_be_taken(edon: Browser, pack: Pack) -> None:
    files = pack.edited("settings.toml", '"112"', '"0800 1234"')

    page = _send(edon, zipped({**files, "notes.txt": b"<script>"})).text

    assert "notes.txt" in page
    assert "A pack has no file of this name." in page
    assert "Make this change" in page


def test_a_safety_text_comes_in_as_a_draft(edon: Browser, pack: Pack, database: Database) -> None:
    put(database, said("Who to call", "Whom to call"), said("Save", "Keep"))
    files = pack.edited("wordings/en-companion.po", "Whom to call", "Our numbers")
    files["wordings/en-companion.po"] = files["wordings/en-companion.po"].replace(b"Keep", b"Put")

    edon.post_form("/pack/imports", {"waiting": _waiting(_send(edon, zipped(files)).text)})

    po = pack.out()["wordings/en-companion.po"].decode()
    assert '#, fuzzy\nmsgid "Who to call"\nmsgstr "Our numbers"' in po
    assert '\nmsgid "Save"\nmsgstr "Put"' in po
    assert '#, fuzzy\nmsgid "Save"' not in po


def test_the_card_says_who_approved_it(edon: Browser) -> None:
    edon.post_form("/pack/approvals", {"name": "Dr Mansa, midwife", "on": "20.11.2026"})

    card = edon.get("/call").text

    assert "approved by Dr Mansa, midwife" in card
    assert "No named person" not in card
    edon.post_form("/pack/approvals", {"act": "end"})
    assert "No named person" in edon.get("/call").text


@pytest.mark.parametrize(
    ("name", "on", "wrong"),
    [("", "", "name"), ("a" * 121, "", "name"), ("Dr Mansa", "soon", "on"),
     ("Dr Mansa", "23.11.2026", "on")],
)  # fmt: skip
def test_an_approval_needs_a_name_and_a_day(edon: Browser, name: str, on: str, wrong: str) -> None:
    answer = edon.post_form("/pack/approvals", {"name": name, "on": on})

    assert answer.status_code == 422
    assert f'id="wrong-{wrong}"' in answer.text
    assert f'value="{name}"' in answer.text
    assert "No named person" in edon.get("/call").text


def test_from_the_terminal_as_a_folder_and_as_a_zip(
    pack: Pack,
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("COMPANION_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COMPANION_DATABASE", database_url)
    monkeypatch.setenv("COMPANION_SEALING_KEY", f"k1:{base64.b64encode(b'0' * 32).decode()}")
    main(["packs", "export", "--pilot", PILOT, "--into", str(tmp_path / "pack")])
    settings = tmp_path / "pack" / "settings.toml"
    settings.write_text(settings.read_text().replace('"112"', '"0800 1234"', 1))

    main(["packs", "import", "--pilot", PILOT, str(tmp_path / "pack")])
    looked = capsys.readouterr().out
    main(["packs", "import", "--pilot", PILOT, "--yes", str(tmp_path / "pack")])
    main(["packs", "export", "--pilot", PILOT, "--into", str(tmp_path / "pack.zip")])

    assert "1 would be taken; do it with --yes, 0 refused" in looked
    assert b"0800 1234" in from_zip((tmp_path / "pack.zip").read_bytes())["settings.toml"]
    with pytest.raises(SystemExit):
        main(["packs", "import", "--pilot", "gh", str(tmp_path / "pack.zip")])
    assert "another pilot" in capsys.readouterr().err
