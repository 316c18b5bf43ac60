"""A group's plan: choose the day of the week, look at the dates, plan them all."""

from datetime import date, timedelta
from typing import Any

from litestar import Response
from litestar.response import Redirect

from companion.errors import Refusal
from companion.groups.models import Group
from companion.groups.scopes import arranged
from companion.people.asking import SignedIn
from companion.pilots.pack import pilot
from companion.sessions import plans
from companion.sessions.forms import read_rhythm
from companion.web.pages import page, see_other
from companion.web.params import AnyRequest, Database, Form, Id
from companion.web.routing import get, post
from companion.web.typed import Typed

A_MONDAY = date(2024, 1, 1)


@get("/groups/{group_id:uuid}/plan")
def show_plan(request: AnyRequest, db: Database, reader: SignedIn, group_id: Id) -> Response[str]:
    group = arranged(db, reader, group_id)
    typed = Typed((("at", "10:00"), ("place", group.site.name)))
    return _plan_page(request, group, typed, sessions=plans.planned(db, group))


@post("/groups/{group_id:uuid}/plan")
def make_plan(
    request: AnyRequest, db: Database, reader: SignedIn, group_id: Id, typed: Form
) -> Response[str] | Redirect:
    """Show the dates first; plan them when she says so. A group is planned once."""
    group = arranged(db, reader, group_id)
    if plans.planned(db, group):
        return see_other(f"/groups/{group_id}/plan")
    try:
        rhythm = read_rhythm(typed)
    except Refusal as refusal:
        return _plan_page(request, group, typed, status=422, errors=refusal.errors)
    if typed.get("step") != "plan":
        return _plan_page(request, group, typed, days=plans.days(group, rhythm), at=rhythm.at)
    plans.make(db, group, rhythm)
    return see_other(f"/groups/{group_id}/plan")


def _plan_page(
    request: AnyRequest, group: Group, typed: Typed, *, status: int = 200, **more: Any
) -> Response[str]:
    first = pilot(group.site.pilot).first_day
    week = [A_MONDAY + timedelta(days=(first + each) % 7) for each in range(7)]
    shown = {"sessions": [], "days": [], "at": None, "errors": {}} | more
    return page(
        request, "sessions/plan.html", status=status, group=group, typed=typed, week=week, **shown
    )
