"""What the demo begins with: a group half way, and what its people have written so far."""

import json
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from companion import clock
from companion.db import Database
from companion.demo import cast
from companion.demo.cast import CAST, Player
from companion.demo.talk import talk
from companion.groups.models import Acceptance, Agreement, Group, Membership
from companion.journeys.models import Child, Journey, State
from companion.measurements.models import Measurement
from companion.people import actions
from companion.people.models import Person, Role
from companion.pilots.models import Site
from companion.programmes.programme import programme
from companion.sessions.models import Attendance, GroupSession, Note, Question, Topic, TopicText

PILOT, ZONE = "nl", "Europe/Amsterdam"
THURSDAY = 3
WEEKS_FROM_NEXT = (-12, -8, -4, 0, 4, 6, 8, 10, 12, 20)
DAYS_TO_GO = 109  # Amina is at 24 weeks and 3 days

AGREEMENT = """What is said here stays here.
We let each other finish. Nobody has to tell anything.
No photographs. Phones on silent."""

TOPIC_EN = """Many of us wake up at four. Some things that helped others in the group:

- a pillow between the knees
- a short walk after dinner
- the phone **outside** the bedroom

What helps you? Bring it to the session."""

TOPIC_NL = """Veel van ons worden om vier uur wakker. Wat anderen in de groep hielp:

- een kussen tussen de knieën
- een korte wandeling na het eten
- de telefoon **buiten** de slaapkamer

Wat helpt jou? Neem het mee naar de bijeenkomst."""

# "Ask what to do about heartburn at night. Take the card along."
NOTE = "أسأل ماذا أفعل ضد حرقة المعدة في الليل. آخذ البطاقة معي."


def prepare_demo(database: Database) -> tuple[Player, ...]:
    """The cast, brought in unless it is there already: what was written stays."""
    with database.writing.begin() as db:
        if db.get(Person, cast.AMINA.id) is None:
            _bring_in(db)
    return CAST


def _bring_in(db: Session) -> None:
    for player in CAST:
        actions.welcome(db, player.name, player.language, player.role, PILOT, ZONE, player.id)
    db.flush()
    group = _group(db)
    _members(db, group)
    _agreement(db, group)
    following = _sessions(db, group)
    _topic(db, following)
    _note(db, following)
    _journeys(db)
    db.flush()
    _readings(db)
    talk(db, group.id)


def _group(db: Session) -> Group:
    site = Site(
        pilot=PILOT,
        name="Health centre Latour",
        address="Latourstraat 1",
        numbers=[{"label": "Midwife on call, day and night", "number": "070 555 0143"}],
    )
    db.add(site)
    db.flush()
    group = Group(
        site_id=site.id,
        programme="pregnancy-nl",
        name="Latour, Thursday mornings",
        due_month=(clock.today(ZONE) + timedelta(days=DAYS_TO_GO)).replace(day=1),
        languages=["nl", "en", "fr", "sq", "ar"],
        capacity=12,
        created_at=clock.now(),
    )
    db.add(group)
    db.flush()
    return group


def _members(db: Session, group: Group) -> None:
    for player in CAST:
        if player.role != Role.COORDINATOR:
            db.add(
                Membership(
                    group_id=group.id,
                    person_id=player.id,
                    role=player.role,
                    beside_id=cast.GRACE.id if player is cast.FEMI else None,
                    joined_at=clock.now(),
                )
            )


def _agreement(db: Session, group: Group) -> None:
    agreement = Agreement(
        group_id=group.id,
        version=1,
        text=AGREEMENT,
        written_by_id=cast.CHIPO.id,
        written_at=clock.now() - timedelta(weeks=12),
    )
    db.add(agreement)
    db.flush()
    for player in (cast.CHIPO, cast.WIL, cast.BEATRIZ, cast.LOTTE, cast.GRACE):
        db.add(Acceptance(agreement_id=agreement.id, person_id=player.id, accepted_at=clock.now()))


def _next_thursday() -> date:
    today = clock.today(ZONE)
    return today + timedelta(days=(THURSDAY - today.weekday() - 1) % 7 + 1)


def _sessions(db: Session, group: Group) -> GroupSession:
    """The programme's sessions, every Thursday at ten; the fourth is the next."""
    meetings = []
    for planned, weeks in zip(
        programme(group.programme, PILOT).sessions, WEEKS_FROM_NEXT, strict=True
    ):
        meeting = GroupSession(
            group_id=group.id,
            number=planned.number,
            minutes=planned.minutes,
            place="Health centre Latour",
            themes=list(planned.themes),
            checks=[*planned.checks, *planned.child_checks],
        )
        meeting.meet(_next_thursday() + timedelta(weeks=weeks), time(10, 0), ZONE)
        db.add(meeting)
        meetings.append(meeting)
    db.flush()
    following = meetings[WEEKS_FROM_NEXT.index(0)]
    for player, is_coming in ((cast.BEATRIZ, True), (cast.LOTTE, True), (cast.GRACE, False)):
        db.add(
            Attendance(
                session_id=following.id,
                person_id=player.id,
                is_coming=is_coming,
                answered_at=clock.now(),
            )
        )
    db.add(
        Question(
            session_id=following.id,
            asked_by_id=cast.BEATRIZ.id,
            asked_at=clock.now(),
            text="Does anybody else wake up at four every night?",
        )
    )
    return following


def _note(db: Session, session: GroupSession) -> None:
    db.add(
        Note(
            session_id=session.id,
            person_id=cast.AMINA.id,
            text=NOTE,
            written_at=clock.now() - timedelta(days=1),
            saves=["0" * 32],
        )
    )


def _topic(db: Session, session: GroupSession) -> None:
    topic = Topic(
        session_id=session.id, posted_by_id=cast.CHIPO.id, posted_at=clock.now() - timedelta(days=1)
    )
    db.add(topic)
    db.flush()
    texts = (("en", "Sleeping well", TOPIC_EN), ("nl", "Goed slapen", TOPIC_NL))
    for position, (language, title, text) in enumerate(texts):
        db.add(
            TopicText(
                topic_id=topic.id, position=position, language=language, title=title, text=text
            )
        )


def _journeys(db: Session) -> None:
    today = clock.today(ZONE)
    for number, player in enumerate((cast.AMINA, cast.BEATRIZ, cast.DRITA, cast.GRACE)):
        db.add(
            Journey(
                person_id=player.id,
                due_on=today + timedelta(days=DAYS_TO_GO + 5 * number),
                known_by="scan",
                state=State.EXPECTING,
                since_on=today - timedelta(weeks=12),
            )
        )
    born = Journey(
        person_id=cast.LOTTE.id,
        due_on=today - timedelta(days=30),
        known_by="given",
        state=State.BORN,
        since_on=today - timedelta(days=38),
    )
    born.children = [Child(id=_sam(), name="Sam", born_on=born.since_on, gestation_days=272)]
    ended = Journey(
        person_id=cast.NOOR.id,
        due_on=today + timedelta(days=120),
        known_by="scan",
        state=State.ENDED,
        since_on=today - timedelta(weeks=2),
    )
    db.add_all([born, ended])


def _sam() -> UUID:
    return Player("Sam", Role.PARTICIPANT, "nl").id


def _readings(db: Session) -> None:
    pressures = ((116, 72), (119, 76), (117, 73), (121, 78), (118, 75), (120, 74), (114, 72))
    for weeks, (systolic, diastolic) in enumerate(reversed(pressures)):
        pair = {"systolic": str(systolic), "diastolic": str(diastolic)}
        unit = dict.fromkeys(pair, "mmHg")
        _reading(db, cast.AMINA, "blood-pressure", pair, unit, _morning(7 * weeks + 1))
    for weeks, kilos in enumerate(("68.5", "68.1", "67.6", "67.4", "66.9", "66.2")):
        when = _morning(7 * weeks + 2)
        _reading(db, cast.AMINA, "weight", {"weight": kilos}, {"weight": "kg"}, when)
    for days, kilos in ((3, "4.12"), (10, "3.86"), (24, "3.31"), (37, "3.24")):
        values, unit = {"weight": kilos}, {"weight": "kg"}
        _reading(db, cast.LOTTE, "child-weight", values, unit, _morning(days), _sam())


def _morning(days_ago: int) -> datetime:
    return clock.moment(clock.today(ZONE) - timedelta(days=days_ago), time(7, 40), ZONE)


def _reading(
    db: Session,
    player: Player,
    kind: str,
    values: dict[str, str],
    unit: dict[str, str],
    taken_at: datetime,
    child_id: UUID | None = None,
) -> None:
    db.add(
        Measurement(
            person_id=player.id,
            child_id=child_id,
            kind=kind,
            values=json.dumps({"values": values, "unit": unit}),
            taken_at=taken_at,
            written_at=taken_at,
        )
    )
