"""Her own note on a session, by itself: what is refused, and what she wrote in a group she left."""

from uuid import UUID

from litestar import Response
from litestar.response import Redirect
from sqlalchemy.orm import Session

from companion.errors import Refusal
from companion.people.asking import SignedIn
from companion.people.reader import Reader
from companion.sessions import notes
from companion.web.pages import page, see_other
from companion.web.params import AnyRequest, Database, Form, Id
from companion.web.routing import get, post
from companion.web.typed import UNCUT, Typed

SAVED = "note"


@get("/sessions/{session_id:uuid}/note")
def show_note(request: AnyRequest, db: Database, reader: SignedIn, session_id: Id) -> Response[str]:
    return _note_page(request, db, reader, session_id, Typed(), None)


@post("/sessions/{session_id:uuid}/note")
def save_note(
    request: AnyRequest, db: Database, reader: SignedIn, session_id: Id, typed: Form
) -> Response[str] | Redirect:
    place = notes.one(db, reader, session_id)
    text, over = typed.get("note", UNCUT), typed.get("over")
    try:
        notes.save(db, reader, session_id, typed.id(), text, over=over, at=typed.written_at)
    except Refusal as refusal:
        if isinstance(refusal, notes.ChangedSince) and refusal.was_saved:
            typed = Typed(tuple(pair for pair in typed if pair[0] != "id"))
        return _note_page(request, db, reader, session_id, typed, refusal)
    path = f"/sessions/{session_id}" if place.is_seen else f"/sessions/{session_id}/note"
    return see_other(f"{path}?saved={SAVED}#my-note")


def is_saved(request: AnyRequest) -> bool:
    """Whether the page is what a saved note leads to."""
    return request.query_params.get("saved") == SAVED


def _note_page(
    request: AnyRequest,
    db: Session,
    reader: Reader,
    session_id: UUID,
    typed: Typed,
    refusal: Refusal | None,
) -> Response[str]:
    return page(
        request,
        "sessions/note.html",
        status=422 if refusal else 200,
        note=notes.one(db, reader, session_id),
        most=notes.LENGTH,
        typed=typed,
        errors=refusal.errors if refusal else {},
        is_stale=isinstance(refusal, notes.ChangedSince),
        is_saved=is_saved(request) and refusal is None,
    )
