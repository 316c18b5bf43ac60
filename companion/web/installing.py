"""What a browser fetches to put Companion on the home screen and to ring: the manifest and the
service worker. With `discreet`, both name and picture are neutral."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from litestar import Request, Response, Router, get
from litestar.params import FromPath

from companion.errors import NotFound
from companion.folders import folder
from companion.i18n import Sentence, in_context
from companion.i18n.words import Words
from companion.web.assets import asset
from companion.web.pages import language_of

NAMES: Mapping[str, Sentence | str] = {
    "companion": "Companion",
    "notes": in_context("a neutral name", "Notes"),
}
COLOUR, GROUND = "#0b5d5b", "#f6f2ea"


@cache
def _worker() -> bytes:
    return (folder("static") / "sw.js").read_bytes()


@get("/sw.js", sync_to_thread=False, opt={"is_static": True})
def send_worker() -> Response[bytes]:
    """At the root, since a worker sees only what is below its address. Browsers ask for it anew."""
    headers = {"Cache-Control": "no-cache"}
    return Response(_worker(), media_type="text/javascript", headers=headers)


@get("/manifests/{manifest:str}", sync_to_thread=False, opt={"is_static": True})
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
        "display": "standalone",
        "lang": words.language.code,
        "dir": words.language.direction,
        "background_color": GROUND,
        "theme_color": COLOUR,
        "icons": [
            {
                "src": asset(f"icons-{manifest}.png"),
                "sizes": "192x192",
                "type": "image/png",
                "purpose": "any maskable",
            }
        ],
    }
    headers = {"Cache-Control": "no-cache"}
    return Response(said, media_type="application/manifest+json", headers=headers)


router = Router("/", route_handlers=[send_worker, send_manifest])
