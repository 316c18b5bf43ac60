"""Invitations: making one, taking one back, and what is still open."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from companion import clock
from companion.errors import NotFound, Refusal
from companion.groups import goodbyes, scopes
from companion.groups.models import Group, Invitation, Membership
from companion.i18n import _
from companion.people import actions as people
from companion.people.codes import ALPHABET, INVITATION_LENGTH, digests
from companion.people.models import Role
from companion.people.reader import Reader
from companion.sealing import keyring

ON_SCREEN = timedelta(hours=2)
ON_PAPER = timedelta(hours=72)


@dataclass(frozen=True)
class Card:
    """An invitation as it is shown, once: its code is kept hashed. `group` is "" without one."""

    code: str
    group: str
    role: str
    uses: int
    expires_at: datetime


def is_open(invitation: Invitation) -> bool:
    return (
        invitation.revoked_at is None
        and invitation.uses_left > 0
        and invitation.expires_at > clock.now()
    )


def made_by(reader: Reader) -> Select[Invitation]:
    """The invitations that are hers to see and take back: a coordinator's are those for
    facilitators and for her pilot's translators, a facilitator's those for participants, a
    participant's her own partner's."""
    if reader.is_coordinator:
        groups = scopes.coordinated_by(reader).with_only_columns(Group.id)
        return select(Invitation).where(
            or_(
                and_(Invitation.role == Role.FACILITATOR, Invitation.group_id.in_(groups)),
                and_(Invitation.role == Role.TRANSLATOR, Invitation.pilot == reader.pilot),
            )
        )
    groups = scopes.led_by(reader).with_only_columns(Group.id)
    return select(Invitation).where(
        or_(
            and_(Invitation.role == Role.PARTICIPANT, Invitation.group_id.in_(groups)),
            and_(Invitation.role == Role.PARTNER, Invitation.beside_id == reader.id),
        )
    )


def open_ones(db: Session, reader: Reader, group_id: UUID | None) -> list[Invitation]:
    """Those of a group that still let somebody in, the newest first; of no group: those for
    translators."""
    return list(
        db.scalars(
            made_by(reader)
            .where(
                Invitation.group_id == group_id,
                Invitation.uses_left > 0,
                Invitation.revoked_at.is_(None),
                Invitation.expires_at > clock.now(),
            )
            .order_by(Invitation.created_at.desc(), Invitation.id.desc())
        )
    )


def revoke(db: Session, reader: Reader, invitation_id: UUID) -> Invitation:
    """It lets nobody in any more, at once. Taking it back twice is taking it back."""
    found = db.scalar(made_by(reader).where(Invitation.id == invitation_id))
    if found is None:
        raise NotFound
    found.revoked_at = found.revoked_at or clock.now()
    return found


def invite(db: Session, reader: Reader, group_id: UUID, invitation_id: UUID, way: str) -> Card:
    """A facilitator invites the room or one participant, a coordinator one facilitator."""
    group = scopes.arranged(db, reader, group_id)
    scopes.hold(db, group_id)
    if reader.is_coordinator:
        return _card(db, reader, group, invitation_id, Role.FACILITATOR, 1, ON_PAPER)
    free = group.capacity - scopes.participants(db, group_id)
    if free < 1:
        raise Refusal(_("The group is full: there is no free place to invite anybody to."))
    if way not in ("room", "card"):
        raise Refusal(_("Choose whom you invite."), "way")
    uses, lasts = (free, ON_SCREEN) if way == "room" else (1, ON_PAPER)
    return _card(db, reader, group, invitation_id, Role.PARTICIPANT, uses, lasts)


def own_group(db: Session, reader: Reader) -> Group | None:
    """The group to which a participant may bring somebody: the one that she joined last."""
    if not reader.is_participant:
        raise NotFound
    found = db.scalar(
        scopes.memberships(reader)
        .where(Membership.role == Role.PARTICIPANT)
        .order_by(Membership.joined_at.desc(), Membership.id.desc())
        .limit(1)
        .options(joinedload(Membership.group))
    )
    return found.group if found else None


def invite_beside(db: Session, reader: Reader, invitation_id: UUID) -> Card:
    """A participant invites one person to stand beside her; an older invitation ends."""
    group = own_group(db, reader)
    if group is None:
        raise Refusal(_("You are not in a group at the moment."))
    scopes.hold(db, group.id)
    if goodbyes.companion_of(db, reader, group.id):
        raise Refusal(_("Somebody stands beside you already."))
    for older in open_ones(db, reader, group.id):
        if older.id != invitation_id and older.role == Role.PARTNER:
            older.revoked_at = clock.now()
    return _card(db, reader, group, invitation_id, Role.PARTNER, 1, ON_PAPER, beside_id=reader.id)


def invite_translator(db: Session, reader: Reader, invitation_id: UUID) -> Card:
    """A coordinator invites one person to translate for her pilot, who sees nothing of a group."""
    if not reader.is_coordinator:
        raise NotFound
    people.hold(db, reader)
    return _card(db, reader, None, invitation_id, Role.TRANSLATOR, 1, ON_PAPER)


def invite_coordinator(db: Session, pilot: str) -> str:
    """The code that makes a coordinator of a pilot: how a pilot begins. For the terminal."""
    invitation = Invitation(
        pilot=pilot,
        role=Role.COORDINATOR,
        uses_left=1,
        created_at=clock.now(),
        expires_at=clock.now() + ON_PAPER,
    )
    code = _code(invitation.id)
    invitation.code_hash = digests(code)[0]
    db.add(invitation)
    return code


def _card(
    db: Session,
    reader: Reader,
    group: Group | None,
    invitation_id: UUID,
    role: Role,
    uses: int,
    lasts: timedelta,
    beside_id: UUID | None = None,
) -> Card:
    code, group_id = _code(invitation_id), group.id if group else None
    made = db.get(Invitation, invitation_id)
    if made is None:
        now = clock.now()
        made = Invitation(
            id=invitation_id,
            pilot=reader.pilot,
            group_id=group_id,
            role=role,
            beside_id=beside_id,
            invited_by_id=reader.id,
            code_hash=digests(code)[0],
            uses_left=uses,
            created_at=now,
            expires_at=now + lasts,
        )
        db.add(made)
    elif (made.invited_by_id, made.group_id) != (reader.id, group_id):
        raise NotFound
    elif not is_open(made):
        raise Refusal(_("This invitation no longer works. Make a new one."))
    return Card(code, group.name if group else "", made.role, made.uses_left, made.expires_at)


def _code(invitation_id: UUID) -> str:
    """The code of an invitation: a keyed digest of its id, so that a form sent twice shows the
    same card twice. Whoever does not have the key can no more guess it than a random one."""
    number = int(keyring().sign(f"invitation:{invitation_id}")[0], 16)
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(INVITATION_LENGTH))
