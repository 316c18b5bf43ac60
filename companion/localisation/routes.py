"""The workbench, for whoever translates for a pilot: its languages, their texts, and each text."""

from uuid import UUID

from litestar import Response, Router
from litestar.response import Redirect
from sqlalchemy.orm import Session

from companion.errors import NotFound, Refusal
from companion.i18n import Language, Sentence, _
from companion.i18n.languages import SOURCE, languages
from companion.localisation import (
    actions,
    desk,
    file_routes,
    remark_routes,
    remarks,
    translator_routes,
)
from companion.localisation.desk import State, Wanted
from companion.localisation.texts import Text
from companion.people.asking import SignedIn
from companion.people.reader import Reader
from companion.web.pages import page, see_other
from companion.web.params import AnyRequest, Code, Database, Form, Query, number_in
from companion.web.routing import get, post

STATES: dict[str, Sentence] = {
    State.MISSING: _("Missing"),
    State.CHANGED: _("English changed since"),
    State.DRAFT: _("Draft"),
    State.REVIEWED: _("Reviewed"),
}
PART_NAMES: dict[str, Sentence] = {
    "interface": _("Screens"),
    "programme": _("Sessions"),
    "safety": _("Safety"),
    "own": _("Own topics"),
}
LONGEST = 5_000


@get("/words")
def list_languages(request: AnyRequest, db: Database, translator: SignedIn) -> Response[str]:
    return page(
        request,
        "localisation/languages.html",
        counts=desk.progress(db, translator),
        states=STATES,
        remarks=remarks.counts(db, translator),
    )


@get("/words/{language:str}")
def list_words(
    request: AnyRequest,
    db: Database,
    translator: SignedIn,
    language: Code,
    how: Query = None,
    part: Query = None,
    q: Query = None,
    after: Query = None,
) -> Response[str]:
    of = desk.language_of(translator, language)
    wanted = Wanted(
        how if how in STATES else "", part if part in PART_NAMES else "", (q or "")[:100].strip()
    )
    found = [each for each in desk.entries(db, translator, of) if wanted.has(each)]
    start = number_in(after) or 0
    return page(
        request,
        "localisation/words.html",
        of=of,
        wanted=wanted,
        many=len(found),
        entries=found[start : start + desk.PAGE],
        rest=start + desk.PAGE if len(found) > start + desk.PAGE else None,
        states=STATES,
        parts=PART_NAMES,
    )


@get("/words/{language:str}/{text_key:str}")
def show_text(
    request: AnyRequest, db: Database, translator: SignedIn, language: Code, text_key: Code
) -> Response[str]:
    return _sheet(request, db, translator, language, text_key)


def _sheet(
    request: AnyRequest,
    db: Session,
    reader: Reader,
    code: str,
    key: str,
    *,
    status: int = 200,
    typed: tuple[str, ...] | None = None,
    errors: dict[str, Sentence] | None = None,
) -> Response[str]:
    of = desk.language_of(reader, code)
    entry = desk.entry(db, reader, of, key)
    said = desk.history(db, reader, code, key)
    return page(
        request,
        "localisation/text.html",
        status=status,
        of=of,
        source=languages()[SOURCE],
        entry=entry,
        where=entry.text.page_for(reader),
        said=said,
        now=next((each for each in said if each.is_current), None),
        forms=_forms(entry.text, of, typed if typed is not None else entry.forms),
        states=STATES,
        errors=errors or {},
    )


def _forms(text: Text, of: Language, said: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each form to fill in: for which numbers, and what is there already."""
    counted = of.counted() if text.counts else [()]
    numbers = [", ".join(map(str, each)) for each in counted]
    return [(each, said[place] if place < len(said) else "") for place, each in enumerate(numbers)]


@post("/words/{language:str}/{text_key:str}")
def save_text(
    request: AnyRequest,
    db: Database,
    translator: SignedIn,
    language: Code,
    text_key: Code,
    typed: Form,
) -> Response[str] | Redirect:
    of = desk.language_of(translator, language)
    text = desk.text_of(translator, text_key)
    many = of.plurals[0] if text.counts else 1
    forms = tuple(typed.get(f"form{place}", LONGEST) for place in range(many))
    words = actions.NewWords(forms, typed.get("act") == "review", typed.get("seen"))
    try:
        actions.save(db, translator, of, text_key, words)
    except Refusal as refusal:
        return _sheet(
            request,
            db,
            translator,
            language,
            text_key,
            status=422,
            typed=forms,
            errors=refusal.errors,
        )
    return see_other(f"/words/{language}/{text_key}")


@post("/words/{language:str}/{text_key:str}/returns")
def return_to(
    db: Database, translator: SignedIn, language: Code, text_key: Code, typed: Form
) -> Redirect:
    """To words that were said before, or to those of the catalogue."""
    of = desk.language_of(translator, language)
    if wording := typed.get("wording"):
        actions.say_again(db, translator, of, text_key, _id(wording))
    else:
        actions.let_go(db, translator, of, text_key)
    return see_other(f"/words/{language}/{text_key}")


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


router = Router(
    "/",
    route_handlers=[
        *translator_routes.HANDLERS,
        *remark_routes.HANDLERS,
        list_languages, list_words, show_text, save_text, return_to, *file_routes.HANDLERS,
    ],
)  # fmt: skip
