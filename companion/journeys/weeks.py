"""Weeks: how far a pregnancy is, and how old a child is. Days and numbers in, words out.

Gestational age is counted in completed days from the first day of the last period, which lies 280
days (40 weeks) before the due date: WHO's ICD-10, volume 2, and ACOG's Committee Opinion 700.
"""

from datetime import date, timedelta

from companion.i18n import Sentence, _, one_or_many

WEEK = 7
PREGNANCY = 280
LONGEST = 308
"""Days: a gestational age is one of 0 to 308 (44 weeks)."""
TERM = 259
"""Days: whoever is born before 37 completed weeks was born early (ICD-10)."""

EARLIEST_DUE = timedelta(days=-300)
LATEST_DUE = timedelta(days=310)
CORRECTED_MONTHS = 24


def due_from_period(began_on: date) -> date:
    """The due date by Naegele's rule: 280 days after the first day of the last period."""
    return began_on + timedelta(days=PREGNANCY)


def due_from_scan(scanned_on: date, weeks: int, days: int) -> date:
    """The due date when a scan said, on its day, how far she was: 0 to 43 weeks, 0 to 6 days."""
    return scanned_on + timedelta(days=PREGNANCY - WEEK * weeks - days)


def days_along(due_on: date, day: date) -> int | None:
    """The gestational age on a day, in days from 0 to 308; None outside, where it says nothing."""
    days = PREGNANCY - (due_on - day).days
    return days if 0 <= days <= LONGEST else None


def along(due_on: date, day: date) -> Sentence | None:
    """ "24 weeks + 3 days", or None where that would say nothing."""
    days = days_along(due_on, day)
    return None if days is None else in_weeks(days)


def in_weeks(days: int) -> Sentence:
    """A number of days (0 or more) as completed weeks and days."""
    weeks, rest = divmod(days, WEEK)
    if not rest:
        return _weeks(weeks)
    return _("%(weeks)s + %(days)s", weeks=_weeks(weeks), days=_days(rest))


def doubt(due_on: date, today: date) -> Sentence | None:
    """Why this cannot be the due date: over 300 days ago or over 310 days ahead; else None."""
    if due_on < today + EARLIEST_DUE:
        return _("This gives a due date that is too long ago. Look at it again.")
    if due_on > today + LATEST_DUE:
        return _("This gives a due date that is too far ahead. Look at it again.")
    return None


def age(born_on: date, day: date) -> Sentence:
    """How old a child is on a day (not before the birth), as parents say it.

    Days in the first week, weeks until two months are full (8 weeks and a few days, so that the
    count never seems to go back), then months, and from 24 months on years and months.
    """
    days, months = (day - born_on).days, months_between(born_on, day)
    if days < WEEK:
        return _days(days) if days else _("Born today")
    if months < 2:
        return _weeks(days // WEEK)
    if months < 24:
        return _months(months)
    years, rest = divmod(months, 12)
    said = one_or_many("%(count)s year", "%(count)s years", years)
    return _("%(years)s, %(months)s", years=said, months=_months(rest)) if rest else said


def corrected_age(born_on: date, gestation_days: int | None, day: date) -> Sentence | None:
    """The age counted from the due date, for a child born before 37 weeks and under 24 months.

    `gestation_days`: days at birth, 154 to 308, or None if unknown. None where no correction is
    usual, and before the due date has come. Correcting until two years is RCPCH's and the AAP's
    advice for the earliest born; it is for the growth chart's owner to choose less.
    """
    if gestation_days is None or gestation_days >= TERM:
        return None
    due_on = born_on + timedelta(days=PREGNANCY - gestation_days)
    if day < due_on or months_between(born_on, day) >= CORRECTED_MONTHS:
        return None
    return age(due_on, day) if day > due_on else _days(0)


def months_between(first: date, last: date) -> int:
    """Completed calendar months: from 31 January, the first is full on 1 March."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (last.day < first.day)


def _days(count: int) -> Sentence:
    return one_or_many("%(count)s day", "%(count)s days", count)


def _weeks(count: int) -> Sentence:
    return one_or_many("%(count)s week", "%(count)s weeks", count)


def _months(count: int) -> Sentence:
    return one_or_many("%(count)s month", "%(count)s months", count)
