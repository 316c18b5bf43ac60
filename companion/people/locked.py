"""What a locked device shows, whatever it was asked: nothing of hers.

The status is 401: every script of ours stops there and asks her, and sends again what it has."""

from typing import Any
from urllib.parse import urlsplit

from litestar import Request, Response
from litestar.enums import MediaType, RequestEncodingType
from litestar.response import Redirect

from companion.db import SAFE_METHODS
from companion.errors import Locked
from companion.i18n import Sentence
from companion.people import waking
from companion.people.asking import forget_with, provide_holder
from companion.people.keeping import Kept
from companion.people.reader import Reader
from companion.people.trying import say_wait, seconds_left
from companion.web.failures import WHOLE_PAGE
from companion.web.pages import draw, own_path, see_other
from companion.web.typed import provide_typed

AnyRequest = Request[Any, Any, Any]


def show_lock(request: AnyRequest, problem: Locked) -> Response[str] | Redirect:
    """In place of the page that was asked for; its address stays, and so does what was sent."""
    if waking.is_start(request):
        # Without the mark of a start in the browser's history: going back is not opening anew.
        waking.put_to_sleep(request)
        return see_other("/")
    holder = provide_holder(request)
    assert holder
    if holder.lock is None:
        return see_other("/lock")
    seconds = seconds_left(holder.lock.waits_until)
    errors = {"pin_now": say_wait(seconds)} if seconds else {}
    kept = _kept(request, holder)
    is_lost = request.method not in SAFE_METHODS and not kept
    return lock_page(request, _back(request), kept, errors, status=401, is_lost=is_lost)


def lock_page(
    request: AnyRequest,
    back: str,
    kept: str,
    errors: dict[str, Sentence],
    *,
    status: int,
    is_lost: bool = False,
) -> Response[str]:
    headers = WHOLE_PAGE if request.headers.get("hx-request") else {}
    found: Any = request.scope.get("neighbours", (None, []))
    who, others = found
    drawn = draw(request, "people/locked.html", back=back, kept=kept, errors=errors,
                 is_lost=is_lost, who=who, others=others)  # fmt: skip
    return Response(drawn, status_code=status, media_type=MediaType.HTML, headers=headers)


def over_page(request: AnyRequest) -> Response[str]:
    """She was signed out here, because of too many wrong PINs."""
    request.scope["reader"] = None  # type: ignore[typeddict-unknown-key]
    drawn = draw(request, "people/over.html")
    answer = Response(drawn, status_code=401, media_type=MediaType.HTML)
    forget_with(request, answer)
    return answer


def _kept(request: AnyRequest, holder: Reader) -> str:
    """What was sent, sealed; nothing where it is a file, or about the lock and holds a PIN."""
    path, is_file = request.url.path, request.content_type[0] == RequestEncodingType.MULTI_PART
    if request.method in SAFE_METHODS or is_file or path.startswith("/lock"):
        return ""
    query = f"?{request.url.query}" if request.url.query else ""
    return Kept(f"{path}{query}", tuple(provide_typed(request))).sealed(holder)


def _back(request: AnyRequest) -> str:
    """The page she was on, where her PIN leads back to."""
    is_page = request.method in SAFE_METHODS and not request.headers.get("hx-request")
    came_from = request.headers.get("hx-current-url") or request.headers.get("referer") or "/"
    try:
        parts = urlsplit(str(request.url) if is_page else came_from)
    except ValueError:
        return "/"
    query = f"?{parts.query}" if parts.query and parts.path != "/" else ""
    return own_path(f"{parts.path}{query}")
