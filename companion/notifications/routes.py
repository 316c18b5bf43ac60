"""What the scripts on a phone say: here I ring, here no more, this has arrived."""

from typing import Any

from litestar import Response, Router
from litestar.enums import MediaType
from litestar.response import Redirect

from companion.notifications import arrivals, phones
from companion.notifications.keys import push_key
from companion.notifications.services import Services
from companion.people.asking import Holder, SignedIn
from companion.people.models import Ring
from companion.people.waking import IS_BACKGROUND
from companion.web.pages import see_other
from companion.web.params import AnyRequest, Database, Form
from companion.web.routing import post
from companion.web.typed import UNCUT

FIELDS = ("endpoint", "p256dh", "auth")
# A locked phone rings too: what scripts say here shows nothing of hers.
APART = {"has_asides": False, **IS_BACKGROUND}


@post("/phones", opt=APART)
def subscribe_phone(
    request: AnyRequest, db: Database, holder: Holder, typed: Form
) -> Response[dict[str, Any]]:
    """This phone rings; or asks whether it still does, and for which key it should. `rings` false:
    it needs a new address, for `key`."""
    services = Services.parse(request.app.state.config.push_services)
    rings = False
    if typed.get("endpoint"):
        endpoint, p256dh, auth = (typed.get(name, UNCUT) for name in FIELDS)
        address = phones.checked_address(endpoint, p256dh, auth, services)
        rings = phones.subscribe(db, holder, address, typed.get("key"), is_new="new" in typed)
    elif holder.ring != Ring.NO:
        phones.lose(db, [holder.sign_in_id])
    return Response({"rings": rings, "key": push_key().public}, media_type=MediaType.JSON)


@post("/phones/goodbyes")
def unsubscribe_phone(db: Database, reader: SignedIn) -> Redirect:
    phones.unsubscribe(db, reader)
    return see_other("/reminders")


@post("/arrivals", status_code=204, opt=APART)
def note_arrival(db: Database, holder: Holder, typed: Form) -> None:
    """The service worker has shown it."""
    arrivals.note(db, holder, typed.id())


router = Router("/", route_handlers=[subscribe_phone, unsubscribe_phone, note_arrival])
