"""One reading of hers: to look at, to correct, to erase."""

from collections.abc import Mapping
from uuid import UUID

from litestar import Response
from litestar.response import Redirect
from sqlalchemy.orm import Session

from companion.errors import NotFound, Refusal
from companion.i18n import Sentence
from companion.journeys.asking import Spared
from companion.measurements import actions, forms
from companion.measurements.forms import EntryForm
from companion.measurements.readings import Reading
from companion.measurements.scopes import Subject, record_of
from companion.people.asking import SignedIn
from companion.people.reader import Reader
from companion.web.pages import page, see_other
from companion.web.params import AnyRequest, Database, Form, Id
from companion.web.routing import get, post


@get("/readings/{reading_id:uuid}")
def show_reading(
    request: AnyRequest, db: Database, reader: SignedIn, spared: Spared, reading_id: Id
) -> Response[str] | Redirect:
    subject, old = _reading(db, reader, spared, reading_id)
    if old.is_replaced:
        return see_other(subject.address(old.kind))
    return _correction_page(request, subject, old, forms.filled(old, reader.zone), {})


@post("/readings/{reading_id:uuid}")
def correct_reading(
    request: AnyRequest, db: Database, reader: SignedIn, spared: Spared, reading_id: Id, typed: Form
) -> Response[str] | Redirect:
    subject, old = _reading(db, reader, spared, reading_id)
    form = forms.read(old.kind, subject, typed, reader.zone, old)
    if form.entry is None:
        return _correction_page(request, subject, old, form, form.errors, status=422)
    try:
        actions.correct(db, reader, old, form.entry)
    except Refusal as refusal:
        return _correction_page(request, subject, old, form, refusal.errors, status=422)
    return see_other(subject.address(old.kind))


@get("/readings/{reading_id:uuid}/erasures")
def ask_to_erase(
    request: AnyRequest, db: Database, reader: SignedIn, spared: Spared, reading_id: Id
) -> Response[str] | Redirect:
    subject, old = _reading(db, reader, spared, reading_id)
    path = subject.address(old.kind)
    if old.is_replaced:
        return see_other(path)
    return page(request, "measurements/erase.html", reading=old, subject=subject, path=path)


@post("/readings/{reading_id:uuid}/erasures")
def erase_reading(db: Database, reader: SignedIn, spared: Spared, reading_id: Id) -> Redirect:
    subject, old = _reading(db, reader, spared, reading_id)
    if not old.is_replaced:
        actions.erase(db, reader, old)
    return see_other(subject.address(old.kind))


def _correction_page(
    request: AnyRequest,
    subject: Subject,
    old: Reading,
    form: EntryForm,
    errors: Mapping[str, Sentence],
    status: int = 200,
) -> Response[str]:
    return page(
        request,
        "measurements/correct.html",
        status=status,
        subject=subject,
        reading=old,
        path=subject.address(old.kind),
        form=form,
        errors=errors,
    )


def _reading(
    db: Session, reader: Reader, spared: bool, reading_id: UUID
) -> tuple[Subject, Reading]:
    """A reading of hers that she may see today, and whom it is about. Raises NotFound."""
    record = record_of(db, reader, spared=spared)
    found = actions.reading(db, reader, reading_id)
    subject = record.about(found.child_id)
    if not subject.has(found.kind):
        raise NotFound
    return subject, found


HANDLERS = (show_reading, correct_reading, ask_to_erase, erase_reading)
