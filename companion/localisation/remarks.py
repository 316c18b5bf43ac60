"""What readers say of the words: written by anybody, read and settled by who translates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from companion import clock
from companion.errors import NotFound, Refusal, SavedBefore
from companion.i18n import Language, _
from companion.i18n.languages import real_languages
from companion.localisation.forms import RemarkForm
from companion.localisation.models import Remark
from companion.people import actions as people
from companion.people.reader import Reader

MOST, WITHIN = 20, timedelta(days=1)
PAGE = 40


@dataclass(frozen=True)
class Line:
    """A remark as translators see it: who said it is not theirs to know."""

    id: UUID
    words: str
    better: str
    place: str
    said_at: datetime


def said_by(reader: Reader) -> Select[Remark]:
    """Her own."""
    return select(Remark).where(Remark.said_by_id == reader.id)


def of(reader: Reader) -> Select[Remark]:
    """Every query of a translator's starts here: those of the pilot that she translates for."""
    own = reader.pilot if reader.translates else None
    return select(Remark).where(Remark.pilot == own)


def waiting(reader: Reader) -> Select[Remark]:
    return of(reader).where(Remark.settled_at.is_(None))


def say(db: Session, reader: Reader, remark_id: UUID, form: RemarkForm) -> None:
    """Keep a remark on the words that she reads. The same form once more is the same remark; with
    something else in it, it is refused."""
    form.check()
    people.hold(db, reader)
    there = db.get(Remark, remark_id)
    if there is not None:
        _check_same(reader, there, form)
        return
    _refuse_flood(db, reader)
    db.add(
        Remark(
            id=remark_id,
            pilot=reader.pilot,
            language=reader.language,
            place=form.place,
            words=form.words,
            better=form.better,
            said_by_id=reader.id,
            said_at=clock.now(),
        )
    )


def _check_same(reader: Reader, there: Remark, form: RemarkForm) -> None:
    if there.said_by_id != reader.id:
        raise NotFound
    if (there.words, there.better) != (form.words, form.better):
        raise SavedBefore


def _refuse_flood(db: Session, reader: Reader) -> None:
    today = said_by(reader).where(Remark.said_at > clock.now() - WITHIN)
    if db.scalars(today.with_only_columns(func.count())).one() >= MOST:
        raise Refusal(_("You have told us a lot today, thank you. Tell us the rest tomorrow."))


def counts(db: Session, reader: Reader) -> list[tuple[Language, int]]:
    """How many wait in each language, also in one that the pilot does not offer: somebody reads
    it all the same."""
    rows = db.execute(
        waiting(reader)
        .with_only_columns(Remark.language, func.count().label("many"))
        .group_by(Remark.language)
    )
    found = {row.language: row.many for row in rows}
    return [(each, found[each.code]) for each in real_languages() if each.code in found]


def language_of(code: str) -> Language:
    found = next((each for each in real_languages() if each.code == code), None)
    if found is None:
        raise NotFound
    return found


def how_many(db: Session, reader: Reader, of: Language) -> int:
    asked = waiting(reader).where(Remark.language == of.code)
    return db.scalars(asked.with_only_columns(func.count())).one()


def lines(db: Session, reader: Reader, of: Language, start: int) -> Sequence[Line]:
    """Those that wait in a language, the oldest first; a page of them."""
    rows = db.execute(
        waiting(reader)
        .with_only_columns(
            Remark.id, Remark.words_sealed, Remark.better_sealed, Remark.place, Remark.said_at
        )
        .where(Remark.language == of.code)
        .order_by(Remark.said_at, Remark.id)
        .offset(start)
        .limit(PAGE)
    )
    return [
        Line(
            row.id,
            Remark.words.open(Remark, row.words_sealed, row.id),
            Remark.better.open(Remark, row.better_sealed, row.id),
            row.place,
            row.said_at,
        )
        for row in rows
    ]


def settle(db: Session, reader: Reader, remark_id: UUID) -> str:
    """It waits no more; what comes back is its language. Settling it twice settles it once."""
    found = db.scalar(of(reader).where(Remark.id == remark_id))
    if found is None:
        raise NotFound
    if found.settled_at is None:
        found.settled_at, found.settled_by_id = clock.now(), reader.id
    return found.language
