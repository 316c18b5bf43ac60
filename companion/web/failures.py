"""What a person sees when it does not work: calm, in her language, what she typed still there."""

import logging
import secrets
from typing import Any

from litestar import Request, Response
from litestar.enums import MediaType
from litestar.exceptions import HTTPException, NotFoundException
from litestar.response import Redirect
from sqlalchemy.exc import DatabaseError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from companion.db import SAFE_METHODS
from companion.errors import Busy, FromElsewhere, NotFound, NotHers, NotSignedIn, Refusal
from companion.i18n import _
from companion.web.pages import draw, see_other
from companion.web.typed import provide_typed

log = logging.getLogger("companion")

AnyRequest = Request[Any, Any, Any]
TRY_AGAIN_SECONDS = "5"

# An error takes the page, not the place of the part that was asked for.
WHOLE_PAGE = {"HX-Retarget": "body", "HX-Reswap": "innerHTML"}

# What was typed is shown again, but for secrets and for what the form put there itself.
NOT_SHOWN = frozenset({"id", "back", "code", "by", "kept"})
PINS = frozenset({"pin", "pin_again", "pin_now"})  # on no page again, not even hidden


def _typed(request: AnyRequest) -> list[tuple[str, str]]:
    typed = provide_typed(request)
    return [(name, value) for name, value in typed if value.strip() and name not in PINS]


def _answer(request: AnyRequest, template: str, status: int, **context: Any) -> Response[str]:
    headers = {"Retry-After": TRY_AGAIN_SECONDS} if status == 503 else {}
    if request.headers.get("hx-request"):
        headers |= WHOLE_PAGE
    drawn = draw(request, f"errors/{template}.html", **context)
    return Response(drawn, status_code=status, media_type=MediaType.HTML, headers=headers)


def not_found(request: AnyRequest, problem: Exception) -> Response[str]:
    return _answer(request, "not_found", 404)


def not_signed_in(request: AnyRequest, problem: NotSignedIn) -> Response[str] | Redirect:
    # A part of a page, or its stream, is told so: it would take another page for its own.
    if request.method in SAFE_METHODS and not request.headers.get("hx-request"):
        return see_other("/welcome")
    return _answer(request, "signed_out", 401, typed=_typed(request), hidden=NOT_SHOWN)


def not_hers(request: AnyRequest, problem: NotHers) -> Response[str]:
    """What was typed is not shown: it is not hers to read."""
    return _answer(request, "not_hers", 409, typed=[], hidden=NOT_SHOWN)


def from_elsewhere(request: AnyRequest, problem: FromElsewhere) -> Response[str]:
    return _answer(request, "elsewhere", 403, typed=_typed(request), hidden=NOT_SHOWN)


def refused(request: AnyRequest, refusal: Refusal) -> Response[str]:
    typed = _typed(request)
    return _answer(request, "refused", 422, errors=refusal.errors, typed=typed, hidden=NOT_SHOWN)


def busy(request: AnyRequest, problem: Exception) -> Response[str]:
    """The database is locked, missing, read-only or away: nothing was saved, and we say so."""
    log.error("database: %s", problem)
    return _answer(request, "busy", 503, typed=_typed(request), hidden=NOT_SHOWN)


def broken(request: AnyRequest, problem: DatabaseError) -> Response[str]:
    """A database that is no database any more is busy to her; any other kind is our mistake."""
    return (busy if type(problem) is DatabaseError else failed)(request, problem)


def wrong_request(request: AnyRequest, problem: HTTPException) -> Response[str]:
    """A method that is not there, a body too large: no page of ours asks for it."""
    if problem.status_code in (404, 405):
        return not_found(request, problem)
    if problem.status_code >= 500:
        return failed(request, problem)
    said = {"": _("This is too long to send. Go back, make it shorter and send it again.")}
    errors = said if problem.status_code == 413 else {}
    typed = _typed(request)
    return _answer(
        request, "refused", problem.status_code, errors=errors, typed=typed, hidden=NOT_SHOWN
    )


def failed(request: AnyRequest, problem: Exception) -> Response[str]:
    """Our mistake. The log gets an id and where it happened, the page gets the id."""
    number = secrets.token_hex(4)
    log.error("%s %s failed [%s]", request.method, _route(request), number, exc_info=problem)
    typed = _typed(request)
    return _answer(request, "failed", 500, number=number, typed=typed, hidden=NOT_SHOWN)


def _route(request: AnyRequest) -> str:
    """The route's pattern, since an address may hold an invitation's code."""
    handler = request.scope.get("route_handler")
    return next(iter(sorted(handler.paths)), "?") if handler else "?"


HANDLERS: dict[Any, Any] = {
    NotFound: not_found,
    NotFoundException: not_found,
    NotSignedIn: not_signed_in,
    FromElsewhere: from_elsewhere,
    NotHers: not_hers,
    Refusal: refused,
    OperationalError: busy,
    InterfaceError: busy,
    InternalError: busy,  # PostgreSQL: a read-only transaction
    Busy: busy,
    PoolTimeout: busy,
    DatabaseError: broken,
    HTTPException: wrong_request,
    Exception: failed,
}
