"""A period and the arithmetic of months under it; see `bot.iom.period`."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

FIRST_YEAR, LAST_YEAR = 1900, 2100


class PeriodProblem(StrEnum):
    """Why a text is no period."""

    EMPTY = "empty"
    LONG_TEXT = "long_text"
    NOT_UNDERSTOOD = "not_understood"
    NO_SUCH_DATE = "no_such_date"  # 31 June
    TOO_FAR = "too_far"  # a year no plan can mean
    BACKWARDS = "backwards"  # ends before it begins
    PAST = "past"  # «до 15.11.2025» said in 2026
    NO_END = "no_end"  # «с января»
    NOT_A_DAY = "not_a_day"  # a month or more where one day is asked


class PeriodError(ValueError):
    """A text that is no period; `problem` says why, the words for a person live in the templates."""

    def __init__(self, problem: PeriodProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `starts` to `ends`, both included. A deadline is a period too, due on its last day."""

    starts: date
    ends: date

    @property
    def due(self) -> date:
        """The day on which it must be done."""
        return self.ends

    @property
    def whole_months(self) -> bool:
        """It begins with a month and ends with one: nobody named days."""
        return self.starts.day == 1 and self.ends == month_end(self.ends)

    def overlaps(self, other: "Period") -> bool:
        """They share at least one day."""
        return self.starts <= other.ends and other.starts <= self.ends

    def within(self, other: "Period") -> bool:
        """Every day of it is a day of `other`."""
        return other.starts <= self.starts and self.ends <= other.ends


def day_of(year: int, month: int, day: int) -> date:
    """That day; raises `PeriodError` when the calendar has none or the year is out of reach."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PeriodError(PeriodProblem.TOO_FAR)
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        raise PeriodError(PeriodProblem.NO_SUCH_DATE) from None


def month_end(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """The same day so many months on; the last day of a shorter month (ГК РФ ст. 192: 31.08 + 6 = 28.02)."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    if not FIRST_YEAR <= year <= LAST_YEAR + 1:
        raise PeriodError(PeriodProblem.TOO_FAR)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def add_days(day: date, days: int) -> date:
    """So many days on; raises `PeriodError` out of reach."""
    moved = day + timedelta(days=days)
    return day_of(moved.year, moved.month, moved.day)


def lasting(starts: date, months: int) -> Period:
    """So many full months from `starts`: from 1 October, 12 months end on 30 September."""
    return Period(starts, add_days(add_months(starts, months), -1))
