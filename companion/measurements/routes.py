"""My record: what was measured, of her and of each child, and writing it down."""

from collections.abc import Mapping
from uuid import UUID

from litestar import Response, Router
from litestar.params import FromPath
from litestar.response import Redirect
from sqlalchemy.orm import Session

from companion import clock
from companion.i18n import Sentence
from companion.journeys.asking import Spared
from companion.measurements import actions, forms, history, reading_routes
from companion.measurements.chart import MOST_READINGS
from companion.measurements.forms import EntryForm
from companion.measurements.kinds import Kind
from companion.measurements.readings import Reading, chart_of, words_of
from companion.measurements.scopes import Subject, record_of
from companion.people.asking import SignedIn
from companion.people.reader import Reader
from companion.web.pages import page, see_other
from companion.web.params import AnyRequest, Code, Database, Form, Query
from companion.web.routing import get, post

# These have their tile from the first day.
ALWAYS_THERE = {"blood-pressure", "weight", "child-weight", "child-length"}
FIRST_SHOWN, THEN_SHOWN = 10, 50

# Two addresses, one function each: her own, and a child's.
RECORD = ("/record", "/record/of/{child_id:uuid}")
KIND = ("/record/{code:str}", "/record/of/{child_id:uuid}/{code:str}")
PerhapsChild = FromPath[UUID | None]


def show_record(
    request: AnyRequest,
    db: Database,
    reader: SignedIn,
    spared: Spared,
    child_id: PerhapsChild = None,
) -> Response[str]:
    """The last of everything, hers or a child's."""
    record = record_of(db, reader, spared=spared)
    subject = record.about(child_id)
    last = actions.latest(db, reader, child_id)
    kinds = subject.kinds(record.units)
    past = [slug for slug, each in last.items() if subject.is_past(each.kind, each.taken_at)]
    last = {slug: each for slug, each in last.items() if slug not in past}
    tiles = [kind for kind in kinds if kind.slug in last or kind.slug in ALWAYS_THERE]
    return page(
        request,
        "measurements/record.html",
        subject=subject,
        subjects=record.subjects,
        tiles=[(kind, last.get(kind.slug)) for kind in tiles],
        others=[kind for kind in kinds if kind not in tiles],
        today=clock.today(reader.zone),
    )


def show_kind(
    request: AnyRequest,
    db: Database,
    reader: SignedIn,
    spared: Spared,
    code: Code,
    child_id: PerhapsChild = None,
    before: Query = None,
) -> Response[str] | Redirect:
    """One kind: its last reading, its picture, the form to write the next one, and the history."""
    record = record_of(db, reader, spared=spared)
    subject, zone = record.about(child_id), reader.zone
    kind = subject.kind(code, record.units)
    if before:
        return _older_page(request, db, reader, subject, kind, before)
    found = history.newest(db, reader, kind, child_id, MOST_READINGS)
    readings = [each for each in found if not subject.is_past(kind, each.taken_at)]
    shown, older = _page_of(readings, FIRST_SHOWN)
    if len(readings) < len(found) and not older and subject.since:
        older = history.mark_before(subject.since)
    return page(
        request,
        "measurements/kind.html",
        kind=kind,
        subject=subject,
        path=subject.address(kind),
        form=forms.blank(kind, zone) if subject.takes(kind) else None,
        errors={},
        last=next(iter(readings), None),
        readings=shown,
        older=older,
        charted=readings,
        chart=chart_of(kind, readings, reader),
        said=words_of(kind, readings, zone),
        today=clock.today(zone),
    )


def record_reading(
    request: AnyRequest,
    db: Database,
    reader: SignedIn,
    spared: Spared,
    code: Code,
    typed: Form,
    child_id: PerhapsChild = None,
) -> Response[str] | Redirect:
    record = record_of(db, reader, spared=spared)
    subject = record.about(child_id)
    kind = subject.kind(code, record.units)
    form = forms.read(kind, subject, typed, reader.zone)
    if form.entry is None:
        return _asked_page(request, subject, kind, form, form.errors)
    try:
        actions.record(db, reader, form.entry)
    except actions.ReadingSavedBefore as refusal:
        return _asked_page(request, subject, kind, form, refusal.errors, refusal.reading)
    return see_other(subject.address(kind))


def _older_page(
    request: AnyRequest, db: Session, reader: Reader, subject: Subject, kind: Kind, mark: str
) -> Response[str] | Redirect:
    """Further back in the history, and nothing else."""
    found = history.newest(db, reader, kind, subject.child_id, THEN_SHOWN + 1, mark)
    if not found:
        return see_other(subject.address(kind))
    shown, older = _page_of(found, THEN_SHOWN)
    return page(
        request,
        "measurements/older.html",
        kind=kind,
        subject=subject,
        path=subject.address(kind),
        readings=shown,
        older=older,
    )


def _page_of(found: list[Reading], most: int) -> tuple[list[Reading], str]:
    """So many of what was found, and where the next page begins; "" when nothing is left."""
    shown = found[:most]
    return shown, history.mark(shown[-1]) if len(found) > most else ""


def _asked_page(
    request: AnyRequest,
    subject: Subject,
    kind: Kind,
    form: EntryForm,
    errors: Mapping[str, Sentence],
    saved: Reading | None = None,
) -> Response[str]:
    """The form alone, with what is wrong or asked: nothing else on the page while that is open."""
    return page(
        request,
        "measurements/kind.html",
        status=422,
        kind=kind,
        subject=subject,
        path=subject.address(kind),
        form=form,
        errors=errors,
        saved=saved,
        readings=None,
    )


router = Router(
    "/",
    route_handlers=[
        *(get(path)(show_record) for path in RECORD),
        *(get(path)(show_kind) for path in KIND),
        *(post(path)(record_reading) for path in KIND),
        *reading_routes.HANDLERS,
    ],
)
