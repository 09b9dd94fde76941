"""The plan as a calendar file: days stay days, months become deadlines, a second file updates the first."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar, Event

from bot.documents.clean import clean
from bot.documents.ics import ics
from bot.iom.appointments import Appointment
from tests.documents.test_hostile import attacks

AT = datetime(2026, 11, 23, 6, tzinfo=UTC)
LESSON = Appointment(
    5, "Открытый урок", date(2027, 2, 10), date(2027, 2, 10), about=(("Организатор", "ММС"),)
)
COURSE = Appointment(6, "Курсы", date(2027, 5, 31), date(2027, 5, 31), deadline=True)


def read(data: bytes) -> list[Event]:
    """As another program reads it."""
    calendar = Calendar.from_ical(data)
    assert isinstance(calendar, Calendar)
    return list(calendar.events)


def write(*plan: Appointment, version: int = 3, alarms: bool = True) -> bytes:
    return ics(plan, bot="b0t", version=version, at=AT, alarms=alarms)


def test_a_day_is_a_whole_day() -> None:
    event = read(write(LESSON))[0]
    assert (event.start, event.end) == (date(2027, 2, 10), date(2027, 2, 11))
    assert event["summary"] == "Открытый урок"
    assert event["description"] == "Организатор: ММС"


def test_a_deadline_says_that_it_is_one() -> None:
    assert read(write(COURSE))[0]["summary"] == "Срок: Курсы"


def test_a_newer_file_updates_the_same_lines() -> None:
    before, after = read(write(LESSON, COURSE)), read(write(COURSE, LESSON, version=4))
    assert {one["uid"] for one in before} == {one["uid"] for one in after}
    assert len({one["uid"] for one in before}) == 2
    assert {one["sequence"] for one in before} == {3}
    assert {one["sequence"] for one in after} == {4}


def test_another_bot_has_lines_of_its_own() -> None:
    assert read(write(LESSON))[0]["uid"] != read(ics([LESSON], bot="other", version=3, at=AT))[0]["uid"]


def test_what_was_cancelled_is_taken_out_and_rings_no_more() -> None:
    event = read(write(replace(LESSON, gone=True)))[0]
    assert event["status"] == "CANCELLED"
    assert event.alarms.times == []


def test_reminders_may_be_left_out() -> None:
    assert b"VALARM" in write(LESSON)
    assert b"VALARM" not in write(LESSON, alarms=False)


def test_the_same_plan_gives_the_same_bytes_and_short_lines() -> None:
    long = replace(LESSON, title="Очень длинное название " * 20)
    assert write(long) == write(long)
    assert max(map(len, write(long).split(b"\r\n"))) <= 75


@attacks
def test_a_hostile_title_is_a_title(text: str) -> None:
    event, other = read(write(replace(LESSON, title=text, about=((text, text),)), COURSE))
    assert event["summary"] == " ".join(clean(text).split())
    assert other["summary"] == "Срок: Курсы"


@pytest.mark.parametrize("text", ["a\nBEGIN:VEVENT\nEND:VEVENT", 'a;b,c\\n:"d"'])
def test_nobody_writes_events_into_a_title(text: str) -> None:
    data = write(replace(LESSON, title=text))
    assert len(read(data)) == 1
    assert read(data)[0]["summary"] == " ".join(text.split())
