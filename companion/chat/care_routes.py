"""What facilitators do for a conversation: hide, pause, pin, answer reports, say when they read."""

from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from litestar import Response
from litestar.response import Redirect

from companion.chat import pauses, reports, safety, scopes
from companion.chat.hours import WEEK, Hours
from companion.chat.message_routes import HERE, Number, act
from companion.chat.scopes import Seat
from companion.errors import Refusal
from companion.groups import deeds
from companion.i18n import Sentence, _
from companion.people.asking import SignedIn
from companion.web.pages import page, see_other
from companion.web.params import AnyRequest, Database, Form, Id, Query
from companion.web.routing import get, post
from companion.web.typed import UNCUT

OUTCOMES = {"hide": True, "keep": False}
SOMEBODY = _("Somebody")
DEEDS = {
    deeds.Act.GOODBYE: _("%(by)s said goodbye to %(about)s."),
    deeds.Act.REPORT: _("%(by)s reported a message of %(about)s."),
    deeds.Act.ANSWER: _("%(by)s answered the report about a message of %(about)s."),
    deeds.Act.HIDE: _("%(by)s hid a message of %(about)s."),
    deeds.Act.SHOW: _("%(by)s showed a message of %(about)s again."),
    deeds.Act.PAUSE: _("%(by)s let %(about)s read along for a while."),
    deeds.Act.RESUME: _("%(by)s let %(about)s write again."),
    deeds.Act.WITHDRAW: _("%(by)s removed a translation by %(about)s."),
    deeds.Act.PIN: _("%(by)s pinned a message."),
    deeds.Act.UNPIN: _("%(by)s unpinned a message."),
}


@post(f"{HERE}/hidings")
def hide(
    request: AnyRequest, db: Database, reader: SignedIn, group_id: Id, number: Number, typed: Form
) -> Response[str] | Redirect:
    seat, why = scopes.facilitated(db, reader, group_id), typed.get("why", UNCUT)
    hide_it = partial(reports.answer_report, db, seat, number, hides=True, why=why)
    return act(request, db, seat, number, typed, hide_it)


@post(f"{HERE}/showings")
def show_again(
    request: AnyRequest, db: Database, reader: SignedIn, group_id: Id, number: Number, typed: Form
) -> Response[str] | Redirect:
    seat = scopes.facilitated(db, reader, group_id)
    return act(request, db, seat, number, typed, lambda: safety.show(db, seat, number))


@post(f"{HERE}/pauses")
def pause(
    request: AnyRequest, db: Database, reader: SignedIn, group_id: Id, number: Number, typed: Form
) -> Response[str] | Redirect:
    seat, why = scopes.facilitated(db, reader, group_id), typed.get("pause_why", UNCUT)
    how_long = typed.get("pause")
    return act(
        request, db, seat, number, typed, lambda: pauses.pause(db, seat, number, how_long, why)
    )


@post(f"{HERE}/pins")
def pin(db: Database, reader: SignedIn, group_id: Id, number: Number, typed: Form) -> Redirect:
    seat = scopes.facilitated(db, reader, group_id)
    safety.pin(db, seat, number, on=typed.get("on") == "yes")
    return see_other(seat.path)


@get("/groups/{group_id:uuid}/care")
def show_care(
    request: AnyRequest, db: Database, reader: SignedIn, group_id: Id, before: Query = None
) -> Response[str]:
    seat = scopes.facilitated(db, reader, group_id)
    done, older = deeds.latest(db, reader, group_id, _id(before))
    return page(
        request,
        "chat/care.html",
        seat=seat,
        reports=reports.queue(db, seat),
        paused=pauses.paused(db, seat),
        deeds=done,
        older=older,
        said=_told,
    )


def _id(text: str | None) -> UUID | None:
    """Out of an address; whatever is none means the newest."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _told(deed: deeds.Done) -> Sentence:
    """What somebody did, in a sentence."""
    names = {"by": deed.by or SOMEBODY, "about": deed.about or SOMEBODY}
    return replace(DEEDS[deeds.Act(deed.act)], values=names)


@post("/reports/{report_id:uuid}/outcomes")
def answer_report(db: Database, reader: SignedIn, report_id: Id, typed: Form) -> Redirect:
    group_id, number = reports.group_of(db, reader, report_id)
    seat = scopes.facilitated(db, reader, group_id)
    hides = OUTCOMES.get(typed.get("outcome"))
    if hides is None:
        raise Refusal(_("Choose whether to hide the message."))
    reports.answer_report(db, seat, number, hides=hides)
    return see_other(f"/groups/{group_id}/care")


@post("/groups/{group_id:uuid}/pauses/{membership_id:uuid}/ends")
def resume(db: Database, reader: SignedIn, group_id: Id, membership_id: Id) -> Redirect:
    pauses.resume(db, scopes.facilitated(db, reader, group_id), membership_id)
    return see_other(f"/groups/{group_id}/care")


def _hours(
    request: AnyRequest, seat: Seat, fields: dict[str, Any], errors: Any = None
) -> Response[str]:
    status = 422 if errors else 200
    return page(
        request,
        "chat/hours.html",
        status=status,
        seat=seat,
        week=WEEK,
        errors=errors or {},
        **fields,
    )


@get("/groups/{group_id:uuid}/hours")
def show_hours(request: AnyRequest, db: Database, reader: SignedIn, group_id: Id) -> Response[str]:
    seat = scopes.facilitated(db, reader, group_id)
    hours = seat.hours
    fields = {
        "days": [str(day) for day in hours.days],
        "since": f"{hours.since:%H:%M}",
        "until": f"{hours.until:%H:%M}",
    }
    return _hours(request, seat, fields)


@post("/groups/{group_id:uuid}/hours")
def change_hours(
    request: AnyRequest, db: Database, reader: SignedIn, group_id: Id, typed: Form
) -> Response[str] | Redirect:
    seat = scopes.facilitated(db, reader, group_id)
    try:
        safety.change_hours(db, seat, Hours.read(typed))
    except Refusal as refusal:
        fields = {
            "days": typed.all("days"),
            "since": typed.get("since"),
            "until": typed.get("until"),
        }
        return _hours(request, seat, fields, refusal.errors)
    return see_other(seat.path)


HANDLERS = [
    hide, show_again, pause, pin, show_care, answer_report, resume, show_hours, change_hours,
]  # fmt: skip
