"""Who is asking: from the cookie to a Reader, once per request."""

import logging
from collections.abc import Callable, Mapping, Set
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.params import SkipValidation
from litestar.response import Redirect
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from companion.config import Config
from companion.db import Database
from companion.errors import Busy, NotFound, NotHers, NotSignedIn
from companion.people import sign_ins
from companion.people.models import Person
from companion.people.reader import Reader, marks_of
from companion.web.pages import LANGUAGE_COOKIE, see_other
from companion.web.typed import Typed

log = logging.getLogger(__name__)

Asides = Mapping[str, Callable[[Session, Reader], Any]]
Visitor = NamedDependency[SkipValidation[Reader | None]]
SignedIn = NamedDependency[SkipValidation[Reader]]

READERS = frozenset({"reader", "translator", "coordinator"})
FOR_TRANSLATORS = {"is_for_translators": True}


async def know_reader(
    connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
) -> None:
    """A guard on every route: who is signed in on this device, and whether the handler needs it.

    A handler says what it needs by its parameters: `coordinator` a coordinator, `translator`
    whoever translates for a pilot, `reader` somebody. A translator sees the words and nothing of
    the groups: she is such a somebody only where the handler says so (`FOR_TRANSLATORS`).
    Raises NotSignedIn, NotFound.
    """
    if not isinstance(connection, Request) or handler.opt.get("is_static"):
        return
    reader = await _find_reader(connection, asides=_has_asides(connection, handler))
    connection.scope["reader"] = reader  # type: ignore[typeddict-unknown-key]
    needed = handler.parsed_fn_signature.parameters.keys() & READERS
    if reader is None and needed:
        raise NotSignedIn
    if reader and not _may(reader, needed, handler):
        raise NotFound


def _may(reader: Reader, needed: Set[str], handler: BaseRouteHandler) -> bool:
    if "coordinator" in needed:
        return reader.is_coordinator
    if "translator" in needed:
        return reader.translates
    if "reader" in needed:
        return not reader.is_translator or bool(handler.opt.get("is_for_translators"))
    return True


def written_by_herself(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """A guard on every route, after `know_reader`: a form that one person filled in is never saved
    as another's, whoever is signed in by the time it comes. Raises NotHers."""
    typed: Typed = connection.scope.get("typed", Typed())  # type: ignore[assignment]
    reader: Reader | None = connection.scope.get("reader")  # type: ignore[assignment]
    by = typed.get("by")
    if by and reader and by not in marks_of(reader.id):
        raise NotHers


def _has_asides(request: Request[Any, Any, Any], handler: BaseRouteHandler) -> bool:
    """A part of a page says nothing beside its own matter, nor does a handler that says so."""
    is_part = request.headers.get("hx-request") == "true"
    return not is_part and bool(handler.opt.get("has_asides", True))


async def _find_reader(request: Request[Any, Any, Any], *, asides: bool) -> Reader | None:
    """Who asks; and in the same look what every answer to her needs (the application's `always`: a
    name, and what finds it), and what every page of hers says beside its own matter (`asides`)."""
    config: Config = request.app.state.config
    database: Database = request.app.state.database
    state = request.app.state
    finders: Asides = {**state.always, **(state.asides if asides else {})}
    token = request.cookies.get(config.sign_in_cookie, "")

    def look(db: Session) -> tuple[Reader, bool] | None:
        found = sign_ins.find(db, token)
        for name, find in finders.items() if found else ():
            request.scope[name] = find(db, found[0])  # type: ignore
        return found

    found = await database.read(look) if token else None
    if found is None:
        return None
    reader, is_time_to_note = found
    if is_time_to_note:
        await _note_seen(database, reader)
    return reader


async def _note_seen(database: Database, reader: Reader) -> None:
    try:
        await database.write(lambda db: sign_ins.note_seen(db, reader.sign_in_id))
    except (OperationalError, Busy) as problem:
        # A busy database must not cost her the page; the next visit notes it.
        log.warning("last visit not noted: %s", problem)


def provide_visitor(request: Request[Any, Any, Any]) -> Reader | None:
    """Whom `know_reader` found, if anybody."""
    reader: Reader | None = request.scope.get("reader")  # type: ignore[assignment]
    return reader


def provide_reader(visitor: Visitor) -> Reader | None:
    """The person signed in: `know_reader` has seen to it that there is one."""
    return visitor


def provide_coordinator(visitor: Visitor) -> Reader | None:
    """The coordinator signed in: `know_reader` has seen to that too."""
    return visitor


def provide_translator(visitor: Visitor) -> Reader | None:
    """Whoever translates: that as well."""
    return visitor


def sign_in_here(request: Request[Any, Any, Any], db: Session, person: Person, to: str) -> Redirect:
    """Sign this device in as a person and go on; whoever was signed in on it no longer is."""
    before: Reader | None = request.scope.get("reader")  # type: ignore[assignment]
    if before:
        sign_ins.end(db, before)
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
    remember_language(answer, config, person.language)
    return answer


def remember_language(answer: Redirect, config: Config, code: str) -> None:
    """Pages that know nobody, an unknown address say, speak this browser's language too."""
    answer.set_cookie(
        LANGUAGE_COOKIE,
        code,
        max_age=int(sign_ins.LIFETIME.total_seconds()),
        path="/",
        secure=config.is_https,
        httponly=True,
        samesite="lax",
    )


def forget_here(request: Request[Any, Any, Any], to: str, *, waits: bool = False) -> Redirect:
    """Take the cookies back; the row was revoked before. With `waits`, what she wrote without a
    line stays on the phone, sealed; the next page takes away the rest."""
    config: Config = request.app.state.config
    answer = see_other(to)
    for name in (config.sign_in_cookie, LANGUAGE_COOKIE):
        answer.set_cookie(
            name, "", max_age=0, path="/", secure=config.is_https, httponly=True, samesite="lax"
        )
    answer.headers["Clear-Site-Data"] = '"cache"' if waits else '"cache", "storage"'
    return answer
