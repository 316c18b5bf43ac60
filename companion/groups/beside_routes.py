"""Whom a participant brings to stand beside her."""

from typing import Any

from litestar import Response
from litestar.response import Redirect
from sqlalchemy.orm import Session

from companion.errors import Refusal
from companion.groups import goodbyes, invitations
from companion.groups.invitation_routes import show_card
from companion.people.asking import SignedIn
from companion.people.reader import Reader
from companion.web.pages import page, see_other
from companion.web.params import AnyRequest, Database, Form
from companion.web.routing import get, post


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
    return show_card(request, card, "/beside")


@post("/beside/goodbyes")
def stand_alone(db: Database, reader: SignedIn) -> Redirect:
    """She wants nobody beside her any more: that is hers alone to say."""
    goodbyes.stand_alone(db, reader)
    return see_other("/beside")


HANDLERS = [show_beside, invite_beside, stand_alone]
