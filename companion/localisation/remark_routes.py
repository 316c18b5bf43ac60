"""What readers say of the words: where they write it, and where translators read it."""

from urllib.parse import urlencode
from uuid import UUID

from litestar import Response
from litestar.response import Redirect

from companion.errors import Refusal, SavedBefore
from companion.i18n import Sentence
from companion.localisation import desk, remarks
from companion.localisation.forms import RemarkForm
from companion.people.asking import FOR_TRANSLATORS, SignedIn
from companion.web.pages import own_path, page, see_other
from companion.web.params import AnyRequest, Code, Database, Form, Id, Query, number_in
from companion.web.routing import get, post


def _form(
    request: AnyRequest,
    form: RemarkForm,
    *,
    status: int = 200,
    remark_id: UUID | None = None,
    errors: dict[str, Sentence] | None = None,
) -> Response[str]:
    return page(request, "localisation/remark.html", status=status, form=form, id=remark_id,
                errors=errors or {})  # fmt: skip


@get("/remarks/new", opt=FOR_TRANSLATORS)
def show_new_remark(request: AnyRequest, reader: SignedIn, back: Query = None) -> Response[str]:
    return _form(request, RemarkForm(back=own_path(back or "/")))


@post("/remarks", opt=FOR_TRANSLATORS)
def say_remark(
    request: AnyRequest, db: Database, reader: SignedIn, typed: Form
) -> Response[str] | Redirect:
    form, remark_id = RemarkForm.read(typed), typed.id()
    try:
        remarks.say(db, reader, remark_id, form)
    except Refusal as refusal:
        # Saved before with other words: sent once more, it is a remark of its own.
        again = None if isinstance(refusal, SavedBefore) else remark_id
        return _form(request, form, status=422, remark_id=again, errors=refusal.errors)
    return see_other(f"/remarks/thanks?{urlencode({'back': form.back})}")


@get("/remarks/thanks", opt=FOR_TRANSLATORS)
def show_thanks(request: AnyRequest, reader: SignedIn, back: Query = None) -> Response[str]:
    return page(request, "localisation/thanks.html", back=own_path(back or "/"))


@get("/words/{language:str}/remarks")
def list_remarks(
    request: AnyRequest, db: Database, translator: SignedIn, language: Code, after: Query = None
) -> Response[str]:
    of, start = remarks.language_of(language), number_in(after) or 0
    many, found = remarks.how_many(db, translator, of), remarks.lines(db, translator, of, start)
    return page(
        request,
        "localisation/remarks.html",
        of=of,
        is_offered=of in desk.languages_of(translator),
        many=many,
        remarks=found,
        rest=start + remarks.PAGE if many > start + remarks.PAGE else None,
    )


@post("/remarks/{remark_id:uuid}/outcomes")
def settle_remark(db: Database, translator: SignedIn, remark_id: Id) -> Redirect:
    return see_other(f"/words/{remarks.settle(db, translator, remark_id)}/remarks")


HANDLERS = [show_new_remark, say_remark, show_thanks, list_remarks, settle_remark]
