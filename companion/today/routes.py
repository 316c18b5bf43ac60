"""Today, for each as what she is here; who to call; and a call that was made."""

from collections import defaultdict

from litestar import Response, Router
from litestar.response import Redirect

from companion import clock
from companion.chat.reports import waiting
from companion.groups.actions import own_numbers
from companion.people.asking import WHILE_LOCKED, SignedIn, Visitor, behind_the_lock
from companion.pilots.pack import general_signs, pilot
from companion.sessions.sparing import is_spared
from companion.today import glances
from companion.today.actions import greeting, today_of
from companion.web.pages import page, see_other, words_of
from companion.web.params import AnyRequest, Database, Id, SignsHeard
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


@get("/call", opt=WHILE_LOCKED)
def show_call(
    request: AnyRequest, db: Database, visitor: Visitor, signs_heard: SignsHeard
) -> Response[str] | Redirect:
    """Her own card: her group's and site's numbers first, and the danger signs that are for her."""
    if visitor is None:
        locked = behind_the_lock(request)
        return see_other(f"/call/{locked.pilot}" if locked else "/countries")
    own = pilot(visitor.pilot)
    return page(
        request,
        "pilots/call.html",
        pilot=own,
        own=own_numbers(db, visitor),
        signs=(general_signs(),) if is_spared(db, visitor) else own.danger_signs,
        heard=signs_heard(own.code, words_of(request)),
    )


@post("/calls/{journey_id:uuid}/answers")
def note_called(db: Database, reader: SignedIn, journey_id: Id) -> Redirect:
    glances.note_called(db, reader, journey_id)
    return see_other("/")


router = Router("/", route_handlers=[show_today, show_call, note_called])
