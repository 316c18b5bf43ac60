"""What every answer carries: the browser's orders about scripts, frames, referrers and caches."""

from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

from companion.config import Config

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
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self), interest-cohort=()",
}


async def add_headers(message: Message, scope: Scope) -> None:
    """Litestar calls this before anything is sent, error pages included."""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    for name, value in ALWAYS.items():
        headers.setdefault(name, value)
    # Somebody's own pages stay out of every cache; what may be kept says so itself.
    headers.setdefault("Cache-Control", "no-store")
    config: Config = scope["litestar_app"].state.config
    if config.is_https:
        headers.setdefault("Strict-Transport-Security", "max-age=63072000")
