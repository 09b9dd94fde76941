"""How and when a person wants to be reminded: `person.settings` as a value, and the moments it gives.

Reminders come by day, on working days, not all at one minute; deadlines are days of a calendar, so a moment
is computed in the person's own zone and kept in UTC (Russia has eleven zones; DST-free today, not for ever).
Keys of the JSON are stored contracts. What can't be read is as if it had not been said.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.iom.school import SchoolSettings

MOST = 5  # reminders in any seven days, digest included
CHOICES_OF_MOST = (2, 3, 5, 7)
SPREAD = 90  # minutes over which the reminders of a school come
FURTHEST = 14  # days a holiday may move a reminder by
SATURDAY = 5

# What may be switched off, one by one. Stored contracts.
TOPICS = ("deadline", "week", "questions", "waits")


@dataclass(frozen=True, slots=True)
class Habits:
    """`hour`: from when reminders come; `quiet_from`, `quiet_to`: when nothing may sound; `day`: of the
    weekly digest, 0 is Monday; `weekends`: whether days off are days too; `off`: topics she switched off;
    `few`: of a deadline only the day itself and what is late; `paused_to`: silence to this day, included."""

    hour: int = 8
    quiet_from: int = 21
    quiet_to: int = 7
    day: int = 0
    weekends: bool = False
    most: int = MOST
    off: frozenset[str] = frozenset()
    few: bool = False
    paused_to: date | None = None
    rest: Mapping[str, Any] = field(default_factory=dict)

    def stored(self) -> dict[str, Any]:
        """As JSON; what is as usual is left out."""
        usual = Habits()
        told: dict[str, Any] = {
            name: getattr(self, name)
            for name in ("hour", "quiet_from", "quiet_to", "day", "weekends", "most", "few")
            if getattr(self, name) != getattr(usual, name)
        }
        if self.off:
            told["off"] = sorted(self.off)
        if self.paused_to:
            told["paused_to"] = self.paused_to.isoformat()
        return {**self.rest, **told}

    def without(self, topic: str) -> "Habits":
        """The topic switched off."""
        return replace(self, off=self.off | {topic})

    def toggled(self, topic: str) -> "Habits":
        """The topic switched over."""
        return replace(self, off=self.off ^ {topic})


_WHOLE = {"hour": (6, 20), "quiet_from": (18, 23), "quiet_to": (5, 10), "day": (0, 6), "most": (1, 14)}
_KNOWN = frozenset({*_WHOLE, "weekends", "few", "off", "paused_to"})


def habits_of(stored: Mapping[str, Any]) -> Habits:
    """The habits in a person's JSON, whatever it holds."""
    numbers = {
        name: value
        for name, (low, high) in _WHOLE.items()
        if isinstance(value := stored.get(name), int) and not isinstance(value, bool) and low <= value <= high
    }
    off = stored.get("off")
    return replace(
        Habits(),
        **numbers,
        weekends=stored.get("weekends") is True,
        few=stored.get("few") is True,
        off=frozenset(one for one in off if one in TOPICS) if isinstance(off, list) else frozenset(),
        paused_to=_day(stored.get("paused_to")),
        rest={key: value for key, value in stored.items() if key not in _KNOWN},
    )


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


UNDECIDED = SchoolSettings()


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days and hours of one person: her habits, the holidays of her school, her zone. `person_id` spreads
    the people of a school over `SPREAD` minutes."""

    zone: ZoneInfo
    habits: Habits = Habits()
    school: SchoolSettings = UNDECIDED
    person_id: int = 0

    def working(self, day: date) -> bool:
        """Whether she may be reminded on this day."""
        if self.habits.paused_to is not None and day <= self.habits.paused_to:
            return False
        return self.habits.weekends or (day.weekday() < SATURDAY and not self.school.is_holiday(day))

    def before(self, day: date) -> date:
        """The day itself or the last working day before it; itself when there is none in a fortnight."""
        days = (day - timedelta(days=back) for back in range(FURTHEST))
        return next(filter(self.working, days), day)

    def after(self, day: date) -> date:
        """The day itself or the first working day after it; long holidays are waited for."""
        found = day
        for _ in range(400):
            if self.working(found):
                return found
            found += timedelta(days=1)
        return day

    def digest_day(self, day: date) -> date:
        """The day of the first weekly digest on or after this one."""
        return self.after(day + timedelta(days=(self.habits.day - day.weekday()) % 7))

    def moment(self, day: date) -> datetime:
        """When she is reminded on that day, in UTC: her hour and a minute of her own."""
        minutes = self.person_id * 37 % SPREAD
        hour = max(self.habits.quiet_to, min(self.habits.hour, self.habits.quiet_from - 2))
        there = datetime.combine(day, time(hour, 0), self.zone) + timedelta(minutes=minutes)
        return there.astimezone(UTC)

    def local(self, now: datetime) -> date:
        """The day it is where she is."""
        return now.astimezone(self.zone).date()

    def quiet(self, now: datetime) -> bool:
        """Whether nothing may sound now."""
        hour = now.astimezone(self.zone).hour
        return hour >= self.habits.quiet_from or hour < self.habits.quiet_to

    def next_moment(self, now: datetime) -> datetime | None:
        """None when a reminder may come now, else when it may: after the night, the holiday or the pause."""
        today = self.local(now)
        if self.working(today) and not self.quiet(now):
            return None
        early = now.astimezone(self.zone).hour < self.habits.quiet_to
        following = today if early and self.working(today) else self.after(today + timedelta(days=1))
        return self.moment(following)
