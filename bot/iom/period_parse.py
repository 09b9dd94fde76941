"""Reading periods and days as people type them; see `bot.iom.period` for the promises."""

import re
from collections.abc import Callable
from datetime import date
from typing import Literal

from bot.iom.period_phrases import DAYS_FROM_TODAY, current_school_year, length, relative, school_year
from bot.iom.period_points import Point, last_one, nearest, next_one, point_of
from bot.iom.period_spelling import coded
from bot.iom.period_types import Period, PeriodError, PeriodProblem, add_days, day_of, month_end
from bot.iom.plain import plain

Prefer = Literal["future", "past"]

_LIMIT = 100  # characters; nobody types a longer period
_FILLERS = re.compile(r"^(?:(?:на|в|во|за|течение|течении|весь|период|срок|примерно|где-то|около) )+")
_BETWEEN = re.compile(r"(?:с|со|от) (?P<a>[^-]+?) (?:по|до) (?P<b>[^-]+)|(?P<c>[^-]+) (?:-|по) (?P<d>[^-]+)")
_UNTIL = re.compile(r"(?:(до|к|по|не позднее|не позже) )(конца |концу |конец |включительно )?(.+)")


def parse(text: str, today: date, *, deadline: bool = False) -> Period:
    """The period a person means; raises `PeriodError` and nothing else.

    Without a year it is the next one whose end is not past. A length («полгода») begins today. «до 15 ноября»
    runs from today, as a term does; with `deadline`, for a line of a plan, it is that day (that month) alone.
    «до октября» ends on 30 September, «до конца октября» and «по октябрь» on 31 October.
    """
    said = _FILLERS.sub("", _said(text))
    for reader in _READERS:
        if period := reader(said, today):
            return _forward(period)
    if period := _until(said, today):
        return period if deadline else _from_today(period, today)
    if re.match(r"(?:с|со|от) ", said) and point_of(said.split(" ", 1)[1]):
        raise PeriodError(PeriodProblem.NO_END)
    raise PeriodError(PeriodProblem.NOT_UNDERSTOOD)


def parse_day(text: str, today: date, prefer: Prefer = "future") -> date:
    """The day a person means; raises `PeriodError`.

    Without a year it is the nearest one not before today, with `prefer="past"` not after it.
    """
    said = _FILLERS.sub("", _said(text))
    if said in DAYS_FROM_TODAY:
        return add_days(today, DAYS_FROM_TODAY[said])
    point = point_of(said)
    if point is None or point.month is None:
        raise PeriodError(PeriodProblem.NOT_UNDERSTOOD)
    if point.day is None:
        raise PeriodError(PeriodProblem.NOT_A_DAY)
    if prefer == "past" and point.year is None:
        return last_one(point, today).ends
    return next_one(point, today).ends


def _said(text: str) -> str:
    if not text.strip():
        raise PeriodError(PeriodProblem.EMPTY)
    said = plain(text, _LIMIT)
    if said is None:
        raise PeriodError(PeriodProblem.LONG_TEXT)
    return coded(said)


def _forward(period: Period) -> Period:
    if period.ends < period.starts:
        raise PeriodError(PeriodProblem.BACKWARDS)
    return period


def _alone(said: str, today: date) -> Period | None:
    if re.fullmatch(r"(?:19|20)\d\d", said):
        return Period(day_of(int(said), 1, 1), day_of(int(said), 12, 31))
    point = point_of(said)
    return next_one(point, today) if point and point.month else None


def _between(said: str, today: date) -> Period | None:
    found = _BETWEEN.fullmatch(said)
    if not found:
        return None
    first, last = (point_of(part) for part in (found["a"] or found["c"], found["b"] or found["d"]))
    if first is None or last is None or last.month is None:
        return None
    if first.month is None:  # «с 10 по 20 октября»
        first = Point(first.day, last.month, 1, last.year)
    if first.year is not None:
        starts = first.starts(first.year)
        return Period(starts, _ends_after(last, starts))
    ends = next_one(last, today).ends
    return Period(_starts_before(first, ends), ends)


def _ends_after(last: Point, starts: date) -> date:
    return last.ends(last.year) if last.year is not None else next_one(last, starts).ends


def _starts_before(first: Point, ends: date) -> date:
    """The latest beginning that is not after the end."""
    return nearest(first, range(ends.year, ends.year - 9, -1), lambda period: period.starts <= ends).starts


def _until(said: str, today: date) -> Period | None:
    """The deadline alone: a day, or a whole month when its end was named."""
    found = _UNTIL.fullmatch(said)
    if not found:
        return None
    word, whole, rest = found[1], found[2], found[3].removesuffix(" включительно")
    if named := _named_end(rest, today) if whole else None:
        return named
    point = point_of(rest)
    if point is None or point.month is None:
        return None
    if not point.day and not whole and word != "по":
        eve = _eve(point, today)
        return Period(eve, eve)
    ends = next_one(point, today).ends
    return Period(ends if point.day else ends.replace(day=1), ends)


def _from_today(until: Period, today: date) -> Period:
    if until.ends < today:
        raise PeriodError(PeriodProblem.PAST)
    return Period(today, until.ends)


def _eve(point: Point, today: date) -> date:
    """The day before a month begins: «до октября»."""
    if point.year is not None:
        return add_days(point.starts(point.year), -1)
    years = range(today.year, today.year + 9)
    return add_days(nearest(point, years, lambda period: period.starts > today).starts, -1)


def _named_end(rest: str, today: date) -> Period | None:
    named = rest.removeprefix("этого ").removeprefix("текущего ")
    if named == "месяца":
        return Period(today.replace(day=1), month_end(today))
    days = {
        "учгод": current_school_year(today).ends,
        "года": today.replace(month=12, day=31),
        "недели": add_days(today, 6 - today.weekday()),
    }
    return Period(days[named], days[named]) if named in days else None


_READERS: tuple[Callable[[str, date], Period | None], ...] = (relative, school_year, length, _alone, _between)
