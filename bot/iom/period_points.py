"""Days, months and spans of months named with or without a year, put on the calendar."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.iom.period_types import (
    FIRST_YEAR,
    LAST_YEAR,
    Period,
    PeriodError,
    PeriodProblem,
    add_months,
    day_of,
    month_end,
)

_DATED = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d\d))?")
_DAY = re.compile(r"(\d{1,2}) @(\d+)(?: (\d{4}|\d\d))?")
_SPAN = re.compile(r"@(\d+)(?:\+(\d))?(?: (\d{4}|\d\d))?")
_EDGE = re.compile(r"(?:начал[оауе]|середин[аыеу]|кон(?:ец|ца|цу|це|цом)) (?=@)")
_MONTH = re.compile(r"(\d{1,2})\.(\d{4})")


@dataclass(frozen=True, slots=True)
class Point:
    """A day, a month or a span of months whose month or year may be unsaid."""

    day: int | None = None
    month: int | None = None
    months: int = 1
    year: int | None = None

    def starts(self, year: int) -> date:
        """Its first day when it begins in `year`."""
        return day_of(year, self.month or 1, self.day or 1)

    def ends(self, year: int) -> date:
        """Its last day when it begins in `year`."""
        first = self.starts(year)
        return first if self.day else month_end(add_months(first, self.months - 1))

    def period(self, year: int) -> Period:
        """All of it when it begins in `year`."""
        return Period(self.starts(year), self.ends(year))


def year_of(digits: str | None) -> int | None:
    """A year of four digits, or of two: 69 is 2069, 70 is 1970."""
    if digits is None:
        return None
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 70 else 1900)


def point_of(said: str) -> Point | None:
    said = said.strip()
    if edge := _EDGE.match(said):
        point = point_of(said[edge.end() :])
        return point if point and point.day is None and point.month else None
    if found := _MONTH.fullmatch(said):
        return _checked(Point(month=int(found[1]), year=year_of(found[2])))
    if found := _DATED.fullmatch(said) or _DAY.fullmatch(said):
        return _checked(Point(day=int(found[1]), month=int(found[2]), year=year_of(found[3])))
    if found := _SPAN.fullmatch(said):
        return Point(month=int(found[1]), months=int(found[2] or 1), year=year_of(found[3]))
    if re.fullmatch(r"\d{1,2}", said):
        return Point(day=int(said))
    return None


def _checked(point: Point) -> Point:
    """Refuses 31 June at once; 2028 has a 29 February."""
    day_of(point.year or 2028, point.month or 1, point.day or 1)
    return point


def next_one(point: Point, today: date) -> Period:
    """With its year, or the first whose last day is not before today (a winter may have begun last year)."""
    if point.year is not None:
        named = point.period(point.year)
        if point.month == 12 and point.months > 1:  # «зимой 2027» ends in 2027 unless that is past
            earlier = point.period(point.year - 1)
            return earlier if earlier.ends >= today else named
        return named
    return nearest(point, range(today.year - 1, today.year + 9), lambda period: period.ends >= today)


def last_one(point: Point, today: date) -> Period:
    return nearest(point, range(today.year, today.year - 9, -1), lambda period: period.ends <= today)


def nearest(point: Point, years: range, fits: Callable[[Period], bool]) -> Period:
    for year in years:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            continue
        try:
            period = point.period(year)
        except PeriodError:  # 29 February in a common year
            continue
        if fits(period):
            return period
    raise PeriodError(PeriodProblem.TOO_FAR)
