"""What people type about reminders: which ones, at which hours, and their own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from companion.errors import Refusal
from companion.i18n import Sentence, _
from companion.i18n.words import TURNERS
from companion.people.actions import says_nothing
from companion.reminders.choices import Choices
from companion.reminders.hours import is_zone
from companion.reminders.own import LENGTH, Wish, refuse_quiet
from companion.web.typed import UNCUT, Typed, typed_time


@dataclass(frozen=True)
class Ways:
    """Everything that is chosen on the page of reminders."""

    choices: Choices
    zone: str


def hours_for(switches: Sequence[str]) -> tuple[str, ...]:
    """Which hours somebody with these switches has to choose."""
    hours = ["quiet_from", "quiet_until"]
    if "wants_sessions" in switches or "wants_sessions_after_loss" in switches:
        hours.append("day_before_at")
    if "wants_measuring" in switches:
        hours.append("measure_at")
    return tuple(hours)


def read_ways(typed: Typed, now: Choices, switches: Sequence[str]) -> Ways:
    """As she chose; what was not shown stays as it was. Raises Refusal with everything that is
    wrong."""
    errors: dict[str, Sentence] = {}
    hours = hours_for(switches)
    changed: dict[str, Any] = {name: name in typed for name in switches}
    changed |= {name: typed_time(typed, name, errors) for name in hours}
    if "measure_at" in hours:
        changed["measure_on"] = _weekday(typed.get("measure_on"), errors)
    zone = typed.get("zone")
    if not is_zone(zone):
        errors["zone"] = _("Choose one of these places.")
    chosen = replace(now, **changed)
    if not errors:
        _note_quiet(errors, chosen, zone, hours)
    if errors:
        raise Refusal(next(iter(errors.values())), errors=errors)
    return Ways(chosen, zone)


def _note_quiet(
    errors: dict[str, Sentence], chosen: Choices, zone: str, hours: Sequence[str]
) -> None:
    """An hour for a reminder is none of those in which her phone is quiet."""
    asked = {"day_before_at"} | ({"measure_at"} if chosen.wants_measuring else set())
    for name in asked.intersection(hours):
        try:
            refuse_quiet(getattr(chosen, name), chosen.quiet(zone), name)
        except Refusal as refusal:
            errors.update(refusal.errors)


def read_wish(typed: Typed) -> Wish:
    """Raises Refusal with everything that is wrong."""
    errors: dict[str, Sentence] = {}
    text = " ".join(typed.get("text", UNCUT).translate(TURNERS).split())
    if says_nothing(text):
        errors["text"] = _("Write what you want to be reminded of.")
    elif len(text) > LENGTH:
        errors["text"] = _("Write at most %(most)s characters.", most=LENGTH)
    at = typed_time(typed, "at", errors)
    weekdays = tuple(day for day in range(7) if str(day) in typed.all("weekdays"))
    if not weekdays:
        errors["weekdays"] = _("Choose one day at least.")
    if errors:
        raise Refusal(next(iter(errors.values())), errors=errors)
    return Wish(text, at, weekdays)


def _weekday(text: str, errors: dict[str, Sentence]) -> int:
    if text not in {str(day) for day in range(7)}:
        errors["measure_on"] = _("Choose a day of the week.")
        return 0
    return int(text)
