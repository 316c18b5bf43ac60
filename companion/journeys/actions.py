"""What she tells of her journey: the due date, a birth, a loss; and asking to be called."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import Select, update
from sqlalchemy.orm import Session, joinedload

from companion import clock
from companion.errors import NotFound
from companion.journeys import scopes
from companion.journeys.forms import Birth, Due
from companion.journeys.models import Child, Journey, State
from companion.people import actions as people
from companion.people.reader import Reader


def save_due(
    db: Session, reader: Reader, due: Due, *, of: UUID | None = None, is_new: bool = False
) -> None:
    """Her due date: it corrects the journey she is on; after a birth, she may begin a new one.

    `of` is the journey that the form was drawn for: an old form, sent again, changes nothing.
    """
    people.hold(db, reader)
    journey = scopes.current(db, reader.id)
    is_old = of is not None and not (journey and journey.id == of)
    if (journey and journey.state == State.ENDED) or (is_old and not _is_own(db, reader, of)):
        raise NotFound
    if journey is None or (is_new and journey.state == State.BORN and not is_old):
        journey = _begin(db, reader, State.EXPECTING, clock.today(reader.zone))
    elif is_old and (journey.state == State.BORN or not is_new):
        return
    journey.due_on, journey.known_by = due.on, due.known_by


def tell_births(db: Session, reader: Reader, births: Mapping[UUID, Birth]) -> None:
    """The children are here. Those told before are not told twice: the last words count."""
    people.hold(db, reader)
    new = {child_id: birth for child_id, birth in births.items() if _is_new(db, reader, child_id)}
    for child_id in births.keys() - new.keys():
        change_child(db, reader, child_id, births[child_id])
    if not new:
        return
    first_on = min(birth.born_on for birth in new.values())
    journey = scopes.current(db, reader.id) or _begin(db, reader, State.BORN, first_on)
    if journey.state == State.ENDED:
        raise NotFound
    if journey.state == State.EXPECTING:
        journey.state, journey.since_on = State.BORN, first_on
    for child_id, birth in new.items():
        child = Child(id=child_id, journey_id=journey.id)
        _tell(child, birth)
        db.add(child)


def change_child(db: Session, reader: Reader, child_id: UUID, birth: Birth) -> None:
    _tell(scopes.own_child(db, reader, child_id), birth)


def end(db: Session, reader: Reader) -> None:
    """A loss, before or after the birth: from now on nothing about it reaches her."""
    people.hold(db, reader)
    today = clock.today(reader.zone)
    journey = scopes.current(db, reader.id) or _begin(db, reader, State.ENDED, today)
    if journey.state != State.ENDED:
        journey.state, journey.since_on = State.ENDED, today


def take_back(db: Session, reader: Reader) -> None:
    """It was a mistake: everything is as it was before."""
    journey = scopes.current(db, reader.id)
    if journey is None or journey.state != State.ENDED:
        return
    journey.state = State.BORN if journey.children else State.EXPECTING
    journey.since_on = min(
        (child.born_on for child in journey.children), default=clock.today(reader.zone)
    )
    journey.wants_call_at, journey.spares_beside = None, False


def spare_beside(db: Session, reader: Reader, *, wanted: bool) -> None:
    """After a loss she may have whoever stands beside her spared too, and take that back."""
    _ended(db, reader).spares_beside = wanted


def begin_again(db: Session, reader: Reader, of: UUID) -> None:
    """After a loss, when she wants to: a new journey. The one that ended, `of`, stays as it is.

    Sent twice, it begins once. Raises NotFound unless that journey of hers has ended.
    """
    people.hold(db, reader)
    ended = scopes.own(reader.id).where(Journey.id == of, Journey.state == State.ENDED)
    before = db.scalar(ended)
    if before is None:
        raise NotFound
    current = scopes.current(db, reader.id)
    if current and current.id == before.id:
        before.wants_call_at = None
        _begin(db, reader, State.EXPECTING, clock.today(reader.zone))


def ask_for_call(db: Session, reader: Reader, *, wanted: bool) -> None:
    """After a loss she may ask her facilitators to call her, and take that back."""
    journey = _ended(db, reader)
    journey.wants_call_at = (journey.wants_call_at or clock.now()) if wanted else None


def answer_call(db: Session, journey_id: UUID, people: Select[UUID]) -> None:
    """She was called; sent twice, it is done once. Raises NotFound if she is none of these."""
    found = db.execute(
        update(Journey)
        .where(Journey.id == journey_id, Journey.person_id.in_(people))
        .values(wants_call_at=None)
        .returning(Journey.id)
    )
    if found.first() is None:
        raise NotFound


def _ended(db: Session, reader: Reader) -> Journey:
    """Her journey now, which ended in a loss. Raises NotFound when it did not."""
    journey = scopes.current(db, reader.id)
    if journey is None or journey.state != State.ENDED:
        raise NotFound
    return journey


def _begin(db: Session, reader: Reader, state: State, since_on: date) -> Journey:
    journey = Journey(person_id=reader.id, known_by="given", state=state, since_on=since_on)
    db.add(journey)
    db.flush()
    return journey


def _tell(child: Child, birth: Birth) -> None:
    child.born_on, child.sex, child.gestation_days = birth.born_on, birth.sex, birth.gestation_days
    if birth.name:
        child.name = birth.name
    else:
        child.name_sealed = None


def _is_own(db: Session, reader: Reader, journey_id: UUID | None) -> bool:
    return db.scalar(scopes.own(reader.id).where(Journey.id == journey_id)) is not None


def _is_new(db: Session, reader: Reader, child_id: UUID) -> bool:
    found = db.get(Child, child_id, options=[joinedload(Child.journey)])
    if found and found.journey.person_id != reader.id:
        raise NotFound
    return found is None
