"""The form of a reading: what was typed, what is to say about it, and the entry it comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from companion import clock
from companion.db import new_id
from companion.errors import Refusal
from companion.i18n import Sentence, _
from companion.i18n.typed import NotADay, NotATime, parse_day, parse_time
from companion.measurements.actions import Entry
from companion.measurements.checks import judge
from companion.measurements.kinds import Kind
from companion.measurements.readings import Reading
from companion.measurements.scopes import Subject
from companion.web.typed import Typed

LONG_AGO = timedelta(days=2 * 365)
NOON = time(12)


@dataclass(frozen=True)
class EntryForm:
    """A form as it is drawn.

    `typed` holds texts as they came, and numbers that we put there ourselves. `sure` is what she
    says yes to: sent back with the same values, nothing is asked again.
    """

    kind: Kind
    id: UUID
    typed: Mapping[str, str | Decimal]
    day: str
    time: str
    today: date
    errors: Mapping[str, Sentence] = field(default_factory=dict)
    doubts: Mapping[str, Sentence] = field(default_factory=dict)
    suggestions: Mapping[str, Decimal] = field(default_factory=dict)
    sure: str = ""
    at: datetime | None = None
    entry: Entry | None = None

    @property
    def marks(self) -> dict[str, Sentence]:
        """What stands beside each field."""
        return {**self.doubts, **self.errors}


def blank(kind: Kind, zone: str) -> EntryForm:
    """A new form: now, and nothing typed."""
    return _drawn(kind, clock.now(), zone, {})


def filled(reading: Reading, zone: str) -> EntryForm:
    """The form that corrects a reading, in the units it was written in."""
    typed = {
        name: Decimal(value) if name in reading.units else value
        for name, value in reading.values.items()
    }
    return _drawn(reading.kind, reading.taken_at, zone, typed)


def read(
    kind: Kind, subject: Subject, typed: Typed, zone: str, old: Reading | None = None
) -> EntryForm:
    """Judge what was typed. The entry is there when nothing is wrong, and nothing left to ask.

    `old` is the reading that is corrected: a day or a time left empty stays as it was there.
    """
    today = clock.today(zone)
    before = old.taken_at.astimezone(ZoneInfo(zone)) if old else None
    written = {
        asked.name: typed.get(f"instead_{asked.name}") or typed.get(asked.name)
        for asked in kind.fields
    }
    judged = judge(kind, written)
    errors, doubts, taken_at = dict(judged.errors), dict(judged.doubts), None
    try:
        day = _day(typed.get("day"), today, subject.born_on, before.date() if before else today)
        taken_at = _moment(day, typed.get("time"), zone, before)
    except Refusal as refusal:
        errors |= refusal.errors
    else:
        if today - day > LONG_AGO:
            doubts["day"] = _("That is more than two years ago. Is it right?")
    sure = _said(judged.values, typed.get("day")) if doubts and not errors else ""
    is_good = not errors and (not doubts or typed.get("sure", 1000) == sure)
    form_id = typed.id()
    return EntryForm(
        kind=kind,
        id=form_id,
        typed=written,
        day=typed.get("day"),
        time=typed.get("time"),
        today=today,
        errors=errors,
        doubts={} if errors else doubts,
        suggestions={name: Decimal(text) for name, text in judged.suggestions.items()},
        sure=sure,
        at=taken_at,
        entry=Entry(form_id, kind, subject.child_id, judged.values, taken_at) if is_good else None,
    )


def _drawn(
    kind: Kind, moment: datetime, zone: str, typed: Mapping[str, str | Decimal]
) -> EntryForm:
    local = moment.astimezone(ZoneInfo(zone))
    return EntryForm(
        kind=kind,
        id=new_id(),
        typed=typed,
        day=local.date().isoformat(),
        time=f"{local:%H:%M}",
        today=clock.today(zone),
        at=moment,
    )


def _day(typed: str, today: date, born_on: date | None, otherwise: date) -> date:
    try:
        day = parse_day(typed, today) if typed else otherwise
    except NotADay:
        example = f"{today:%d/%m/%Y}"
        raise Refusal(_("Write the day like %(example)s.", example=example), "day") from None
    if day > today:
        raise Refusal(_("Choose today or an earlier day."), "day")
    if born_on and day < born_on:
        raise Refusal(_("Choose the day of the birth or a later day."), "day")
    return day


def _moment(day: date, typed: str, zone: str, before: datetime | None) -> datetime | None:
    """When it was measured; None when that is now. `before`, on her clock, is what it corrects."""
    try:
        at = parse_time(typed) if typed else None
    except NotATime:
        example = time(7, 40)
        raise Refusal(_("Write the time like %(example)s.", example=example), "time") from None
    if before:
        shown = before.time().replace(second=0, microsecond=0)
        if (day, at or shown) == (before.date(), shown):
            return before.astimezone(UTC)
        at = at or shown
    elif at is None and day == clock.today(zone):
        return None
    moment = clock.moment(day, at or NOON, zone)
    if moment > clock.now():
        raise Refusal(_("Choose a time that has passed."), "time")
    return moment


def _said(values: Mapping[str, str], day: str) -> str:
    """The values in one line, so that a yes holds for these and no others."""
    return " ".join([*(f"{name}={value}" for name, value in values.items()), day]).strip()
