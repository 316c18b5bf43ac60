"""A pilot's whole pack, for its coordinator: out and in, signed off, and what was adapted."""

from typing import Any
from uuid import UUID

from litestar import Response, Router
from litestar.response import Redirect
from sqlalchemy.orm import Session

from companion.errors import Refusal
from companion.i18n import Sentence
from companion.localisation.texts import texts
from companion.packs import actions, adaptations
from companion.packs.archive import LARGEST, to_zip, too_large
from companion.packs.forms import DEPTHS, AdaptationForm, Approval
from companion.packs.incoming import Incoming
from companion.packs.out import version_of
from companion.people.asking import SignedIn
from companion.people.reader import Reader
from companion.pilots.pack import pilot
from companion.web.pages import page, see_other
from companion.web.params import AnyRequest, Database, Form, Id, Query
from companion.web.routing import get, post
from companion.web.uploads import TAKES_A_FILE, Uploaded

MOST_SHOWN = 300


@get("/pack")
def show_pack(request: AnyRequest, db: Database, coordinator: SignedIn) -> Response[str]:
    return _page(request, db, coordinator)


def _page(
    request: AnyRequest,
    db: Session,
    reader: Reader,
    *,
    status: int = 200,
    incoming: Incoming | None = None,
    waiting_id: UUID | None = None,
    approval: Approval | None = None,
    errors: dict[str, Sentence] | None = None,
) -> Response[str]:
    own = pilot(reader.pilot)
    return page(
        request,
        "packs/pack.html",
        status=status,
        pilot=own,
        version=version_of(db, own.code),
        incoming=incoming,
        changes=incoming.changes[:MOST_SHOWN] if incoming else [],
        waiting_id=waiting_id,
        approval=approval or Approval(),
        errors=errors or {},
    )


@get("/pack/files")
def send_pack(db: Database, coordinator: SignedIn) -> Response[bytes]:
    files, version = actions.give_out(db, coordinator)
    name = f"{coordinator.pilot}-pack-{version}.zip"
    headers: dict[str, Any] = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(to_zip(files), media_type="application/zip", headers=headers)


@post("/pack/files", request_max_body_size=LARGEST + 100_000, **TAKES_A_FILE)
def look_into_pack(
    request: AnyRequest, db: Database, coordinator: SignedIn, upload: Uploaded
) -> Response[str]:
    """What it would change. Nothing is taken in yet."""
    try:
        if upload.is_too_big:
            raise too_large()
        waiting_id, incoming = actions.look_into(db, coordinator, upload.content)
    except Refusal as refusal:
        return _page(request, db, coordinator, status=422, errors=refusal.errors)
    return _page(request, db, coordinator, incoming=incoming, waiting_id=waiting_id)


@post("/pack/imports")
def take_in_pack(db: Database, coordinator: SignedIn, typed: Form) -> Redirect:
    actions.take_in_waiting(db, coordinator, typed.id("waiting"))
    return see_other("/pack")


@post("/pack/approvals")
def approve_card(
    request: AnyRequest, db: Database, coordinator: SignedIn, typed: Form
) -> Response[str] | Redirect:
    """The safety card was checked by somebody named; or is not approved any more."""
    approval = None if typed.get("act") == "end" else Approval.read(typed)
    try:
        actions.sign_off(db, coordinator, approval)
    except Refusal as refusal:
        return _page(request, db, coordinator, status=422, approval=approval, errors=refusal.errors)
    return see_other("/pack")


@get("/adaptations")
def list_adaptations(
    request: AnyRequest, db: Database, coordinator: SignedIn, text: Query = None
) -> Response[str]:
    """`text`: the key of a text that was put in other words, to say why."""
    found = texts(coordinator.pilot).get(text or "")
    form = AdaptationForm(what=found.ids[0] if found else "", text=found.key if found else "")
    return _adaptations(request, db, coordinator, form)


def _adaptations(
    request: AnyRequest, db: Session, reader: Reader, form: AdaptationForm, **more: Any
) -> Response[str]:
    context = {"errors": {}, "id": None, **more}
    return page(
        request,
        "packs/adaptations.html",
        form=form,
        depths=DEPTHS,
        written=adaptations.written(db, reader),
        **context,
    )


@post("/adaptations")
def write_adaptation(
    request: AnyRequest, db: Database, coordinator: SignedIn, typed: Form
) -> Response[str] | Redirect:
    form, form_id = AdaptationForm.read(typed), typed.id()
    try:
        adaptations.write_down(db, coordinator, form_id, form)
    except Refusal as refusal:
        return _adaptations(
            request, db, coordinator, form, status=422, errors=refusal.errors, id=form_id
        )
    return see_other("/adaptations")


@post("/adaptations/{adaptation_id:uuid}/erasures")
def erase_adaptation(db: Database, coordinator: SignedIn, adaptation_id: Id) -> Redirect:
    adaptations.erase(db, coordinator, adaptation_id)
    return see_other("/adaptations")


router = Router(
    "/",
    route_handlers=[
        show_pack, send_pack, look_into_pack, take_in_pack, approve_card, list_adaptations,
        write_adaptation, erase_adaptation,
    ],
)  # fmt: skip
