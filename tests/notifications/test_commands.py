"""`companion push-key` and `companion worker`, and how they say that something is wrong."""

from pathlib import Path

import pytest

from companion.cli import main
from companion.notifications.keys import PushKey


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str) -> Path:
    monkeypatch.setenv("COMPANION_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COMPANION_DATABASE", database_url)
    return tmp_path / "data"


def stopped_by(command: str) -> object:
    with pytest.raises(SystemExit) as stopped:
        main([command])
    return stopped.value.code


def test_a_new_push_key_is_made_and_the_old_one_named(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["push-key"])
    assert "There is a new push key." in capsys.readouterr().out
    old = PushKey.parse((data / "push.key").read_text("ascii"))

    main(["push-key"])

    assert f"the old one is {data / 'push.key'}.until-" in capsys.readouterr().out
    assert PushKey.parse((data / "push.key").read_text("ascii")).public != old.public


def test_a_push_key_from_the_settings_is_changed_there(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COMPANION_PUSH_KEY", PushKey.new().text)

    assert stopped_by("push-key") == 2
    assert "COMPANION_PUSH_KEY holds the push key" in capsys.readouterr().err
    assert not data.exists()


def test_a_push_key_that_is_broken_can_be_replaced_too(data: Path) -> None:
    data.mkdir()
    (data / "push.key").write_bytes(b"\xff\xfe")

    main(["push-key"])

    (old,) = data.glob("push.key.until-*")
    assert old.read_bytes() == b"\xff\xfe"
    assert PushKey.parse((data / "push.key").read_text("ascii")).public


@pytest.mark.parametrize("command", ["worker", "serve", "notifications"])
@pytest.mark.usefixtures("data")
def test_a_push_key_that_is_none_stops_the_start_with_one_sentence(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COMPANION_PUSH_KEY", "rubbish")

    assert stopped_by(command) == 2
    said = capsys.readouterr().err
    assert said.startswith("companion: The push key must be")
    assert said.count("\n") == 1
