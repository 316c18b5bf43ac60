"""What people type about a journey: a due date known in one of three ways, and a birth."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from companion.errors import Refusal
from companion.i18n import Sentence, _
from companion.i18n.typed import NotADay, NotANumber, TwoSigns, parse_day, parse_number
from companion.journeys.weeks import WEEK, doubt, due_from_period, due_from_scan
from companion.web.typed import Typed

KnownBy = Literal["given", "scan", "period"]
Errors = dict[str, Sentence]

NAME_LENGTH = 40
OLDEST = timedelta(days=3 * 365 + 1)
MOST_CHILDREN = 6


@dataclass(frozen=True)
class Due:
    """A due date, and how it is known."""

    on: date
    known_by: KnownBy


@dataclass(frozen=True)
class Birth:
    """What is told of a child: the day, and as much more as somebody wants to tell."""

    born_on: date
    sex: str | None
    gestation_days: int | None
    name: str


def known_by(chosen: str | None) -> KnownBy:
    """The way that was chosen; without one, the date that somebody gave her."""
    return next((way for way in get_args(KnownBy) if way == chosen), "given")


def known_by_number(asked: str | None) -> KnownBy:
    """The way that an address means, 1 to 3: an address stays in the history, and tells nobody."""
    ways: tuple[KnownBy, ...] = get_args(KnownBy)
    return next((way for number, way in enumerate(ways, 1) if asked == str(number)), "given")


def read_due(typed: Typed, today: date) -> Due:
    """The due date that this form means. Raises Refusal."""
    errors: Errors = {}
    way = known_by(typed.get("known_by"))
    field = {"given": "due_on", "scan": "scan_on", "period": "period_on"}[way]
    day = _day(typed, field, today, errors)
    if day and way != "given" and day > today:
        errors[field] = _("Choose today or an earlier day.")
    weeks = _whole(typed, "scan_weeks", range(44), errors) if way == "scan" else 0
    days = _whole(typed, "scan_days", range(WEEK), errors, empty=0) if way == "scan" else 0
    if day is None or weeks is None or days is None or errors:
        raise Refusal(next(iter(errors.values())), errors=errors)
    due_on = {"given": day, "scan": due_from_scan(day, weeks, days), "period": due_from_period(day)}
    if problem := doubt(due_on[way], today):
        raise Refusal(problem, field)
    return Due(due_on[way], way)


def read_birth(typed: Typed, today: date, number: int | str = "") -> tuple[Birth | None, Errors]:
    """One child of the form, whose fields end in its number; or what is wrong with them."""
    errors: Errors = {}
    mark = f"_{number}" if number else ""
    born_on = _day(typed, f"born_on{mark}", today, errors)
    if born_on and born_on > today:
        errors[f"born_on{mark}"] = _("Choose today or an earlier day.")
    if born_on and born_on < today - OLDEST:
        errors[f"born_on{mark}"] = _("Choose a day in the last three years.")
    name = typed.get(f"name{mark}")
    if len(name) > NAME_LENGTH:
        errors[f"name{mark}"] = _("Write a name of at most %(most)s characters.", most=NAME_LENGTH)
    gestation = _gestation(typed, mark, errors)
    if errors or born_on is None:
        return None, errors
    sex = typed.get(f"sex{mark}")
    return Birth(born_on, sex if sex in ("girl", "boy") else None, gestation, name), errors


def how_many(asked: str | None) -> int:
    """How many children the form has room for: 1 to 6."""
    number = int(asked[:4]) if asked and asked.isdecimal() else 1
    return min(max(number, 1), MOST_CHILDREN)


def _gestation(typed: Typed, mark: str, errors: Errors) -> int | None:
    """Days at birth, 154 to 308, when the weeks are written; the days may be left out."""
    if not typed.get(f"weeks{mark}") and not typed.get(f"days{mark}"):
        return None
    weeks = _whole(typed, f"weeks{mark}", range(22, 45), errors)
    days = _whole(typed, f"days{mark}", range(WEEK if weeks != 44 else 1), errors, empty=0)
    return None if weeks is None or days is None else weeks * WEEK + days


def _day(typed: Typed, field: str, today: date, errors: Errors) -> date | None:
    try:
        return parse_day(typed.get(field), today)
    except NotADay:
        errors[field] = _("Write a day, such as 5.3.2026.")
        return None


def _whole(
    typed: Typed, field: str, allowed: range, errors: Errors, empty: int | None = None
) -> int | None:
    """A whole number, or `empty` when nothing was written and that is meant to be fine."""
    text = typed.get(field)
    if not text and empty is not None:
        return empty
    try:
        number = parse_number(text)
    except (NotANumber, TwoSigns):
        number = None
    if number is None or number not in allowed:
        errors[field] = _(
            "Write a whole number from %(least)s to %(most)s.", least=allowed[0], most=allowed[-1]
        )
        return None
    return int(number)
