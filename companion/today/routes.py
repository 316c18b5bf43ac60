"""Today, for each as what she is here; who to call; and a call that was made."""

from collections import defaultdict

from litestar import Response, Router
from litestar.response import Redirect

from companion import clock
from companion.chat.reports import waiting
from companion.people.asking import WHILE_LOCKED, SignedIn, Visitor, behind_the_lock
from companion.today import glances, reading_routes
from companion.today.actions import greeting, today_of
from companion.today.card import CARD, card_of, kept
from companion.web.pages import page, see_other, words_of
from companion.web.params import AnyRequest, Database, Id
from companion.web.routing import get, post


@get("/")
def show_today(request: AnyRequest, db: Database, visitor: Visitor) -> Response[str] | Redirect:
    if visitor is None:
        return see_other("/welcome")
    if visitor.is_translator:
        return see_other("/words")
    hello = greeting(visitor.name, clock.now(), visitor.zone)
    if visitor.is_coordinator:
        groups = glances.overviews(db, visitor)
        return page(request, "today/coordinator.html", greeting=hello, groups=groups)
    if visitor.is_staff:
        own, calls = glances.glances(db, visitor), glances.calls(db, visitor)
        reports = waiting(db, visitor)
        return page(
            request,
            "today/facilitator.html",
            greeting=hello,
            groups=own,
            calls=calls,
            reports=defaultdict(int, reports),
        )
    return page(request, "today/today.html", greeting=hello, today=today_of(db, visitor))


@get("/call", opt={**WHILE_LOCKED, "has_asides": False})
def show_call(request: AnyRequest, db: Database, visitor: Visitor) -> Response[str] | Redirect:
    """Her own card. It says nothing beside its own matter, since a phone keeps it."""
    if visitor is None:
        locked = behind_the_lock(request)
        return see_other(f"/call/{locked.pilot}" if locked else "/countries")
    return page(request, CARD, **card_of(db, visitor, words_of(request)))


@get("/kept", opt={**WHILE_LOCKED, "has_asides": False})
def list_kept(request: AnyRequest, db: Database, visitor: Visitor) -> Response[dict[str, str]]:
    """What her phone keeps for when there is no line. Where nobody is signed in, it keeps nothing:
    the phone is told so plainly, not led to another page. While it is locked, it keeps what it has:
    whom to call is there all the same."""
    if visitor is None:
        return Response({}, status_code=423 if behind_the_lock(request) else 401)
    headers = {"Cache-Control": "private, no-store"}
    return Response(kept(request, db, visitor), headers=headers)


@post("/calls/{journey_id:uuid}/answers")
def note_called(db: Database, reader: SignedIn, journey_id: Id) -> Redirect:
    glances.note_called(db, reader, journey_id)
    return see_other("/")


router = Router(
    "/",
    route_handlers=[show_today, show_call, list_kept, note_called, *reading_routes.HANDLERS],
)
