"""Her journey: the due date, the birth, the children, and one gentle way to say that it ended."""

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Response, Router
from litestar.response import Redirect

from companion import clock
from companion.errors import Refusal
from companion.i18n import Sentence
from companion.journeys import actions, scopes, weeks
from companion.journeys.asking import Spared, only_her, only_unspared
from companion.journeys.forms import (
    Birth,
    how_many,
    known_by,
    known_by_number,
    read_birth,
    read_due,
)
from companion.journeys.models import Child, Journey, State
from companion.people.asking import SignedIn
from companion.people.reader import Reader
from companion.web.pages import page, see_other
from companion.web.params import AnyRequest, Database, Form, Id, Query
from companion.web.routing import get, post
from companion.web.typed import Typed


@get("/journey")
def show_journey(
    request: AnyRequest,
    db: Database,
    reader: SignedIn,
    spared: Spared,
    by: Query = None,
    new: Query = None,
) -> Response[str]:
    only_her(reader)
    journey = scopes.current(db, reader.id)
    if journey and journey.state == State.ENDED:
        return page(request, "journeys/ended.html", journey=journey)
    if spared:
        # Somebody stands beside her, and is spared as she wishes: why is hers to tell.
        return page(request, "journeys/quiet.html")
    return _journey_page(request, reader, journey, by=by, is_new=bool(new))


@post("/journey")
def save_due_date(
    request: AnyRequest, db: Database, reader: SignedIn, spared: Spared, typed: Form
) -> Response[str] | Redirect:
    only_unspared(reader, spared)
    try:
        due = read_due(typed, clock.today(reader.zone))
    except Refusal as refusal:
        journey = scopes.current(db, reader.id)
        is_new = typed.get("new") == "yes"
        return _journey_page(
            request, reader, journey, typed=typed, errors=refusal.errors, is_new=is_new
        )
    of = typed.id("of") if typed.get("of") else None
    actions.save_due(db, reader, due, of=of, is_new=typed.get("new") == "yes")
    return see_other("/journey")


@get("/journey/arrivals")
def show_birth_form(
    request: AnyRequest, reader: SignedIn, spared: Spared, n: Query = None
) -> Response[str]:
    only_unspared(reader, spared)
    return page(request, "journeys/births.html", count=how_many(n), typed=Typed(), errors={})


@post("/journey/arrivals")
def tell_births(
    request: AnyRequest, db: Database, reader: SignedIn, spared: Spared, typed: Form
) -> Response[str] | Redirect:
    only_unspared(reader, spared)
    count = how_many(typed.get("children"))
    births: dict[UUID, Birth] = {}
    errors: dict[str, Sentence] = {}
    for number in range(1, count + 1):
        birth, wrong = read_birth(typed, clock.today(reader.zone), number)
        errors |= wrong
        if birth:
            births[typed.id(f"child_id_{number}")] = birth
    if errors:
        return page(
            request, "journeys/births.html", status=422, count=count, typed=typed, errors=errors
        )
    actions.tell_births(db, reader, births)
    return see_other("/journey")


@get("/journey/of/{child_id:uuid}")
def show_child(
    request: AnyRequest, db: Database, reader: SignedIn, spared: Spared, child_id: Id
) -> Response[str]:
    only_unspared(reader, spared)
    child = scopes.own_child(db, reader, child_id)
    return page(request, "journeys/child.html", child=child, typed=_as_typed(child), errors={})


@post("/journey/of/{child_id:uuid}")
def change_child(
    request: AnyRequest, db: Database, reader: SignedIn, spared: Spared, child_id: Id, typed: Form
) -> Response[str] | Redirect:
    only_unspared(reader, spared)
    child = scopes.own_child(db, reader, child_id)
    birth, errors = read_birth(typed, clock.today(reader.zone))
    if birth is None:
        return page(
            request, "journeys/child.html", status=422, child=child, typed=typed, errors=errors
        )
    actions.change_child(db, reader, child_id, birth)
    return see_other("/journey")


@get("/journey/change")
def show_ending(request: AnyRequest, reader: SignedIn, spared: Spared) -> Response[str]:
    only_unspared(reader, spared)
    return page(request, "journeys/ending.html")


@post("/journey/changes")
def end_journey(db: Database, reader: SignedIn) -> Redirect:
    only_her(reader)
    actions.end(db, reader)
    return see_other("/journey")


@post("/journey/calls")
def ask_for_call(db: Database, reader: SignedIn, typed: Form) -> Redirect:
    only_her(reader)
    actions.ask_for_call(db, reader, wanted=typed.get("wanted") != "no")
    return see_other("/journey")


@post("/journey/sparings")
def spare_beside(db: Database, reader: SignedIn, typed: Form) -> Redirect:
    only_her(reader)
    actions.spare_beside(db, reader, wanted=typed.get("wanted") != "no")
    return see_other("/journey")


@post("/journey/beginnings")
def begin_again(db: Database, reader: SignedIn, typed: Form) -> Redirect:
    only_her(reader)
    actions.begin_again(db, reader, typed.id("of"))
    return see_other("/journey")


@post("/journey/returns")
def take_back_ending(db: Database, reader: SignedIn) -> Redirect:
    only_her(reader)
    actions.take_back(db, reader)
    return see_other("/journey")


def _journey_page(
    request: AnyRequest,
    reader: Reader,
    journey: Journey | None,
    *,
    typed: Typed | None = None,
    errors: dict[str, Sentence] | None = None,
    by: str | None = None,
    is_new: bool = False,
) -> Response[str]:
    """Where she is, and the form for her due date as she typed it or as it is known."""
    today = clock.today(reader.zone)
    is_born = journey is not None and journey.state == State.BORN
    is_new = is_born and is_new
    way = known_by(typed.get("known_by")) if typed else known_by_number(by)
    return page(
        request,
        "journeys/journey.html",
        status=422 if errors else 200,
        journey=journey,
        is_born=is_born,
        is_new=is_new,
        is_open=bool(typed or by),
        way=way,
        typed=typed or Typed(),
        errors=errors or {},
        children=[_shown(child, today) for child in journey.children] if journey else [],
    )


def _shown(child: Child, today: date) -> dict[str, Any]:
    return {
        "id": child.id,
        "name": child.name,
        "born_on": child.born_on,
        "age": weeks.age(child.born_on, today),
        "corrected": weeks.corrected_age(child.born_on, child.gestation_days, today),
    }


def _as_typed(child: Child) -> Typed:
    """The form of a child as she would have typed what is kept."""
    at_birth = divmod(child.gestation_days, weeks.WEEK) if child.gestation_days else ("", "")
    return Typed(
        (
            ("name", child.name),
            ("born_on", child.born_on.isoformat()),
            ("sex", child.sex or ""),
            ("weeks", str(at_birth[0])),
            ("days", str(at_birth[1])),
        )
    )


router = Router(
    "/",
    route_handlers=[
        show_journey, save_due_date, show_birth_form, tell_births, show_child, change_child,
        show_ending, end_journey, ask_for_call, spare_beside, begin_again, take_back_ending,
    ],
)  # fmt: skip
