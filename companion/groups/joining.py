"""Using an invitation: somebody new comes in, or somebody who is here already joins a group."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from companion import clock
from companion.errors import NotFound, Refusal
from companion.groups import scopes
from companion.groups.actions import add_member
from companion.groups.invitations import is_open
from companion.groups.models import Invitation, Membership
from companion.i18n import _
from companion.people import actions as people
from companion.people.codes import digests
from companion.people.models import Person, Role, SignIn
from companion.people.reader import Reader
from companion.pilots.pack import offered_languages, pilot

SAME_FORM = timedelta(minutes=10)

UNKNOWN = _("We do not know this code. Look again, letter by letter.")
GONE = _("This invitation no longer works. Ask your facilitator for a new one.")
FULL = _("This group is full. Ask your facilitator what you can do.")


@dataclass(frozen=True)
class Newcomer:
    """What somebody new says of herself, and the id of the form she says it with.

    That form may be sent again, so its id is known to her browser alone and is not her own id:
    that one stands on pages that others see."""

    form_id: UUID
    name: str
    language: str


def find(db: Session, code: str, *, hold: bool = False) -> Invitation | None:
    """The invitation with this code, open or not, with its group. Held, it is ours to use."""
    wanted = select(Invitation).where(Invitation.code_hash.in_(digests(code)))
    wanted = wanted.options(joinedload(Invitation.group))
    return db.scalar(wanted.with_for_update(of=Invitation) if hold else wanted)


def check(db: Session, invitation: Invitation) -> None:
    """Raises Refusal when it no longer lets anybody in."""
    if not is_open(invitation) or _whom_it_is_beside_has_left(db, invitation):
        raise Refusal(GONE, "code")
    group = invitation.group
    if group is None or invitation.role != Role.PARTICIPANT:
        return
    if scopes.participants(db, group.id) >= group.capacity:
        raise Refusal(FULL, "code")


def _whom_it_is_beside_has_left(db: Session, invitation: Invitation) -> bool:
    if invitation.beside_id is None:
        return False
    hers = select(Membership.id).where(
        Membership.group_id == invitation.group_id,
        Membership.person_id == invitation.beside_id,
        scopes.lasts(),
    )
    return db.scalar(hers) is None


def beside_whom(db: Session, invitation: Invitation) -> str:
    """Whose partner is invited; "" for all other invitations."""
    person = db.get(Person, invitation.beside_id) if invitation.beside_id else None
    return person.name if person else ""


def may_join_as_herself(reader: Reader, invitation: Invitation) -> bool:
    """Whether somebody signed in may use it with the name she has here."""
    return (
        invitation.group_id is not None
        and invitation.role == reader.role
        and invitation.pilot == reader.pilot
    )


def come_in(db: Session, invitation: Invitation, newcomer: Newcomer) -> Person:
    """Somebody new, in the group that the invitation is for. Nothing is written when refused; the
    same form once more is the same person."""
    already = db.scalar(select(Person).where(Person.joined_with == newcomer.form_id))
    if already is not None:
        return _same_form(db, invitation, already)
    _hold_group(db, invitation)
    check(db, invitation)
    people.checked_name(newcomer.name)
    pack = pilot(invitation.pilot)
    if newcomer.language not in {each.code for each in offered_languages(pack)}:
        raise Refusal(_("Choose one of these languages."), "language")
    _take_use(db, invitation)
    person = people.welcome(
        db, newcomer.name, newcomer.language, Role(invitation.role), pack.code, pack.zone
    )
    person.joined_with = newcomer.form_id
    db.flush()
    _add_to_group(db, invitation, person.id)
    return person


def join_as_herself(db: Session, reader: Reader, invitation: Invitation) -> None:
    """Somebody who is here already joins. Whoever is in the group uses nothing up."""
    if not may_join_as_herself(reader, invitation):
        raise Refusal(_("Sign out first: this invitation is for somebody else."))
    mine = scopes.memberships(reader).where(Membership.group_id == invitation.group_id)
    if db.scalar(mine) is not None:
        return
    _hold_group(db, invitation)
    check(db, invitation)
    _take_use(db, invitation)
    _add_to_group(db, invitation, reader.id)


def _hold_group(db: Session, invitation: Invitation) -> None:
    if invitation.group_id is not None:
        scopes.hold(db, invitation.group_id)


def _take_use(db: Session, invitation: Invitation) -> None:
    """One use less, if there still is one: whoever comes second to the last changes no row."""
    taken = (
        update(Invitation)
        .where(
            Invitation.id == invitation.id,
            Invitation.uses_left > 0,
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > clock.now(),
        )
        .values(uses_left=Invitation.uses_left - 1)
        .returning(Invitation.id)
        .execution_options(synchronize_session=False)
    )
    if db.scalar(taken) is None:
        raise Refusal(GONE, "code")


def _add_to_group(db: Session, invitation: Invitation, person_id: UUID) -> None:
    if invitation.group_id is not None:
        add_member(db, invitation.group_id, person_id, invitation.role, invitation.beside_id)


def _same_form(db: Session, invitation: Invitation, person: Person) -> Person:
    """The person that this form made with this invitation a moment ago, and who has signed out
    nowhere since: whoever finds the form in a phone that was handed on is not her."""
    if invitation.revoked_at:
        raise Refusal(GONE, "code")
    is_hers = (
        person.left_at is None
        and (person.role, person.pilot) == (invitation.role, invitation.pilot)
        and invitation.created_at <= person.joined_at
        and clock.now() - person.joined_at <= SAME_FORM
    )
    if not is_hers or _has_signed_out(db, person) or not _came_with(db, invitation, person):
        raise NotFound
    return person


def _has_signed_out(db: Session, person: Person) -> bool:
    ended = select(SignIn.id).where(SignIn.person_id == person.id, SignIn.revoked_at.is_not(None))
    return db.scalar(ended.limit(1)) is not None


def _came_with(db: Session, invitation: Invitation, person: Person) -> bool:
    if invitation.group_id is None:
        return True
    membership = select(Membership.id).where(
        Membership.group_id == invitation.group_id,
        Membership.person_id == person.id,
        Membership.joined_at >= person.joined_at,
        scopes.lasts(),
    )
    return db.scalar(membership) is not None
