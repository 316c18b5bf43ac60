"""The lock of this device: putting it on and taking it off, closing and opening it.

These handlers hold no database handle while a PIN is looked at: they write in moments of their own.
"""

from dataclasses import replace
from typing import Any

import litestar
from litestar import Response
from litestar.response import Redirect

from companion.db import Database
from companion.errors import Refusal
from companion.i18n import Sentence, _
from companion.people import locks, waking
from companion.people.asking import Holder, SignedIn
from companion.people.keeping import MOST, Kept
from companion.people.lock_forms import LockForm
from companion.people.locked import lock_page, over_page
from companion.people.reader import Lock, Reader
from companion.people.trying import Outcome, new_hash, say_wait, try_pin
from companion.web.pages import own_path, page, see_other
from companion.web.params import AnyRequest, Form
from companion.web.routing import get
from companion.web.typed import Typed

Answer = Response[str] | Redirect


@get("/lock")
def show_lock_settings(request: AnyRequest, reader: SignedIn) -> Response[str]:
    form = LockForm(str(reader.lock.minutes)) if reader.lock else LockForm()
    return _settings(request, form, {})


@litestar.post("/lock", status_code=200)
async def put_on_lock(request: AnyRequest, reader: SignedIn, typed: Form) -> Answer:
    """A first PIN; or another, or another time, for which the one she has is asked."""
    form = LockForm.read(typed)
    try:
        pin, minutes = form.checked(has_pin=reader.lock is not None)
    except Refusal as refusal:
        return _settings(request, form, refusal.errors, status=422)
    if refused := await _refused(request, reader, typed, form):
        return refused
    before = reader.lock.pin_hash if reader.lock else ""
    pin_hash = await new_hash(reader, pin) if pin else before
    await _write(request, lambda db: locks.put_on(db, reader, pin_hash, minutes))
    waking.wake_up(request, reader, Lock(pin_hash, minutes))
    return see_other("/lock" if reader.lock or not waking.is_shared(request) else "/shared")


@litestar.post("/lock/goodbyes", status_code=200)
async def take_off_lock(request: AnyRequest, reader: SignedIn, typed: Form) -> Answer:
    if reader.lock is None or waking.is_shared(request):
        return see_other("/lock")
    if refused := await _refused(request, reader, typed, LockForm(str(reader.lock.minutes))):
        return refused
    await _write(request, lambda db: locks.take_off(db, reader))
    waking.put_to_sleep(request)
    return see_other("/lock")


@litestar.post("/lock/closings", status_code=200)
async def close_lock(request: AnyRequest, holder: Holder) -> Redirect:
    """Locked now."""
    if holder.lock is None:
        return see_other("/lock")
    waking.put_to_sleep(request)
    return see_other("/")


@litestar.post("/lock/openings", status_code=200, request_max_body_size=2 * MOST)
async def open_lock(request: AnyRequest, holder: Holder, typed: Form) -> Answer:
    """The right PIN leads back to where she was, or to what she sent meanwhile."""
    back, sealed = own_path(typed.get("back", 2000)), typed.get("kept", 2 * MOST)
    if holder.lock is None:
        return see_other(back)
    outcome, errors, status = await _tried(request, holder, holder.lock, typed)
    if outcome is Outcome.OVER:
        return over_page(request)
    if outcome is not Outcome.RIGHT:
        return lock_page(request, back, sealed, errors, status=status)
    waking.wake_up(request, holder, holder.lock)
    kept = Kept.open(sealed, holder) if sealed else None
    return _unsent(request, holder, kept) if kept else see_other(back)


@litestar.get("/lock/signs", status_code=204, opt={"has_asides": False, **waking.IS_BACKGROUND})
async def look_whether_locked(reader: SignedIn) -> None:
    """Asked by her script: nothing, or the lock to lay over the page."""


@litestar.post("/lock/signs", status_code=204, opt={"has_asides": False})
async def note_sign(reader: SignedIn) -> None:
    """She is typing or touching the page, says its script: that is use, like any request of hers,
    and what she writes is not locked away under her hands."""


def _settings(
    request: AnyRequest, form: LockForm, errors: dict[str, Sentence], *, status: int = 200
) -> Response[str]:
    shown = replace(form, pin="", pin_again="")
    return page(request, "people/lock.html", status=status, form=shown, errors=errors,
                choices=locks.IDLE_MINUTES, is_shared=waking.is_shared(request))  # fmt: skip


def _unsent(request: AnyRequest, holder: Reader, kept: Kept) -> Response[str]:
    """What she sent is not done by itself: whoever sent it may not have been her."""
    request.scope["reader"] = holder  # type: ignore[typeddict-unknown-key]
    return page(request, "people/unsent.html", kept=kept)


async def _refused(
    request: AnyRequest, reader: Reader, typed: Typed, form: LockForm
) -> Response[str] | None:
    """The answer to a PIN that is not hers; None if it is, or if there is none yet."""
    if reader.lock is None:
        return None
    outcome, errors, status = await _tried(request, reader, reader.lock, typed)
    if outcome is Outcome.OVER:
        return over_page(request)
    return None if outcome is Outcome.RIGHT else _settings(request, form, errors, status=status)


async def _tried(
    request: AnyRequest, reader: Reader, lock: Lock, typed: Typed
) -> tuple[Outcome, dict[str, Sentence], int]:
    """What became of her PIN, what to say about it, and the status to say it with."""
    try:
        outcome, seconds = await try_pin(_database(request), reader, lock, typed.get("pin_now"))
    except Refusal as refusal:
        return Outcome.WRONG, refusal.errors, 422
    if seconds:
        return outcome, {"pin_now": say_wait(seconds)}, 429
    return outcome, {"pin_now": _("This is not the PIN. Try again.")}, 422


async def _write(request: AnyRequest, work: Any) -> None:
    await _database(request).write(work)


def _database(request: AnyRequest) -> Database:
    database: Database = request.app.state.database
    return database


HANDLERS = [
    show_lock_settings, put_on_lock, take_off_lock, close_lock, open_lock, look_whether_locked,
    note_sign,
]  # fmt: skip
