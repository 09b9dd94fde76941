"""Periods are said so that they are read back as the same period."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.iom.facts import Value
from bot.iom.period import (
    Period,
    add_months,
    day_words,
    from_value,
    month_end,
    official,
    parse,
    school_year,
    to_value,
    words,
)

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))


def months(first: date, count: int) -> Period:
    starts = first.replace(day=1)
    return Period(starts, month_end(add_months(starts, count - 1)))


def days(first: date, count: int) -> Period:
    return Period(first, first + timedelta(days=count - 1))


PERIODS = st.builds(months, DAYS, st.integers(1, 60)) | st.builds(days, DAYS, st.integers(1, 900))


@pytest.mark.parametrize(
    ("period", "short", "full"),
    [
        (days(date(2026, 10, 12), 1), "12.10.2026", "12.10.2026"),
        (days(date(2026, 10, 12), 3), "12.10.2026 – 14.10.2026", "12.10.2026 – 14.10.2026"),
        (months(date(2026, 10, 1), 1), "октябрь 2026", "октябрь 2026 г."),
        (months(date(2026, 9, 1), 4), "сентябрь–декабрь 2026", "сентябрь – декабрь 2026 г."),
        (months(date(2026, 10, 1), 6), "окт 2026 – март 2027", "октябрь 2026 г. – март 2027 г."),
        (months(date(2026, 2, 1), 16), "февр 2026 – май 2027", "февраль 2026 г. – май 2027 г."),
    ],
)
def test_short_words_for_the_chat_and_full_ones_for_documents(period: Period, short: str, full: str) -> None:
    assert words(period) == short
    assert official(period) == full


def test_a_day_in_words() -> None:
    assert day_words(date(2026, 10, 12)) == "12 октября 2026 г."


@given(PERIODS, DAYS)
def test_what_the_chat_says_is_read_back_on_any_day(period: Period, today: date) -> None:
    assert parse(words(period), today) == period


@given(PERIODS)
def test_what_documents_say_is_read_back(period: Period) -> None:
    assert parse(official(period), TODAY) == period


@given(PERIODS)
def test_a_stored_period_comes_back(period: Period) -> None:
    assert from_value(dict(to_value(period))) == period


@pytest.mark.parametrize(
    "value", [None, "октябрь", 5, [], {}, {"from": "2026-10-01"}, {"from": "x", "to": "2026-10-01"}]
)
def test_other_values_hold_no_period(value: Value) -> None:
    assert from_value(value) is None


@pytest.mark.parametrize(
    ("starts", "year"),
    [
        (date(2026, 9, 1), "2026/2027"),
        (date(2026, 12, 31), "2026/2027"),
        (date(2027, 5, 31), "2026/2027"),
        (date(2027, 6, 1), "2027/2028"),
        (date(2027, 8, 31), "2027/2028"),
    ],
)
def test_the_school_year_is_that_of_the_beginning(starts: date, year: str) -> None:
    assert school_year(Period(starts, date(2028, 1, 1))) == year


def test_periods_overlap_and_lie_within() -> None:
    autumn, october = months(date(2026, 9, 1), 3), months(date(2026, 10, 1), 1)
    winter = months(date(2026, 12, 1), 3)
    assert october.within(autumn)
    assert not autumn.within(october)
    assert autumn.overlaps(october)
    assert not autumn.overlaps(winter)
    assert october.due == date(2026, 10, 31)
