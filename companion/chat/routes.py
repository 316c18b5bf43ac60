"""The conversation: reading it, saying something, and the stream that keeps a page alive."""

from functools import partial
from typing import Any

import litestar
from litestar import Request, Response, Router
from litestar.background_tasks import BackgroundTask
from litestar.response import Redirect, Stream

from companion.chat import actions, care_routes, marks, message_routes, pages, scopes
from companion.chat.live import Hub
from companion.errors import NotFound, Refusal, SavedBefore
from companion.people import waking
from companion.people.asking import SignedIn
from companion.web.pages import page, see_other
from companion.web.params import AnyRequest, Database, Form, Id, Query, number_in
from companion.web.routing import get, post
from companion.web.typed import UNCUT, Typed

EVENT_STREAM = "text/event-stream"
BY_ITSELF = {"has_asides": False, **waking.IS_BACKGROUND}


@get("/chat")
def show_chats(request: AnyRequest, db: Database, reader: SignedIn) -> Response[str] | Redirect:
    """Her conversation, or a choice of several. A coordinator has none."""
    if reader.is_coordinator:
        raise NotFound
    mine = marks.unread(db, reader)
    if len(mine) == 1:
        return see_other(f"/groups/{mine[0].group_id}/chat#here")
    return page(request, "chat/chats.html", chats=mine)


@get("/groups/{group_id:uuid}/chat", opt={"has_asides": False})
def show_chat(
    request: AnyRequest,
    db: Database,
    reader: SignedIn,
    group_id: Id,
    before: Query = None,
    reply: Query = None,
    show: Query = None,
    kept: Query = None,
) -> Response[str]:
    """What the group said. After a loss it opens only when she asks for it. A phone that keeps it
    for later has not read it."""
    seat = scopes.seat(db, reader, group_id)
    is_asked_for = show or before or reply or pages.is_part(request)
    if seat.is_spared and not is_asked_for:
        return page(request, "chat/quiet.html", seat=seat)
    older, is_kept = number_in(before), bool(kept)
    answer = pages.conversation(
        request, db, seat, before=older, kept=is_kept, reply=number_in(reply)
    )
    if older is None and not is_kept and seat.last > (seat.read_to or 0):
        # Only looking was asked for, so that noting it must not keep the page waiting.
        keep = partial(marks.read, group_id=group_id, person_id=reader.id, number=seat.last)
        answer.background = BackgroundTask(request.app.state.database.write, keep)
    return answer


@post("/groups/{group_id:uuid}/reads", status_code=204, opt=BY_ITSELF)
def note_read(db: Database, reader: SignedIn, group_id: Id, typed: Form) -> None:
    """A page that stays open says up to where its reader has seen what came."""
    seat = scopes.seat(db, reader, group_id)
    number = number_in(typed.get("number")) or 0
    marks.read(db, group_id=group_id, person_id=reader.id, number=min(number, seat.last))


@post("/groups/{group_id:uuid}/messages")
def say(
    request: AnyRequest, db: Database, reader: SignedIn, group_id: Id, typed: Form
) -> Response[str] | Redirect:
    seat = scopes.seat(db, reader, group_id)
    reply = number_in(typed.get("reply_to"))
    try:
        text = typed.get("text", UNCUT)
        number = actions.say(db, seat, typed.id(), text, reply, typed.written_at)
    except Refusal as refusal:
        db.rollback()  # nothing half done
        if isinstance(refusal, SavedBefore):
            typed = Typed(tuple(pair for pair in typed if pair[0] != "id"))
        return pages.conversation(
            request, db, seat, reply=reply, typed=typed, errors=refusal.errors
        )
    return pages.done(request, db, seat, number, "chat/_sent.html")


@litestar.get("/groups/{group_id:uuid}/live", opt=BY_ITSELF)
async def open_stream(
    request: Request[Any, Any, Any], reader: SignedIn, group_id: Id, after: Query = None
) -> Stream:
    """Everything that is said from now on, or since the last event that this page has seen. It
    holds no database handle while it is open, and ends when the device locks."""
    hub: Hub = request.app.state.hub
    since = request.headers.get("last-event-id") or after
    most = waking.seconds_left(request, reader)
    stream = await hub.open(reader, group_id, number_in(since), most)

    async def events() -> Any:
        try:
            async for data in stream.events():
                yield data
        finally:
            hub.leave(stream)

    headers = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}
    return Stream(events(), media_type=EVENT_STREAM, headers=headers)


router = Router(
    "/",
    route_handlers=[
        show_chats, show_chat, say, note_read, open_stream,
        *message_routes.HANDLERS, *care_routes.HANDLERS,
    ],
)  # fmt: skip
