"""Suggestions for a point of growth: ranked, never over, those outside the term last."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.iom.catalogue import EDUCATION, FORMS, LEVELS, Event
from bot.iom.period import Period
from bot.iom.recommend import Filter, Need, Reason, months_ahead, need_of, suggest
from bot.iom.regulation import Scale
from tests.iom.blocks import COMPETENCE_LEVEL, DEFICIT_PERCENT
from tests.iom.test_catalogue_file import shipped

TODAY = date(2026, 11, 22)
TERM = Period(date(2026, 12, 1), date(2027, 5, 31))
BLOCKS = ("subject", "methodical", "psych_ped", "communicative", "ict")
FORMS_ONLY = shipped("forms.toml", TODAY)
ALL = tuple(
    replace(event, id=number)
    for number, event in enumerate((*FORMS_ONLY, *shipped("demo.toml", TODAY)), start=1)
)


def event(number: int, **fields: object) -> Event:
    plain = Event(number, f"e{number}", f"Событие {number}", ("ict",), "regional", "online", "nonformal")
    return replace(plain, **fields)  # type: ignore[arg-type]


def in_days(days: int, lasts: int = 1) -> dict[str, date]:
    starts = TODAY + timedelta(days=days)
    return {"starts_on": starts, "ends_on": starts + timedelta(days=lasts - 1)}


def ids(*events: Event, need: Need | None = None, subject: str = "") -> list[int]:
    found = suggest(events, blocks=["ict"], today=TODAY, term=TERM, need=need, subject=subject)
    return [suggestion.event.id for suggestion in found]


@pytest.mark.parametrize("audience", ["school", "preschool"])
@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize("need", [None, *Need])
def test_the_forms_alone_give_three_for_every_block(block: str, audience: str, need: Need | None) -> None:
    found = suggest(FORMS_ONLY, blocks=[block], today=TODAY, audience=audience, need=need, term=TERM)
    assert len(found) >= 3
    assert all(block in suggestion.event.blocks for suggestion in found)
    assert all(suggestion.event.audience in ("", audience) for suggestion in found)
    assert {suggestion.event.education for suggestion in found[:3]} != {"formal"}


@pytest.mark.parametrize(
    ("scale", "level", "need"),
    [
        (DEFICIT_PERCENT, DEFICIT_PERCENT.levels[0], Need.STRONG),
        (DEFICIT_PERCENT, DEFICIT_PERCENT.levels[1], Need.MEDIUM),
        (DEFICIT_PERCENT, DEFICIT_PERCENT.levels[2], Need.SLIGHT),
        (COMPETENCE_LEVEL, COMPETENCE_LEVEL.levels[0], Need.STRONG),
        (COMPETENCE_LEVEL, COMPETENCE_LEVEL.levels[2], Need.SLIGHT),
        (DEFICIT_PERCENT, DEFICIT_PERCENT.self_levels[1], Need.SLIGHT),
        (
            COMPETENCE_LEVEL.model_copy(update={"direction": "deficit"}),
            COMPETENCE_LEVEL.levels[2],
            Need.STRONG,
        ),
    ],
)
def test_high_is_bad_for_a_deficit_and_good_for_a_competence(scale: Scale, level: object, need: Need) -> None:
    assert need_of(scale, level) is need  # type: ignore[arg-type]


def test_an_unknown_level_is_no_need() -> None:
    assert need_of(COMPETENCE_LEVEL, None) is None
    assert need_of(COMPETENCE_LEVEL, DEFICIT_PERCENT.levels[0]) is None


def test_a_strong_need_begins_with_a_course_a_slight_one_without() -> None:
    course, seminar = event(1, education="formal"), event(2)
    assert ids(seminar, course, need=Need.STRONG) == [1, 2]
    assert ids(seminar, course, need=Need.SLIGHT) == [2, 1]


def test_what_is_over_is_never_suggested_and_what_runs_still_is() -> None:
    over, last_day, running = event(1, **in_days(-5, 5)), event(2, **in_days(0)), event(3, **in_days(-5, 9))
    assert ids(over, last_day, running) == [2, 3]
    assert ids(event(4, starts_on=TODAY - timedelta(days=1)), event(5, ends_on=TODAY)) == [5]


def test_outside_the_term_comes_last_and_undated_is_always_inside() -> None:
    late, undated, inside = event(1, **in_days(300)), event(2), event(3, **in_days(20))
    found = suggest([late, undated, inside], blocks=["ict"], today=TODAY, term=TERM)
    assert [(one.event.id, one.outside_term) for one in found] == [(3, False), (2, False), (1, True)]
    assert [Reason.IN_TERM in one.reasons for one in found] == [True, False, False]
    assert Reason.ANY_TIME in found[1].reasons


def test_near_dates_come_first() -> None:
    assert ids(event(1, **in_days(100)), event(2, **in_days(15)), event(3, **in_days(40))) == [2, 3, 1]


def test_ones_own_subject_first_and_anothers_last() -> None:
    physics, any_, maths = event(1, title="Опыты по физике"), event(2), event(3, topics="математика")
    assert ids(physics, any_, maths, subject="учитель математики") == [3, 2, 1]
    assert ids(physics, any_, maths, subject="") == ids(any_, physics, maths, subject="")


def test_the_primary_school_is_for_its_teachers() -> None:
    primary = event(1, topics="начальные классы математика")
    assert ids(primary, event(2), subject="математика") == [2, 1]
    assert ids(primary, event(2), subject="учитель начальных классов") == [1, 2]


def test_reading_literature_is_not_the_subject_of_literature() -> None:
    reading = event(1, title="Изучение литературы по психологии")
    (found,) = suggest([reading], blocks=["ict"], today=TODAY, subject="литература")
    assert Reason.SUBJECT not in found.reasons


def test_what_is_chosen_or_for_others_is_left_out() -> None:
    mine, theirs = event(1, audience="school"), event(2, audience="preschool")
    found = suggest([mine, theirs], blocks=["ict"], today=TODAY, audience="preschool")
    assert [one.event.id for one in found] == [2]
    assert suggest([mine], blocks=["ict"], today=TODAY, chosen=frozenset({1})) == ()


def test_three_courses_make_room_for_something_else() -> None:
    courses = [event(number, education="formal", **in_days(number)) for number in (20, 21, 22, 23)]
    assert ids(*courses, event(99), need=Need.STRONG) == [20, 21, 99, 22, 23]
    assert ids(*courses, need=Need.STRONG) == [20, 21, 22, 23]


def test_three_of_one_organiser_make_room_for_another() -> None:
    same = [event(number, organiser="Маяк", **in_days(number)) for number in (20, 21, 22)]
    assert ids(*same, event(99, organiser="Берег", **in_days(90))) == [20, 21, 99, 22]


def test_variety_never_brings_what_is_outside_the_term() -> None:
    courses = [event(number, education="formal", **in_days(number)) for number in (20, 21, 22)]
    assert ids(*courses, event(99, **in_days(300)), need=Need.STRONG) == [20, 21, 22, 99]


def test_other_blocks_only_when_there_are_too_few() -> None:
    mine = [event(number) for number in (1, 2, 3)]
    other = event(4, blocks=("subject",))
    assert 4 not in ids(*mine, other)
    assert ids(*mine[:2], other) == [1, 2, 4]


def test_an_event_for_all_blocks_of_the_point_says_so() -> None:
    both = event(1, blocks=("ict", "subject"))
    (found,) = suggest([both], blocks=["subject", "ict"], today=TODAY)
    assert found.reasons == (Reason.ALL_BLOCKS, Reason.ANY_TIME)


@pytest.mark.parametrize(
    "filters",
    [
        Filter(block="ict"),
        Filter(level="federal"),
        Filter(form="self"),
        Filter(month=date(2027, 2, 14)),
        Filter(block="subject", level="regional", form="onsite", month=date(2027, 1, 1)),
    ],
)
def test_a_filter_is_obeyed(filters: Filter) -> None:
    for one in suggest(ALL, blocks=["ict"], today=TODAY, filters=filters):
        found = one.event
        assert filters.block in ("", *found.blocks)
        assert filters.level in ("", found.level)
        assert filters.form in ("", found.form)
        if filters.month and found.starts_on and found.ends_on:
            month = (filters.month.year, filters.month.month)
            assert (found.starts_on.year, found.starts_on.month) <= month
            assert month <= (found.ends_on.year, found.ends_on.month)


def test_a_month_shows_the_dated_before_the_undated() -> None:
    found = suggest(
        [event(1), event(2, **in_days(90))],
        blocks=["ict"],
        today=TODAY,
        filters=Filter(month=date(2027, 2, 1)),
    )
    assert [one.event.id for one in found] == [2, 1]


def test_a_query_searches_every_block_and_says_found() -> None:
    found = suggest(ALL, blocks=["ict"], today=TODAY, query="функцианальная грамотность", audience="school")
    assert "Функциональная грамотность: задания своими руками" in [one.event.title for one in found[:3]]
    assert all(Reason.FOUND in one.reasons for one in found)


def test_months_to_filter_by() -> None:
    assert months_ahead(TODAY, 3) == (
        ("2026-11", "ноябрь 2026"),
        ("2026-12", "декабрь 2026"),
        ("2027-01", "январь 2027"),
    )


DATES = st.none() | st.dates(TODAY - timedelta(days=90), TODAY + timedelta(days=400))
EVENTS = st.lists(
    st.builds(
        Event,
        id=st.integers(1, 99),
        code=st.just("e"),
        title=st.sampled_from(["Алгебра", "Игра", "Урок физики", "Общение"]),
        blocks=st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=3, unique=True).map(tuple),
        level=st.sampled_from(LEVELS),
        form=st.sampled_from(FORMS),
        education=st.sampled_from(EDUCATION),
        organiser=st.sampled_from(["", "Маяк", "Берег"]),
        starts_on=DATES,
        ends_on=DATES,
        audience=st.sampled_from(["", "school", "preschool"]),
    ),
    max_size=12,
    unique_by=lambda one: one.id,
)


@settings(max_examples=200)
@given(
    EVENTS,
    st.sampled_from(BLOCKS),
    st.sampled_from([None, *Need]),
    st.sampled_from(["", "физика"]),
    st.randoms(),
)
def test_whatever_the_catalogue_holds(
    events: list[Event], block: str, need: Need | None, subject: str, chance: random.Random
) -> None:
    found = suggest(events, blocks=[block], today=TODAY, term=TERM, need=need, subject=subject)
    assert not any(one.event.ends_on is not None and one.event.ends_on < TODAY for one in found)
    outside = [one.outside_term for one in found]
    assert outside == sorted(outside)
    assert len({one.event.id for one in found}) == len(found)
    shuffled = chance.sample(events, len(events))
    assert suggest(shuffled, blocks=[block], today=TODAY, term=TERM, need=need, subject=subject) == found


def test_a_priority_of_the_year_raises_an_event_a_little_and_is_a_reason() -> None:
    plain, first = event(1, title="А", blocks=("ict",)), event(2, title="Б", blocks=("ict", "subject"))
    usual = suggest([plain, first], blocks=["ict"], today=TODAY)
    assert [one.event.id for one in usual] == [1, 2]
    raised = suggest([plain, first], blocks=["ict"], today=TODAY, priorities=("subject",))
    assert [one.event.id for one in raised] == [2, 1]
    assert Reason.PRIORITY in raised[0].reasons[:3]
    assert Reason.PRIORITY not in raised[1].reasons


def test_a_priority_never_stands_over_the_wanted_block_or_the_term() -> None:
    wanted, other = event(1, blocks=("ict",)), event(2, blocks=("subject",))
    found = suggest([other, wanted], blocks=["ict"], today=TODAY, priorities=("subject",))
    assert [one.event.id for one in found] == [1, 2]
    late = event(3, blocks=("ict", "subject"), **in_days(400))
    found = suggest([late, wanted], blocks=["ict"], today=TODAY, term=TERM, priorities=("subject",))
    assert [one.event.id for one in found] == [1, 3]


@pytest.mark.parametrize("query", ["", "событие"])
def test_the_reason_of_a_priority_is_among_the_three_that_are_shown(query: str) -> None:
    both = event(1, blocks=("ict", "subject"), **in_days(30))
    (found,) = suggest(
        [both],
        blocks=["ict", "subject"],
        today=TODAY,
        term=TERM,
        need=Need.SLIGHT,
        priorities=("ict",),
        query=query,
    )
    assert Reason.PRIORITY in found.reasons[:3]
