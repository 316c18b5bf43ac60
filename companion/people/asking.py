"""Who is asking: from the cookie to a Reader, once per request."""

import logging
from typing import Any

from litestar import Request
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from litestar.response import Redirect
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from companion.config import Config
from companion.db import SAFE_METHODS
from companion.errors import NotFound, NotSignedIn
from companion.people import sign_ins
from companion.people.models import Person
from companion.people.reader import Reader
from companion.web.pages import LANGUAGE_COOKIE, see_other
from companion.web.params import Database

log = logging.getLogger(__name__)

Visitor = NamedDependency[SkipValidation[Reader | None]]
SignedIn = NamedDependency[SkipValidation[Reader]]


def provide_visitor(request: Request[Any, Any, Any], db: Database) -> Reader | None:
    """Who is signed in on this device, if anybody."""
    config: Config = request.app.state.config
    token = request.cookies.get(config.sign_in_cookie)
    found = sign_ins.find(db, token) if token else None
    if found is None:
        return None
    reader, is_time_to_note = found
    request.scope["reader"] = reader  # type: ignore[typeddict-unknown-key]
    if is_time_to_note:
        _note_seen(request, db, reader)
    return reader


def _note_seen(request: Request[Any, Any, Any], db: Session, reader: Reader) -> None:
    if request.method not in SAFE_METHODS:
        sign_ins.note_seen(db, reader.sign_in_id)
        return
    try:
        with request.app.state.database.writing.begin() as writing:
            sign_ins.note_seen(writing, reader.sign_in_id)
    except OperationalError as problem:
        # A busy database must not cost her the page; the next visit notes it.
        log.warning("last visit not noted: %s", problem)


def provide_reader(visitor: Visitor) -> Reader:
    """The person signed in. Raises NotSignedIn."""
    if visitor is None:
        raise NotSignedIn
    return visitor


def provide_coordinator(reader: SignedIn) -> Reader:
    """A coordinator; to everybody else the address does not exist."""
    if not reader.is_coordinator:
        raise NotFound
    return reader


def sign_in_here(request: Request[Any, Any, Any], db: Session, person: Person, to: str) -> Redirect:
    """Sign this device in as a person and go on."""
    token = sign_ins.sign_in(
        db, person, sign_ins.device_name(request.headers.get("user-agent", ""))
    )
    config: Config = request.app.state.config
    answer = see_other(to)
    answer.set_cookie(
        config.sign_in_cookie,
        token,
        max_age=int(sign_ins.LIFETIME.total_seconds()),
        path="/",
        secure=config.is_https,
        httponly=True,
        samesite="lax",
    )
    return answer


def forget_here(request: Request[Any, Any, Any], to: str) -> Redirect:
    """Take the cookies back; the row was revoked before."""
    config: Config = request.app.state.config
    answer = see_other(to)
    for name in (config.sign_in_cookie, LANGUAGE_COOKIE):
        answer.set_cookie(
            name, "", max_age=0, path="/", secure=config.is_https, httponly=True, samesite="lax"
        )
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer
