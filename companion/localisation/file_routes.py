"""A language's texts as PO files: out; and in, after a look at what would change."""

from typing import Any

from litestar import Response
from litestar.response import Redirect
from sqlalchemy.orm import Session

from companion.errors import NotFound, Refusal
from companion.i18n import Language, Sentence
from companion.i18n.catalogues import DOMAINS
from companion.localisation import actions, desk, po_in
from companion.localisation.po_out import exported
from companion.localisation.texts import source_of
from companion.people.asking import SignedIn
from companion.people.reader import Reader
from companion.web.pages import page, see_other
from companion.web.params import AnyRequest, Code, Database, Form
from companion.web.routing import get, post
from companion.web.uploads import TAKES_A_FILE, Upload, Uploaded

MOST_AT_ONCE = 200
"""So many texts come back with the form that takes them in."""


@get("/words/{language:str}/files/{domain:str}")
def send_file(db: Database, translator: SignedIn, language: Code, domain: Code) -> Response[bytes]:
    of = desk.language_of(translator, language)
    if domain not in DOMAINS:
        raise NotFound
    name = f"{translator.pilot}-{of.code}-{domain}.po"
    headers: dict[str, Any] = {"Content-Disposition": f'attachment; filename="{name}"'}
    content = exported(db, translator.pilot, of.code, domain)
    return Response(content, media_type="text/x-gettext-translation", headers=headers)


@get("/words/{language:str}/files")
def show_taking_in(
    request: AnyRequest, db: Database, translator: SignedIn, language: Code
) -> Response[str]:
    return _page(request, desk.language_of(translator, language))


@post("/words/{language:str}/files", request_max_body_size=po_in.LARGEST, **TAKES_A_FILE)
def look_into_file(
    request: AnyRequest, db: Database, translator: SignedIn, language: Code, upload: Uploaded
) -> Response[str]:
    """What it would change. Nothing is taken in yet."""
    of = desk.language_of(translator, language)
    try:
        incoming = _incoming(db, translator, of, upload)
    except Refusal as refusal:
        return _page(request, of, status=422, errors=refusal.errors)
    return _page(request, of, incoming=incoming)


def _incoming(db: Session, reader: Reader, of: Language, upload: Upload) -> po_in.Incoming:
    if upload.is_too_big:
        raise po_in.too_large()
    return actions.look_into(db, source_of(reader.pilot), of, upload.content)


def _page(
    request: AnyRequest,
    of: Language,
    *,
    status: int = 200,
    incoming: po_in.Incoming | None = None,
    errors: dict[str, Sentence] | None = None,
) -> Response[str]:
    changes = incoming.changes[:MOST_AT_ONCE] if incoming else []
    return page(
        request,
        "localisation/files.html",
        status=status,
        of=of,
        incoming=incoming,
        changes=changes,
        packed=actions.pack([each.saying for each in changes]),
        domains=DOMAINS,
        errors=errors or {},
    )


@post("/words/{language:str}/imports")
def take_in_file(db: Database, translator: SignedIn, language: Code, typed: Form) -> Redirect:
    """What the page showed. It is looked at once more: a form may be written by anybody."""
    of = desk.language_of(translator, language)
    actions.take_in_packed(db, translator, of, typed.get("texts", 1_000_000))
    return see_other(f"/words/{of.code}")


HANDLERS = [send_file, show_taking_in, look_into_file, take_in_file]
