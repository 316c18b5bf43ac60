"""What the pages of a conversation are drawn from, whole or in part."""

from typing import Any

from litestar import Request, Response
from litestar.enums import MediaType
from litestar.response import Redirect
from sqlalchemy.orm import Session

from companion import clock
from companion.chat import actions, lines, pauses, reports, safety
from companion.chat.drawing import drawer, macros
from companion.chat.lines import Line
from companion.chat.scopes import Seat, muted
from companion.chat.signs import SIGNS
from companion.i18n.languages import real_languages
from companion.web.pages import draw, page, see_other, wordings_of
from companion.web.typed import Typed

AnyRequest = Request[Any, Any, Any]


def is_part(request: AnyRequest) -> bool:
    return request.headers.get("hx-request") == "true"


def conversation(
    request: AnyRequest,
    db: Session,
    seat: Seat,
    *,
    before: int | None = None,
    kept: bool = False,
    reply: int | None = None,
    typed: Typed | None = None,
    errors: Any = None,
) -> Response[str]:
    """The conversation, the newest messages or a page of older ones, and the place to write."""
    if errors and is_part(request):
        return _writing_again(request, db, seat, reply, typed, errors)
    found, has_older = lines.newest(db, seat, before, kept=kept)
    return page(
        request,
        "chat/chat.html",
        status=422 if errors else 200,
        seat=seat,
        lines=found,
        older=found[0].number if has_older else None,
        before=before,
        kept=kept,
        new=_first_new(found, seat) if before is None else None,
        pinned=_pinned(db, seat, found),
        reports=reports.waiting(db, seat.reader).get(seat.group_id, 0)
        if seat.is_facilitator
        else 0,
        is_part=is_part(request),
        **_shapes(request, seat),
        **_writing(db, seat, reply, typed or Typed(), errors or {}),
    )


def _pinned(db: Session, seat: Seat, found: list[Line]) -> Line | None:
    """The announcement, which may be among what is shown anyway."""
    there = (line for line in found if line.number == seat.pinned)
    return next(there, None) or lines.find(db, seat, seat.pinned)


def _writing_again(
    request: AnyRequest, db: Session, seat: Seat, reply: int | None, typed: Any, errors: Any
) -> Response[str]:
    """A message that was refused: the writing box alone, with what is wrong."""
    html = draw(
        request,
        "chat/chat.html",
        block="write",
        seat=seat,
        is_part=True,
        **_writing(db, seat, reply, typed or Typed(), errors),
    )
    headers = {"HX-Retarget": "#write", "HX-Reswap": "outerHTML", "Vary": "HX-Request"}
    return Response(html, status_code=422, media_type=MediaType.HTML, headers=headers)


def _writing(
    db: Session, seat: Seat, reply: int | None, typed: Typed, errors: Any
) -> dict[str, Any]:
    """What the writing box needs."""
    return {
        "typed": typed,
        "errors": errors,
        "reply": lines.find(db, seat, reply),
        "nobody_reads": not seat.hours.cover(clock.now(), seat.zone),
        "length": actions.LENGTH,
    }


def done(
    request: AnyRequest, db: Session, seat: Seat, number: int, template: str = "chat/_done.html"
) -> Response[str] | Redirect:
    """After something was done with a message: where it stands; or, for a page that stays, the
    message itself, and the sheet closes."""
    if not is_part(request):
        return back_to(seat, number)
    line = lines.one(db, seat, number)
    html = draw(request, template, seat=seat, line=line, **_shapes(request, seat))
    return Response(html, media_type=MediaType.HTML, headers={"Vary": "HX-Request"})


def back_to(seat: Seat, number: int) -> Redirect:
    return see_other(f"{seat.opened}#n{number}")


def sheet(
    request: AnyRequest,
    db: Session,
    seat: Seat,
    number: int,
    *,
    typed: Typed | None = None,
    errors: Any = None,
) -> Response[str]:
    """One message, and what can be done with it."""
    line = lines.one(db, seat, number).without(muted(seat.speakers))
    author = seat.speakers.get(line.author_id) if line.author_id else None
    answer = page(
        request,
        "chat/message.html",
        status=422 if errors else 200,
        seat=seat,
        line=line,
        author=author,
        is_own=line.author_id == seat.reader.id,
        own_sign=actions.own_sign(db, seat.reader, line.id),
        all_signs=SIGNS,
        evidence=safety.evidence(db, seat, number),
        own_report=reports.own_report(db, seat.reader, line.id),
        reasons=list(reports.REASONS.items()),
        pauses=[(key, said) for key, (_, said) in pauses.PAUSES.items()],
        offered=[(each.code, each.endonym) for each in real_languages()],
        typed=typed or Typed(),
        errors=errors or {},
        **_shapes(request, seat),
    )
    if errors and is_part(request):
        answer.headers.update({"HX-Retarget": "#acts", "HX-Reswap": "outerHTML"})
    return answer


def _shapes(request: AnyRequest, seat: Seat) -> dict[str, Any]:
    drafts: bool = request.app.state.config.drafts
    return {"draw": drawer(seat, drafts, wordings_of(request)), "shapes": macros()}


def _first_new(found: list[Line], seat: Seat) -> int | None:
    """Above which message stands "new since you were here"."""
    if seat.read_to is None:
        return None
    new = (each for each in found if each.number > (seat.read_to or 0))
    first = next((each for each in new if each.author_id != seat.reader.id), None)
    return first.number if first else None
