"""Settings: what is unknown or malformed stops the start and says which."""

from pathlib import Path

import pytest

from companion.config import BadSetting, Config, read_config


def test_without_settings_it_serves_on_this_machine_alone() -> None:
    config = read_config({"HOME": "/somewhere"})

    assert config.origin == "http://127.0.0.1:8000"
    assert config.sign_in_cookie == "sign-in"


def test_over_https_the_cookie_is_bound_to_the_host() -> None:
    config = read_config({"COMPANION_ADDRESS": "https://companion.example/"})

    assert config.origin == "https://companion.example"
    assert config.sign_in_cookie == "__Host-sign-in"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COMPANION_COLOUR", "blue"),
        ("COMPANION_DEMO", "yes"),
        ("COMPANION_PORT", "eighty"),
        ("COMPANION_PORT", "70000"),
        ("COMPANION_DRAFTS", "perhaps"),
        ("COMPANION_ADDRESS", "companion.example"),
        ("COMPANION_LEAVE_TO", "javascript:alert(1)"),
        ("COMPANION_DATABASE", "mysql://root@somewhere/x"),
        ("COMPANION_DATA", ""),
        ("COMPANION_HOST", ""),
        ("COMPANION_ADDRESS", "http://["),
        ("COMPANION_ADDRESS", "https://companion.example/app"),
        ("COMPANION_ADDRESS", "http://companion.example"),
        ("COMPANION_LEAVE_TO", "https://[x"),
        ("COMPANION_PORT", "9" * 5000),
        ("COMPANION_DATABASE", "sqlite:///"),
        ("COMPANION_DATABASE", "sqlite:///:memory:"),
        ("COMPANION_DATABASE", "postgresql://u:p@h:xx/d"),
        ("COMPANION_SEALING_KEY_FILE", "/nowhere/at/all"),
        ("COMPANION_PUSH_KEY_FILE", "/nowhere/at/all"),
        ("COMPANION_WORKER", "perhaps"),
        ("COMPANION_CONTACT", "operator@midwives.nl"),
        ("COMPANION_CONTACT", "mailto:"),
        ("COMPANION_CONTACT", "mailto:@midwives.nl"),
        ("COMPANION_CONTACT", "mailto:a@b@midwives.nl"),
        ("COMPANION_CONTACT", "mailto:operator@localhost"),
        ("COMPANION_CONTACT", "mailto:operator@example.com"),
        ("COMPANION_CONTACT", "mailto:operator@Companion.Example"),
        ("COMPANION_CONTACT", "mailto:operator@midwives.nl>"),
        ("COMPANION_CONTACT", "http://midwives.nl"),
        ("COMPANION_CONTACT", "https://[x"),
        ("COMPANION_CONTACT", "https://localhost"),
        ("COMPANION_CONTACT", "https://"),
        ("COMPANION_PUSH_SERVICES", ""),
        ("COMPANION_PUSH_SERVICES", "  "),
        ("COMPANION_PUSH_SERVICES", "*"),
        ("COMPANION_PUSH_SERVICES", "*.com"),
        ("COMPANION_PUSH_SERVICES", "localhost"),
        ("COMPANION_PUSH_SERVICES", "fcm.googleapis.com:443"),
        ("COMPANION_PUSH_SERVICES", "fcm.googleapis.com, web.push.apple.com"),
        ("COMPANION_PUSH_SERVICES", "push.*.apple.com"),
        ("COMPANION_PUSH_SERVICES", "http://push.midwives.nl"),
        ("COMPANION_PUSH_SERVICES", "https://push.midwives.nl/path"),
        ("COMPANION_PUSH_SERVICES", "https://push.midwives.nl:0"),
        ("COMPANION_PUSH_SERVICES", "https://[x"),
        ("COMPANION_PUSH_SERVICES", "https://"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_named(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name):
        read_config({name: value})


def test_a_push_service_is_told_whom_to_turn_to() -> None:
    written = {"COMPANION_CONTACT": "mailto:operator@midwives.nl"}
    at = {"COMPANION_ADDRESS": "https://companion.midwives.nl"}

    assert read_config(at | written).push_contact == "mailto:operator@midwives.nl"
    assert read_config(at).push_contact == "https://companion.midwives.nl"


def test_an_operators_own_push_service_can_be_named() -> None:
    for services in ("http://127.0.0.1:8080", "https://push.midwives.nl:8443 *.push.apple.com"):
        config = read_config({"COMPANION_PUSH_SERVICES": services})

        assert config.push_services == services


def test_an_address_is_kept_as_browsers_write_it() -> None:
    config = read_config({"COMPANION_ADDRESS": "https://Companion.Example:443/"})

    assert config.origin == "https://companion.example"


def test_a_setting_given_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"\xff\xfe")
    for given in (
        {"COMPANION_HOST": "127.0.0.1", "COMPANION_HOST_FILE": str(tmp_path / "key")},
        {"COMPANION_SEALING_KEY_FILE": str(tmp_path / "key")},
    ):
        with pytest.raises(BadSetting, match="COMPANION_"):
            read_config(given)


def test_the_password_of_a_database_is_never_repeated() -> None:
    with pytest.raises(BadSetting) as caught:
        read_config({"COMPANION_DATABASE": "mysql://root:secret@somewhere/x"})

    assert "secret" not in str(caught.value)


def test_a_secret_can_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("k1:abc\n", encoding="utf-8")

    config = read_config({"COMPANION_SEALING_KEY_FILE": str(tmp_path / "key")})

    assert config.sealing_key == "k1:abc"


def test_every_setting_is_in_the_readme() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    names = set(Config.__dataclass_fields__) - {"demo"}

    assert {name for name in names if f"COMPANION_{name.upper()}" not in readme} == set()
