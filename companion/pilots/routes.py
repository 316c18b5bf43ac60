"""Who to call, for everybody; and the sites, for the coordinator of a pilot."""

from litestar import Response, Router
from litestar.response import Redirect

from companion.errors import NotFound, Refusal, SavedBefore
from companion.people.asking import WHILE_LOCKED, SignedIn, Visitor
from companion.pilots import actions
from companion.pilots.forms import SiteForm
from companion.pilots.pack import general_signs, pilots
from companion.pilots.speaking import speak_for
from companion.web.assets import FOR_EVER
from companion.web.pages import page, see_other, words_of
from companion.web.params import AnyRequest, Code, Database, Form, Id, SignsHeard
from companion.web.pictures import sheet as drawn
from companion.web.routing import get, post


@get("/countries", opt=WHILE_LOCKED)
def show_countries(request: AnyRequest, visitor: Visitor) -> Response[str]:
    return page(request, "pilots/countries.html", pilots=pilots().values())


@get("/call/{pilot_code:str}", opt=WHILE_LOCKED)
def show_card(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    signs_heard: SignsHeard,
    pilot_code: Code,
) -> Response[str]:
    """The card of a country, in its own words. Whoever is signed in has a card of her own, at
    /call, that knows which signs are for her; here she is shown those that can hurt nobody."""
    if pilot_code not in pilots():
        raise NotFound
    pilot = speak_for(request, db, pilot_code)
    signs = (general_signs(),) if visitor else pilot.danger_signs
    heard = signs_heard(pilot.code, words_of(request))
    return page(request, "pilots/call.html", pilot=pilot, own=[], signs=signs, heard=heard)


@get("/call/{pilot_code:str}/{sheet:str}", sync_to_thread=False, opt={"is_static": True})
def send_drawings(pilot_code: Code, sheet: Code) -> Response[bytes]:
    """The pictures that a pilot drew itself; its address names the content."""
    pilot = pilots().get(pilot_code)
    if pilot is None or not pilot.sheet.endswith(f"/{sheet}"):
        raise NotFound
    headers = {"Cache-Control": FOR_EVER}
    return Response(drawn(pilot.drawings), media_type="image/svg+xml", headers=headers)


@get("/sites")
def list_sites(request: AnyRequest, db: Database, coordinator: SignedIn) -> Response[str]:
    return page(request, "pilots/sites.html", sites=actions.sites(db, coordinator))


@get("/sites/new")
def show_new_site(request: AnyRequest, coordinator: SignedIn) -> Response[str]:
    return page(request, "pilots/site.html", site_id=None, form=SiteForm(), errors={}, id=None)


@post("/sites")
def add_site(
    request: AnyRequest, db: Database, coordinator: SignedIn, typed: Form
) -> Response[str] | Redirect:
    form, new = SiteForm.read(typed), typed.id()
    try:
        actions.add_site(db, coordinator, new, form)
    except SavedBefore as refusal:
        # The site is there: what she typed now can only be meant to change it.
        return page(request, "pilots/site.html", status=422, site_id=new, form=form,
                    errors=refusal.errors, id=None)  # fmt: skip
    except Refusal as refusal:
        return page(request, "pilots/site.html", status=422, site_id=None, form=form,
                    errors=refusal.errors, id=new)  # fmt: skip
    return see_other("/sites")


@get("/sites/{site_id:uuid}")
def show_site(
    request: AnyRequest, db: Database, coordinator: SignedIn, site_id: Id
) -> Response[str]:
    form = SiteForm.of(actions.site(db, coordinator, site_id))
    return page(request, "pilots/site.html", site_id=site_id, form=form, errors={}, id=None)


@post("/sites/{site_id:uuid}")
def change_site(
    request: AnyRequest, db: Database, coordinator: SignedIn, site_id: Id, typed: Form
) -> Response[str] | Redirect:
    form = SiteForm.read(typed)
    try:
        actions.change_site(db, coordinator, site_id, form)
    except Refusal as refusal:
        return page(request, "pilots/site.html", status=422, site_id=site_id, form=form,
                    errors=refusal.errors, id=None)  # fmt: skip
    return see_other("/sites")


router = Router(
    "/",
    route_handlers=[
        show_countries, show_card, send_drawings, list_sites, show_new_site, add_site, show_site,
        change_site,
    ],
)  # fmt: skip
