"""The settings, read once from the environment. What is unknown or malformed stops the start."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

PREFIX = "COMPANION_"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
PUSH_SERVICES = (
    "fcm.googleapis.com *.push.apple.com updates.push.services.mozilla.com *.notify.windows.com"
)
_HOST = re.compile(r"(\*\.)?([a-z0-9-]+\.)+[a-z0-9-]+")
# Nobody can be reached there, and Apple's push service refuses whoever says so (403).
_NOWHERE = re.compile(r"(^|\.)(localhost|local|test|invalid|example(\.(com|net|org))?)$")


class BadSetting(Exception):
    """A setting that cannot be meant; the sentence names it."""


@dataclass(frozen=True)
class Config:
    """Each field is the setting COMPANION_<NAME>; COMPANION_<NAME>_FILE reads it from a file."""

    data: str = "companion-data"
    """The folder for the database file and the keys."""
    database: str = ""
    """A database address; without one, a SQLite file in the data folder."""
    sealing_key: str = ""
    """The keys for sealed columns, `id:base64` each, newest first; else DATA/sealing.key."""
    bus: str = ""
    """How several processes tell each other what is new: postgresql://… or redis://…"""
    push_key: str = ""
    """The key that phones subscribe for, 32 bytes as base64url; else DATA/push.key."""
    push_services: str = PUSH_SERVICES
    """The push services that phones may be rung through: host names, or whole origins."""
    contact: str = ""
    """Whom a push service turns to: mailto:… or https://…; else ADDRESS."""
    worker: bool = True
    """Whether `serve` sends reminders and does the chores: yes or no (`companion worker`)."""
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
    def push_contact(self) -> str:
        """RFC 8292, 2.1: a URI at which the operator can be reached."""
        return self.contact or (self.origin if self.is_https else "https://localhost")

    @property
    def is_https(self) -> bool:
        return self.origin.startswith("https://")

    @property
    def sign_in_cookie(self) -> str:
        """`__Host-` binds a cookie to this host alone, and browsers take it over https only."""
        return self._cookie("sign-in")

    @property
    def awake_cookie(self) -> str:
        """When she last used this device."""
        return self._cookie("awake")

    @property
    def beside_cookie(self) -> str:
        """Who else is signed in on this device."""
        return self._cookie("beside")

    def _cookie(self, name: str) -> str:
        return f"__Host-{name}" if self.is_https else name


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
        if target not in names:
            raise BadSetting(f"{PREFIX}{name.upper()} is not a setting of Companion.")
        if target in values:
            raise BadSetting(f"{PREFIX}{target.upper()} is given twice, once as a file.")
        text = value if name == target else _from_file(name, value)
        values[target] = _typed(target, text)
    return _checked(replace(Config(), **values))  # type: ignore[arg-type]


def _from_file(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise BadSetting(f"{PREFIX}{name.upper()}: {path} cannot be read as a text.") from None


def _typed(name: str, text: str) -> object:
    if name == "port":
        return port(text, f"{PREFIX}PORT")
    if name in ("drafts", "worker"):
        if text not in ("yes", "no"):
            raise BadSetting(f"{PREFIX}{name.upper()} must be yes or no, not {text!r}.")
        return text == "yes"
    return text


def port(text: str, name: str) -> int:
    """A port number from 1 to 65535. Raises BadSetting."""
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and 0 < int(text) < 65536):
        raise BadSetting(f"{name} must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def _checked(config: Config) -> Config:
    for name in ("data", "host"):
        if not getattr(config, name):
            raise BadSetting(f"{PREFIX}{name.upper()} must not be empty.")
    _check_database(config.database)
    _check_bus(config.bus)
    _check_contact(config.contact)
    _check_push_services(config.push_services)
    _web_address("leave_to", config.leave_to)
    if not config.address:
        return config
    parts = _web_address("address", config.address)
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise BadSetting(f"{PREFIX}ADDRESS must begin with https:// (http is for this machine).")
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise BadSetting(f"{PREFIX}ADDRESS must be a bare address, like https://companion.example.")
    # As browsers write it in their Origin header, so that the two can be compared.
    usual = {"http": ":80", "https": ":443"}[parts.scheme]
    host = parts.netloc.lower().removesuffix(usual)
    return replace(config, address=f"{parts.scheme}://{host}")


def _web_address(name: str, value: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        is_good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_good = False
    if not is_good:
        raise BadSetting(f"{PREFIX}{name.upper()} must be a web address, not {value!r}.")
    return parts


def _check_bus(address: str) -> None:
    """It may hold a password, and is not repeated."""
    if not address:
        return
    kind = address.partition("://")[0]
    if kind not in ("postgresql", "redis", "rediss"):
        raise BadSetting(f"{PREFIX}BUS must begin with postgresql:// or redis://.")
    if kind != "postgresql" and find_spec("redis") is None:
        raise BadSetting(f"{PREFIX}BUS needs the package redis: pip install 'companion[redis]'.")


def is_reachable(contact: str) -> bool:
    """Whether somebody can really be reached there: mailto:… or https:…, of a real domain."""
    scheme, _, rest = contact.partition(":")
    try:
        host = rest.rpartition("@")[2] if scheme == "mailto" else urlsplit(contact).hostname or ""
    except ValueError:
        return False
    is_mail = scheme == "mailto" and rest.count("@") == 1 and not rest.startswith("@")
    is_name = _HOST.fullmatch(host.lower()) and not _NOWHERE.search(host.lower())
    return bool(is_name) and (is_mail or scheme == "https")


def _check_contact(contact: str) -> None:
    if contact and not is_reachable(contact):
        raise BadSetting(
            f"{PREFIX}CONTACT must be mailto:somebody@a.domain or https://a.domain that is really "
            f"yours, not {contact!r}."
        )


def _check_push_services(services: str) -> None:
    """Host names, `*.` for all below one; or whole origins, http only on this machine."""
    for each in services.split():
        try:
            parts = urlsplit(each)
            bare = parts._replace(path="", query="", fragment="").geturl() == each
            is_safe = parts.scheme == "https" or parts.hostname in LOOPBACK
            is_origin = bool(parts.hostname) and bare and is_safe and parts.port != 0
        except ValueError:
            is_origin = False
        if not (is_origin if "://" in each else _HOST.fullmatch(each)):
            raise BadSetting(f"{PREFIX}PUSH_SERVICES: {each!r} is neither a host nor an origin.")
    if not services.split():
        raise BadSetting(f"{PREFIX}PUSH_SERVICES must not be empty.")


def _check_database(address: str) -> None:
    """An address we know how to open. It is not repeated: it may hold a password."""
    if not address:
        return
    kind, _, rest = address.partition(":///" if address.startswith("sqlite") else "://")
    if kind not in ("sqlite", "postgresql", "postgresql+psycopg"):
        raise BadSetting(f"{PREFIX}DATABASE must begin with sqlite:/// or postgresql://.")
    try:
        make_url(address)
    except (ArgumentError, ValueError):
        raise BadSetting(f"{PREFIX}DATABASE is not an address that can be read.") from None
    if (kind == "sqlite" and rest.startswith((":memory:", "?", "file:"))) or not rest:
        raise BadSetting(f"{PREFIX}DATABASE must name a file or a server.")
