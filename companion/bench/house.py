"""A house full of groups: twelve in each, who have all said yes and have talked a little."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from companion import clock
from companion.chat.lines import PAGE
from companion.chat.models import Conversation, Message, ReadMark
from companion.config import Config
from companion.groups.models import Acceptance, Agreement, Group, Membership
from companion.journeys.models import Journey, State
from companion.people import actions, sign_ins
from companion.people.models import Person, Role
from companion.pilots.models import Site
from companion.start import open_house

GROUP_SIZE = 12
LAST = PAGE
"""The number of the last message in every group: as many as a page shows."""
LANGUAGES = ("nl", "en", "ar")
PILOT, ZONE = "nl", "Europe/Amsterdam"
TEXT = "Does anybody else wake up at four? A pillow between the knees helps, and a short walk."


@dataclass(frozen=True)
class Member:
    """Somebody in a group, signed in on her phone."""

    group_id: UUID
    token: str


@dataclass(frozen=True)
class House:
    """A data folder, and the members of its groups: the first of every group, then the second…"""

    folder: Path
    members: Sequence[Member]

    @property
    def groups(self) -> int:
        return len(self.members) // GROUP_SIZE


def furnish(folder: Path, groups: int) -> House:
    """A house with so many groups in an empty folder."""
    database = open_house(Config(data=str(folder)))
    with database.writing.begin() as db:
        site = Site(pilot=PILOT, name="Health centre Latour")
        db.add(site)
        db.flush()
        found = [_group(db, site, number) for number in range(groups)]
    database.close()
    return House(folder, [member for nth in zip(*found, strict=True) for member in nth])


def _group(db: Session, site: Site, number: int) -> list[Member]:
    group = Group(
        site_id=site.id,
        programme="pregnancy-nl",
        name=f"Group {number}",
        due_month=date(2027, 3, 1),
        languages=list(LANGUAGES),
        capacity=GROUP_SIZE,
        created_at=clock.now(),
    )
    people = [_person(db, place) for place in range(GROUP_SIZE)]
    db.add(group)
    db.flush()
    tokens = [sign_ins.sign_in(db, person, "Chrome · Android") for person in people]
    db.add_all(each for person in people for each in _belongings(group, person))
    _agreement(db, group, people)
    db.add(Conversation(group_id=group.id, last=LAST))
    db.add_all(_message(group, people, nth) for nth in range(1, LAST + 1))
    db.flush()
    return [Member(group.id, token) for token in tokens]


def _person(db: Session, place: int) -> Person:
    """The first one facilitates."""
    return actions.welcome(
        db,
        f"Member {place}",
        LANGUAGES[place % len(LANGUAGES)],
        Role.PARTICIPANT if place else Role.FACILITATOR,
        PILOT,
        ZONE,
    )


def _belongings(group: Group, person: Person) -> list[Membership | ReadMark | Journey]:
    now = clock.now()
    place = Membership(group_id=group.id, person_id=person.id, role=person.role, joined_at=now)
    mark = ReadMark(group_id=group.id, person_id=person.id, number=LAST)
    if person.role != Role.PARTICIPANT:
        return [place, mark]
    journey = Journey(
        person_id=person.id,
        due_on=date(2027, 3, 11),
        known_by="scan",
        state=State.EXPECTING,
        since_on=now.date(),
    )
    return [place, mark, journey]


def _agreement(db: Session, group: Group, people: Sequence[Person]) -> None:
    agreement = Agreement(
        group_id=group.id,
        version=1,
        text="What is said here stays here.",
        written_by_id=people[0].id,
        written_at=clock.now(),
    )
    db.add(agreement)
    db.flush()
    db.add_all(
        Acceptance(agreement_id=agreement.id, person_id=each.id, accepted_at=clock.now())
        for each in people
    )


def _message(group: Group, people: Sequence[Person], number: int) -> Message:
    author = people[number % GROUP_SIZE]
    return Message(
        group_id=group.id,
        number=number,
        changed=number,
        author_id=author.id,
        role=author.role,
        text=TEXT,
        language=author.language,
        written_at=clock.now() - timedelta(hours=LAST - number + 1),
        reactions={},
    )
