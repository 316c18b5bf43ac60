"""Reading without a line: the choice, and what a phone on which it is made is to have."""

import json
from typing import Any

import litestar
from litestar import Response
from litestar.response import Redirect

from companion.errors import NotFound
from companion.people import sign_ins
from companion.people.asking import SignedIn
from companion.people.reader import Reader
from companion.today import reading
from companion.web.pages import page, see_other
from companion.web.params import AnyRequest, Database
from companion.web.routing import get, post


@get("/reading")
def show_reading(request: AnyRequest, reader: SignedIn) -> Response[str]:
    _only_hers(reader)
    return page(request, "today/reading.html", first=FIRST, then=THEN)


@post("/reading")
def keep_reading(db: Database, reader: SignedIn) -> Redirect:
    """Not behind a PIN: that is there because others use this phone too, and without a line nobody
    could ask for it."""
    _only_hers(reader)
    if reader.lock is None:
        sign_ins.read_offline(db, reader, yes=True)
    return see_other("/reading")


@post("/reading/goodbyes")
def wipe_reading(db: Database, reader: SignedIn) -> Redirect:
    """The next page takes all of it from the phone."""
    _only_hers(reader)
    sign_ins.read_offline(db, reader, yes=False)
    return see_other("/reading")


@litestar.post("/reading/pages", opt={"has_asides": False}, status_code=200)
async def send_reading(request: AnyRequest, reader: SignedIn) -> Response[dict[str, Any]]:
    """Asked by the script of a phone that says which pages it has. To one that should have none,
    the address does not exist, and it wipes what it has."""
    if not reader.reads_offline:
        raise NotFound
    headers = {"Cache-Control": "private, no-store"}
    return Response(await reading.changed(request, await _there(request)), headers=headers)


async def _there(request: AnyRequest) -> dict[str, Any]:
    try:
        said = json.loads(await request.body())
    except ValueError:
        said = None
    return said if isinstance(said, dict) else {}


FIRST, THEN = 15, 10
"""Kilobytes, as measured."""


def _only_hers(reader: Reader) -> None:
    """Staff read of others, and those have not chosen this phone."""
    if reader.is_staff:
        raise NotFound


HANDLERS = [show_reading, keep_reading, wipe_reading, send_reading]
