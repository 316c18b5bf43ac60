"""Inviting: a group's invitations, the card that shows one, and taking one back."""

from typing import Any
from uuid import UUID

from litestar import Response
from litestar.response import Redirect
from sqlalchemy.orm import Session

from companion.errors import Refusal
from companion.groups import invitations, scopes
from companion.people.asking import SignedIn
from companion.people.codes import show_code
from companion.people.reader import Reader
from companion.web.pages import page, see_other
from companion.web.params import AnyRequest, Database, Form, Id
from companion.web.qr import qr_picture
from companion.web.routing import get, post


def show_card(request: AnyRequest, card: invitations.Card, back: str) -> Response[str]:
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
    return show_card(request, card, f"/groups/{group_id}/invitations")


@post("/invitations/{invitation_id:uuid}/revocations")
def revoke_invitation(db: Database, reader: SignedIn, invitation_id: Id) -> Redirect:
    group_id = invitations.revoke(db, reader, invitation_id).group_id
    if group_id is None:
        return see_other("/translators")
    return see_other("/beside" if reader.is_participant else f"/groups/{group_id}/invitations")


HANDLERS = [show_invitations, invite, revoke_invitation]
