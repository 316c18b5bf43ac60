"""Topics: posted for a session by its facilitators, read by the group, each in her language."""

from typing import Any

from litestar import Response
from litestar.response import Redirect

from companion.errors import Refusal, SavedBefore
from companion.i18n import Sentence
from companion.i18n import language as language_of
from companion.people.asking import SignedIn
from companion.sessions import scopes, topics
from companion.sessions.forms import as_typed, read_texts
from companion.sessions.markdown import html
from companion.sessions.models import Topic
from companion.web.pages import page, see_other, wordings_of
from companion.web.params import AnyRequest, Database, Form, Id, Query, TopicHeard
from companion.web.routing import get, post


@get("/sessions/{session_id:uuid}/topics/new")
def show_topic_form(
    request: AnyRequest, db: Database, reader: SignedIn, session_id: Id, theme: Query = None
) -> Response[str]:
    seat = scopes.facilitated(db, reader, session_id)
    started = _theme(seat, theme)
    drafts: bool = request.app.state.config.drafts
    texts = (
        topics.from_theme(started, seat.group.languages, wordings_of(request), drafts=drafts)
        if started
        else topics.blank(seat.group.languages)
    )
    return _form(request, seat, None, texts, theme=theme if started else None)


@post("/sessions/{session_id:uuid}/topics")
def post_topic(
    request: AnyRequest, db: Database, reader: SignedIn, session_id: Id, typed: Form
) -> Response[str] | Redirect:
    seat = scopes.facilitated(db, reader, session_id)
    codes = seat.group.languages
    theme = typed.get("theme")
    try:
        texts = read_texts(typed, codes)
        posted = topics.post(db, reader, seat, typed.id(), _theme(seat, theme), texts)
    except Refusal as refusal:
        said = as_typed(typed, codes)
        topic_id = None if isinstance(refusal, SavedBefore) else typed.id()
        return _form(
            request, seat, None, said, theme=theme, topic_id=topic_id, errors=refusal.errors
        )
    return see_other(f"/topics/{posted}")


@get("/topics/{topic_id:uuid}")
def show_topic(
    request: AnyRequest,
    db: Database,
    reader: SignedIn,
    topic_heard: TopicHeard,
    topic_id: Id,
    language: Query = None,
) -> Response[str]:
    topic, seat = topics.readable(db, reader, topic_id)
    chosen = next((text for text in topic.texts if text.language == language), None)
    text = chosen or topics.for_reader(topic.texts, reader.language)
    return page(
        request,
        "sessions/topic.html",
        topic=topic,
        seat=seat,
        text=text,
        said_in=language_of(text.language),
        others=[language_of(each.language) for each in topic.texts if each is not text],
        body=html(text.text),
        heard=topic_heard(topic.id).get(text.language),
    )


@get("/topics/{topic_id:uuid}/change")
def show_topic_change(
    request: AnyRequest, db: Database, reader: SignedIn, topic_id: Id
) -> Response[str]:
    topic, seat = scopes.facilitated_topic(db, reader, topic_id)
    return _form(request, seat, topic, topics.as_written(topic, seat.group.languages))


@post("/topics/{topic_id:uuid}/change")
def change_topic(
    request: AnyRequest, db: Database, reader: SignedIn, topic_id: Id, typed: Form
) -> Response[str] | Redirect:
    topic, seat = scopes.facilitated_topic(db, reader, topic_id)
    codes = [each.language for each in topics.as_written(topic, seat.group.languages)]
    try:
        topics.rewrite(topic, read_texts(typed, codes))
    except Refusal as refusal:
        return _form(request, seat, topic, as_typed(typed, codes), errors=refusal.errors)
    return see_other(f"/topics/{topic_id}")


@get("/topics/{topic_id:uuid}/erasures")
def show_topic_erasure(
    request: AnyRequest, db: Database, reader: SignedIn, topic_id: Id
) -> Response[str]:
    topic, _seat = scopes.facilitated_topic(db, reader, topic_id)
    text = topics.for_reader(topic.texts, reader.language)
    return page(request, "sessions/topic_erasure.html", topic=topic, text=text)


@post("/topics/{topic_id:uuid}/erasures")
def erase_topic(db: Database, reader: SignedIn, topic_id: Id) -> Redirect:
    return see_other(f"/sessions/{topics.erase(db, reader, topic_id)}")


def _theme(seat: scopes.Seat, index: str | None) -> str:
    """The theme at a place in the session's list; "" for anything else."""
    themes = dict(enumerate(seat.session.themes))
    index = index or ""
    return themes.get(int(index), "") if index.isdecimal() and len(index) < 4 else ""


def _form(
    request: AnyRequest,
    seat: scopes.Seat,
    topic: Topic | None,
    texts: list[topics.Written],
    *,
    errors: dict[str, Sentence] | None = None,
    **more: Any,
) -> Response[str]:
    return page(
        request,
        "sessions/topic_form.html",
        status=422 if errors else 200,
        seat=seat,
        topic=topic,
        texts=[(language_of(each.language), each) for each in texts],
        errors=errors or {},
        **({"theme": None, "topic_id": None} | more),
    )
