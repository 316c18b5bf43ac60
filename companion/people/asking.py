"""Who is asking: from the cookie to a Reader, once per request."""

import logging
from collections.abc import Callable, Mapping, Set
from typing import Any

from litestar import Request, Response
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.params import SkipValidation
from litestar.response import Redirect
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from companion.config import Config
from companion.db import Database
from companion.errors import Busy, Locked, NotFound, NotHers, NotSignedIn
from companion.people import neighbours, sign_ins, waking
from companion.people.models import Person
from companion.people.reader import Reader, marks_of
from companion.web.pages import LANGUAGE_COOKIE, see_other
from companion.web.typed import Typed

log = logging.getLogger(__name__)

Asides = Mapping[str, Callable[[Session, Reader], Any]]
Visitor = NamedDependency[SkipValidation[Reader | None]]
SignedIn = NamedDependency[SkipValidation[Reader]]
Holder = NamedDependency[SkipValidation[Reader]]

READERS = frozenset({"reader", "translator", "coordinator", "holder"})
ASKED_AS_HERSELF = frozenset({"reader", "holder"})
WHILE_LOCKED = {"is_open_while_locked": True}
"""What a handler says that a locked device may ask, as if nobody were signed in."""
FOR_TRANSLATORS = {"is_for_translators": True}


async def know_reader(
    connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
) -> None:
    """A guard on every route: who is signed in on this device, and whether the handler needs it.

    A handler says what it needs by its parameters: `coordinator` a coordinator, `translator`
    whoever translates for a pilot, `reader` somebody, `holder` somebody who may be locked out. A
    translator sees the words and nothing of the groups: she is such a somebody only where the
    handler says so (`FOR_TRANSLATORS`). While the device is locked, no page knows a reader.
    Raises NotSignedIn, Locked, NotFound.
    """
    if not isinstance(connection, Request) or handler.opt.get("is_static"):
        return
    holder = await _find_holder(connection, asides=_has_asides(connection, handler))
    is_locked = holder is not None and waking.is_locked(connection, holder)
    connection.scope["holder"] = holder  # type: ignore[typeddict-unknown-key]
    connection.scope["reader"] = None if is_locked else holder  # type: ignore[typeddict-unknown-key]
    needed = handler.parsed_fn_signature.parameters.keys() & READERS
    if holder is None and needed:
        raise NotSignedIn
    if is_locked and not ("holder" in needed or handler.opt.get("is_open_while_locked")):
        raise Locked
    if holder and not _may(holder, needed, handler):
        raise NotFound
    if holder and not is_locked and not handler.opt.get("is_background"):
        waking.note_use(connection, holder)


def _may(reader: Reader, needed: Set[str], handler: BaseRouteHandler) -> bool:
    if "coordinator" in needed:
        return reader.is_coordinator
    if "translator" in needed:
        return reader.translates
    if needed & ASKED_AS_HERSELF:
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


async def _find_holder(request: Request[Any, Any, Any], *, asides: bool) -> Reader | None:
    """Who asks; and in the same look what every answer to her needs (the application's `always`: a
    name, and what finds it), and what every page of hers says beside its own matter (`asides`)."""
    config: Config = request.app.state.config
    database: Database = request.app.state.database
    state = request.app.state
    token = request.cookies.get(config.sign_in_cookie, "")

    def look(db: Session) -> tuple[Reader, bool] | None:
        found = sign_ins.find(db, token)
        if found is None:
            return None
        is_locked = waking.is_locked(request, found[0])
        has_asides = asides and not is_locked
        finders: Asides = {**state.always, **(state.asides if has_asides else {})}
        for name, find in finders.items():
            request.scope[name] = find(db, found[0])  # type: ignore[literal-required]
        if is_locked:
            request.scope["neighbours"] = _neighbours(db, request, found[0])  # type: ignore
        return found

    found = await database.read(look) if token else None
    if found is None:
        return None
    reader, is_time_to_note = found
    if is_time_to_note:
        await _note_seen(database, reader)
    return reader


def _neighbours(db: Session, request: Request[Any, Any, Any], holder: Reader) -> Any:
    """Whose PIN the lock asks, and who else may come; nobody where the device is hers alone."""
    others = neighbours.beside(db, request)
    return (neighbours.of(db, holder), others) if others else (None, [])


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


def provide_holder(request: Request[Any, Any, Any]) -> Reader | None:
    """The person signed in, whether or not the device is locked: for what is done at the lock."""
    holder: Reader | None = request.scope.get("holder")  # type: ignore[assignment]
    return holder


def provide_reader(visitor: Visitor) -> Reader | None:
    """The person signed in: `know_reader` has seen to it that there is one."""
    return visitor


def provide_coordinator(visitor: Visitor) -> Reader | None:
    """The coordinator signed in: `know_reader` has seen to that too."""
    return visitor


def provide_translator(visitor: Visitor) -> Reader | None:
    """Whoever translates: that as well."""
    return visitor


def behind_the_lock(request: Request[Any, Any, Any]) -> Reader | None:
    """Whom this device is locked for, on a page that does not know her."""
    return provide_holder(request) if provide_visitor(request) is None else None


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
    answer = see_other(to)
    forget_with(request, answer, waits=waits)
    return answer


def forget_with(
    request: Request[Any, Any, Any], answer: Response[Any], *, waits: bool = False
) -> None:
    """With this answer, nothing of hers is left in the browser."""
    config: Config = request.app.state.config
    for name in (config.sign_in_cookie, LANGUAGE_COOKIE):
        answer.set_cookie(
            name, "", max_age=0, path="/", secure=config.is_https, httponly=True, samesite="lax"
        )
    waking.put_to_sleep(request)
    answer.headers["Clear-Site-Data"] = '"cache"' if waits else '"cache", "storage"'
