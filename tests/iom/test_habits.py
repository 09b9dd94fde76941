"""When a person may be reminded: hours, zones, days off, holidays, a pause."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.iom.asked import Refused
from bot.iom.habits import SPREAD, Calendar, Habits, habits_of
from bot.iom.habits_typed import Quiet, hours
from bot.iom.period import Period
from bot.iom.school import SchoolSettings

MOSCOW, KAMCHATKA, BERLIN = ZoneInfo("Europe/Moscow"), ZoneInfo("Asia/Kamchatka"), ZoneInfo("Europe/Berlin")
NEW_YEAR = SchoolSettings(holidays=(Period(date(2026, 12, 28), date(2027, 1, 10)),))
MOMENTS = st.integers(0, 4 * 365 * 24 * 60).map(
    lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=n)
)
HABITS = st.builds(
    Habits,
    hour=st.integers(6, 20),
    quiet_from=st.integers(18, 23),
    quiet_to=st.integers(5, 10),
    day=st.integers(0, 6),
    weekends=st.booleans(),
)


def test_it_keeps_what_was_chosen_and_forgets_what_is_usual() -> None:
    chosen = Habits(hour=12, day=2, off=frozenset({"week"}), few=True, paused_to=date(2026, 12, 20), most=3)
    assert habits_of(chosen.stored()) == chosen
    assert Habits().stored() == {}


@pytest.mark.parametrize(
    "odd",
    [
        {"hour": "9"},
        {"hour": 3},
        {"hour": True},
        {"off": "week"},
        {"off": ["unknown"]},
        {"paused_to": "завтра"},
    ],
)
def test_what_can_not_be_read_was_not_said(odd: dict[str, object]) -> None:
    assert habits_of(odd).stored() == {}


def test_what_a_newer_release_wrote_is_kept() -> None:
    assert habits_of({"melody": "bells", "hour": 7}).stored() == {"melody": "bells", "hour": 7}


@pytest.mark.parametrize(
    ("zone", "day", "moment"),
    [
        (MOSCOW, date(2026, 11, 30), datetime(2026, 11, 30, 5, tzinfo=UTC)),
        (KAMCHATKA, date(2026, 11, 30), datetime(2026, 11, 29, 20, tzinfo=UTC)),
        (BERLIN, date(2027, 3, 26), datetime(2027, 3, 26, 7, tzinfo=UTC)),
        (BERLIN, date(2027, 3, 29), datetime(2027, 3, 29, 6, tzinfo=UTC)),  # summer time began on the 28th
        (MOSCOW, date(2028, 2, 29), datetime(2028, 2, 29, 5, tzinfo=UTC)),
    ],
)
def test_eight_o_clock_is_eight_o_clock_where_she_is(zone: ZoneInfo, day: date, moment: datetime) -> None:
    assert Calendar(zone).moment(day) == moment


def test_a_school_is_reminded_one_after_another() -> None:
    day = date(2026, 11, 30)
    moments = [Calendar(MOSCOW, person_id=n).moment(day) for n in range(SPREAD)]
    assert len(set(moments)) == SPREAD
    assert max(moments) - min(moments) < timedelta(minutes=SPREAD)


@given(HABITS, st.integers(1, 10**6), st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_no_habits_remind_in_quiet_hours(habits: Habits, person: int, day: date) -> None:
    calendar = Calendar(MOSCOW, habits, person_id=person)
    assert not calendar.quiet(calendar.moment(day))
    assert calendar.local(calendar.moment(day)) == day


@given(HABITS, MOMENTS)
def test_after_waiting_it_is_the_time(habits: Habits, now: datetime) -> None:
    calendar = Calendar(KAMCHATKA, habits, NEW_YEAR, 7)
    later = calendar.next_moment(now)
    assert later is None or (later > now and calendar.next_moment(later) is None)


def test_days_off_move_a_reminder_back_or_on() -> None:
    calendar = Calendar(MOSCOW, school=NEW_YEAR)
    assert calendar.before(date(2026, 12, 5)) == date(2026, 12, 4)  # a Saturday
    assert calendar.after(date(2026, 12, 5)) == date(2026, 12, 7)
    assert calendar.after(date(2026, 12, 30)) == date(2027, 1, 11)
    assert calendar.digest_day(date(2026, 12, 1)) == date(2026, 12, 7)
    assert calendar.digest_day(date(2026, 12, 29)) == date(2027, 1, 11)
    every_day = replace(calendar, habits=Habits(weekends=True))
    assert every_day.after(date(2026, 12, 30)) == date(2026, 12, 30)


def test_a_pause_is_silent_to_its_last_day() -> None:
    calendar = Calendar(MOSCOW, Habits(paused_to=date(2026, 12, 8)))
    assert not calendar.working(date(2026, 12, 8))
    assert calendar.after(date(2026, 11, 30)) == date(2026, 12, 9)


@pytest.mark.parametrize(
    ("text", "alone", "said"),
    [
        ("9", True, 9),
        ("с 18 часов", True, 18),
        ("9", False, None),
        ("тихо с 20 до 8", False, Quiet(20, 8)),
        ("Тихо с 22:00 до 7:00", True, Quiet(22, 7)),
        ("3", True, Refused("not_hour")),
        ("тихо с 12 до 14", True, Refused("not_quiet")),
        ("как-нибудь", True, None),
    ],
)
def test_hours_in_words(text: str, alone: bool, said: object) -> None:
    assert hours(text, alone=alone) == said
