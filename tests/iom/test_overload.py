"""Plan lines that overlap and months that hold too many (002 L265, L281)."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.iom.overload import BusyMonth, Overlap, warnings
from bot.iom.period import Period, parse

TODAY = date(2026, 9, 20)


def plan(*said: str) -> dict[str, Period]:
    return {text: parse(text, TODAY) for text in said}


def test_lines_that_share_a_day_overlap() -> None:
    lines = plan("12.10.2026 – 16.10.2026", "16.10.2026 – 20.10.2026", "21.10.2026")
    (overlap,) = warnings(lines)
    assert overlap == Overlap(("12.10.2026 – 16.10.2026", "16.10.2026 – 20.10.2026"), date(2026, 10, 16))


def test_a_month_only_says_by_when_and_overlaps_nothing() -> None:
    assert warnings(plan("октябрь 2026", "12.10.2026", "окт 2026 – март 2027")) == ()


def test_a_fourth_line_makes_a_month_busy() -> None:
    lines = plan("октябрь 2026", "12.10.2026", "13.10.2026", "сент–дек 2026")
    (busy,) = warnings(lines)
    assert busy == BusyMonth(tuple(lines), date(2026, 10, 1))
    assert warnings(lines, limit=4) == ()


def test_what_is_over_is_let_be() -> None:
    lines = plan("12.10.2026", "12.10.2026 – 14.10.2026")
    assert warnings(lines, date(2026, 10, 14)) == ()
    assert len(warnings(lines, date(2026, 10, 12))) == 1


def test_nothing_planned_is_nothing_to_warn_of() -> None:
    assert warnings({}, TODAY) == ()


@given(
    st.dictionaries(
        st.integers(1, 50),
        st.tuples(
            st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.dates(date(2026, 1, 1), date(2028, 12, 31))
        ),
        max_size=12,
    ),
    st.integers(1, 5),
)
def test_every_warning_is_true(spans: dict[int, tuple[date, date]], limit: int) -> None:
    lines = {line: Period(min(span), max(span)) for line, span in spans.items()}
    for warning in warnings(lines, TODAY, limit=limit):
        if isinstance(warning, BusyMonth):
            assert len(warning.lines) > limit
            assert warning.month >= TODAY.replace(day=1)
        else:
            one, other = warning.lines
            assert lines[one].overlaps(lines[other])
