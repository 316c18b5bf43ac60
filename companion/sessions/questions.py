"""Questions that people park for a session, with their name or without."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, delete, select
from sqlalchemy.orm import Session

from companion import clock
from companion.errors import NotFound, Refusal, SavedBefore
from companion.happenings import What, happened
from companion.i18n import _
from companion.people import actions as people
from companion.people.models import Person, Role
from companion.people.reader import Reader
from companion.sessions import scopes
from companion.sessions.cards import LONGEST_SESSION, SessionCard, is_over
from companion.sessions.models import GroupSession, Question

LENGTH = 500


@dataclass(frozen=True)
class ParkedQuestion:
    """A question as the group sees it; `name` is "" when nobody was written down."""

    id: UUID
    text: str
    name: str
    may_remove: bool
    is_answered: bool


def parked(db: Session, reader: Reader, card: SessionCard) -> list[ParkedQuestion]:
    """The questions of a session that she was shown, the oldest first."""
    asked = (
        select(
            Question.id,
            Question.text_sealed,
            Question.asked_by_id,
            Question.answered_at,
            Person.name_sealed,
        )
        .join(
            Person,
            and_(Person.id == Question.asked_by_id, Person.left_at.is_(None)),
            isouter=True,
        )
        .where(Question.session_id == card.id)
        .order_by(Question.asked_at, Question.id)
    )
    if card.role == Role.PARTNER:
        asked = asked.where(~Question.kept_from_partners)
    rows = db.execute(asked)
    return [
        ParkedQuestion(
            row.id,
            Question.text.open(Question, row.text_sealed, row.id),
            Person.name.open(Person, row.name_sealed, row.asked_by_id),
            card.is_facilitator or row.asked_by_id == reader.id,
            row.answered_at is not None,
        )
        for row in rows
    ]


def park(
    db: Session,
    reader: Reader,
    session_id: UUID,
    question_id: UUID,
    text: str,
    *,
    named: bool,
    at: datetime | None = None,
) -> None:
    """Keep a question. Without a name nobody is written down, so that nobody can ever be found.

    The same id again is the same question; with other words it is refused. `at`: when, if it waited
    on a phone.
    """
    session = scopes.seat(db, reader, session_id).session
    if not text:
        raise Refusal(_("Write your question."), "question")
    if len(text) > LENGTH:
        raise Refusal(_("Write at most %(most)s characters.", most=LENGTH), "question")
    people.hold(db, reader)
    there, asked_by = db.get(Question, question_id), reader.id if named else None
    if there is None:
        db.add(
            Question(
                id=question_id,
                session_id=session.id,
                asked_by_id=asked_by,
                text=text,
                asked_at=at or clock.now(),
            )
        )
    elif there.session_id != session.id or there.asked_by_id not in (None, reader.id):
        raise NotFound
    elif (there.text, there.asked_by_id) != (text, asked_by):
        raise SavedBefore("question")


def withdraw(db: Session, reader: Reader, question_id: UUID) -> UUID:
    """Take one's own question back; facilitators may remove any. The session it was parked for."""
    question, seat = scopes.question(db, reader, question_id)
    if not seat.is_facilitator and question.asked_by_id != reader.id:
        raise NotFound
    db.delete(question)
    return seat.session.id


def note_answered(db: Session, reader: Reader, question_id: UUID) -> UUID:
    """A facilitator says that a question was talked about. The session it was parked for."""
    question, seat = scopes.question(db, reader, question_id)
    if not seat.is_facilitator:
        raise NotFound
    if question.answered_at is None:
        question.answered_at = clock.now()
        happened(db, What.QUESTION_ANSWERED, question.id, by_id=reader.id)
    return seat.session.id


def park_said(
    db: Session, group_id: UUID, text: str, asked_by_id: UUID | None, *, for_partners: bool
) -> tuple[UUID, int]:
    """Something said in the group's conversation becomes a question of its next session: the id of
    the question and the number of the session. The caller has shown her scope."""
    session = next_session(db, group_id)
    if session is None:
        raise Refusal(_("No session is planned yet, so there is nowhere to park it."))
    question = Question(
        session_id=session.id,
        asked_by_id=asked_by_id,
        text=text,
        kept_from_partners=not for_partners,
        asked_at=clock.now(),
    )
    db.add(question)
    db.flush()
    return question.id, session.number


def next_session(db: Session, group_id: UUID) -> GroupSession | None:
    """The next planned session of a group; the caller has shown her scope."""
    coming = (
        select(GroupSession)
        .where(
            GroupSession.group_id == group_id,
            GroupSession.state == "planned",
            GroupSession.starts_at > clock.now() - LONGEST_SESSION,
        )
        .order_by(GroupSession.starts_at)
    )
    return next(
        (each for each in db.scalars(coming) if not is_over(each.starts_at, each.minutes)), None
    )


def forget(db: Session, question_id: UUID) -> None:
    """Take away a question whose message is gone."""
    db.execute(delete(Question).where(Question.id == question_id))
