"""Whether a reminder may be said now: not at night, not on a day off, not too often, not too late.

News of what other people did comes at once (at night without a sound); reminders wait for the day. Whatever
is too late or too much for this week is missed: the next weekly digest tells what is still so.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.iom import notices as rules
from bot.iom.habits import Calendar, habits_of
from bot.iom.school import SchoolSettings, settings_of
from bot.speech.screen import FactButton, Screen
from handlers.desk import Desk
from storage import notices, organisations, planning
from storage.notices import Notice

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: the row waits until then."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Missed:
    """Never any more."""

    why: str


def calendar_at(desk: Desk) -> Calendar:
    """The days and hours of the person at the desk, in whatever role she works."""
    where = desk.organisation
    if where is None and desk.person.hat:
        where = organisations.of_person(desk.conn, desk.person.id, desk.person.hat)
    school = settings_of(where.settings) if where is not None else SchoolSettings()
    return Calendar(desk.zone, habits_of(desk.person.settings), school, desk.person.id)


def wait(desk: Desk, told: Notice) -> Later | Missed | None:
    """What keeps this reminder from being said now; None: nothing does."""
    calendar = calendar_at(desk)
    if rules.too_late(told.kind, calendar.local(told.due_at), desk.today):
        return Missed("late")
    following = calendar.next_moment(desk.now)
    if following is not None:
        over = rules.too_late(told.kind, calendar.local(told.due_at), calendar.local(following))
        return Missed("late") if over else Later(following)
    if told.kind == "draft" and (busy := _still_writing(desk, told, calendar)):
        return busy
    said = notices.said_since(desk.conn, desk.person.id, rules.TOPIC, desk.now - WEEK)
    if said < calendar.habits.most:
        return None
    tomorrow = calendar.after(desk.today + timedelta(days=1))
    return Later(calendar.moment(tomorrow)) if told.kind in rules.PATIENT else Missed("many")


def _still_writing(desk: Desk, told: Notice, calendar: Calendar) -> Later | None:
    """A draft that was written in these days is not abandoned."""
    last = planning.written_at(desk.conn, told.route_id)
    if last is None or desk.now - last >= rules.IDLE:
        return None
    return Later(calendar.moment(calendar.after(calendar.local(last) + rules.IDLE)))


def unwanted(desk: Desk, kind: str) -> bool:
    """Whether she has switched this topic off since it was planned."""
    return rules.TOPIC.get(kind, "") in habits_of(desk.person.settings).off


def footed(screen: Screen, told: Notice) -> Screen:
    """«Настроить · Выключить» under whatever may be switched off."""
    mute = (FactButton("mute", told.id),) if rules.TOPIC[told.kind] else ()
    rows = (*screen.rows, (FactButton("tune", told.id), *mute))
    return Screen(screen.text, screen.values, rows, screen.file, screen.files)
