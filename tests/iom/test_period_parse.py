"""What people type is read as the period they mean; the day is 22 November 2026, a Sunday."""

from datetime import date, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.iom.period import Period, PeriodError, PeriodProblem, parse, parse_day

TODAY = date(2026, 11, 22)
SCHOOL_WORDS = (
    "с по до конца учебного года октябрь 12.10 - – 2026 зимой четверть полгода на 29 февраля @ + / 99 к"
)

SIDES: tuple[Literal["future", "past"], ...] = ("future", "past")
NAMES = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)


def span(text: str) -> tuple[str, str]:
    found = parse(text, TODAY)
    return found.starts.isoformat(), found.ends.isoformat()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12.10.2026", "2026-10-12"),
        ("12.10.26", "2026-10-12"),
        ("12.10.26 г.", "2026-10-12"),
        ("12.10", "2027-10-12"),
        ("12 октября", "2027-10-12"),
        ("12 Октября 2026 г.", "2026-10-12"),
        ("12октября", "2027-10-12"),
        ("1-го декабря", "2026-12-01"),
        ("22 ноября", "2026-11-22"),
        ("21 ноября", "2027-11-21"),
        ("2026-10-12", "2026-10-12"),
        ("12/10/2026", "2026-10-12"),
        ("12-10-2026", "2026-10-12"),
        ("29 февраля", "2028-02-29"),
        ("сегодня", "2026-11-22"),
        ("завтра", "2026-11-23"),
        ("через неделю", "2026-11-29"),
        ("через 2 месяца", "2027-01-22"),
        ("позавчера", "2026-11-20"),
    ],
)
def test_a_day_is_a_period_of_one_day(text: str, day: str) -> None:
    assert span(text) == (day, day)


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("октябрь", "2027-10-01", "2027-10-31"),
        ("ноябрь", "2026-11-01", "2026-11-30"),
        ("октябрь 2026", "2026-10-01", "2026-10-31"),
        ("  ОКТЯБРЬ   2027 ", "2027-10-01", "2027-10-31"),
        ("в октябре 2027 года", "2027-10-01", "2027-10-31"),
        ("в мае", "2027-05-01", "2027-05-31"),
        ("окт.", "2027-10-01", "2027-10-31"),
        ("сентебрь", "2027-09-01", "2027-09-30"),
        ("10.2026", "2026-10-01", "2026-10-31"),
        ("февраль 2028", "2028-02-01", "2028-02-29"),
        ("в следующем месяце", "2026-12-01", "2026-12-31"),
        ("на этой неделе", "2026-11-22", "2026-11-22"),
        ("на следующей неделе", "2026-11-23", "2026-11-29"),
        ("в этом месяце", "2026-11-22", "2026-11-30"),
        ("2027 год", "2027-01-01", "2027-12-31"),
        ("в конце октября", "2027-10-01", "2027-10-31"),
    ],
)
def test_a_month_or_a_week_is_all_its_days(text: str, starts: str, ends: str) -> None:
    assert span(text) == (starts, ends)


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("сент–дек 2026", "2026-09-01", "2026-12-31"),
        ("сентябрь-декабрь", "2026-09-01", "2026-12-31"),
        ("окт.—дек. 2026", "2026-10-01", "2026-12-31"),
        ("окт 2026 – март 2027", "2026-10-01", "2027-03-31"),
        ("ноябрь 2026 - апрель 2027 гг.", "2026-11-01", "2027-04-30"),
        ("октябрь-март", "2026-10-01", "2027-03-31"),
        ("июнь-июль", "2027-06-01", "2027-07-31"),
        ("октябрь и ноябрь 2027", "2027-10-01", "2027-11-30"),
        ("01.10.2026 – 31.05.2027", "2026-10-01", "2027-05-31"),
        ("01.10.2026-31.05.2027", "2026-10-01", "2027-05-31"),
        ("с 1 октября по 20 декабря", "2026-10-01", "2026-12-20"),
        ("с 1 сентября 2026 г. по 31 мая 2027 г.", "2026-09-01", "2027-05-31"),
        ("с 10 по 20 октября", "2027-10-10", "2027-10-20"),
        ("10–20 декабря", "2026-12-10", "2026-12-20"),
        ("1 декабря - 15 января", "2026-12-01", "2027-01-15"),
        ("с начала октября по конец декабря", "2026-10-01", "2026-12-31"),
        ("окт 2026 – март", "2026-10-01", "2027-03-31"),
    ],
)
def test_a_range(text: str, starts: str, ends: str) -> None:
    assert span(text) == (starts, ends)


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("весной", "2027-03-01", "2027-05-31"),
        ("зимой", "2026-12-01", "2027-02-28"),
        ("зимой 2027", "2026-12-01", "2027-02-28"),
        ("I четверть", "2027-09-01", "2027-10-31"),
        ("3-я четверть", "2027-01-01", "2027-03-31"),
        ("второе полугодие", "2027-01-01", "2027-05-31"),
        ("4-й квартал 2026", "2026-10-01", "2026-12-31"),
        ("учебный год", "2026-11-22", "2027-05-31"),
        ("в течение учебного года", "2026-11-22", "2027-05-31"),
        ("следующий учебный год", "2027-09-01", "2028-05-31"),
        ("2026/2027 учебный год", "2026-09-01", "2027-05-31"),
        ("2026-2027 уч. год", "2026-09-01", "2027-05-31"),
        ("2026/27", "2026-09-01", "2027-05-31"),
    ],
)
def test_a_part_of_the_year(text: str, starts: str, ends: str) -> None:
    assert span(text) == (starts, ends)


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("полгода", "2026-11-22", "2027-05-21"),
        ("год", "2026-11-22", "2027-11-21"),
        ("на год", "2026-11-22", "2027-11-21"),
        ("полтора года", "2026-11-22", "2028-05-21"),
        ("9 месяцев", "2026-11-22", "2027-08-21"),
        ("девять месяцев", "2026-11-22", "2027-08-21"),
        ("две недели", "2026-11-22", "2026-12-05"),
        ("на год с января", "2027-01-01", "2027-12-31"),
        ("с января на год", "2027-01-01", "2027-12-31"),
        ("6 месяцев с 1 декабря", "2026-12-01", "2027-05-31"),
    ],
)
def test_a_length_begins_today_or_where_it_is_said(text: str, starts: str, ends: str) -> None:
    assert span(text) == (starts, ends)


@pytest.mark.parametrize(
    ("text", "ends", "alone"),
    [
        ("до 15 декабря", "2026-12-15", "2026-12-15"),
        ("до 15 ноября", "2027-11-15", "2027-11-15"),
        ("к 1 декабря", "2026-12-01", "2026-12-01"),
        ("не позднее 15.12", "2026-12-15", "2026-12-15"),
        ("до конца октября", "2027-10-31", "2027-10-01"),
        ("по октябрь", "2027-10-31", "2027-10-01"),
        ("до октября", "2027-09-30", "2027-09-30"),
        ("до мая 2027", "2027-04-30", "2027-04-30"),
        ("до конца недели", "2026-11-22", "2026-11-22"),
        ("до ноября", "2027-10-31", "2027-10-31"),
        ("к лету", "2027-05-31", "2027-05-31"),
        ("до конца месяца", "2026-11-30", "2026-11-01"),
        ("до конца года", "2026-12-31", "2026-12-31"),
        ("до конца учебного года", "2027-05-31", "2027-05-31"),
    ],
)
def test_until_runs_from_today_and_as_a_deadline_is_the_last_day_or_month(
    text: str, ends: str, alone: str
) -> None:
    assert span(text) == ("2026-11-22", ends)
    deadline = parse(text, TODAY, deadline=True)
    assert (deadline.starts.isoformat(), deadline.ends.isoformat()) == (alone, ends)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", PeriodProblem.EMPTY),
        (" \n ", PeriodProblem.EMPTY),
        ("когда-нибудь", PeriodProblem.NOT_UNDERSTOOD),
        ("октябрь, март", PeriodProblem.NOT_UNDERSTOOD),
        ("с 1 по 20", PeriodProblem.NOT_UNDERSTOOD),
        ("0 месяцев", PeriodProblem.NOT_UNDERSTOOD),
        ("31 июня", PeriodProblem.NO_SUCH_DATE),
        ("29.02.2027", PeriodProblem.NO_SUCH_DATE),
        ("12.13.2026", PeriodProblem.NO_SUCH_DATE),
        ("20.12.2026 - 01.10.2026", PeriodProblem.BACKWARDS),
        ("до 15.11.2025", PeriodProblem.PAST),
        ("с января", PeriodProblem.NO_END),
        ("999 лет", PeriodProblem.TOO_FAR),
        ("12.10.9999", PeriodProblem.TOO_FAR),
        ("о" * 101, PeriodProblem.LONG_TEXT),
        ("ﷺ" * 100, PeriodProblem.LONG_TEXT),
    ],
)
def test_it_says_why_a_text_is_no_period(text: str, problem: PeriodProblem) -> None:
    with pytest.raises(PeriodError) as caught:
        parse(text, TODAY)
    assert caught.value.problem is problem


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("12 марта", "2026-03-12", "2027-03-12"),
        ("12.03", "2026-03-12", "2027-03-12"),
        ("22 ноября", "2026-11-22", "2026-11-22"),
        ("23 ноября", "2025-11-23", "2026-11-23"),
        ("29 февраля", "2024-02-29", "2028-02-29"),
        ("вчера", "2026-11-21", "2026-11-21"),
        ("12.03.24", "2024-03-12", "2024-03-12"),
    ],
)
def test_a_day_without_a_year_is_the_nearest_on_the_asked_side(text: str, past: str, future: str) -> None:
    assert parse_day(text, TODAY, "past").isoformat() == past
    assert parse_day(text, TODAY).isoformat() == future


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("март 2026", PeriodProblem.NOT_A_DAY),
        ("12", PeriodProblem.NOT_UNDERSTOOD),
        ("весной", PeriodProblem.NOT_A_DAY),
        ("31.04", PeriodProblem.NO_SUCH_DATE),
    ],
)
def test_it_says_why_a_text_is_no_day(text: str, problem: PeriodProblem) -> None:
    with pytest.raises(PeriodError) as caught:
        parse_day(text, TODAY)
    assert caught.value.problem is problem


def test_a_leap_day_beyond_reach_is_too_far() -> None:
    with pytest.raises(PeriodError) as caught:
        parse("29 февраля", date(2098, 1, 1))
    assert caught.value.problem is PeriodProblem.TOO_FAR


@given(st.text(max_size=300))
def test_any_text_is_a_period_or_a_period_error(text: str) -> None:
    for read in (parse, parse_day):
        try:
            read(text, TODAY)
        except PeriodError:
            continue


@given(
    st.lists(st.sampled_from(SCHOOL_WORDS.split()), max_size=9).map(" ".join),
    st.dates(date(1901, 1, 1), date(2099, 12, 31)),
    st.booleans(),
)
def test_any_heap_of_time_words_runs_forward_or_is_a_period_error(
    text: str, today: date, deadline: bool
) -> None:
    try:
        found = parse(text, today, deadline=deadline)
    except PeriodError:
        return
    assert found.starts <= found.ends


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.dates(date(2000, 1, 1), date(2090, 12, 31)))
def test_a_day_without_a_year_is_never_past_and_never_far(said: date, today: date) -> None:
    future, past = (parse_day(f"{said:%d.%m}", today, prefer) for prefer in SIDES)
    assert past <= today <= future
    assert (future.month, future.day) == (past.month, past.day) == (said.month, said.day)
    assert future - past <= timedelta(days=366 * 8)


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.integers(1, 12))
def test_a_month_without_a_year_is_the_next_that_is_not_over(today: date, month: int) -> None:
    found = parse(f"{month:02}.{today.year}", today)
    by_name = parse(NAMES[month - 1], today)
    assert by_name.ends >= today
    assert by_name == (found if found.ends >= today else Period(_later(found.starts), _end(found.starts)))


def _later(first: date) -> date:
    return first.replace(year=first.year + 1)


def _end(first: date) -> date:
    following = _later(first).replace(day=28) + timedelta(days=4)
    return following - timedelta(days=following.day)
