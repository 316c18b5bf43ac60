"""The agreement: what the group wrote, who wrote it, and saying yes to it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from companion import clock
from companion.errors import NotFound, Refusal, SavedBefore
from companion.groups import scopes
from companion.groups.models import Acceptance, Agreement, Membership
from companion.happenings import What, happened
from companion.i18n import _
from companion.people.models import Person, Role
from companion.people.reader import Reader
from companion.wakes import wake

TEXT_LENGTH = 3000
WRITERS = (Role.PARTICIPANT, Role.FACILITATOR)


@dataclass(frozen=True)
class Shown:
    """An agreement as a member reads it. Whoever left the group is not named any more."""

    id: UUID
    text: str
    welcomes_partners: bool
    written_at: datetime
    written_by: str
    is_accepted: bool


def newest(db: Session, reader: Reader, group_id: UUID) -> Shown | None:
    """What holds now, and whether she said yes to it. The caller has shown her scope."""
    row = db.execute(
        select(
            Agreement.id,
            Agreement.text,
            Agreement.welcomes_partners,
            Agreement.written_at,
            Person.id.label("person_id"),
            Person.name_sealed,
            Acceptance.id.label("accepted"),
        )
        .select_from(Agreement)
        .outerjoin(
            Membership,
            and_(
                Membership.group_id == group_id,
                Membership.person_id == Agreement.written_by_id,
                scopes.lasts(),
            ),
        )
        .outerjoin(Person, Person.id == Membership.person_id)
        .outerjoin(
            Acceptance,
            and_(Acceptance.agreement_id == Agreement.id, Acceptance.person_id == reader.id),
        )
        .where(Agreement.group_id == group_id)
        .order_by(Agreement.version.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    name = Person.name.open(Person, row.name_sealed, row.person_id)
    return Shown(
        row.id, row.text, row.welcomes_partners, row.written_at, name, row.accepted is not None
    )


def write(
    db: Session,
    reader: Reader,
    group_id: UUID,
    agreement_id: UUID,
    text: str,
    *,
    welcomes_partners: bool = False,
) -> None:
    """A new version, to which its writer says yes by writing it. The same form once more changes
    nothing; with another text it is refused. To partners and coordinators the address does not
    exist."""
    if scopes.membership(db, reader, group_id).role not in WRITERS:
        raise NotFound
    if not text:
        raise Refusal(_("Write what the group agreed."), "text")
    if len(text) > TEXT_LENGTH:
        raise Refusal(_("Write at most %(most)s characters.", most=TEXT_LENGTH), "text")
    scopes.hold(db, group_id)
    already = db.get(Agreement, agreement_id)
    if already is None:
        _add_version(db, reader, group_id, agreement_id, text, welcomes_partners)
        _wake_partners(db, group_id)
    elif (already.group_id, already.written_by_id) != (group_id, reader.id):
        raise NotFound
    elif (already.text, already.welcomes_partners) != (text, welcomes_partners):
        raise SavedBefore("text")


def _add_version(
    db: Session,
    reader: Reader,
    group_id: UUID,
    agreement_id: UUID,
    text: str,
    welcomes_partners: bool,
) -> None:
    before = select(Agreement.version).where(Agreement.group_id == group_id)
    last = db.scalar(before.order_by(Agreement.version.desc()).limit(1)) or 0
    now = clock.now()
    db.add(
        Agreement(
            id=agreement_id,
            group_id=group_id,
            version=last + 1,
            text=text,
            welcomes_partners=welcomes_partners,
            written_by_id=reader.id,
            written_at=now,
        )
    )
    db.flush()
    db.add(Acceptance(agreement_id=agreement_id, person_id=reader.id, accepted_at=now))
    happened(db, What.AGREEMENT_WRITTEN, agreement_id, by_id=reader.id)


def _wake_partners(db: Session, group_id: UUID) -> None:
    """What the agreement gave to support persons, a new one can take."""
    partners = select(Membership.person_id).where(
        Membership.group_id == group_id, Membership.role == Role.PARTNER
    )
    wake(db, *db.scalars(partners))


def group_of(db: Session, reader: Reader, agreement_id: UUID) -> UUID:
    """In which of her groups this agreement holds, or held. Raises NotFound."""
    group_id = db.scalar(select(Agreement.group_id).where(Agreement.id == agreement_id))
    if group_id is None:
        raise NotFound
    return scopes.membership(db, reader, group_id).group_id


def accept(db: Session, reader: Reader, group_id: UUID, agreement_id: UUID) -> None:
    """She says yes, once. Raises Refusal when a newer text stands by now."""
    scopes.hold(db, group_id)
    now_stands = newest(db, reader, group_id)
    if now_stands is None or now_stands.id != agreement_id:
        raise Refusal(_("The agreement has changed since you opened it. Read the new text first."))
    if not now_stands.is_accepted:
        db.add(Acceptance(agreement_id=agreement_id, person_id=reader.id, accepted_at=clock.now()))


def welcoming(group_id: UUID | InstrumentedAttribute[UUID]) -> Select[bool]:
    """Whether support persons take part in a group's conversation, as it now agreed; of one group
    or for each group of another query."""
    return (
        select(Agreement.welcomes_partners)
        .where(Agreement.group_id == group_id)
        .order_by(Agreement.version.desc())
        .limit(1)
    )
