"""Reminders: whether this phone rings, what for, her own, and the other ways."""

from typing import Any

from litestar import Response, Router
from litestar.response import Redirect
from sqlalchemy.orm import Session

from companion import clock
from companion.chat.hours import WEEK
from companion.errors import NotFound, Refusal, SavedBefore
from companion.i18n import Sentence
from companion.i18n.formats import zone_place
from companion.notifications import arrivals, phones
from companion.notifications.keys import push_key
from companion.people import actions as people
from companion.people.asking import SignedIn, Visitor
from companion.people.reader import Reader
from companion.pilots.pack import pilots
from companion.reminders import choices, feed, own
from companion.reminders.choices import Choices
from companion.reminders.forms import Ways, hours_for, read_ways, read_wish
from companion.reminders.kinds import KINDS, OWN, TEST, switches_for
from companion.reminders.planning import plan_repeated, plan_sessions, zone_of
from companion.sessions.path import paths
from companion.sessions.sparing import is_spared
from companion.web import coach
from companion.web.pages import page, see_other
from companion.web.params import AnyRequest, Code, Database, Form, Id
from companion.web.routing import get, post
from companion.web.typed import Typed


@get("/reminders")
def show_reminders(request: AnyRequest, db: Database, reader: SignedIn) -> Response[str]:
    chosen = choices.own(db, reader)
    return _reminders(request, db, reader, Typed(tuple(_as_typed(chosen, reader))), {})


@post("/reminders")
def choose_reminders(
    request: AnyRequest, db: Database, reader: SignedIn, typed: Form
) -> Response[str] | Redirect:
    now = choices.own(db, reader)
    names = [name for name, _, _ in _switches(reader, spared=is_spared(db, reader))]
    try:
        ways = read_ways(typed, now, names)
    except Refusal as refusal:
        return _reminders(request, db, reader, typed, refusal.errors)
    _keep(db, reader, ways)
    return see_other("/reminders?saved=yes#choices")


def _keep(db: Session, reader: Reader, ways: Ways) -> None:
    people.choose_zone(db, reader, ways.zone)
    choices.keep(db, reader, ways.choices)
    plan_sessions(db, person_ids=[reader.id])
    plan_repeated(db, reader.id)


def _as_typed(chosen: Choices, reader: Reader) -> list[tuple[str, str]]:
    """What she chose, as the form would send it."""
    times = ("day_before_at", "quiet_from", "quiet_until", "measure_at")
    switches = [name for kind in KINDS.values() for name in (kind.choice, kind.after_loss) if name]
    return [
        *((name, f"{getattr(chosen, name):%H:%M}") for name in times),
        *((name, "yes") for name in switches if getattr(chosen, name)),
        ("measure_on", str(chosen.measure_on)),
        ("zone", zone_of(reader.zone, reader.pilot)),
    ]


def _switches(reader: Reader, *, spared: bool) -> list[tuple[str, Sentence, Sentence]]:
    """The switches that are hers now: name, label, hint. After a loss there are few, and off."""
    if spared:
        kinds = [kind for kind in KINDS.values() if kind.after_loss and reader.role in kind.roles]
        return [(kind.after_loss, kind.label, kind.hint) for kind in kinds]
    return [(kind.choice, kind.label, kind.hint) for kind in switches_for(reader.role)]


def _reminders(
    request: AnyRequest, db: Session, reader: Reader, typed: Typed, errors: dict[str, Sentence]
) -> Response[str]:
    spared = is_spared(db, reader)
    switches = _switches(reader, spared=spared)
    hers = zone_of(reader.zone, reader.pilot)
    zones = {pilot.zone for pilot in pilots().values()} | {hers}
    places = {zone: zone_place(zone, reader.language) for zone in zones}
    return page(
        request,
        "reminders/reminders.html",
        status=422 if errors else 200,
        phone=phones.own(db, reader),
        key=push_key().public,
        switches=switches,
        hours=hours_for([name for name, _, _ in switches]),
        spared=spared,
        places=sorted(places.items(), key=lambda each: each[1].casefold()),
        week=WEEK,
        own=len(own.all_of(db, reader)),
        has_feed=feed.has_one(db, reader),
        typed=typed,
        errors=errors,
        is_saved=request.query_params.get("saved") == "yes",
        **_coached(request),
    )


def _coached(request: AnyRequest) -> dict[str, Any]:
    """What to do on this kind of phone."""
    platform = coach.platform(request.headers.get("user-agent", ""))
    install = (*coach.STEPS[coach.Platform.IOS].install, coach.COME_BACK)
    return {"platform": platform, "steps": coach.STEPS[platform], "install": install}


@post("/reminders/tests")
def start_test(db: Database, reader: SignedIn, typed: Form) -> Redirect:
    """Ring this phone, now."""
    keeps = KINDS[TEST].keeps
    test_id = arrivals.start_test(db, reader, TEST, typed.id(), keeps, "/reminders")
    return see_other(f"/reminders/tests/{test_id}")


@get("/reminders/tests/{notification_id:uuid}")
def show_test(
    request: AnyRequest, db: Database, reader: SignedIn, notification_id: Id
) -> Response[str]:
    test = arrivals.one(db, reader, notification_id)
    return page(request, "reminders/test.html", test=test, now=clock.now(), **_coached(request))


@post("/reminders/tests/{notification_id:uuid}/arrivals")
def note_test(db: Database, reader: SignedIn, notification_id: Id) -> Redirect:
    """She says herself that it came: not every phone can."""
    arrivals.note(db, reader, notification_id)
    return see_other(f"/reminders/tests/{notification_id}")


@get("/reminders/own")
def show_own(request: AnyRequest, db: Database, reader: SignedIn) -> Response[str]:
    return _own(request, db, reader, Typed(), {})


@post("/reminders/own")
def add_own(
    request: AnyRequest, db: Database, reader: SignedIn, typed: Form
) -> Response[str] | Redirect:
    try:
        own.add(db, reader, typed.id(), read_wish(typed))
    except Refusal as refusal:
        if isinstance(refusal, SavedBefore):
            typed = Typed(tuple(pair for pair in typed if pair[0] != "id"))
        return _own(request, db, reader, typed, refusal.errors)
    return see_other("/reminders/own")


@post("/reminders/own/{reminder_id:uuid}/erasures")
def erase_own(db: Database, reader: SignedIn, reminder_id: Id) -> Redirect:
    own.erase(db, reader, reminder_id)
    return see_other("/reminders/own")


def _own(
    request: AnyRequest, db: Session, reader: Reader, typed: Typed, errors: dict[str, Sentence]
) -> Response[str]:
    chosen = choices.own(db, reader)
    return page(
        request,
        "reminders/own.html",
        status=422 if errors else 200,
        reminders=own.all_of(db, reader),
        quiet=chosen.quiet(zone_of(reader.zone, reader.pilot)),
        rests=not chosen.wants(KINDS[OWN], spared=is_spared(db, reader)),
        week=WEEK,
        typed=typed,
        errors=errors,
    )


@post("/reminders/calendar")
def make_feed(request: AnyRequest, db: Database, reader: SignedIn) -> Response[str]:
    """The one answer that shows the address: it is kept hashed and cannot be shown again."""
    if reader.is_coordinator:
        raise NotFound
    address = feed.address(request.app.state.config.origin, feed.make(db, reader))
    return page(request, "reminders/calendar.html", address=address)


@post("/reminders/calendar/goodbyes")
def revoke_feed(db: Database, reader: SignedIn) -> Redirect:
    feed.revoke(db, reader)
    return see_other("/reminders#ways")


@get("/calendar/{code:str}", opt={"has_asides": False})
def send_feed(request: AnyRequest, db: Database, visitor: Visitor, code: Code) -> Response[bytes]:
    """The feed itself. Calendars sign in nowhere: who has the secret may read it."""
    config = request.app.state.config
    holder = feed.holder(db, code.removesuffix(".ics"))
    wordings = request.app.state.shelf.of(db, holder.reader.pilot)
    content = feed.calendar(db, holder, config.origin, wordings, drafts=config.drafts)
    tag = feed.tag(content)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(b"", status_code=304, headers=headers, media_type=feed.MEDIA_TYPE)
    return Response(content, headers=headers, media_type=feed.MEDIA_TYPE)


@get("/reminders/card")
def show_card(request: AnyRequest, db: Database, reader: SignedIn) -> Response[str]:
    """Her next sessions on paper: no words about what they are."""
    mine = [] if reader.is_coordinator else paths(db, reader)
    coming = [card for path in mine for card in path.cards if card.is_open]
    coming.sort(key=lambda card: card.starts_at)
    return page(request, "reminders/card.html", cards=coming)


router = Router(
    "/",
    route_handlers=[
        show_reminders, choose_reminders, start_test, show_test, note_test, show_own, add_own,
        erase_own, make_feed, revoke_feed, send_feed, show_card,
    ],
)  # fmt: skip
