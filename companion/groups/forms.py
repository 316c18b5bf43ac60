"""What a coordinator types to start a group."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self
from uuid import UUID

from companion.errors import Refusal
from companion.i18n import Sentence, _
from companion.i18n.typed import NotANumber, TwoSigns, parse_number
from companion.pilots.pack import offered_languages
from companion.pilots.pilot import Pilot
from companion.programmes.programme import programme
from companion.web.typed import Typed

NAME_LENGTH = 80
SMALLEST, LARGEST = 2, 40
MOST_FACILITATORS = 2

_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[./\s-]+(?P<month>\d{1,2})")
_MONTH_FIRST = re.compile(r"(?P<month>\d{1,2})[./\s-]+(?P<year>\d{4})")
_YEARS_BACK, _YEARS_AHEAD = 4, 1


@dataclass(frozen=True)
class Allowed:
    """What this coordinator may choose from."""

    pilot: Pilot
    sites: set[UUID]
    facilitators: set[UUID]
    today: date


@dataclass(frozen=True)
class GroupForm:
    """A group to be, as it was typed."""

    name: str = ""
    site: str = ""
    programme: str = ""
    due_month: str = ""
    capacity: str = ""
    languages: list[str] = field(default_factory=list)
    facilitators: list[str] = field(default_factory=list)

    @classmethod
    def blank(cls, pilot: Pilot) -> Self:
        return cls(
            programme=pilot.programmes[0],
            capacity=str(pilot.group_size[1]),
            languages=[offered_languages(pilot)[0].code],
        )

    @classmethod
    def read(cls, typed: Typed) -> Self:
        return cls(
            name=typed.get("name", 1000),
            site=typed.get("site"),
            programme=typed.get("programme"),
            due_month=typed.get("due_month"),
            capacity=typed.get("capacity"),
            languages=typed.all("languages"),
            facilitators=typed.all("facilitators"),
        )

    def checked(self, allowed: Allowed) -> dict[str, Any]:
        """The group's columns, and `facilitators`. Raises Refusal with everything that is wrong."""
        columns: dict[str, Any] = {}
        errors: dict[str, Sentence] = {}
        for column, check in _CHECKS.items():
            try:
                columns[column] = check(self, allowed)
            except Refusal as refusal:
                errors |= refusal.errors
        if errors:
            raise Refusal(next(iter(errors.values())), errors=errors)
        return columns


def month(typed: str) -> date | None:
    """The first day of a month as a month input sends it (2027-03) or people write it (3/2027)."""
    plain = "".join(c for c in typed if unicodedata.category(c) != "Cf").strip()
    found = _YEAR_FIRST.fullmatch(plain) or _MONTH_FIRST.fullmatch(plain)
    try:
        return date(int(found["year"]), int(found["month"]), 1) if found else None
    except ValueError:
        return None


def _name(form: GroupForm, _allowed: Allowed) -> str:
    if not form.name:
        raise Refusal(_("Write a name for the group."), "name")
    if len(form.name) > NAME_LENGTH:
        raise Refusal(_("Write at most %(most)s characters.", most=NAME_LENGTH), "name")
    return form.name


def _site(form: GroupForm, allowed: Allowed) -> UUID:
    found = next((site for site in allowed.sites if str(site) == form.site), None)
    if found is None:
        raise Refusal(_("Choose where the group meets."), "site")
    return found


def _programme(form: GroupForm, allowed: Allowed) -> str:
    if form.programme not in allowed.pilot.programmes:
        raise Refusal(_("Choose the programme of the group."), "programme")
    return form.programme


def _due_month(form: GroupForm, allowed: Allowed) -> date:
    """A programme that is not about a birth needs none: then it is the month it starts in."""
    this_month = allowed.today.replace(day=1)
    is_known = form.programme in allowed.pilot.programmes
    needs_none = is_known and not _counts_from_birth(form.programme, allowed.pilot)
    if not form.due_month and needs_none:
        return this_month
    read = month(form.due_month)
    if read is None:
        raise Refusal(_("Write the month and the year, like 03/2027."), "due_month")
    if not -_YEARS_BACK * 12 <= _months(this_month, read) <= _YEARS_AHEAD * 12:
        raise Refusal(_("Look at the year again: this month is too far away."), "due_month")
    return read


def _counts_from_birth(slug: str, of: Pilot) -> bool:
    return any(session.anchor != "start" for session in programme(slug, of.code).sessions)


def _months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month


def _capacity(form: GroupForm, _allowed: Allowed) -> int:
    wrong = _("Write a number from %(least)s to %(most)s.", least=SMALLEST, most=LARGEST)
    try:
        read = parse_number(form.capacity)
    except (NotANumber, TwoSigns):
        raise Refusal(wrong, "capacity") from None
    if read != int(read) or not SMALLEST <= read <= LARGEST:
        raise Refusal(wrong, "capacity")
    return int(read)


def _languages(form: GroupForm, allowed: Allowed) -> list[str]:
    chosen = [one.code for one in offered_languages(allowed.pilot) if one.code in form.languages]
    if not chosen:
        raise Refusal(_("Choose at least one language."), "languages")
    return chosen


def _facilitators(form: GroupForm, allowed: Allowed) -> list[UUID]:
    chosen = [one for one in allowed.facilitators if str(one) in form.facilitators]
    if len(chosen) > MOST_FACILITATORS:
        raise Refusal(_("Choose at most two facilitators."), "facilitators")
    return chosen


_CHECKS: dict[str, Callable[[GroupForm, Allowed], Any]] = {
    "name": _name,
    "site_id": _site,
    "programme": _programme,
    "due_month": _due_month,
    "languages": _languages,
    "capacity": _capacity,
    "facilitators": _facilitators,
}
