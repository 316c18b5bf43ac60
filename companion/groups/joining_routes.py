"""The way in: the start page, and joining with an invitation."""

import logging
from typing import Any

from litestar import Response
from litestar.background_tasks import BackgroundTask
from litestar.response import Redirect
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from companion.errors import Busy, Refusal
from companion.groups import joining
from companion.groups.models import Invitation
from companion.i18n import Sentence, _
from companion.i18n.languages import real_languages
from companion.people import guessing, neighbours
from companion.people.asking import Visitor, sign_in_here
from companion.people.codes import read_code, show_code
from companion.people.reader import Reader
from companion.pilots.pack import offered_languages, pilot
from companion.pilots.speaking import speak_for
from companion.web.pages import language_of, page, see_other
from companion.web.params import AnyRequest, Code, Database, Form
from companion.web.routing import get, post

INVITATION = "invitation"
log = logging.getLogger(__name__)


@get("/welcome")
def show_welcome(request: AnyRequest, db: Database, visitor: Visitor) -> Response[str] | Redirect:
    """The way in; on a shared phone also for those who are here already."""
    if visitor:
        return see_other("/")
    return page(request, "groups/welcome.html", others=neighbours.beside(db, request))


def _entrance(
    request: AnyRequest,
    db: Session,
    visitor: Reader | None,
    invitation: Invitation | None,
    code: str,
    errors: dict[str, Sentence],
    **more: Any,
) -> Response[str]:
    """The form to join with, as much of it as the invitation allows to say."""
    known = invitation if invitation is not None and "code" not in errors else None
    pack = pilot(known.pilot) if known else None
    if known and not visitor:  # whoever is signed in goes on reading her own pilot's words
        pack = speak_for(request, db, known.pilot)
    offered = offered_languages(pack) if pack else real_languages()
    wished = language_of(request).code
    is_offered = wished in {each.code for each in offered}
    context = {
        "id": None,
        "name": "",
        "language": wished if is_offered else offered[0].code,
        "beside": joining.beside_whom(db, known) if known else "",
        "may_join": bool(visitor and known and joining.may_join_as_herself(visitor, known)),
        **more,
    }
    return page(request, "groups/join.html", invitation=known, pilot=pack, code=code,
                offered=offered, errors=errors, **context)  # fmt: skip


@get("/join")
def show_entrance(request: AnyRequest, db: Database, visitor: Visitor) -> Response[str]:
    return _entrance(request, db, visitor, None, "", {})


@get("/join/{code:str}")
def open_invitation(
    request: AnyRequest, db: Database, visitor: Visitor, code: Code
) -> Response[str]:
    """Where the QR code leads."""
    shown = show_code(read_code(code)[:20])
    try:
        guessing.refuse_guessing(db, INVITATION)
    except Refusal as refusal:
        return _entrance(request, db, visitor, None, shown, refusal.errors, status=429)
    invitation = joining.find(db, code)
    if invitation is None:
        unknown = _entrance(request, db, visitor, None, shown, {"code": joining.UNKNOWN})
        unknown.background = BackgroundTask(_note_wrong_code, request)
        return unknown
    try:
        joining.check(db, invitation)
    except Refusal as refusal:
        return _entrance(request, db, visitor, invitation, shown, refusal.errors)
    return _entrance(request, db, visitor, invitation, shown, {})


async def _note_wrong_code(request: AnyRequest) -> None:
    """A page is only read, but guessing by opening pages is guessing too: noted once it is sent."""
    try:
        await request.app.state.database.write(lambda db: guessing.note_wrong_code(db, INVITATION))
    except (SQLAlchemyError, Busy) as problem:
        log.warning("wrong code not noted: %s", problem)


@post("/join")
def join(
    request: AnyRequest, db: Database, visitor: Visitor, typed: Form
) -> Response[str] | Redirect:
    code = typed.get("code")
    newcomer = joining.Newcomer(typed.id(), typed.get("name"), typed.get("language"))
    kept = {"id": newcomer.form_id, "name": newcomer.name, "language": newcomer.language}
    if not read_code(code):
        errors = {"code": _("Write the letters and numbers of your invitation.")}
        return _entrance(request, db, visitor, None, code, errors, status=422, **kept)
    try:
        guessing.refuse_guessing(db, INVITATION)
    except Refusal as refusal:
        return _entrance(request, db, visitor, None, code, refusal.errors, status=429, **kept)
    invitation = joining.find(db, code, hold=True)
    if invitation is None:
        guessing.note_wrong_code(db, INVITATION)
        errors = {"code": joining.UNKNOWN}
        return _entrance(request, db, visitor, None, code, errors, status=422, **kept)
    try:
        return _let_in(request, db, visitor, invitation, newcomer)
    except Refusal as refusal:
        return _entrance(request, db, visitor, invitation, code, refusal.errors, status=422, **kept)


def _let_in(
    request: AnyRequest,
    db: Session,
    visitor: Reader | None,
    invitation: Invitation,
    newcomer: joining.Newcomer,
) -> Redirect:
    if visitor:
        joining.join_as_herself(db, visitor, invitation)
        return see_other(f"/groups/{invitation.group_id}")
    speak_for(request, db, invitation.pilot)
    return sign_in_here(request, db, joining.come_in(db, invitation, newcomer), "/")


HANDLERS = [show_welcome, show_entrance, open_invitation, join]
