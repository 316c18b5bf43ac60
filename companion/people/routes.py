"""More, and what hangs on it: language, text size, name, devices, spare key, lock, leaving."""

from litestar import Response, Router
from litestar.response import Redirect
from sqlalchemy.orm import Session

from companion.errors import Refusal
from companion.i18n import _
from companion.i18n.languages import real_languages
from companion.people import actions, lock_routes, look_routes, neighbour_routes, sign_ins
from companion.people.asking import (
    FOR_TRANSLATORS,
    WHILE_LOCKED,
    Holder,
    SignedIn,
    Visitor,
    forget_here,
    remember_language,
    sign_in_here,
)
from companion.people.codes import read_code, show_code
from companion.people.guessing import note_wrong_code, refuse_guessing
from companion.people.models import TextSize
from companion.web.pages import own_path, page, see_other
from companion.web.params import AnyRequest, Code, Database, Form, Id
from companion.web.qr import qr_picture
from companion.web.routing import get, post

SPARE_KEY = "spare key"
TYPICAL_KB = 400
"""What a month of ordinary use brings to a phone: `python -m companion.bench month`."""
RECORDING_KB = 250
"""A recording has at most so many: whoever takes recordings in says so too."""
SIZES = {
    TextSize.NORMAL: _("Normal"),
    TextSize.LARGER: _("Larger"),
    TextSize.LARGEST: _("Largest"),
}


@get("/more")
def show_more(request: AnyRequest, reader: SignedIn) -> Response[str]:
    return page(request, "people/more.html", sizes=SIZES)


@post("/language", opt=WHILE_LOCKED)
def choose_language(request: AnyRequest, db: Database, visitor: Visitor, typed: Form) -> Redirect:
    """Her language, kept on her row; before she signs in, in a cookie."""
    chosen = typed.get("language")
    if chosen not in {each.code for each in real_languages()}:
        raise Refusal(_("This language is not offered here."), "language")
    if visitor:
        actions.choose_language(db, visitor, chosen)
    answer = see_other(own_path(typed.get("back")))
    remember_language(answer, request.app.state.config, chosen)
    return answer


@post("/text-size")
def choose_text_size(db: Database, reader: SignedIn, typed: Form) -> Redirect:
    actions.choose_text_size(db, reader, typed.get("size"))
    return see_other("/more")


@get("/name")
def show_name(request: AnyRequest, reader: SignedIn) -> Response[str]:
    return page(request, "people/name.html", name=reader.name, errors={})


@post("/name")
def change_name(
    request: AnyRequest, db: Database, reader: SignedIn, typed: Form
) -> Response[str] | Redirect:
    name = typed.get("name")
    try:
        actions.rename(db, reader, name)
    except Refusal as refusal:
        return page(request, "people/name.html", status=422, name=name, errors=refusal.errors)
    return see_other("/more")


@get("/devices")
def show_devices(request: AnyRequest, db: Database, reader: SignedIn) -> Response[str]:
    return page(request, "people/devices.html", devices=sign_ins.devices(db, reader))


@post("/devices/{sign_in_id:uuid}/goodbyes")
def revoke_device(request: AnyRequest, db: Database, reader: SignedIn, sign_in_id: Id) -> Redirect:
    sign_ins.revoke(db, reader, sign_in_id)
    return (
        forget_here(request, "/welcome")
        if sign_in_id == reader.sign_in_id
        else see_other("/devices")
    )


@post("/sign-out")
def sign_out(request: AnyRequest, db: Database, holder: Holder, typed: Form) -> Redirect:
    sign_ins.revoke(db, holder, holder.sign_in_id)
    return forget_here(request, "/welcome", waits=typed.get("waits") == "yes")


@get("/spare-key")
def show_spare_key(request: AnyRequest, db: Database, reader: SignedIn) -> Response[str]:
    return page(
        request, "people/spare_key.html", has_one=actions.has_spare_key(db, reader), code=None
    )


@post("/spare-key")
def make_spare_key(request: AnyRequest, db: Database, reader: SignedIn) -> Response[str]:
    """The one answer that shows it: it is kept hashed and cannot be shown again."""
    code = actions.make_spare_key(db, reader)
    link = f"{request.app.state.config.origin}/key/{code}"
    return page(
        request,
        "people/spare_key.html",
        has_one=True,
        code=show_code(code),
        picture=qr_picture(link),
    )


@get("/key")
def show_key_form(request: AnyRequest, visitor: Visitor) -> Response[str]:
    return page(request, "people/key.html", code="", errors={})


@get("/key/{code:str}")
def scan_key(request: AnyRequest, visitor: Visitor, code: Code) -> Response[str]:
    """What a scanned card opens: its code in the form. Looking alone signs nobody in."""
    return page(request, "people/key.html", code=show_code(read_code(code)[:20]), errors={})


@post("/key")
def use_spare_key(
    request: AnyRequest, db: Database, visitor: Visitor, typed: Form
) -> Response[str] | Redirect:
    code = typed.get("code")
    person = actions.use_spare_key(db, code)
    if person is None:
        return _wrong_key(request, db, code)
    if typed.get("end_others"):
        sign_ins.revoke_all(db, person.id)
    return sign_in_here(request, db, person, "/spare-key")


def _wrong_key(request: AnyRequest, db: Session, code: str) -> Response[str]:
    try:
        refuse_guessing(db, SPARE_KEY)
    except Refusal as refusal:
        return page(request, "people/key.html", status=429, code=code, errors=refusal.errors)
    note_wrong_code(db, SPARE_KEY)
    said = _("Nobody has this spare key. Look again, letter by letter. A spare key works once.")
    return page(request, "people/key.html", status=422, code=code, errors={"code": said})


@get("/data")
def show_data(request: AnyRequest, reader: SignedIn) -> Response[str]:
    """What Companion used on this phone this month, which the phone alone knows."""
    return page(request, "people/data.html", typical=TYPICAL_KB, recording=RECORDING_KB)


@get("/leaving")
def show_leaving(request: AnyRequest, reader: SignedIn) -> Response[str]:
    return page(request, "people/leaving.html")


@post("/leaving")
def leave(request: AnyRequest, db: Database, reader: SignedIn) -> Redirect:
    actions.leave(db, reader)
    return forget_here(request, "/welcome")


router = Router(
    "/",
    route_handlers=[
        show_more, choose_language, choose_text_size, show_name, change_name, show_devices,
        revoke_device, sign_out, show_spare_key, make_spare_key, show_key_form,
        scan_key, use_spare_key, show_data, show_leaving, leave,
        *lock_routes.HANDLERS, *look_routes.HANDLERS, *neighbour_routes.HANDLERS,
    ],
    opt=FOR_TRANSLATORS,
)  # fmt: skip
