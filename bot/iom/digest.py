"""When the weekly digest of an organisation or of a mentor is due, and under which key (domain.md §8 [П]).

One a week, on the day and at the hour that the coordinator chose, in her organisation's zone (zoneinfo: the
hour is hers in summer and in winter, whatever UTC says). A school's people get it over some minutes, each at
her own. What an outage held up comes late on the same day, by day; after a day it is next week's.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

from bot.iom.figures import Tally

# Who may have the digest of an organisation; who else looks after people has her own, of her people.
OVERSEERS = ("coordinator", "curator", "head", "methodist")
DAY, HOUR = 0, 9  # Monday, 9:00, until the coordinator says otherwise
AHEAD = timedelta(hours=2)  # so far ahead a digest is planned: a changed hour is soon obeyed
LATE = timedelta(days=1)
SPREAD = 20 * 60  # seconds over which the digests of one hour come
MORNING, NIGHT = 8, 21  # a late digest comes between these hours

# What asks somebody to do something: a digest where all of these are nothing says nothing. The order is that
# of the buttons; a stored contract, new ones only at the end (their numbers are under notices).
ASKS = ("overdue", "waits", "silent", "unpaired", "unreachable", "lost", "corrections", "extensions")
SOON = timedelta(days=7)  # deadlines of the week
QUIET = timedelta(days=30)  # nothing written by the teacher for so long
WEEK = timedelta(days=7)  # corrections and extensions of so long
LOST = timedelta(days=14)  # notices that came to nothing, of so long


def due(day: int | None, hour: int | None, zone: ZoneInfo, now: datetime) -> datetime | None:
    """The moment (UTC) of the digest that is to be planned now; None: neither soon nor just missed."""
    today = now.astimezone(zone).date()
    weekday, at = DAY if day is None else day, time(HOUR if hour is None else hour)
    nearest = (weekday - today.weekday()) % 7
    for ahead in (nearest - 7, nearest):
        moment = datetime.combine(today + timedelta(days=ahead), at, zone).astimezone(UTC)
        if now - LATE < moment <= now + AHEAD:
            return moment
    return None


def week(moment: datetime, zone: ZoneInfo) -> str:
    """The ISO week of a moment where the people are: «2026-W36»."""
    year, number, _ = moment.astimezone(zone).isocalendar()
    return f"{year}-W{number:02d}"


def key(moment: datetime, zone: ZoneInfo, organisation_id: int, person_id: int) -> str:
    """The natural key of a digest; of a mentor's own the organisation is 0."""
    return f"digest/{week(moment, zone)}/{organisation_id}/{person_id}"


def moment(due_at: datetime, zone: ZoneInfo, organisation_id: int, person_id: int, now: datetime) -> datetime:
    """When this person gets it (UTC): a minute of her own after the hour; what is late, by day."""
    spread = timedelta(seconds=crc32(f"{organisation_id}/{person_id}".encode()) % SPREAD)
    if due_at + spread > now:
        return due_at + spread
    here = now.astimezone(zone)
    if MORNING <= here.hour < NIGHT:
        return now + spread
    following = here.date() + timedelta(days=1 if here.hour >= NIGHT else 0)
    return datetime.combine(following, time(MORNING), zone).astimezone(UTC) + spread


def empty(figures: Mapping[str, Tally], monitorings: int | None = None) -> bool:
    """Whether nothing asks for anybody: then nothing is said."""
    return not monitorings and not any(figures[name].rows for name in ASKS if name in figures)


def empty_for_mentor(figures: Mapping[str, Tally], waiting: int) -> bool:
    """The same for a mentor: nothing waits, nothing is late, nothing is due this week."""
    return not waiting and not any(figures[name].rows for name in ("overdue", "coming") if name in figures)


def school_year(first: str, last: str, today: date) -> tuple[date, date]:
    """The days of the school year that goes on, or of the one just over in summer.

    `first`, `last`: «09-01», «05-31» as in the settings; the Russian school year where they are not.
    """
    first, last = first or "09-01", last or "08-31"
    began = _on(today.year, first)
    if began > today:
        began = _on(today.year - 1, first)
    ends = _on(began.year, last)
    return began, ends if ends > began else _on(began.year + 1, last)


def _on(year: int, month_and_day: str) -> date:
    month, day = (int(part) for part in month_and_day.split("-"))
    while True:
        try:
            return date(year, month, day)
        except ValueError:  # 29 February of another year
            day -= 1
