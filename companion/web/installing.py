"""What a browser fetches to put Companion on the home screen, to ring, and for when there is no
line: the manifest, the service worker, and a page that says so. With `discreet`, both name and
picture are neutral."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from litestar import Request, Response, Router, get
from litestar.params import FromPath

from companion.errors import NotFound
from companion.folders import folder
from companion.i18n import Sentence, _, in_context
from companion.i18n.words import Words
from companion.web.assets import Asset, asset, sent, thin
from companion.web.pages import language_of, page, words_of
from companion.web.routing import get as get_page
from companion.web.waiting_forms import public_key

NAMES: Mapping[str, Sentence | str] = {
    "companion": "Companion",
    "notes": in_context("a neutral name", "Notes"),
}
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
COLOUR, GROUND = "#0b5d5b", "#f6f2ea"
DARK = {"theme_color": "#17403e", "background_color": "#14191a"}


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
    "/manifests/{manifest:str}",
    sync_to_thread=False,
    opt={"has_asides": False, "is_open_while_locked": True},
)
def send_manifest(
    request: Request[Any, Any, Any], manifest: FromPath[str]
) -> Response[dict[str, Any]]:
    """`companion` or `notes`."""
    if manifest not in NAMES:
        raise NotFound
    words = Words(language_of(request), request.app.state.config.drafts)
    name = str(words.say(NAMES[manifest]))
    said = {
        "id": "/",
        "name": name,
        "short_name": name,
        "start_url": "/?start=1",
        "scope": "/",
        "display": "standalone",
        "lang": words.language.code,
        "dir": words.language.direction,
        "background_color": GROUND,
        "theme_color": COLOUR,
        "color_scheme_dark": DARK,
        "icons": [
            {
                "src": asset(f"icons-{manifest}.png"),
                "sizes": "192x192",
                "type": "image/png",
                "purpose": "any maskable",
            }
        ],
        "shortcuts": [
            {"name": str(words.say(said)), "url": address}
            for address, said in _shortcuts(request, manifest).items()
        ],
    }
    headers = {"Cache-Control": "no-cache"}
    return Response(said, media_type="application/manifest+json", headers=headers)


def _shortcuts(request: Request[Any, Any, Any], manifest: str) -> dict[str, Sentence]:
    """What a long press on the icon offers: under a neutral name nothing, and to staff no record,
    since they have none."""
    if manifest != "companion":
        return {}
    reader: Any = request.scope.get("reader")
    record = {} if reader and reader.is_staff else {"/record": _("Write down")}
    return record | {"/sessions": _("Next session")}


router = Router("/", route_handlers=[send_worker, send_outbox, show_waiting, send_manifest])
