"""What a pilot does in another way, and why: written down by those who decided it."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from companion import clock
from companion.errors import NotFound, Refusal, SavedBefore
from companion.i18n import Sentence, _
from companion.i18n.typed import NotADay, parse_day
from companion.packs.models import Adaptation
from companion.people.actions import hold
from companion.people.reader import Reader
from companion.web.typed import Typed

DEPTHS: dict[str, Sentence] = {
    "surface": _("On the surface: words, names, pictures, examples"),
    "deep": _("Deep: what sessions are about, roles, who decides, what people value"),
}
TEXT_LENGTH, NAME_LENGTH, KEY_LENGTH = 500, 120, 16


@dataclass(frozen=True)
class AdaptationForm:
    """An adaptation as it was typed, or as it stands in a file."""

    depth: str = "surface"
    what: str = ""
    why: str = ""
    agreed_with: str = ""
    on: str = ""
    text: str = ""

    @classmethod
    def read(cls, typed: Typed) -> Self:
        what, why, agreed_with = (
            typed.get(name, 10 * TEXT_LENGTH) for name in ("what", "why", "agreed_with")
        )
        return cls(typed.get("depth"), what, why, agreed_with, typed.get("on"), typed.get("text"))

    def checked(self, zone: str) -> dict[str, Any]:
        """The columns. Raises Refusal with all that is wrong."""
        errors: dict[str, Sentence] = {}
        if self.depth not in DEPTHS:
            errors["depth"] = _("Choose one of these.")
        for name in ("what", "why"):
            if not getattr(self, name):
                errors[name] = _("Write something first.")
        limits = (("what", TEXT_LENGTH), ("why", TEXT_LENGTH), ("agreed_with", NAME_LENGTH))
        for name, most in limits:
            if len(getattr(self, name)) > most:
                errors[name] = _("Write at most %(most)s characters.", most=most)
        day = self._day(zone, errors)
        if errors:
            raise Refusal(next(iter(errors.values())), errors=errors)
        return {
            "depth": self.depth,
            "what": self.what,
            "why": self.why,
            "agreed_with": self.agreed_with,
            "adapted_on": day,
            "text_key": self.text[:KEY_LENGTH] or None,
        }

    def _day(self, zone: str, errors: dict[str, Sentence]) -> date:
        today = clock.today(zone)
        try:
            day = parse_day(self.on, today) if self.on else today
        except NotADay:
            errors["on"] = _("Write a day, such as 5.3.2026.")
            return today
        if day > today:
            errors["on"] = _("Choose today or an earlier day.")
        return day


def of(reader: Reader) -> Select[Adaptation]:
    """Those of the pilot that she coordinates; none for anybody else."""
    own = reader.pilot if reader.is_coordinator else None
    return select(Adaptation).where(Adaptation.pilot == own)


def written(db: Session, reader: Reader) -> list[Adaptation]:
    """The latest first."""
    return list(db.scalars(of(reader).order_by(Adaptation.adapted_on.desc(), Adaptation.id.desc())))


def write_down(db: Session, reader: Reader, form_id: UUID, form: AdaptationForm) -> None:
    """The same form once more changes nothing; with something else in it, it is refused."""
    columns = form.checked(reader.zone)
    hold(db, reader)
    there = db.get(Adaptation, form_id)
    if there is None:
        add(db, reader.pilot, columns, by_id=reader.id, row_id=form_id)
    elif there.pilot != reader.pilot:
        raise NotFound
    elif any(getattr(there, name) != value for name, value in columns.items()):
        raise SavedBefore


def add(
    db: Session,
    pilot: str,
    columns: dict[str, Any],
    *,
    by_id: UUID | None,
    row_id: UUID | None = None,
) -> None:
    db.add(
        Adaptation(id=row_id, pilot=pilot, written_by_id=by_id, written_at=clock.now(), **columns)
    )


def erase(db: Session, reader: Reader, adaptation_id: UUID) -> None:
    found = db.scalar(of(reader).where(Adaptation.id == adaptation_id))
    if found is None:
        raise NotFound
    db.delete(found)
