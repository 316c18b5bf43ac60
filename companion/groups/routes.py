"""Groups: the list, a new one, its page, its agreement, its numbers, and goodbyes."""

from typing import Any
from uuid import UUID

from litestar import Response, Router
from litestar.response import Redirect
from sqlalchemy.orm import Session

from companion import clock
from companion.errors import Refusal, SavedBefore
from companion.groups import (
    actions,
    agreements,
    beside_routes,
    goodbyes,
    invitation_routes,
    joining_routes,
    scopes,
)
from companion.groups.forms import GroupForm
from companion.notifications import phones
from companion.people.asking import SignedIn
from companion.people.models import Role
from companion.people.reader import Reader
from companion.pilots.numbers import rows, typed_numbers
from companion.pilots.pack import offered_languages, pilot
from companion.programmes.programme import programme
from companion.web.pages import page, see_other
from companion.web.params import AnyRequest, Database, Form, Id
from companion.web.routing import get, post


def _again(refusal: Refusal, form_id: UUID) -> UUID | None:
    """The id of a form that is drawn again: a new one where this one was saved already, so that
    whoever has read so and sends what she typed all the same has it saved too."""
    return None if isinstance(refusal, SavedBefore) else form_id


@get("/groups")
def list_groups(request: AnyRequest, db: Database, reader: SignedIn) -> Response[str] | Redirect:
    if reader.is_coordinator:
        groups = actions.coordinated(db, reader)
        return page(request, "groups/coordinated.html", groups=groups)
    mine = actions.home(db, reader)
    if len(mine) == 1:
        return see_other(f"/groups/{mine[0].group_id}")
    return page(request, "groups/groups.html", groups=mine)


def _new_group(
    request: AnyRequest, db: Session, reader: Reader, form: GroupForm, **more: Any
) -> Response[str]:
    pack = pilot(reader.pilot)
    context = {"id": None, "errors": {}, **more}
    choices = context.pop("choices", None) or actions.choices(db, reader)
    return page(
        request,
        "groups/new.html",
        form=form,
        sites=choices.sites,
        facilitators=[(str(person_id), name) for person_id, name in choices.facilitators],
        programmes=[programme(slug, pack.code) for slug in pack.programmes],
        offered=[(each.code, each.endonym) for each in offered_languages(pack)],
        this_month=f"{clock.today(reader.zone):%m/%Y}",
        **context,
    )


@get("/groups/new")
def show_new_group(request: AnyRequest, db: Database, coordinator: SignedIn) -> Response[str]:
    return _new_group(request, db, coordinator, GroupForm.blank(pilot(coordinator.pilot)))


@post("/groups")
def start_group(
    request: AnyRequest, db: Database, coordinator: SignedIn, typed: Form
) -> Response[str] | Redirect:
    form, group_id = GroupForm.read(typed), typed.id()
    choices = actions.choices(db, coordinator)
    try:
        actions.start(db, coordinator, group_id, form, choices)
    except Refusal as refusal:
        return _new_group(request, db, coordinator, form, status=422, id=_again(refusal, group_id),
                          errors=refusal.errors, choices=choices)  # fmt: skip
    return see_other(f"/groups/{group_id}/plan")


@get("/groups/{group_id:uuid}")
def show_group(request: AnyRequest, db: Database, reader: SignedIn, group_id: Id) -> Response[str]:
    if reader.is_coordinator:
        return _overview(request, db, reader, group_id)
    mine = scopes.membership(db, reader, group_id)
    members = scopes.members(db, group_id)
    participants = [each.person_id for each in members if each.role == Role.PARTICIPANT]
    leads = mine.role == Role.FACILITATOR
    return page(
        request,
        "groups/group.html",
        group=mine.group,
        mine=mine,
        participants=len(participants),
        reached=phones.reachable(db, participants) if leads else 0,
        programme=programme(mine.group.programme, reader.pilot) if leads else None,
        agreement=agreements.newest(db, reader, group_id),
        members=members,
        errors={},
    )


def _overview(
    request: AnyRequest, db: Session, coordinator: Reader, group_id: UUID
) -> Response[str]:
    """What a coordinator sees: who facilitates, and how many take part, but never who."""
    group = scopes.arranged(db, coordinator, group_id)
    return page(
        request,
        "groups/overview.html",
        group=group,
        programme=programme(group.programme, coordinator.pilot),
        facilitators=scopes.members(db, group_id, Role.FACILITATOR),
        participants=scopes.participants(db, group_id),
    )


def _agreement(
    request: AnyRequest, db: Session, reader: Reader, group_id: UUID, **more: Any
) -> Response[str]:
    mine = scopes.membership(db, reader, group_id)
    shown = agreements.newest(db, reader, group_id)
    kept = {"text": shown.text, "partners": shown.welcomes_partners} if shown else {}
    context = {"id": None, "errors": {}, "text": "", "partners": False, **kept, **more}
    return page(
        request,
        "groups/agreement.html",
        group=mine.group,
        agreement=shown,
        may_write=mine.role in agreements.WRITERS,
        **context,
    )


@get("/groups/{group_id:uuid}/agreement")
def show_agreement(
    request: AnyRequest, db: Database, reader: SignedIn, group_id: Id
) -> Response[str]:
    return _agreement(request, db, reader, group_id)


@post("/groups/{group_id:uuid}/agreements")
def write_agreement(
    request: AnyRequest, db: Database, reader: SignedIn, group_id: Id, typed: Form
) -> Response[str] | Redirect:
    text, agreement_id, partners = typed.get("text", 20_000), typed.id(), "partners" in typed
    try:
        agreements.write(db, reader, group_id, agreement_id, text, welcomes_partners=partners)
    except Refusal as refusal:
        return _agreement(request, db, reader, group_id, status=422, text=text, partners=partners,
                          id=_again(refusal, agreement_id), errors=refusal.errors)  # fmt: skip
    return see_other(f"/groups/{group_id}/agreement")


@post("/agreements/{agreement_id:uuid}/acceptances")
def accept_agreement(
    request: AnyRequest, db: Database, reader: SignedIn, agreement_id: Id, typed: Form
) -> Response[str] | Redirect:
    group_id = agreements.group_of(db, reader, agreement_id)
    try:
        agreements.accept(db, reader, group_id, agreement_id)
    except Refusal as refusal:
        return _agreement(request, db, reader, group_id, status=422, errors=refusal.errors)
    # The same button stands above the conversation, and who pressed it there stays there.
    back = typed.get("back")
    back = back if back in ("chat", "chat?show=yes") else "agreement"
    return see_other(f"/groups/{group_id}/{back}")


@get("/groups/{group_id:uuid}/leaving")
def show_leaving(
    request: AnyRequest, db: Database, reader: SignedIn, group_id: Id
) -> Response[str]:
    mine = scopes.membership(db, reader, group_id)
    return page(request, "groups/leaving.html", group=mine.group, mine=mine)


@post("/groups/{group_id:uuid}/leaving")
def leave_group(db: Database, reader: SignedIn, group_id: Id, typed: Form) -> Redirect:
    goodbyes.leave(db, reader, group_id, typed.id())
    return see_other("/goodbye")


@get("/goodbye")
def show_goodbye(request: AnyRequest, reader: SignedIn) -> Response[str]:
    return page(request, "groups/left.html")


@get("/groups/{group_id:uuid}/goodbyes/{membership_id:uuid}")
def show_farewell(
    request: AnyRequest, db: Database, reader: SignedIn, group_id: Id, membership_id: Id
) -> Response[str]:
    membership = goodbyes.guest(db, reader, group_id, membership_id)
    return page(
        request,
        "groups/farewell.html",
        group_id=group_id,
        membership=membership,
        name=goodbyes.name_of(db, membership),
    )


@post("/groups/{group_id:uuid}/goodbyes")
def say_goodbye(db: Database, reader: SignedIn, group_id: Id, typed: Form) -> Redirect:
    goodbyes.say_goodbye(db, reader, group_id, typed.id("membership"))
    return see_other(f"/groups/{group_id}")


@get("/groups/{group_id:uuid}/numbers")
def show_numbers(
    request: AnyRequest, db: Database, reader: SignedIn, group_id: Id
) -> Response[str]:
    group = scopes.arranged(db, reader, group_id)
    return page(request, "groups/numbers.html", group=group, numbers=rows(group.numbers), errors={})


@post("/groups/{group_id:uuid}/numbers")
def change_numbers(
    request: AnyRequest, db: Database, reader: SignedIn, group_id: Id, typed: Form
) -> Response[str] | Redirect:
    numbers = typed_numbers(typed)
    try:
        actions.change_numbers(db, reader, group_id, numbers)
    except Refusal as refusal:
        group = scopes.arranged(db, reader, group_id)
        return page(request, "groups/numbers.html", status=422, group=group, numbers=numbers,
                    errors=refusal.errors)  # fmt: skip
    return see_other(f"/groups/{group_id}")


router = Router(
    "/",
    route_handlers=[
        *joining_routes.HANDLERS,
        *invitation_routes.HANDLERS,
        *beside_routes.HANDLERS,
        list_groups, show_new_group, start_group, show_group, show_agreement, write_agreement,
        accept_agreement, show_leaving, leave_group, show_goodbye, show_farewell, say_goodbye,
        show_numbers, change_numbers,
    ],
)  # fmt: skip
