"""The way in: the start page, joining with an invitation, and inviting."""

import logging
from typing import Any
from uuid import UUID

from litestar import Request, Response
from litestar.response import Redirect
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from companion.errors import Refusal
from companion.groups import goodbyes, invitations, joining, scopes
from companion.groups.models import Invitation
from companion.i18n import Sentence, _
from companion.i18n.languages import real_languages
from companion.people import actions as people
from companion.people.asking import SignedIn, Visitor, sign_in_here
from companion.people.codes import read_code, show_code
from companion.people.reader import Reader
from companion.pilots.pack import offered_languages, pilot
from companion.web.pages import language_of, page, see_other
from companion.web.params import Code, Database, Form, Id
from companion.web.qr import qr_picture
from companion.web.routing import get, post

AnyRequest = Request[Any, Any, Any]
INVITATION = "invitation"
log = logging.getLogger(__name__)


@get("/welcome")
def show_welcome(request: AnyRequest, visitor: Visitor) -> Response[str] | Redirect:
    return see_other("/") if visitor else page(request, "groups/welcome.html")


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
        people.refuse_guessing(db, INVITATION)
    except Refusal as refusal:
        return _entrance(request, db, visitor, None, shown, refusal.errors, status=429)
    invitation = joining.find(db, code)
    if invitation is None:
        _note_wrong_code(request)
        return _entrance(request, db, visitor, None, shown, {"code": joining.UNKNOWN})
    try:
        joining.check(db, invitation)
    except Refusal as refusal:
        return _entrance(request, db, visitor, invitation, shown, refusal.errors)
    return _entrance(request, db, visitor, invitation, shown, {})


def _note_wrong_code(request: AnyRequest) -> None:
    """A page is only read, but guessing by opening pages is guessing too."""
    try:
        with request.app.state.database.writing.begin() as db:
            people.note_wrong_code(db, INVITATION)
    except SQLAlchemyError as problem:
        log.warning("wrong code not noted: %s", problem)


@post("/join")
def join(
    request: AnyRequest, db: Database, visitor: Visitor, typed: Form
) -> Response[str] | Redirect:
    code = typed.get("code")
    newcomer = joining.Newcomer(typed.id(), typed.get("name"), typed.get("language"))
    kept = {"id": newcomer.id, "name": newcomer.name, "language": newcomer.language}
    if not read_code(code):
        errors = {"code": _("Write the letters and numbers of your invitation.")}
        return _entrance(request, db, visitor, None, code, errors, status=422, **kept)
    try:
        people.refuse_guessing(db, INVITATION)
    except Refusal as refusal:
        return _entrance(request, db, visitor, None, code, refusal.errors, status=429, **kept)
    invitation = joining.find(db, code, hold=True)
    if invitation is None:
        people.note_wrong_code(db, INVITATION)
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
    return sign_in_here(request, db, joining.come_in(db, invitation, newcomer), "/")


def _card(request: AnyRequest, card: invitations.Card, back: str) -> Response[str]:
    """The one answer that shows it: the code is kept hashed."""
    link = f"{request.app.state.config.origin}/join/{card.code}"
    return page(
        request,
        "groups/card.html",
        card=card,
        code=show_code(card.code),
        picture=qr_picture(link),
        origin=request.app.state.config.origin,
        back=back,
    )


def _inviting(
    request: AnyRequest, db: Session, reader: Reader, group_id: UUID, **more: Any
) -> Response[str]:
    group = scopes.arranged(db, reader, group_id)
    context = {"errors": {}, "way": "room", "id": None, **more}
    return page(
        request,
        "groups/invitations.html",
        group=group,
        invitations=invitations.open_ones(db, reader, group_id),
        free=max(0, group.capacity - scopes.participants(db, group_id)),
        **context,
    )


@get("/groups/{group_id:uuid}/invitations")
def show_invitations(
    request: AnyRequest, db: Database, reader: SignedIn, group_id: Id
) -> Response[str]:
    return _inviting(request, db, reader, group_id)


@post("/groups/{group_id:uuid}/invitations")
def invite(
    request: AnyRequest, db: Database, reader: SignedIn, group_id: Id, typed: Form
) -> Response[str]:
    try:
        card = invitations.invite(db, reader, group_id, typed.id(), typed.get("way"))
    except Refusal as refusal:
        return _inviting(request, db, reader, group_id, status=422, errors=refusal.errors)
    return _card(request, card, f"/groups/{group_id}/invitations")


@post("/invitations/{invitation_id:uuid}/revocations")
def revoke_invitation(db: Database, reader: SignedIn, invitation_id: Id) -> Redirect:
    invitation = invitations.revoke(db, reader, invitation_id)
    return see_other(
        "/beside" if reader.is_participant else f"/groups/{invitation.group_id}/invitations"
    )


def _beside(request: AnyRequest, db: Session, reader: Reader, **more: Any) -> Response[str]:
    group = invitations.own_group(db, reader)
    partner = goodbyes.companion_of(db, reader, group.id) if group else None
    return page(
        request,
        "groups/beside.html",
        group=group,
        partner=goodbyes.name_of(db, partner) if partner else None,
        invitations=invitations.open_ones(db, reader, group.id) if group else [],
        **{"errors": {}, **more},
    )


@get("/beside")
def show_beside(request: AnyRequest, db: Database, reader: SignedIn) -> Response[str]:
    return _beside(request, db, reader)


@post("/beside")
def invite_beside(
    request: AnyRequest, db: Database, reader: SignedIn, typed: Form
) -> Response[str]:
    try:
        card = invitations.invite_beside(db, reader, typed.id())
    except Refusal as refusal:
        return _beside(request, db, reader, status=422, errors=refusal.errors)
    return _card(request, card, "/beside")


@post("/beside/goodbyes")
def stand_alone(db: Database, reader: SignedIn) -> Redirect:
    """She wants nobody beside her any more: that is hers alone to say."""
    goodbyes.stand_alone(db, reader)
    return see_other("/beside")


HANDLERS = [
    show_welcome, show_entrance, open_invitation, join, show_invitations, invite,
    revoke_invitation, show_beside, invite_beside, stand_alone,
]  # fmt: skip
