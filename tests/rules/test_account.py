"""The account of hours: four kinds, only what was confirmed (002 R40, 000 V.4)."""

from dataclasses import replace
from datetime import date

import pytest

from bot.iom.account import Totals, is_course, line_hours, totals
from bot.iom.catalogue import Event
from bot.iom.journey import EMPTY, Hours, Journey, LineState
from tests.rules.between import carried_out, line, lines, shown
from tests.rules.memory import Walker

COURSE = Event(5, "E-5", "Дроби", ("subject",), "regional", "online", "formal", hours=36)
WEBINAR = Event(6, "E-6", "Вебинар", ("ict",), "municipal", "online", "nonformal", hours=2)
EVENTS = {5: COURSE, 6: WEBINAR}


@pytest.fixture
def anna() -> Walker:
    return carried_out()


def planned(walker: Walker, title: str, event: int = 0) -> int:
    row = walker.adds("plan", title=title)
    entries = tuple(replace(one, event=event) if one.id == row else one for one in walker.facts.entries)
    walker.facts = replace(walker.facts, entries=entries)
    return row


@pytest.mark.parametrize("state", LineState)
def test_hours_count_when_they_are_confirmed(anna: Walker, state: LineState) -> None:
    row = planned(anna, "Дроби", 5)
    entry = anna.facts.rows("plan")[0]
    assert line_hours(line(row, state), entry, EVENTS) == (36 if state is LineState.CONFIRMED else 0)
    told = replace(line(row, state), evidence=(shown(row, 18),))
    assert line_hours(told, entry, EVENTS) == (18 if state in {"confirmed", "partly"} else 0)


def test_one_document_on_two_pages_counts_once(anna: Walker) -> None:
    row = planned(anna, "Дроби", 5)
    papers = (shown(row, 36, "№ 5"), shown(row, 36, "№ 5 "), shown(row, None), shown(row, 4, "№ 6"))
    journey = replace(line(row, LineState.CONFIRMED), evidence=papers)
    assert line_hours(journey, anna.facts.rows("plan")[0], EVENTS) == 40


@pytest.mark.parametrize(
    ("title", "course"),
    [
        ("Курсы «Дроби», 36 часов", True),
        ("Программа повышения квалификации", True),
        ("Профессиональная переподготовка", True),
        ("ДПП «Цифровая школа»", True),
        ("Курсовая работа с детьми", False),
        ("Чтение и конспект", False),
    ],
)
def test_an_own_course_is_known_by_its_name(anna: Walker, title: str, course: bool) -> None:
    planned(anna, title)
    assert is_course(anna.facts, anna.facts.rows("plan")[0], EVENTS) == course


def test_a_catalogue_event_is_what_the_catalogue_says(anna: Walker) -> None:
    planned(anna, "Курсы, так их зовут", 6)
    assert not is_course(anna.facts, anna.facts.rows("plan")[0], EVENTS)


def test_the_four_rows_of_the_audit(anna: Walker) -> None:
    course, webinar, own = planned(anna, "Дроби", 5), planned(anna, "Вебинар", 6), planned(anna, "Чтение")
    done = dict.fromkeys((f"_{row}" for row in (course, webinar, own)), LineState.CONFIRMED)
    logged = (
        Hours(1, "consultation", 1.5, date(2026, 12, 1)),
        Hours(2, "consultation", 1, date(2026, 12, 8)),
        Hours(3, "visit", 0.5, date(2026, 12, 9)),
    )
    journey = Journey(lines=lines(**done), evidence=(shown(own, 3),), hours=logged)
    found = totals(anna.facts, journey, EVENTS)
    assert found == Totals(courses=36, other=5, consultations=2.5, visits=0.5)
    assert found.total == 44


def test_nothing_was_done_yet(anna: Walker) -> None:
    planned(anna, "Дроби", 5)
    assert totals(anna.facts, EMPTY).total == 0
