"""Limits of a term and the terms of one tap (C01, R12, R15, R18)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.iom.period import (
    Period,
    TermFault,
    TermProblem,
    add_months,
    parse,
    term_of_option,
    term_problem,
    words,
)
from bot.iom.regulation import Term, TermOption

TODAY = date(2026, 9, 20)
SCHOOL_YEAR = TermOption(key="school_year", title="До конца учебного года", school_year=True)
HALF_YEAR = TermOption(key="half_year", title="Полгода", months=6)
YEAR = TermOption(key="year", title="Год", months=12)


def limits(most: int = 12, least: int = 0, strict: bool = True, ends: str = "05-31") -> Term:
    return Term(
        max_months=most, min_months=least, strict=strict, clause="1.8", reason="", year_ends=ends, options=()
    )


@pytest.mark.parametrize(
    "text", ["01.10.2026 – 30.09.2027", "01.10.2026 – 01.10.2027", "окт 2026 – сент 2027"]
)
def test_exactly_twelve_months_are_allowed_counted_either_way(text: str) -> None:
    assert term_problem(parse(text, TODAY), limits(), TODAY) is None


def test_a_day_more_than_twelve_months_is_refused() -> None:
    problem = term_problem(parse("01.10.2026 – 02.10.2027", TODAY), limits(), TODAY)
    assert problem == TermProblem(TermFault.TOO_LONG, strict=True, months=12)


def test_a_year_from_a_leap_day_ends_on_the_last_of_february() -> None:
    leap = date(2028, 2, 29)
    assert term_problem(Period(leap, date(2029, 2, 28)), limits(), TODAY) is None
    assert term_problem(Period(leap, date(2029, 3, 1)), limits(), TODAY) is not None


def test_a_recommendation_warns_only() -> None:
    problem = term_problem(parse("окт 2026 – март 2027", TODAY), limits(36, 12, strict=False), TODAY)
    assert problem == TermProblem(TermFault.TOO_SHORT, strict=False, months=12)


def test_a_whole_year_is_not_less_than_a_year() -> None:
    assert term_problem(parse("окт 2026 – сент 2027", TODAY), limits(36, 12), TODAY) is None


def test_a_term_that_is_over_or_backwards_is_refused_even_by_a_recommendation() -> None:
    loose = limits(strict=False)
    over = Period(date(2025, 9, 1), TODAY - timedelta(days=1))
    assert term_problem(over, loose, TODAY) == TermProblem(TermFault.PAST)
    assert term_problem(Period(TODAY, date(2026, 1, 1)), loose, TODAY) == TermProblem(TermFault.BACKWARDS)


def test_a_term_that_has_begun_may_stand() -> None:
    assert term_problem(Period(date(2026, 9, 1), date(2027, 5, 31)), limits(), TODAY) is None


def test_no_limit_is_no_limit() -> None:
    assert term_problem(Period(TODAY, date(2066, 1, 1)), limits(0), TODAY) is None


@given(st.dates(date(2020, 1, 1), date(2080, 12, 31)), st.integers(1, 60), st.integers(-40, 40))
def test_the_limit_is_where_the_calendar_says(starts: date, most: int, shift: int) -> None:
    ends = max(starts, add_months(starts, most) + timedelta(days=shift))
    problem = term_problem(Period(starts, ends), limits(most), starts)
    assert (problem is not None) == (ends > add_months(starts, most))


@pytest.mark.parametrize(
    ("today", "school_year", "half_year", "year"),
    [
        (date(2026, 11, 22), "дек 2026 – май 2027", "дек 2026 – май 2027", "дек 2026 – нояб 2027"),
        (date(2026, 9, 1), "сент 2026 – май 2027", "сент 2026 – февр 2027", "сент 2026 – авг 2027"),
        (date(2027, 4, 1), "апрель–май 2027", "апрель–сентябрь 2027", "апр 2027 – март 2028"),
        (date(2027, 4, 2), "сент 2027 – май 2028", "май–октябрь 2027", "май 2027 – апр 2028"),
        (date(2027, 7, 15), "сент 2027 – май 2028", "авг 2027 – янв 2028", "авг 2027 – июль 2028"),
        (date(2027, 12, 31), "январь–май 2028", "январь–июнь 2028", "январь–декабрь 2028"),
    ],
)
def test_a_tap_means_the_term_from_the_first_of_next_month(
    today: date, school_year: str, half_year: str, year: str
) -> None:
    found = [words(term_of_option(option, limits(), today)) for option in (SCHOOL_YEAR, HALF_YEAR, YEAR)]
    assert found == [school_year, half_year, year]


@given(st.dates(date(2020, 1, 1), date(2080, 12, 31)), st.sampled_from(["05-31", "05-25", "06-30", "02-29"]))
def test_every_tap_is_within_the_limit_and_begins_in_a_year(today: date, year_ends: str) -> None:
    rules = limits(ends=year_ends)
    for option in (SCHOOL_YEAR, HALF_YEAR, YEAR):
        found = term_of_option(option, rules, today)
        assert term_problem(found, rules, today) is None
        assert today <= found.starts <= add_months(today, 12)
        assert found.ends >= add_months(found.starts, 2) - timedelta(days=1)
