"""When a digest is due, under which key, and when it has nothing to say."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.iom import digest
from bot.iom.figures import Tally

MOSCOW, IRKUTSK, BERLIN = (ZoneInfo(f"{name}") for name in ("Europe/Moscow", "Asia/Irkutsk", "Europe/Berlin"))
MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)  # 9:00 in Moscow
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("now", "zone", "expected"),
    [
        (MONDAY, MOSCOW, MONDAY),
        (MONDAY - digest.AHEAD, MOSCOW, MONDAY),
        (MONDAY - digest.AHEAD - HOUR, MOSCOW, None),  # not yet
        (MONDAY + 23 * HOUR, MOSCOW, MONDAY),  # late, but of the same day
        (MONDAY + 24 * HOUR, MOSCOW, None),  # next week's
        (MONDAY - 5 * HOUR, IRKUTSK, MONDAY - 5 * HOUR),  # 9:00 comes earlier in the east
        (datetime(2026, 11, 22, 22, 0, tzinfo=UTC), IRKUTSK, None),  # Monday there, Sunday in UTC
    ],
)
def test_it_is_due_once_a_week_where_the_people_are(
    now: datetime, zone: ZoneInfo, expected: datetime | None
) -> None:
    assert digest.due(None, None, zone, now) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 3, 27, 7, tzinfo=UTC), datetime(2026, 3, 27, 8, tzinfo=UTC)),  # winter: UTC+1
        (datetime(2026, 4, 3, 6, tzinfo=UTC), datetime(2026, 4, 3, 7, tzinfo=UTC)),  # summer: UTC+2
    ],
)
def test_the_hour_is_theirs_in_summer_and_in_winter(now: datetime, expected: datetime) -> None:
    assert digest.due(4, 9, BERLIN, now) == expected


def test_an_hour_that_is_skipped_in_spring_is_still_kept() -> None:
    night = datetime(2026, 3, 29, 0, 0, tzinfo=UTC)  # 02:30 does not exist in Berlin that day
    assert digest.due(6, 2, BERLIN, night) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_every_hour_of_a_year_plans_each_week_once() -> None:
    found, now = set(), datetime(2026, 1, 1, tzinfo=UTC)
    while now < datetime(2027, 1, 8, tzinfo=UTC):
        moment = digest.due(2, 17, BERLIN, now)
        found |= {digest.key(moment, BERLIN, 3, 7)} if moment else set()
        now += HOUR
    assert len(found) == 54
    assert {"digest/2026-W01/3/7", "digest/2026-W53/3/7"} <= found


def test_the_week_of_the_new_year_is_the_iso_week() -> None:
    assert digest.week(datetime(2027, 1, 1, 12, tzinfo=UTC), MOSCOW) == "2026-W53"
    assert digest.week(datetime(2027, 1, 3, 22, tzinfo=UTC), MOSCOW) == "2027-W01"  # Monday in Moscow


def test_people_of_a_school_get_it_one_after_another() -> None:
    moments = [digest.moment(MONDAY, MOSCOW, 3, n, MONDAY - HOUR) for n in range(200)]
    assert all(MONDAY <= one < MONDAY + timedelta(minutes=20) for one in moments)
    assert len(set(moments)) > 100
    assert moments[5] == digest.moment(MONDAY, MOSCOW, 3, 5, MONDAY - 2 * HOUR)


@pytest.mark.parametrize(
    ("now", "first"),
    [
        (MONDAY + 3 * HOUR, MONDAY + 3 * HOUR),
        (MONDAY + 13 * HOUR, MONDAY + 23 * HOUR),  # 22:00 in Moscow: at eight tomorrow
        (MONDAY + 20 * HOUR, MONDAY + 23 * HOUR),  # 5:00: at eight today
    ],
)
def test_what_is_late_comes_by_day(now: datetime, first: datetime) -> None:
    assert first <= digest.moment(MONDAY, MOSCOW, 3, 7, now) < first + timedelta(minutes=20)


@pytest.mark.parametrize("name", digest.ASKS)
def test_anything_that_asks_is_worth_saying(name: str) -> None:
    quiet = {"people": Tally(20), "states": Tally(20), "done": Tally(3, 1, 4), "coming": Tally(2)}
    assert digest.empty(quiet)
    assert not digest.empty({**quiet, name: Tally(1)})
    assert not digest.empty(quiet, monitorings=1)


def test_a_mentor_is_told_of_deadlines_too() -> None:
    assert digest.empty_for_mentor({"overdue": Tally(), "coming": Tally()}, 0)
    assert not digest.empty_for_mentor({"coming": Tally(1)}, 0)
    assert not digest.empty_for_mentor({}, 1)


@pytest.mark.parametrize(
    ("first", "last", "today", "expected"),
    [
        ("09-01", "05-31", date(2026, 11, 23), (date(2026, 9, 1), date(2027, 5, 31))),
        ("09-01", "05-31", date(2027, 7, 1), (date(2026, 9, 1), date(2027, 5, 31))),
        ("09-01", "05-31", date(2027, 9, 1), (date(2027, 9, 1), date(2028, 5, 31))),
        ("", "", date(2027, 1, 1), (date(2026, 9, 1), date(2027, 8, 31))),
        ("02-29", "12-31", date(2027, 3, 1), (date(2027, 2, 28), date(2027, 12, 31))),
    ],
)
def test_the_school_year_of_a_report(first: str, last: str, today: date, expected: tuple[date, date]) -> None:
    assert digest.school_year(first, last, today) == expected
