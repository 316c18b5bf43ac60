"""The cast: who is in which group, and the token that signs each of them in."""

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from sqlalchemy.orm import Session

from companion import clock
from companion.groups.models import Group, Membership
from companion.journeys.models import Journey, State
from companion.people import actions, sign_ins
from companion.people.models import Role
from companion.people.reader import Reader
from companion.pilots.models import Site
from companion.sessions.models import GroupSession


@dataclass(frozen=True)
class Player:
    """One of the cast, signed in on a phone."""

    id: UUID
    name: str
    token: str
    reader: Reader


@dataclass(frozen=True)
class Cast:
    """One group with a session to come, another group, and who belongs where."""

    amina: Player  # participant of the group, expecting
    beatriz: Player  # participant of the group
    chipo: Player  # facilitates the group
    dewi: Player  # participant of the other group
    edon: Player  # coordinates the pilot
    femi: Player  # Amina's partner
    gita: Player  # facilitates the other group
    hana: Player  # was in the group and left it
    ilse: Player  # translates for the pilot
    site_id: UUID
    group_id: UUID
    other_group_id: UUID
    session_id: UUID  # Thursday 26 November 2026, 10:00 in Amsterdam
    other_session_id: UUID


def _player(db: Session, name: str, role: Role, language: str = "en") -> Player:
    person = actions.welcome(db, name, language, role, "nl", "Europe/Amsterdam")
    db.flush()
    token = sign_ins.sign_in(db, person, "Chrome · Android")
    db.flush()
    found = sign_ins.find(db, token)
    assert found
    return Player(person.id, name, token, found[0])


def _group(db: Session, site: Site, name: str) -> Group:
    group = Group(
        site_id=site.id,
        programme="pregnancy-nl",
        name=name,
        due_month=date(2027, 3, 1),
        languages=["nl", "en"],
        capacity=12,
        created_at=clock.now(),
    )
    db.add(group)
    db.flush()
    return group


def join(db: Session, group: Group, person: Player, role: Role, **more: object) -> Membership:
    found = Membership(
        group_id=group.id, person_id=person.id, role=role, joined_at=clock.now(), **more
    )
    db.add(found)
    db.flush()
    return found


def _session(db: Session, group: Group) -> GroupSession:
    session = GroupSession(
        group_id=group.id,
        number=1,
        minutes=120,
        place="Health centre Latour",
        themes=["Body changes", "Common discomforts"],
        checks=["blood-pressure", "weight"],
    )
    session.meet(date(2026, 11, 26), time(10, 0), "Europe/Amsterdam")
    db.add(session)
    db.flush()
    return session


def bring_in(db: Session) -> Cast:
    site = Site(pilot="nl", name="Health centre Latour", address="Latour 1", numbers=[
        {"label": "Midwife on call", "number": "070 123 4567"}
    ])  # fmt: skip
    db.add(site)
    db.flush()
    group, other = _group(db, site, "November group"), _group(db, site, "Other group")
    amina = _player(db, "Amina", Role.PARTICIPANT)
    beatriz = _player(db, "Beatriz", Role.PARTICIPANT, "nl")
    chipo = _player(db, "Chipo", Role.FACILITATOR)
    dewi = _player(db, "Dewi", Role.PARTICIPANT)
    edon = _player(db, "Edon", Role.COORDINATOR)
    femi = _player(db, "Femi", Role.PARTNER)
    gita = _player(db, "Gita", Role.FACILITATOR)
    hana = _player(db, "Hana", Role.PARTICIPANT)
    ilse = _player(db, "Ilse", Role.TRANSLATOR)
    join(db, group, amina, Role.PARTICIPANT)
    join(db, group, beatriz, Role.PARTICIPANT)
    join(db, group, chipo, Role.FACILITATOR)
    join(db, group, femi, Role.PARTNER, beside_id=amina.id)
    join(db, group, hana, Role.PARTICIPANT, left_at=clock.now())
    join(db, other, dewi, Role.PARTICIPANT)
    join(db, other, gita, Role.FACILITATOR)
    db.add(
        Journey(
            person_id=amina.id,
            due_on=date(2027, 3, 11),
            known_by="scan",
            state=State.EXPECTING,
            since_on=date(2026, 11, 1),
        )
    )
    return Cast(
        amina=amina, beatriz=beatriz, chipo=chipo, dewi=dewi, edon=edon, femi=femi, gita=gita,
        hana=hana, ilse=ilse, site_id=site.id, group_id=group.id, other_group_id=other.id,
        session_id=_session(db, group).id, other_session_id=_session(db, other).id,
    )  # fmt: skip
