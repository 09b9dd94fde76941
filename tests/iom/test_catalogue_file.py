"""Catalogues are read with the line of what is wrong; those we ship are whole."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.iom.catalogue import EDUCATION, FORMS, LEVELS, Event
from bot.iom.catalogue_file import CatalogueError, CatalogueProblem, read
from tests.regulations.given import SHIPPED as SHIPPED_CARDS
from tests.regulations.given import given as card

TODAY = date(2026, 11, 22)
SHIPPED = Path(__file__).parents[2] / "templates" / "catalogue"
BLOCKS = {"subject", "methodical", "meta_subject", "psych_ped", "communicative", "ict"}
KNOWN = {block for slug in SHIPPED_CARDS for block in card(slug).blocks}
ONE = """
[[event]]
code = "open-lesson"
title = "Открытый урок"
blocks = ["methodical"]
level = "institutional"
form = "onsite"
education = "informal"
"""


def shipped(name: str, today: date = TODAY) -> tuple[Event, ...]:
    return read((SHIPPED / name).read_text(encoding="utf-8"), today)


def test_an_event_without_dates() -> None:
    (event,) = read(ONE, TODAY)
    assert event == Event(
        1, "open-lesson", "Открытый урок", ("methodical",), "institutional", "onsite", "informal"
    )


@pytest.mark.parametrize(
    ("lines", "starts", "ends"),
    [
        ("starts_in = 0", TODAY, TODAY),
        ("starts_in = -3\nlasts = 3", date(2026, 11, 19), date(2026, 11, 21)),
        ("starts_on = 2026-12-01", date(2026, 12, 1), date(2026, 12, 1)),
        ("starts_on = 2026-12-01\nends_on = 2026-12-05", date(2026, 12, 1), date(2026, 12, 5)),
    ],
)
def test_dates_are_counted_from_the_day_of_loading_or_written_out(
    lines: str, starts: date, ends: date
) -> None:
    (event,) = read(ONE + lines, TODAY)
    assert (event.starts_on, event.ends_on) == (starts, ends)


@pytest.mark.parametrize(
    ("source", "line", "problem"),
    [
        (ONE + "oops", 9, CatalogueProblem.SYNTAX),
        (ONE + 'colour = "red"', 9, CatalogueProblem.FIELD),
        (ONE.replace("onsite", "lying"), 7, CatalogueProblem.FIELD),
        (ONE.replace("Открытый урок", "У" * 91), 4, CatalogueProblem.FIELD),
        (ONE + ONE, 11, CatalogueProblem.SAME_CODE),
        (ONE + ONE.replace("open-lesson", "other"), 12, CatalogueProblem.SAME_TITLE),
        (ONE + "ends_on = 2026-12-05", 9, CatalogueProblem.DATES),
        (ONE + "starts_on = 2026-12-01\nends_on = 2026-11-05", 10, CatalogueProblem.DATES),
        (ONE + "starts_in = 5\nends_on = 2026-11-05", 10, CatalogueProblem.DATES),
    ],
)
def test_it_names_the_line_and_the_problem(source: str, line: int, problem: CatalogueProblem) -> None:
    with pytest.raises(CatalogueError) as caught:
        read(source, TODAY)
    assert (caught.value.line, caught.value.problem) == (line, problem)


@given(st.text(max_size=200))
def test_any_text_is_a_catalogue_or_a_catalogue_error(text: str) -> None:
    for source in (text, ONE + text):
        try:
            read(source, TODAY)
        except CatalogueError:
            continue


@pytest.mark.parametrize("name", ["forms.toml", "demo.toml"])
def test_shipped_events_speak_the_words_of_the_catalogue(name: str) -> None:
    for event in shipped(name):
        assert event.level in LEVELS
        assert event.form in FORMS
        assert event.education in EDUCATION
        assert set(event.blocks) <= KNOWN
        assert event.result
        assert event.hours
        assert event.title == event.title.strip()


def test_the_forms_of_a_real_start_are_nobodys_and_of_any_day() -> None:
    forms = shipped("forms.toml")
    assert not any(event.organiser or event.starts_on or event.ends_on for event in forms)
    for audience in ("school", "preschool"):
        for block in BLOCKS:
            fitting = [event for event in forms if block in event.blocks and event.audience in ("", audience)]
            assert {event.education for event in fitting} == set(EDUCATION)


@pytest.mark.parametrize("slug", SHIPPED_CARDS)
def test_every_block_of_every_card_can_be_made_up_for_in_three_ways(slug: str) -> None:
    audience = card(slug).audience
    for block in card(slug).blocks:
        mine = [
            one for one in shipped("forms.toml") if block in one.blocks and one.audience in ("", audience)
        ]
        assert {event.education for event in mine} == set(EDUCATION), block


def test_the_demo_has_two_hundred_events_of_every_sort_some_of_them_over() -> None:
    events = shipped("demo.toml")
    assert len(events) >= 200
    assert 20 <= sum(event.ends_on is not None and event.ends_on < TODAY for event in events) <= 60
    assert all(event.organiser for event in events)
    assert {event.level for event in events} == set(LEVELS)
    assert {event.form for event in events} == set(FORMS)
    assert {event.audience for event in events} == {"", "school", "preschool"}


def test_the_two_catalogues_can_be_loaded_together() -> None:
    both = (*shipped("forms.toml"), *shipped("demo.toml"))
    assert len({event.code for event in both}) == len({event.title for event in both}) == len(both)
