"""The plan for a phone's calendar: an iCalendar file (RFC 5545) of all-day events.

The same line has the same UID in every file, and a newer file a higher SEQUENCE, so that a calendar updates
what it has instead of doubling it; a line that was cancelled is taken out.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from icalendar import Alarm, Calendar, Event

from bot.documents.clean import clean
from bot.documents.words import own_words
from bot.iom.appointments import Appointment

MEDIA_TYPE: Final = "text/calendar"
_PRODUCER: Final = "-//iom-bot//plan//RU"
_BEFORE: Final = -timedelta(hours=15)  # nine in the morning of the day before


def ics(plan: Sequence[Appointment], *, bot: str, version: int, at: datetime, alarms: bool = True) -> bytes:
    """The bytes of an .ics file. `bot` tells this bot's lines from another's; `version` of the route only
    grows; `at` is the moment of writing."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", own_words()["calendar"])
    for one in plan:
        calendar.add_component(_event(one, f"line-{one.entry_id}@{bot}.iom-bot", version, at, alarms))
    return bytes(calendar.to_ical())


def _event(one: Appointment, uid: str, version: int, at: datetime, alarms: bool) -> Event:
    title = _line(one.title)
    event = Event()
    event.add("uid", uid)
    event.add("sequence", version)
    event.add("dtstamp", at)
    event.add("summary", f"{own_words()['due']} {title}" if one.deadline else title)
    event.add("dtstart", one.starts)
    event.add("dtend", _after(one.ends))
    event.add("status", "CANCELLED" if one.gone else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if one.about:
        event.add("description", "\n".join(_about(one.about)))
    if alarms and not one.gone:
        event.add_component(_alarm(title))
    return event


def _after(day: date) -> date:
    """The end of an all-day event is the first day that is no longer of it."""
    return day + timedelta(days=1)


def _about(about: Iterable[tuple[str, str]]) -> Iterable[str]:
    return (f"{_line(label)}: {clean(text)}" for label, text in about)


def _alarm(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", _BEFORE)
    return alarm


def _line(text: str) -> str:
    return " ".join(clean(text).split())
