"""What a browser fetches to put Companion on the home screen, to ring, and for when there is no
line: the manifest, the service worker, and a page that says so."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from litestar import Request, Response, Router, get
from litestar.params import FromPath

from companion.errors import NotFound
from companion.folders import folder
from companion.i18n import Sentence, _
from companion.web.assets import Asset, asset, sent, thin
from companion.web.looks import LOOKS, Look
from companion.web.pages import page, words_of
from companion.web.routing import get as get_page
from companion.web.waiting_forms import public_key

# What waits, by a part of its address; and what is said and done about one that was refused.
WAITING = "web/waiting.html"
WAITING_NAMES: Mapping[str, Sentence] = {
    "/record": _("A reading"),
    "/messages": _("A message"),
    "/answers": _("An answer"),
    "/questions": _("A question"),
    "/note": _("A note"),
    "refused": _("This could not be saved as it is."),
    "look": _("Look at it"),
    "drop": _("Throw it away"),
}
GROUND, DARK_GROUND = "#f6f2ea", "#14191a"
"""Of our pages, and so of what a browser draws around them: templates/web/base.html says it too."""
# Chromium asks for it on every page that names it, which is one with another name or language.
KEEP = "private, max-age=604800"
SIZES = (192, 512)  # what browsers ask for, before they install anything


@lru_cache(maxsize=1)
def worker() -> Asset:
    written = (folder("static") / "service-worker.js").read_bytes()
    return Asset.of("service-worker.js", thin("service-worker.js", written))


@lru_cache(maxsize=4)
def outbox(key: str) -> Asset:
    """A part of the worker, with the key to which it seals what waits."""
    written = (folder("static") / "outbox.js").read_bytes()
    head = f'const KEY = "{key}";\n'.encode()
    return Asset.of("outbox.js", head + thin("outbox.js", written))


# Phones on which it was installed as /sw.js go on asking for it there.
@get(["/service-worker.js", "/sw.js"], sync_to_thread=False, opt={"is_static": True})
def send_worker(request: Request[Any, Any, Any]) -> Response[bytes]:
    """At the root, since a worker sees only what is below its address. Browsers ask for it anew."""
    return sent(request, worker(), "no-cache")


@get("/outbox.js", sync_to_thread=False, opt={"is_static": True})
def send_outbox(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Browsers ask for it anew with the worker that it is a part of."""
    return sent(request, outbox(public_key()), "no-cache")


@get_page("/waiting", opt={"has_asides": False})
def show_waiting(request: Request[Any, Any, Any]) -> Response[str]:
    """What could not be sent yet: the phone alone knows it, and fills it in. It shows this page
    also in the place of one that does not come."""
    return page(request, WAITING, names=waiting_names(request))


def waiting_names(request: Request[Any, Any, Any]) -> dict[str, str]:
    words = words_of(request)
    return {part: str(words.say(said)) for part, said in WAITING_NAMES.items()}


@get(
    "/manifests/{look:str}",
    sync_to_thread=False,
    opt={"has_asides": False, "is_open_while_locked": True},
)
def send_manifest(request: Request[Any, Any, Any], look: FromPath[str]) -> Response[dict[str, Any]]:
    """One for each name, in the language of her who asks. All are of one application (`id`): with
    another name it is the same one on her home screen."""
    if look not in LOOKS:
        raise NotFound
    shown, said_in = LOOKS[look], words_of(request).language
    name = _plain(request, shown.name)
    said = {
        "id": "/",
        "name": name,
        "short_name": name,
        "start_url": "/?start=1",
        "scope": "/",
        "display": "standalone",
        "lang": said_in.code,
        "dir": said_in.direction,
        "background_color": GROUND,
        "theme_color": GROUND,
        "color_scheme_dark": {"background_color": DARK_GROUND, "theme_color": DARK_GROUND},
        "icons": [
            *(_icon(shown.icon(size), size, "any") for size in SIZES),
            *(_icon(shown.maskable(size), size, "maskable") for size in SIZES),
        ],
        "shortcuts": [
            {"name": _plain(request, said), "url": address}
            for address, said in _shortcuts(request, shown).items()
        ],
    }
    headers = {"Cache-Control": KEEP}
    return Response(said, media_type="application/manifest+json", headers=headers)


def _plain(request: Request[Any, Any, Any], sentence: Sentence) -> str:
    # What is said here stands in no page: nothing in it is escaped for one.
    return words_of(request).say(sentence).unescape()


def _icon(name: str, size: int, purpose: str) -> dict[str, str]:
    sizes = f"{size}x{size}"
    return {"src": asset(name), "sizes": sizes, "type": "image/png", "purpose": purpose}


def _shortcuts(request: Request[Any, Any, Any], look: Look) -> dict[str, Sentence]:
    """What a long press on the icon offers: under a neutral name nothing, and to staff no record,
    since they have none; to translators nothing either."""
    reader: Any = request.scope.get("reader")
    if look.is_neutral or (reader and reader.is_translator):
        return {}
    record = {} if reader and reader.is_staff else {"/record": _("Write down")}
    return record | {"/sessions": _("Next session")}


router = Router("/", route_handlers=[send_worker, send_outbox, show_waiting, send_manifest])
