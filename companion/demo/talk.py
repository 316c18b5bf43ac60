"""What the demo's group has said to each other so far, each in her own language."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from companion import clock
from companion.chat.models import Conversation, Message, Reaction, Translation
from companion.demo import cast
from companion.demo.cast import Player
from companion.people.models import Role

# Who, how long ago in minutes, what, and an answer to which message.
SAID: tuple[tuple[Player, int, str, int | None], ...] = (
    (cast.CHIPO, 2900, "Good morning! Here you can talk to each other between our sessions. "
     "Wil and I read along. What is said here stays here.", None),
    (cast.LOTTE, 2860, "Sam slaapt eindelijk. Ik lees alles terug met koude thee.", None),
    (cast.BEATRIZ, 1500, "Est-ce que quelqu’un d’autre se réveille à quatre heures ?", None),
    (cast.GRACE, 1490, "Yes!! Since last week. A pillow between the knees helps a bit.", 3),
    (cast.DRITA, 1440, "Edhe unë. Unë pi pak ujë dhe dëgjoj radion me zë të ulët.", 3),
    (cast.AMINA, 190, "أنا أيضًا أستيقظ كل ليلة. أمشي قليلًا في الغرفة ثم أنام.", 3),
    (cast.CHIPO, 120, "Good one for Thursday. Shall we park it?", None),
    (cast.GRACE, 45, "Yes please. And https://www.who.int has nothing about cold tea, Lotte.", 2),
)  # fmt: skip


def talk(db: Session, group_id: UUID) -> None:
    """The conversation, with an announcement, signs and a translation."""
    db.add(Conversation(group_id=group_id, last=len(SAID), pinned=1, hours=_hours()))
    messages = [_message(group_id, number) for number in range(1, len(SAID) + 1)]
    db.add_all(messages)
    db.flush()
    question, tea = messages[2], messages[1]
    for player in (cast.GRACE, cast.DRITA, cast.AMINA):
        db.add(Reaction(message_id=question.id, person_id=player.id, sign="me-too"))
    db.add(Reaction(message_id=tea.id, person_id=cast.GRACE.id, sign="heart"))
    question.reactions, tea.reactions = {"me-too": 3}, {"heart": 1}
    db.add(
        Translation(
            message_id=question.id,
            by_id=cast.LOTTE.id,
            language="nl",
            text="Wordt er nog iemand om vier uur wakker?",
            written_at=question.written_at + timedelta(minutes=5),
        )
    )
    question.is_translated = True


def _message(group_id: UUID, number: int) -> Message:
    player, minutes, text, reply_to = SAID[number - 1]
    return Message(
        group_id=group_id,
        number=number,
        changed=number,
        author_id=player.id,
        role=Role.FACILITATOR if player.role == Role.FACILITATOR else Role.PARTICIPANT,
        text=text,
        language=player.language,
        reply_to=reply_to,
        written_at=clock.now() - timedelta(minutes=minutes),
        reactions={},
    )


def _hours() -> dict[str, object]:
    return {"days": [0, 1, 2, 3, 4], "from": "09:00", "until": "17:00"}
