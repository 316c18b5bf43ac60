"""Sessions: the group's path, one session, who comes, what is parked, and changing one."""

from uuid import UUID

from litestar import Response, Router
from litestar.response import Redirect
from sqlalchemy.orm import Session

from companion import clock
from companion.errors import Refusal, SavedBefore
from companion.i18n import Sentence, _
from companion.people.asking import SignedIn
from companion.people.reader import Reader
from companion.sessions import actions, notes, questions, scopes
from companion.sessions.forms import read_arrangement
from companion.sessions.note_routes import is_saved, save_note, show_note
from companion.sessions.path import paths
from companion.sessions.plan_routes import make_plan, show_plan
from companion.sessions.topic_routes import (
    change_topic,
    erase_topic,
    post_topic,
    show_topic,
    show_topic_change,
    show_topic_erasure,
    show_topic_form,
)
from companion.web.pages import page, see_other
from companion.web.params import AnyRequest, Database, Form, Id
from companion.web.routing import get, post
from companion.web.typed import UNCUT, Typed

ANSWERS = {"yes": True, "no": False}


@get("/sessions")
def show_sessions(request: AnyRequest, db: Database, reader: SignedIn) -> Response[str]:
    """A coordinator sits in no group; she arranges them from the groups' own pages."""
    found = [] if reader.is_coordinator else paths(db, reader)
    left_behind = notes.left_behind(db, reader)
    return page(request, "sessions/sessions.html", paths=found, left_behind=left_behind)


@get("/sessions/{session_id:uuid}")
def show_session(
    request: AnyRequest, db: Database, reader: SignedIn, session_id: Id
) -> Response[str]:
    return _session_page(request, db, reader, session_id, Typed(), {})


@post("/sessions/{session_id:uuid}/answers")
def answer_session(
    request: AnyRequest, db: Database, reader: SignedIn, session_id: Id, typed: Form
) -> Response[str] | Redirect:
    is_coming = ANSWERS.get(typed.get("answer"))
    try:
        if is_coming is None:
            raise Refusal(_("Choose whether you are coming."), "answer")
        actions.answer(db, reader, session_id, is_coming=is_coming, at=typed.written_at)
    except Refusal as refusal:
        return _session_page(request, db, reader, session_id, Typed(), refusal.errors)
    # The same buttons stand on the first page, and who pressed them there stays there.
    return see_other("/" if typed.get("back") == "/" else f"/sessions/{session_id}")


@post("/sessions/{session_id:uuid}/questions")
def park_question(
    request: AnyRequest, db: Database, reader: SignedIn, session_id: Id, typed: Form
) -> Response[str] | Redirect:
    text, named = typed.get("question", UNCUT), "named" in typed
    try:
        questions.park(db, reader, session_id, typed.id(), text, named=named, at=typed.written_at)
    except Refusal as refusal:
        if isinstance(refusal, SavedBefore):
            typed = Typed(tuple(pair for pair in typed if pair[0] != "id"))
        return _session_page(request, db, reader, session_id, typed, refusal.errors)
    return see_other(f"/sessions/{session_id}")


@post("/questions/{question_id:uuid}/withdrawals")
def withdraw_question(db: Database, reader: SignedIn, question_id: Id) -> Redirect:
    session_id = questions.withdraw(db, reader, question_id)
    return see_other(f"/sessions/{session_id}")


@post("/questions/{question_id:uuid}/answers")
def note_answered(db: Database, reader: SignedIn, question_id: Id) -> Redirect:
    session_id = questions.note_answered(db, reader, question_id)
    return see_other(f"/sessions/{session_id}")


@get("/sessions/{session_id:uuid}/change")
def show_change(
    request: AnyRequest, db: Database, reader: SignedIn, session_id: Id
) -> Response[str]:
    session = scopes.facilitated(db, reader, session_id).session
    kept = (
        ("day", session.day.isoformat()),
        ("at", f"{session.at:%H:%M}"),
        ("minutes", str(session.minutes)),
        ("place", session.place),
        ("online_link", session.online_link),
    )
    return page(request, "sessions/change.html", session=session, typed=Typed(kept), errors={})


@post("/sessions/{session_id:uuid}/change")
def change_session(
    request: AnyRequest, db: Database, reader: SignedIn, session_id: Id, typed: Form
) -> Response[str] | Redirect:
    session = scopes.facilitated(db, reader, session_id).session
    try:
        new = read_arrangement(typed, clock.today(session.zone))
        actions.change(db, reader, session_id, new)
    except Refusal as refusal:
        return page(
            request,
            "sessions/change.html",
            status=422,
            session=session,
            typed=typed,
            errors=refusal.errors,
        )
    return see_other(f"/sessions/{session_id}")


@post("/sessions/{session_id:uuid}/cancellations")
def cancel_session(db: Database, reader: SignedIn, session_id: Id) -> Redirect:
    actions.cancel(db, reader, session_id)
    return see_other(f"/sessions/{session_id}")


@post("/sessions/{session_id:uuid}/restorations")
def restore_session(db: Database, reader: SignedIn, session_id: Id) -> Redirect:
    actions.restore(db, reader, session_id)
    return see_other(f"/sessions/{session_id}")


def _session_page(
    request: AnyRequest,
    db: Session,
    reader: Reader,
    session_id: UUID,
    typed: Typed,
    errors: dict[str, Sentence],
) -> Response[str]:
    card, posted, note = actions.one(db, reader, session_id)
    covered = {topic.theme for topic in posted}
    shows_questions = card.is_member and not card.is_spared
    return page(
        request,
        "sessions/session.html",
        status=422 if errors else 200,
        card=card,
        topics=posted,
        themes=[(n, theme) for n, theme in enumerate(card.themes) if theme not in covered],
        kinds=actions.kinds(card.checks),
        answers=actions.answers(db, card) if card.is_facilitator else None,
        shows_questions=shows_questions,
        questions=questions.parked(db, reader, card) if shows_questions else [],
        note=note,
        most=notes.LENGTH,
        is_stale=False,
        is_saved=is_saved(request),
        typed=typed,
        errors=errors,
    )


router = Router(
    "/",
    route_handlers=[
        show_sessions, show_session, answer_session, park_question, withdraw_question,
        note_answered, show_note, save_note, show_change, change_session, cancel_session,
        restore_session, show_plan, make_plan, show_topic_form, post_topic, show_topic,
        show_topic_change, change_topic, show_topic_erasure, erase_topic,
    ],
)  # fmt: skip
