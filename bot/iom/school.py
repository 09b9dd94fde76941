"""What a coordinator decided for her organisation: `organisation.settings` as a value.

What she types is read by `bot.iom.school_typed`. Keys of the JSON are stored contracts. What can't be read
is as if it had not been said; what this program does not know is kept.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.iom import period
from bot.iom.period import Period
from bot.iom.regulation import Key

MAX_STAFF = 100_000
_KNOWN = frozenset(
    {"school_year_from", "school_year_to", "holidays", "digest_day", "digest_hour", "staff"}
    | {"priorities", "setup", "pupils", "card_to"}
)


@dataclass(frozen=True, slots=True)
class SchoolSettings:
    """Settings of one organisation; None and "" say that it was not decided.

    `school_year_from`, `school_year_to`: «09-01», as in `Term`. `digest_day`: 0 is Monday. `staff`: how many
    teachers there are, for shares (I01). `priorities`: blocks by school year «2026/2027» (004 п. 1.7).
    `setup`: the step of the first hour that was reached, "done" when it is over. `pupils`: by school year,
    percents of their results by block or subject, aggregates that the deputy entered (I23), never a child's.
    `card_to`: the address where a finished card goes (002), shown and never written to.
    """

    school_year_from: str = ""
    school_year_to: str = ""
    holidays: tuple[Period, ...] = ()
    digest_day: int | None = None
    digest_hour: int | None = None
    staff: int | None = None
    priorities: Mapping[str, tuple[Key, ...]] = field(default_factory=dict)
    setup: str = ""
    pupils: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    card_to: str = ""
    rest: Mapping[str, Any] = field(default_factory=dict)

    def stored(self) -> dict[str, Any]:
        """As JSON; what was not decided is left out."""
        every: dict[str, Any] = {
            "school_year_from": self.school_year_from,
            "school_year_to": self.school_year_to,
            "holidays": [period.to_value(one) for one in self.holidays],
            "digest_day": self.digest_day,
            "digest_hour": self.digest_hour,
            "staff": self.staff,
            "priorities": {year: list(keys) for year, keys in self.priorities.items()},
            "setup": self.setup,
            "pupils": {year: dict(results) for year, results in self.pupils.items() if results},
            "card_to": self.card_to,
        }
        told = {key: value for key, value in every.items() if value not in (None, "", [], {})}
        return {**self.rest, **told}

    def priority(self, day: date) -> tuple[Key, ...]:
        """The blocks that come first in the school year of a day."""
        return self.priorities.get(period.school_year(Period(day, day)), ())

    def pupils_of(self, day: date) -> Mapping[str, float]:
        """The results of pupils in the school year of a day."""
        return self.pupils.get(period.school_year(Period(day, day)), {})

    def is_holiday(self, day: date) -> bool:
        """Whether school is out."""
        return any(one.starts <= day <= one.ends for one in self.holidays)


def settings_of(stored: Mapping[str, Any]) -> SchoolSettings:
    """The settings in an organisation's JSON, whatever it holds."""
    return SchoolSettings(
        school_year_from=_month_and_day(stored.get("school_year_from")),
        school_year_to=_month_and_day(stored.get("school_year_to")),
        holidays=_periods(stored.get("holidays")),
        digest_day=_whole(stored.get("digest_day"), 0, 6),
        digest_hour=_whole(stored.get("digest_hour"), 0, 23),
        staff=_whole(stored.get("staff"), 1, MAX_STAFF),
        priorities=_priorities(stored.get("priorities")),
        setup=setup if isinstance(setup := stored.get("setup"), str) else "",
        pupils=_pupils(stored.get("pupils")),
        card_to=address if isinstance(address := stored.get("card_to"), str) else "",
        rest={key: value for key, value in stored.items() if key not in _KNOWN},
    )


def _month_and_day(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"\d\d-\d\d", value, re.ASCII):
        return ""
    try:
        date.fromisoformat(f"2028-{value}")  # a year with a 29 February
    except ValueError:
        return ""
    return value


def _periods(value: object) -> tuple[Period, ...]:
    found = (period.from_value(one) for one in value) if isinstance(value, list) else ()
    return tuple(one for one in found if one is not None and one.starts <= one.ends)


def _whole(value: object, low: int, high: int) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if low <= value <= high else None


def _priorities(value: object) -> Mapping[str, tuple[Key, ...]]:
    told = value.items() if isinstance(value, Mapping) else ()
    lists = ((year, keys) for year, keys in told if isinstance(year, str) and isinstance(keys, list))
    return {year: tuple(key for key in keys if isinstance(key, str)) for year, keys in lists}


def _pupils(value: object) -> Mapping[str, Mapping[str, float]]:
    told = value.items() if isinstance(value, Mapping) else ()
    years = ((year, results) for year, results in told if isinstance(results, Mapping))
    read = {year: {str(name): float(one) for name, one in of.items() if _percent(one)} for year, of in years}
    return {year: results for year, results in read.items() if results}


def _percent(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 100
