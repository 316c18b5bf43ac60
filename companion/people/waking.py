"""When she last used this device, as a signed moment in a cookie: no request writes a row for it.

A missing or a forged one means that she did not: the device is locked. It is a cookie of the
browser's own session, and is gone when the browser is.
"""

import hmac
from typing import Any

from litestar import Request
from litestar.datastructures import Cookie, MutableScopeHeaders
from litestar.types import Message, Scope

from companion import clock
from companion.config import Config
from companion.people.reader import Lock, Reader
from companion.sealing import keyring

AnyRequest = Request[Any, Any, Any]

IS_BACKGROUND = {"is_background": True}
"""What a handler says that scripts ask by themselves: that is no use of the device."""
MOST_STALE = 60  # seconds


def is_locked(request: AnyRequest, holder: Reader) -> bool:
    """Whether she has to show first that it is her; or, where she shares the device, to set a PIN
    before anything of hers is on it."""
    if holder.lock is None:
        return is_shared(request) and request.url.path != "/lock"
    return is_start(request) or seconds_left(request, holder) <= 0


def is_shared(request: AnyRequest) -> bool:
    """Whether other sign-ins are kept beside this one."""
    config: Config = request.app.state.config
    return bool(request.cookies.get(config.beside_cookie))


def is_start(request: AnyRequest) -> bool:
    """Whether Companion was just opened from the home screen: the manifest says how."""
    return request.url.path == "/" and "start" in request.query_params


def seconds_left(request: AnyRequest, reader: Reader) -> float:
    """How long this device stays open if nobody uses it."""
    lock = reader.lock
    if lock is None:
        return float("inf")
    at = _used_at(request, reader, lock)
    return 0 if at is None else at + lock.minutes * 60 - clock.now().timestamp()


def note_use(request: AnyRequest, reader: Reader) -> None:
    """She uses it now. Said anew once a minute at most, or a quarter of the time until it locks."""
    lock = reader.lock
    if lock is None:
        return
    idle = lock.minutes * 60
    if idle - seconds_left(request, reader) >= min(MOST_STALE, idle / 4):
        wake_up(request, reader, lock)


def wake_up(request: AnyRequest, reader: Reader, lock: Lock) -> None:
    """The answer says that she is here."""
    at = int(clock.now().timestamp())
    _say(request, f"{at}.{_signatures(reader, lock, at)[0]}")


def put_to_sleep(request: AnyRequest) -> None:
    """The answer locks this device."""
    _say(request, "")


def _say(request: AnyRequest, said: str) -> None:
    request.scope["awake"] = said  # type: ignore[typeddict-unknown-key]


async def add_cookie(message: Message, scope: Scope) -> None:
    """Litestar calls this before anything is sent."""
    said: Any = scope.get("awake")
    if said is None or message["type"] != "http.response.start":
        return
    config: Config = scope["litestar_app"].state.config
    cookie = Cookie(
        key=config.awake_cookie,
        value=said,
        max_age=None if said else 0,
        secure=config.is_https,
        httponly=True,
        samesite="lax",
    )
    MutableScopeHeaders.from_message(message).add("Set-Cookie", cookie.to_header(header=""))


def _used_at(request: AnyRequest, reader: Reader, lock: Lock) -> int | None:
    config: Config = request.app.state.config
    said, _, signature = request.cookies.get(config.awake_cookie, "").partition(".")
    if not (said.isascii() and said.isdecimal() and len(said) <= 12 and signature.isascii()):
        return None
    at = int(said)
    signatures = _signatures(reader, lock, at)
    return at if any(hmac.compare_digest(each, signature) for each in signatures) else None


def _signatures(reader: Reader, lock: Lock, at: int) -> list[str]:
    """Of this device and its PIN: whoever changes that one locks every browser that had it."""
    return keyring().sign(f"awake:{reader.sign_in_id}:{lock.pin_hash}:{at}")
