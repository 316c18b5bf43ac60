"""A coordinator's translators: who they are, inviting one, saying goodbye to one."""

from litestar import Response
from litestar.response import Redirect
from sqlalchemy.orm import Session

from companion.errors import Refusal
from companion.groups import invitations
from companion.groups.invitation_routes import show_card
from companion.i18n import Sentence
from companion.localisation import translators
from companion.people.asking import SignedIn
from companion.people.reader import Reader
from companion.web.pages import page, see_other
from companion.web.params import AnyRequest, Database, Form, Id
from companion.web.routing import get, post


def _translators(
    request: AnyRequest,
    db: Session,
    reader: Reader,
    *,
    status: int = 200,
    errors: dict[str, Sentence] | None = None,
) -> Response[str]:
    return page(
        request,
        "localisation/translators.html",
        status=status,
        translators=translators.here(db, reader),
        invitations=invitations.open_ones(db, reader, None),
        errors=errors or {},
    )


@get("/translators")
def list_translators(request: AnyRequest, db: Database, coordinator: SignedIn) -> Response[str]:
    return _translators(request, db, coordinator)


@post("/translators/invitations")
def invite_translator(
    request: AnyRequest, db: Database, coordinator: SignedIn, typed: Form
) -> Response[str]:
    try:
        card = invitations.invite_translator(db, coordinator, typed.id())
    except Refusal as refusal:
        return _translators(request, db, coordinator, status=422, errors=refusal.errors)
    return show_card(request, card, "/translators")


@get("/translators/{translator_id:uuid}/goodbyes")
def show_farewell(
    request: AnyRequest, db: Database, coordinator: SignedIn, translator_id: Id
) -> Response[str]:
    translator = translators.one(db, coordinator, translator_id)
    return page(request, "localisation/farewell.html", translator=translator)


@post("/translators/{translator_id:uuid}/goodbyes")
def say_goodbye(db: Database, coordinator: SignedIn, translator_id: Id) -> Redirect:
    translators.say_goodbye(db, coordinator, translator_id)
    return see_other("/translators")


HANDLERS = [list_translators, invite_translator, show_farewell, say_goodbye]
