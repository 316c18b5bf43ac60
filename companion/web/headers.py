"""What every answer carries: the browser's orders about scripts, frames, referrers and caches."""

from litestar.datastructures import MutableScopeHeaders
from litestar.enums import MediaType
from litestar.types import Message, Scope

from companion.config import Config
from companion.web.assets import asset

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "media-src 'self' blob:",  # what was just recorded is heard before it is saved
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Browsers obey these in pages and workers. With anything else, half of what goes over the line for
# it would be they.
OF_PAGES = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
}
WITHOUT_A_BODY = frozenset({204, 303, 304})
NEVER_PAGES = ("application/json", "application/manifest+json", "text/event-stream")
# Of a page, as static files; a worker is a script too, and has an address of its own.
ONLY_PARTS = ("text/css", "text/javascript", "image/png")


async def add_headers(message: Message, scope: Scope) -> None:
    """Litestar calls this before anything is sent, error pages included."""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    kind = headers.get("content-type", "")
    is_part = scope["path"].startswith("/static/") and kind.startswith(ONLY_PARTS)
    has_none = message["status"] in WITHOUT_A_BODY or kind.startswith(NEVER_PAGES)
    is_page = not (is_part or has_none)
    for name, value in (ALWAYS | OF_PAGES if is_page else ALWAYS).items():
        headers.setdefault(name, value)
    # Somebody's own pages stay out of every cache; what may be kept says so itself.
    headers.setdefault("Cache-Control", "no-store")
    if is_page and kind.startswith(MediaType.HTML):
        _add_for_reading(headers, scope)
    config: Config = scope["litestar_app"].state.config
    if config.is_https:
        headers.setdefault("Strict-Transport-Security", "max-age=63072000")


def _add_for_reading(headers: MutableScopeHeaders, scope: Scope) -> None:
    """What a browser can use of a page before, and after, it has read it."""
    if length := headers.get("content-length"):
        # Of a page that came through a worker, a browser knows no more how much that was.
        headers["Server-Timing"] = f"b;dur={length}"
    if (b"sec-fetch-site", b"same-origin") not in scope["headers"]:
        # It comes from elsewhere, perhaps for the first time: on a slow line its stylesheet, which
        # all else waits for, sets out before the rest.
        headers["Link"] = f"<{asset('companion.css')}>; rel=preload; as=style"
