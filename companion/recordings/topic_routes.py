"""What a topic sounds like, in each of its languages: made by the facilitators of its group."""

from uuid import UUID

from litestar import Response
from litestar.response import Redirect
from sqlalchemy.orm import Session

from companion.errors import NotFound, Refusal
from companion.i18n import Sentence
from companion.i18n import language as language_of
from companion.people.asking import SignedIn
from companion.people.reader import Reader
from companion.recordings import actions
from companion.recordings.sounds import LONGEST_SECONDS, MOST_BYTES, sound_in
from companion.sessions import scopes
from companion.sessions.markdown import html
from companion.web.pages import page, see_other
from companion.web.params import AnyRequest, Code, Database, Id
from companion.web.routing import get, post
from companion.web.uploads import TAKES_A_FILE, Uploaded


@get("/topics/{topic_id:uuid}/recordings")
def show_topic_recordings(
    request: AnyRequest, db: Database, reader: SignedIn, topic_id: Id
) -> Response[str]:
    return _page(request, db, reader, topic_id, {})


@post(
    "/topics/{topic_id:uuid}/recordings/{language:str}",
    **TAKES_A_FILE,
)
def record_topic(
    request: AnyRequest,
    db: Database,
    reader: SignedIn,
    topic_id: Id,
    language: Code,
    upload: Uploaded,
) -> Response[str] | Redirect:
    topic, _seat = scopes.facilitated_topic(db, reader, topic_id)
    if language not in {text.language for text in topic.texts}:
        raise NotFound
    try:
        sound = sound_in(upload)
    except Refusal as refusal:
        errors = {f"sound-{language}": said for said in refusal.errors.values()}
        return _page(request, db, reader, topic_id, errors)
    actions.keep_for_topic(db, reader, topic, language, sound)
    return see_other(f"/topics/{topic_id}/recordings")


def _page(
    request: AnyRequest, db: Session, reader: Reader, topic_id: UUID, errors: dict[str, Sentence]
) -> Response[str]:
    topic, _seat = scopes.facilitated_topic(db, reader, topic_id)
    made = actions.of_topic(db, topic.id)
    return page(
        request,
        "recordings/topic.html",
        status=422 if errors else 200,
        topic=topic,
        texts=[
            (language_of(text.language), text, html(text.text), made.pop(text.language, None))
            for text in topic.texts
        ],
        # The topic is no longer written in these.
        left=[(language_of(code), each) for code, each in made.items()],
        longest=LONGEST_SECONDS,
        most_bytes=MOST_BYTES,
        errors=errors,
    )
