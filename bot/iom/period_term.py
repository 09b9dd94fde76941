"""Limits of a route's term (domain.md C01, R12, R15, R18) and the terms offered as buttons."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.iom.period_types import Period, add_days, add_months, lasting, month_end
from bot.iom.regulation import Term, TermOption

_WORTH_BEGINNING = 2  # months; with less left of a school year the next one is meant


class TermFault(StrEnum):
    """What is wrong with a term."""

    BACKWARDS = "backwards"
    PAST = "past"  # all of it
    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"


@dataclass(frozen=True, slots=True)
class TermProblem:
    """A fault, and whether it refuses or only warns; `months` is the limit that was crossed, 0 for no limit.

    A term that ends before it begins or is over is refused under every regulation.
    """

    fault: TermFault
    strict: bool = True
    months: int = 0


def term_problem(period: Period, term: Term, today: date) -> TermProblem | None:
    """The first fault of a term, None when it may stand. A limit of 0 months is no limit.

    Twelve months from 01.10.2026 end on 30.09.2027 or on 01.10.2027, not later: both ways of counting are
    in use, 004 п.1.8 «до 1 года» forbids neither.
    """
    if period.ends < period.starts:
        return TermProblem(TermFault.BACKWARDS)
    if period.ends < today:
        return TermProblem(TermFault.PAST)
    fault = length_fault(period, term.min_months, term.max_months)
    limit = term.min_months if fault is TermFault.TOO_SHORT else term.max_months
    return TermProblem(fault, term.strict, limit) if fault else None


def length_fault(period: Period, least: int, most: int) -> TermFault | None:
    """Whether a period is shorter or longer than so many months; 0 is no limit (003: a programme of 3–12)."""
    if most and period.ends > add_months(period.starts, most):
        return TermFault.TOO_LONG
    if least and add_days(period.ends, 1) < add_months(period.starts, least):
        return TermFault.TOO_SHORT
    return None


def term_of_option(option: TermOption, term: Term, today: date) -> Period:
    """The term behind a button: from the first of next month (today, when today is a first).

    `school_year` lasts to the end of the school year; in the holidays, and when less than two months would be
    left, all of the next school year is meant.
    """
    starts = today if today.day == 1 else add_months(today.replace(day=1), 1)
    if not option.school_year:
        return lasting(starts, max(option.months, 1))
    opens = _first_on_or_after(term.year_starts, today)
    closes = _first_on_or_after(term.year_ends, today)
    holidays = opens <= closes
    if holidays or add_months(starts, _WORTH_BEGINNING) > add_days(closes, 1):
        return Period(opens, _first_on_or_after(term.year_ends, opens))
    return Period(starts, closes)


def _first_on_or_after(month_and_day: str, today: date) -> date:
    """The next «05-31»."""
    this_year = _on(month_and_day, today.year)
    return this_year if this_year >= today else _on(month_and_day, today.year + 1)


def _on(month_and_day: str, year: int) -> date:
    """«02-29» is the 28th in a common year."""
    month, day = (int(part) for part in month_and_day.split("-"))
    last = month_end(date(year, month, 1))
    return last.replace(day=min(day, last.day))
