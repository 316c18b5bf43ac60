"""A house with an ordinary life in it: a group that talks, sessions with their topics, and somebody
who has written in her record for a while and whose phone rings."""

import json
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from companion import clock
from companion.bench.house import LAST, ZONE, House, Member, furnish
from companion.bench.ringing_house import phone_of
from companion.chat.models import Message
from companion.config import Config
from companion.measurements.models import Measurement
from companion.people import sign_ins
from companion.people.models import Ring, SignIn
from companion.people.reader import Reader
from companion.sessions.models import GroupSession, Topic, TopicText
from companion.start import open_house

SERVICE = "https://fcm.googleapis.com"
SESSIONS, WEEKS = 4, 12
"""For so many weeks she has written down her blood pressure and her weight."""
CHECKS = ["blood-pressure", "weight"]
_BEGINNINGS = (
    "Does anybody else wake up at four every night?", "Ja, al een week.",
    "أنا أيضًا أستيقظ كل ليلة.", "My feet were so swollen after work today.",
    "Vandaag voelde ik haar voor het eerst.", "Thank you, that helps a lot.",
    "Who brings the fruit on Thursday?",
)  # fmt: skip
_MIDDLES = (
    "I lie there and count the hours until six.", "Een kussen tussen de knieën helpt een beetje.",
    "أمشي قليلًا في الغرفة.", "My mother says to drink ginger tea, but slowly.",
    "De verloskundige zei dat het er zo bij hoort.",
)  # fmt: skip
_ENDINGS = (
    "Shall we park it for the session?", "Sterkte, allemaal.", "ثم أعود إلى النوم.",
    "See you on the bus then!", "",
)  # fmt: skip
_TOPIC = """Many people sleep badly in the last months. That is common, and it passes.

- Lie on your side, with a pillow between your knees.
- Drink less in the evening, and more in the morning.
- Get up if you lie awake for long. Come back when you are tired.

## What we do in the session

We try out how to lie. Bring a pillow if you can carry one. *Nobody has to lie down who would rather
sit.* We talk about what keeps us awake: the body, the baby, money, the others at home.

Call your midwife if you are breathless lying down, or if one leg hurts and is swollen.
"""


@dataclass(frozen=True)
class OrdinaryHouse:
    """A data folder, who has the month, the others, and her phone's address as a browser has it."""

    house: House
    her: Member
    others: tuple[Member, ...]
    address: dict[str, str]


def said(number: int) -> str:
    """A message such as people write them, in three scripts; no two are alike."""
    parts = (_BEGINNINGS[number % 7], _MIDDLES[number % 5], _ENDINGS[number // 3 % 5])
    return f"{' '.join(parts[: 2 + number % 2])} {number}"


def furnish_ordinarily(folder: Path) -> OrdinaryHouse:
    """In an empty folder."""
    house = furnish(folder, 1)
    her, others = house.members[1], (house.members[0], *house.members[2:])
    with closing(open_house(Config(data=str(folder)))) as data, data.writing.begin() as db:
        found = sign_ins.find(db, her.token)
        assert found
        _vary_what_was_said(db)
        for number in range(SESSIONS):
            _add_session(db, her.group_id, number)
        db.add_all(_readings(found[0].id))
        address = _let_it_ring(db, found[0])
    return OrdinaryHouse(house, her, others, address)


def _vary_what_was_said(db: Session) -> None:
    """The house's members all say the same, which packs better than people do."""
    for number in range(1, LAST + 1):
        message = db.scalars(select(Message).where(Message.number == number)).one()
        message.text = said(number)


def _add_session(db: Session, group_id: UUID, number: int) -> None:
    """One is over, the others come, every fortnight."""
    session = GroupSession(
        group_id=group_id,
        number=number + 1,
        minutes=120,
        place="Health centre Latour",
        themes=["Body changes", "Common discomforts"],
        checks=CHECKS,
    )
    session.meet(clock.today(ZONE) + timedelta(days=14 * number - 10), time(10), ZONE)
    db.add(session)
    db.flush()
    for title in ("Sleeping", "What helps"):
        topic = Topic(session_id=session.id, posted_at=clock.now())
        topic.texts = [TopicText(language="en", title=title, text=_TOPIC)]
        db.add(topic)


def _readings(person_id: UUID) -> list[Measurement]:
    """Both checks, every week."""
    found = []
    for week in range(WEEKS):
        taken = clock.now() - timedelta(days=7 * (WEEKS - week), minutes=week * 11)
        pressure = {"systolic": str(108 + week * 7 % 13), "diastolic": str(66 + week * 5 % 11)}
        weight = {"weight": f"{61.2 + week * 0.4:.1f}"}
        found.append(_reading(person_id, "blood-pressure", pressure, "mmHg", taken))
        found.append(_reading(person_id, "weight", weight, "kg", taken))
    return found


def _reading(
    person_id: UUID, kind: str, values: dict[str, str], unit: str, taken: datetime
) -> Measurement:
    written = json.dumps({"values": values, "unit": dict.fromkeys(values, unit)})
    return Measurement(
        person_id=person_id, kind=kind, values=written, taken_at=taken, written_at=taken
    )


def _let_it_ring(db: Session, reader: Reader) -> dict[str, str]:
    phone = phone_of(reader.id, reader.sign_in_id, SERVICE)
    db.execute(update(SignIn).where(SignIn.id == reader.sign_in_id).values(ring=Ring.YES))
    db.add(phone)
    address: dict[str, str] = json.loads(phone.address)
    return address
