"""How Companion shows on her phone: under which name and picture, and on the home screen."""

from litestar import Response
from litestar.response import Redirect

from companion.errors import Refusal
from companion.people import actions
from companion.people.asking import SignedIn, Visitor
from companion.web import coach
from companion.web.looks import LOOKS
from companion.web.pages import page, see_other
from companion.web.params import AnyRequest, Database, Form
from companion.web.routing import get, post


@get("/discreet")
def show_discreet(request: AnyRequest, visitor: Visitor) -> Response[str]:
    """What can be done when somebody looks at her phone, and what it cannot do."""
    is_saved = request.query_params.get("saved") == "yes"
    return page(request, "people/discreet.html", looks=LOOKS, is_saved=is_saved, errors={})


@post("/discreet")
def choose_look(
    request: AnyRequest, db: Database, reader: SignedIn, typed: Form
) -> Response[str] | Redirect:
    try:
        actions.choose_look(db, reader, typed.get("look"))
    except Refusal as refusal:
        return page(
            request,
            "people/discreet.html",
            status=422,
            looks=LOOKS,
            is_saved=False,
            errors=refusal.errors,
        )
    return see_other("/discreet?saved=yes#look")


@get("/home-screen")
def show_home_screen(request: AnyRequest, reader: SignedIn) -> Response[str]:
    """How to put Companion there, in this browser and in others: the page alone speaks of it, and
    no other page asks anybody to."""
    steps = {each: coach.STEPS[each].install for each in coach.BROWSERS}
    here = coach.ways(request.headers.get("user-agent", ""))
    return page(
        request,
        "people/home_screen.html",
        names=coach.BROWSERS,
        steps=steps,
        ways=[each for each in steps if each in here],
        others=[each for each in steps if each not in here],
    )


HANDLERS = (show_discreet, choose_look, show_home_screen)
