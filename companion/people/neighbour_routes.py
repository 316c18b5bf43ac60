"""Several people on one phone: who they are, somebody new, and whose turn it is."""

from litestar import Response
from litestar.response import Redirect
from sqlalchemy.orm import Session

from companion.errors import Refusal
from companion.i18n import Sentence, language
from companion.people import neighbours, waking
from companion.people.asking import (
    WHILE_LOCKED,
    SignedIn,
    Visitor,
    provide_holder,
    remember_language,
)
from companion.people.reader import Reader
from companion.web.pages import page, see_other
from companion.web.params import AnyRequest, Database, Form
from companion.web.routing import get, post


@get("/shared")
def show_shared(request: AnyRequest, db: Database, reader: SignedIn) -> Response[str]:
    return _shared(request, db, reader, neighbours.of(db, reader).known_as, {})


@post("/shared")
def choose_shared_name(
    request: AnyRequest, db: Database, reader: SignedIn, typed: Form
) -> Response[str] | Redirect:
    name = typed.get("name")
    try:
        neighbours.choose_name(db, reader, name)
    except Refusal as refusal:
        return _shared(request, db, reader, name, refusal.errors)
    return see_other("/shared")


@post("/shared/people")
def make_room(request: AnyRequest, db: Database, reader: SignedIn) -> Response[str] | Redirect:
    """She gives the phone to somebody new; her own sign-in waits, locked."""
    if reader.lock is None:
        return see_other("/lock")
    answer = see_other("/welcome")
    try:
        neighbours.move_aside(request, neighbours.beside(db, request), answer)
    except Refusal as refusal:
        known_as = neighbours.of(db, reader).known_as
        return _shared(request, db, reader, known_as, refusal.errors)
    waking.put_to_sleep(request)
    return answer


@post("/shared/turns", opt=WHILE_LOCKED)
def take_turn(request: AnyRequest, db: Database, visitor: Visitor, typed: Form) -> Redirect:
    """The phone is locked for the other one, whose PIN it asks."""
    others = neighbours.beside(db, request)
    chosen = neighbours.one_of(others, typed.get("turn"))
    holder = provide_holder(request)
    if holder and holder.lock is None:
        return see_other("/lock")  # nothing of hers may lie open while another uses it
    answer = see_other("/")
    neighbours.switch(request, others, chosen, answer)
    remember_language(answer, request.app.state.config, language(chosen.language).code)
    waking.put_to_sleep(request)
    return answer


def _shared(
    request: AnyRequest, db: Session, reader: Reader, name: str, errors: dict[str, Sentence]
) -> Response[str]:
    others = neighbours.beside(db, request)
    is_full = len(others) >= neighbours.MOST - 1
    answer = page(request, "people/shared.html", status=422 if errors else 200, others=others,
                  name=name, errors=errors, is_full=is_full, full=neighbours.FULL)  # fmt: skip
    neighbours.forget_ended(request, others, answer)
    return answer


HANDLERS = [show_shared, choose_shared_name, make_room, take_turn]
