"""Park it: what comes up between two sessions goes back into the circle at the next one."""

from sqlalchemy.orm import Session

from companion.chat.actions import refuse_if_silent, said
from companion.chat.scopes import Seat
from companion.sessions import questions


def park(db: Session, seat: Seat, number: int, *, named: bool) -> None:
    """A message becomes a question of the next session, with its writer's name or without. Parking
    it again changes nothing."""
    refuse_if_silent(seat)
    message = said(db, seat, number)
    if message.question_id:
        return
    message.question_id, message.parked_for = questions.park_said(
        db,
        seat.group_id,
        message.text,
        message.author_id if named and message.author_id in seat.speakers else None,
        for_partners=seat.welcomes_partners,
    )
