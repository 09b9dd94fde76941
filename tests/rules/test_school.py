"""What a coordinator decided: read whatever the table holds, kept whole, typed as people type."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.iom.period import Period
from bot.iom.school import MAX_STAFF, SchoolSettings, settings_of
from bot.iom.school_typed import (
    SettingError,
    parse_digest,
    parse_holidays,
    parse_school_year,
    parse_staff,
)

TODAY = date(2026, 9, 1)
AUTUMN = Period(date(2026, 10, 26), date(2026, 11, 3))
WINTER = Period(date(2026, 12, 29), date(2027, 1, 11))
KEYS = st.sampled_from([*SchoolSettings.__dataclass_fields__, "companion"])
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10) | st.sampled_from(["09-01", "02-29"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
PERIODS = st.tuples(st.dates(), st.dates()).map(lambda two: Period(min(two), max(two)))
DAYS = st.dates().map(lambda day: f"{day:%m-%d}") | st.just("")
SETTINGS = st.builds(
    SchoolSettings,
    school_year_from=DAYS,
    school_year_to=DAYS,
    holidays=st.lists(PERIODS, max_size=3).map(tuple),
    digest_day=st.none() | st.integers(0, 6),
    digest_hour=st.none() | st.integers(0, 23),
    staff=st.none() | st.integers(1, MAX_STAFF),
    priorities=st.dictionaries(st.text(max_size=9), st.lists(st.text(max_size=5)).map(tuple), max_size=2),
    setup=st.text(max_size=10),
    rest=st.dictionaries(st.just("companion"), ANYTHING, max_size=1),
)


@given(SETTINGS)
def test_what_is_stored_comes_back(settings: SchoolSettings) -> None:
    assert settings_of(settings.stored()) == settings


@given(st.dictionaries(KEYS, ANYTHING))
def test_whatever_is_in_the_table_is_read(stored: dict[str, object]) -> None:
    once = settings_of(stored)
    assert settings_of(once.stored()) == once


def test_nothing_was_decided() -> None:
    assert settings_of({}) == SchoolSettings()
    assert SchoolSettings().stored() == {}


def test_rubbish_is_as_if_it_had_not_been_said() -> None:
    rubbish = {"school_year_from": "31-02", "digest_day": 7, "digest_hour": True, "staff": -1, "setup": 5}
    backwards = {"holidays": [{"from": "2027-01-11", "to": "2026-12-29"}, "каникулы"]}
    assert settings_of({**rubbish, **backwards, "priorities": {"2026/2027": "ict"}}) == SchoolSettings()


def test_what_this_program_does_not_know_is_kept() -> None:
    assert settings_of({"motto": "вместе", "staff": 45}).stored() == {"motto": "вместе", "staff": 45}


def test_priorities_are_of_a_school_year() -> None:
    """004 п. 1.7: every year its own; June belongs to the coming one."""
    settings = SchoolSettings(priorities={"2026/2027": ("ict",)})
    days = (date(2026, 8, 31), date(2027, 5, 31), date(2027, 6, 1))
    assert [settings.priority(day) for day in days] == [("ict",), ("ict",), ()]


def test_holidays_are_both_their_days() -> None:
    settings = SchoolSettings(holidays=(AUTUMN,))
    days = (date(2026, 10, 25), date(2026, 10, 26), date(2026, 11, 3), date(2026, 11, 4))
    assert [settings.is_holiday(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    "text", ["1 сентября – 31 мая", "с 1.09 по 31.05", "сентябрь - май", "01.09.2026-31.05.2027"]
)
def test_a_school_year_as_people_type_it(text: str) -> None:
    assert parse_school_year(text, TODAY) == ("09-01", "05-31")


@pytest.mark.parametrize("text", ["", "сентябрь", "всегда", "2 года", "31 июня – 1 мая"])
def test_what_is_no_school_year(text: str) -> None:
    with pytest.raises(SettingError, match="not_school_year"):
        parse_school_year(text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "26.10.2026 – 03.11.2026, 29.12.2026 – 11.01.2027",
        "с 29 декабря по 11 января;\nс 26 октября по 3 ноября",
        "26.10–03.11\n\n29.12–11.01\n26.10–03.11",
    ],
)
def test_holidays_as_people_type_them(text: str) -> None:
    assert parse_holidays(text, TODAY) == (AUTUMN, WINTER)


def test_the_piece_that_is_no_holiday_is_named() -> None:
    with pytest.raises(SettingError) as failed:
        parse_holidays("26.10–03.11, когда скажут", TODAY)
    assert (failed.value.reason, failed.value.piece) == ("not_holidays", "когда скажут")


@pytest.mark.parametrize("text", ["", " , ", "1.11, " * 21, "октябрь" + " " * 2000])
def test_no_holidays_and_too_many(text: str) -> None:
    with pytest.raises(SettingError, match="not_holidays"):
        parse_holidays(text, TODAY)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("понедельник 9:00", (0, 9)),
        ("Пн, 9", (0, 9)),
        ("по пятницам в 6 вечера", (4, 18)),
        ("в среду в 16-00", (2, 16)),
        ("вторник 08.00", (1, 8)),
        ("чт 12 часов", (3, 12)),
        ("в воскресенье в 12 ночи", (6, 0)),
        ("9 утра, суббота", (5, 9)),
        ("сб 12 дня", (5, 12)),
    ],
)
def test_a_digest_as_people_ask_for_it(text: str, when: tuple[int, int]) -> None:
    assert parse_digest(text) == when


@pytest.mark.parametrize(
    "text",
    [
        "",
        "понедельник",
        "9:00",
        "пн 9:30",
        "пн 25",
        "пн вт 9",
        "пн 9 и 10",
        "пн 14 вечера",
        "пн 0 утра",
        "завтра в 9",
    ],
)
def test_what_is_no_digest(text: str) -> None:
    with pytest.raises(SettingError, match="not_digest"):
        parse_digest(text)


@pytest.mark.parametrize(("text", "staff"), [("45", 45), ("45 педагогов", 45), ("около 1 200", 1200)])
def test_how_many_teachers(text: str, staff: int) -> None:
    assert parse_staff(text) == staff


@pytest.mark.parametrize("text", ["", "много", "0", "-", "45 или 50", "9" * 30])
def test_what_is_no_number_of_teachers(text: str) -> None:
    with pytest.raises(SettingError, match="not_staff"):
        parse_staff(text)
