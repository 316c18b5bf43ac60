"""The command: what it prints, and how it says that something is wrong."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from companion.cli import main
from companion.db import open_database
from companion.groups.models import Invitation
from companion.migrations import current, revisions


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str) -> None:
    monkeypatch.setenv("COMPANION_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COMPANION_DATABASE", database_url)


def test_the_first_coordinator_gets_a_link_and_a_qr_code(
    capsys: pytest.CaptureFixture[str], database_url: str
) -> None:
    main(["invite", "xk"])

    printed = capsys.readouterr().out
    assert "http://127.0.0.1:8000/join/" in printed
    assert "▄" in printed
    assert "Kosovo" in printed
    database = open_database(database_url)
    with database.reading() as db:
        assert db.scalars(select(Invitation)).one().role == "coordinator"
    database.close()


def test_migrate_brings_the_database_up_to_date(database_url: str) -> None:
    main(["migrate"])

    database = open_database(database_url)
    assert current(database.writer) == revisions()[-1]
    database.close()


def test_an_unknown_setting_stops_the_start_with_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COMPANION_COLOUR", "blue")

    with pytest.raises(SystemExit) as stopped:
        main(["serve"])

    assert stopped.value.code == 2
    assert "COMPANION_COLOUR" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["70000", "eighty", "0"])
def test_the_demo_refuses_a_port_that_is_none(
    port: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(SystemExit):
        main(["demo", "--port", port, "--data", str(tmp_path)])

    assert "--port must be" in capsys.readouterr().err


def test_a_data_folder_that_is_a_file_stops_the_start_with_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(SystemExit):
        main(["demo", "--data", str(tmp_path / "file")])

    assert "cannot be used" in capsys.readouterr().err


def test_a_file_that_is_no_database_stops_the_start_with_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "companion.db").write_text("not a database " * 100, encoding="utf-8")

    with pytest.raises(SystemExit):
        main(["demo", "--data", str(tmp_path)])

    assert "The database cannot be used" in capsys.readouterr().err


def test_help_names_every_command() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "companion", "--help"], capture_output=True, text=True, check=True
    )

    for command in ("serve", "worker", "notifications", "push-key", "demo", "migrate", "invite",
                    "catalogues"):  # fmt: skip
        assert command in told.stdout
