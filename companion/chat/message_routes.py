"""One message, and what a member does with it."""

from collections.abc import Callable

from litestar import Response
from litestar.params import FromPath
from litestar.response import Redirect
from sqlalchemy.orm import Session

from companion.chat import actions, pages, parking, reports, safety, scopes
from companion.chat.scopes import Seat
from companion.errors import Refusal
from companion.people.asking import SignedIn
from companion.web.params import AnyRequest, Database, Form, Id
from companion.web.routing import get, post
from companion.web.typed import UNCUT, Typed

Number = FromPath[int]
HERE = "/groups/{group_id:uuid}/messages/{number:int}"


@get(HERE)
def show_message(
    request: AnyRequest, db: Database, reader: SignedIn, group_id: Id, number: Number
) -> Response[str]:
    return pages.sheet(request, db, scopes.seat(db, reader, group_id), number)


def act(
    request: AnyRequest,
    db: Session,
    seat: Seat,
    number: int,
    typed: Typed,
    do: Callable[[], None],
) -> Response[str] | Redirect:
    """Do it, and go back to the message; or show beside it why not."""
    try:
        do()
    except Refusal as refusal:
        db.rollback()  # nothing half done
        return pages.sheet(request, db, seat, number, typed=typed, errors=refusal.errors)
    db.flush()
    return pages.done(request, db, seat, number)


@post(f"{HERE}/reactions")
def react(
    request: AnyRequest, db: Database, reader: SignedIn, group_id: Id, number: Number, typed: Form
) -> Response[str] | Redirect:
    seat, sign = scopes.seat(db, reader, group_id), typed.get("sign")
    return act(request, db, seat, number, typed, lambda: actions.react(db, seat, number, sign))


@post(f"{HERE}/parkings")
def park(
    request: AnyRequest, db: Database, reader: SignedIn, group_id: Id, number: Number, typed: Form
) -> Response[str] | Redirect:
    seat, named = scopes.seat(db, reader, group_id), typed.get("named") == "yes"
    return act(
        request, db, seat, number, typed, lambda: parking.park(db, seat, number, named=named)
    )


@post(f"{HERE}/translations")
def mediate(
    request: AnyRequest, db: Database, reader: SignedIn, group_id: Id, number: Number, typed: Form
) -> Response[str] | Redirect:
    seat, text = scopes.seat(db, reader, group_id), typed.get("translation", UNCUT)
    code = typed.get("language")
    return act(
        request, db, seat, number, typed, lambda: actions.mediate(db, seat, number, code, text)
    )


@post(f"{HERE}/translations/{{translation_id:uuid}}/withdrawals")
def withdraw_translation(
    request: AnyRequest,
    db: Database,
    reader: SignedIn,
    group_id: Id,
    number: Number,
    translation_id: Id,
) -> Response[str] | Redirect:
    seat = scopes.seat(db, reader, group_id)
    actions.withdraw_translation(db, seat, number, translation_id)
    return pages.done(request, db, seat, number)


@post(f"{HERE}/deletions")
def delete_message(
    request: AnyRequest, db: Database, reader: SignedIn, group_id: Id, number: Number, typed: Form
) -> Response[str] | Redirect:
    seat = scopes.seat(db, reader, group_id)
    return act(request, db, seat, number, typed, lambda: actions.delete_own(db, seat, number))


@post(f"{HERE}/reports")
def report(
    request: AnyRequest, db: Database, reader: SignedIn, group_id: Id, number: Number, typed: Form
) -> Response[str] | Redirect:
    seat, more = scopes.seat(db, reader, group_id), typed.get("more", UNCUT)
    reason = typed.get("reason")
    return act(
        request, db, seat, number, typed, lambda: reports.report(db, seat, number, reason, more)
    )


@post(f"{HERE}/mutes")
def mute(
    request: AnyRequest, db: Database, reader: SignedIn, group_id: Id, number: Number, typed: Form
) -> Redirect:
    """Everything that this person wrote looks different now: the page comes anew."""
    seat = scopes.seat(db, reader, group_id)
    safety.mute(db, seat, number, on=typed.get("on") == "yes")
    return pages.back_to(seat, number)


HANDLERS = [
    show_message, react, park, mediate, withdraw_translation, delete_message, report, mute,
]  # fmt: skip
