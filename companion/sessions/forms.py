"""What people type about sessions: when and where, a group's rhythm, a topic in its languages."""

from collections.abc import Callable, Sequence
from datetime import date, time
from typing import TypeVar
from urllib.parse import urlsplit

from companion.errors import Refusal
from companion.i18n import Sentence, _
from companion.i18n.typed import (
    NotADay,
    NotANumber,
    NotATime,
    TwoSigns,
    parse_day,
    parse_number,
    parse_time,
)
from companion.sessions.actions import Arrangement
from companion.sessions.models import LEAST_MINUTES, MOST_MINUTES
from companion.sessions.plans import Rhythm
from companion.sessions.topics import Written
from companion.web.typed import UNCUT, Typed

PLACE_LENGTH = 200
LINK_LENGTH = 500
TITLE_LENGTH = 120
TEXT_LENGTH = 8000

Value = TypeVar("Value")


class Fields:
    """Reads the fields of a form one by one, and gathers what is wrong with them."""

    def __init__(self, typed: Typed) -> None:
        self.typed = typed
        self.errors: dict[str, Sentence] = {}

    def day(self, today: date) -> date:
        return self._read(lambda text: parse_day(text, today), "day", today, _("Choose a day."))

    def time(self) -> time:
        said = _("Write a time, such as 10:00.")
        return self._read(parse_time, "at", time(), said)

    def weekday(self) -> int:
        return self._read(_weekday, "weekday", 0, _("Choose a day of the week."))

    def minutes(self) -> int:
        said = _(
            "Write how many minutes, from %(least)s to %(most)s.",
            least=LEAST_MINUTES,
            most=MOST_MINUTES,
        )
        return self._read(_minutes, "minutes", LEAST_MINUTES, said)

    def line(self, name: str, most: int) -> str:
        text = " ".join(self.typed.get(name, UNCUT).split())
        return self.at_most(name, text, most)

    def link(self) -> str:
        text = self.line("online_link", LINK_LENGTH)
        if text and not _is_secure(text):
            self.errors["online_link"] = _("Write a link that begins with https://")
        return text

    def at_most(self, name: str, text: str, most: int) -> str:
        if len(text) > most:
            self.errors[name] = _("Write at most %(most)s characters.", most=most)
        return text

    def refuse_if_wrong(self) -> None:
        if self.errors:
            raise Refusal(next(iter(self.errors.values())), errors=self.errors)

    def _read(
        self, read: Callable[[str], Value], name: str, otherwise: Value, wrong: Sentence
    ) -> Value:
        try:
            return read(self.typed.get(name))
        except (NotADay, NotATime, NotANumber, TwoSigns):
            self.errors[name] = wrong
            return otherwise


def _weekday(text: str) -> int:
    if text not in {str(each) for each in range(7)}:
        raise NotADay(text)
    return int(text)


def _minutes(text: str) -> int:
    number = parse_number(text)
    if number != int(number) or not LEAST_MINUTES <= number <= MOST_MINUTES:
        raise NotANumber(text)
    return int(number)


def _is_secure(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and " " not in link


def read_rhythm(typed: Typed) -> Rhythm:
    """Raises Refusal."""
    fields = Fields(typed)
    rhythm = Rhythm(fields.weekday(), fields.time(), fields.line("place", PLACE_LENGTH))
    fields.refuse_if_wrong()
    return rhythm


def read_arrangement(typed: Typed, today: date) -> Arrangement:
    """Raises Refusal."""
    fields = Fields(typed)
    new = Arrangement(
        day=fields.day(today),
        at=fields.time(),
        minutes=fields.minutes(),
        place=fields.line("place", PLACE_LENGTH),
        online_link=fields.link(),
    )
    fields.refuse_if_wrong()
    return new


def as_typed(typed: Typed, languages: Sequence[str]) -> list[Written]:
    """A topic as it was typed, in each language it could be written in."""
    return [
        Written(code, typed.get(f"title-{code}", UNCUT), typed.get(f"text-{code}", UNCUT))
        for code in languages
    ]


def read_texts(typed: Typed, languages: Sequence[str]) -> list[Written]:
    """The languages that were written in; at least one, each with a title. Raises Refusal."""
    fields = Fields(typed)
    texts = [
        Written(
            each.language,
            fields.line(f"title-{each.language}", TITLE_LENGTH),
            fields.at_most(f"text-{each.language}", each.text, TEXT_LENGTH),
        )
        for each in as_typed(typed, languages)
        if each.title or each.text
    ]
    for each in texts:
        if not each.title:
            fields.errors[f"title-{each.language}"] = _("Write a title for this text.")
    if not texts:
        fields.errors[f"title-{languages[0]}"] = _("Write a title in one language at least.")
    fields.refuse_if_wrong()
    return texts
