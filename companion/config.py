"""The settings, read once from the environment. What is unknown or malformed stops the start."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from urllib.parse import urlsplit

PREFIX = "COMPANION_"


class BadSetting(Exception):
    """A setting that cannot be meant; the sentence names it."""


@dataclass(frozen=True)
class Config:
    """Each field is the setting COMPANION_<NAME>; COMPANION_<NAME>_FILE reads it from a file."""

    data: str = "companion-data"
    """The folder for the database file and the sealing key."""
    database: str = ""
    """A database address; without one, a SQLite file in the data folder."""
    sealing_key: str = ""
    """The keys for sealed columns, `id:base64` each, newest first; else DATA/sealing.key."""
    host: str = "127.0.0.1"
    """The address to listen on."""
    port: int = 8000
    """The port to listen on."""
    address: str = ""
    """The public address people type, e.g. https://companion.example; else http://HOST:PORT."""
    drafts: bool = True
    """Whether translations that nobody has reviewed yet are shown (and marked): yes or no."""
    leave_to: str = "https://www.wikipedia.org/"
    """The neutral page that Leave quickly goes to."""
    demo: bool = False
    """Set by `companion demo`: sign-in links for an invented cast."""

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{Path(self.data).resolve() / 'companion.db'}"

    @property
    def origin(self) -> str:
        return (self.address or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def is_https(self) -> bool:
        return self.origin.startswith("https://")

    @property
    def sign_in_cookie(self) -> str:
        """`__Host-` binds a cookie to this host alone, and browsers take it over https only."""
        return "__Host-sign-in" if self.is_https else "sign-in"


def read_config(environment: Mapping[str, str] | None = None) -> Config:
    """The settings as the environment has them. Raises BadSetting."""
    given = {
        name[len(PREFIX) :].lower(): value
        for name, value in (os.environ if environment is None else environment).items()
        if name.startswith(PREFIX)
    }
    names = {field.name for field in fields(Config)} - {"demo"}
    values: dict[str, object] = {}
    for name, value in given.items():
        target = name.removesuffix("_file")
        if target not in names or (name == "data_file"):
            raise BadSetting(f"{PREFIX}{name.upper()} is not a setting of Companion.")
        text = value if name == target else _from_file(name, value)
        values[target] = _typed(target, text)
    return _checked(replace(Config(), **values))  # type: ignore[arg-type]


def _from_file(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as problem:
        raise BadSetting(
            f"{PREFIX}{name.upper()}: cannot read {path} ({problem.strerror})."
        ) from None


def _typed(name: str, text: str) -> object:
    if name == "port":
        if not text.isdecimal() or not 0 < int(text) < 65536:
            raise BadSetting(f"{PREFIX}PORT must be a number from 1 to 65535, not {text!r}.")
        return int(text)
    if name == "drafts":
        if text not in ("yes", "no"):
            raise BadSetting(f"{PREFIX}DRAFTS must be yes or no, not {text!r}.")
        return text == "yes"
    return text


def _checked(config: Config) -> Config:
    for name in ("address", "leave_to"):
        value = getattr(config, name)
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.hostname):
            raise BadSetting(f"{PREFIX}{name.upper()} must be a web address, not {value!r}.")
    kinds = ("sqlite:///", "postgresql://", "postgresql+psycopg://")
    if config.database and not config.database.startswith(kinds):
        # The address is not repeated: it may hold a password.
        raise BadSetting(f"{PREFIX}DATABASE must begin with sqlite:/// or postgresql://.")
    if not config.data:
        raise BadSetting(f"{PREFIX}DATA must name a folder.")
    return config
