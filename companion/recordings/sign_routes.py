"""What the danger signs of a pilot sound like: made by its coordinators."""

from litestar import Response
from litestar.response import Redirect
from sqlalchemy.orm import Session

from companion.errors import NotFound, Refusal
from companion.i18n import Language, Sentence, _
from companion.people.asking import SignedIn
from companion.people.reader import Reader
from companion.pilots.pack import offered_language, offered_languages, pilot
from companion.recordings import actions
from companion.recordings.signs import key_of, key_of_words, sign_groups
from companion.recordings.sounds import LONGEST_SECONDS, MOST_BYTES, sound_in
from companion.web.pages import page, see_other, words_of
from companion.web.params import AnyRequest, Code, Database
from companion.web.routing import get, post
from companion.web.uploads import TAKES_A_FILE, Uploaded


@get("/recordings")
def show_signs(request: AnyRequest, db: Database, coordinator: SignedIn) -> Response[str]:
    own = pilot(coordinator.pilot)
    return page(
        request,
        "recordings/signs.html",
        groups=sign_groups(own),
        offered=offered_languages(own),
        made=actions.of_signs(db, own.code),
        key_of=key_of,
    )


@get("/signs/{sign:str}/recordings/{language:str}")
def show_sign(
    request: AnyRequest, db: Database, coordinator: SignedIn, sign: Code, language: Code
) -> Response[str]:
    return _page(request, db, coordinator, sign, _offered(coordinator, language), {})


@post(
    "/signs/{sign:str}/recordings/{language:str}",
    **TAKES_A_FILE,
)
def record_sign(
    request: AnyRequest,
    db: Database,
    coordinator: SignedIn,
    sign: Code,
    language: Code,
    upload: Uploaded,
) -> Response[str] | Redirect:
    said_in = _offered(coordinator, language)
    text = Sentence(actions.sign_of(coordinator, sign))
    try:
        if not _is_written(request, said_in, text):
            raise Refusal(_("This is not yet written in this language."))
        sound = sound_in(upload)
    except Refusal as refusal:
        errors = {f"sound-{language}": said for said in refusal.errors.values()}
        return _page(request, db, coordinator, sign, said_in, errors)
    actions.keep_for_sign(
        db,
        coordinator.pilot,
        (sign, said_in.code),
        sound,
        words_key=key_of_words(words_of(request, said_in).say(text)),
        by_id=coordinator.id,
    )
    return see_other(f"/signs/{sign}/recordings/{language}")


def _page(
    request: AnyRequest,
    db: Session,
    coordinator: Reader,
    sign: str,
    said_in: Language,
    errors: dict[str, Sentence],
) -> Response[str]:
    text = Sentence(actions.sign_of(coordinator, sign))
    words = words_of(request, said_in)
    return page(
        request,
        "recordings/sign.html",
        status=422 if errors else 200,
        sign=sign,
        said_in=said_in,
        text=words.say(text),
        is_translated=_is_written(request, said_in, text),
        is_draft=words.are_drafts,
        made=actions.of_signs(db, coordinator.pilot).get((sign, said_in.code)),
        longest=LONGEST_SECONDS,
        most_bytes=MOST_BYTES,
        errors=errors,
    )


def _is_written(request: AnyRequest, said_in: Language, text: Sentence) -> bool:
    """Nobody is asked to translate a danger sign while she speaks."""
    return words_of(request, said_in).found_in(text) == said_in.code


def _offered(coordinator: Reader, code: str) -> Language:
    """A language of her pilot. Raises NotFound."""
    found = offered_language(pilot(coordinator.pilot), code)
    if found is None:
        raise NotFound
    return found
