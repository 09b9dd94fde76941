"""Too much at once: plan lines that overlap, months that hold too many (002 L265, L281; domain.md S37)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Generic, Literal, TypeAlias, TypeVar

from bot.iom.period_types import Period, add_months, month_end

LIMIT = 3  # dated lines one month may hold


K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Overlap(Generic[K]):
    """Two lines that share days, the first of which is `since`."""

    lines: tuple[K, K]
    since: date
    kind: Literal["overlap"] = "overlap"


@dataclass(frozen=True, slots=True)
class BusyMonth(Generic[K]):
    """A month with more lines than it may hold; `month` is its first day."""

    lines: tuple[K, ...]
    month: date
    kind: Literal["busy_month"] = "busy_month"


Warnings: TypeAlias = tuple[Overlap[K] | BusyMonth[K], ...]


def warnings(periods: Mapping[K, Period], today: date | None = None, *, limit: int = LIMIT) -> Warnings[K]:
    """What to warn of, by the periods of dated plan lines: overlaps, then busy months, each earliest first.

    What is over by `today` is let be. A line in whole months («октябрь») overlaps nothing, it only says by
    when; it still counts in its months. `lines` are the keys of `periods`.
    """
    lines = {line: period for line, period in periods.items() if today is None or period.ends >= today}
    busy = (BusyMonth(_running(lines, month), month) for month in _months(lines.values(), today))
    return (*_overlaps(lines), *(month for month in busy if len(month.lines) > limit))


def _overlaps(lines: Mapping[K, Period]) -> list[Overlap[K]]:
    exact = [(line, period) for line, period in lines.items() if not period.whole_months]
    found = [
        Overlap((one, other), max(first.starts, second.starts))
        for (one, first), (other, second) in combinations(exact, 2)
        if first.overlaps(second)
    ]
    return sorted(found, key=lambda overlap: overlap.since)


def _running(lines: Mapping[K, Period], month: date) -> tuple[K, ...]:
    whole = Period(month, month_end(month))
    return tuple(line for line, period in lines.items() if period.overlaps(whole))


def _months(periods: Iterable[Period], today: date | None) -> list[date]:
    """First days of all months in which something runs, past ones left out."""
    months: set[date] = set()
    for period in periods:
        month = max(period.starts, today or period.starts).replace(day=1)
        while month <= period.ends:
            months.add(month)
            month = add_months(month, 1)
    return sorted(months)
