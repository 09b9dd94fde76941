"""A plan as it was: nothing is lost on the way to JSON, and every change is told in words."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.iom.facts import Answer, Entry, Facts, SetLinks
from bot.iom.snapshot import Changed, difference, frozen, thawed
from tests.regulations.given import ALL
from tests.rules.memory import EMPTY, Walker

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
) | st.lists(st.text(max_size=5), max_size=3)
KEYS = st.text(max_size=5)
ENTRIES = st.builds(Entry, st.integers(1, 99), KEYS, st.frozensets(st.integers(1, 99)), st.integers(0, 9))
FACTS = st.builds(
    lambda version, answers, entries: replace(
        EMPTY, version=version, answers=answers, entries=tuple(entries)
    ),
    st.integers(1, 99),
    st.dictionaries(st.tuples(st.integers(0, 99), KEYS), st.builds(Answer, VALUES, st.booleans())),
    st.lists(ENTRIES, max_size=4),
)


@given(FACTS)
def test_what_is_frozen_thaws_as_it_was(facts: Facts) -> None:
    stored = json.loads(json.dumps(frozen(facts)))
    assert thawed(stored, EMPTY) == facts
    assert list(thawed(stored, EMPTY).answers) == list(facts.answers)


def test_only_what_was_answered_is_of_then() -> None:
    now = replace(EMPTY, version=7, person_id=9)
    assert thawed(frozen(EMPTY), now) == replace(EMPTY, person_id=9)


@pytest.mark.parametrize("content", [{}, {"form": 2}])
def test_a_form_nobody_knows_is_no_snapshot(content: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="snapshot"):
        thawed(content, EMPTY)


@pytest.fixture
def anna() -> Walker:
    walker = Walker("stavropol")
    walker.answers(position="учитель", has_diagnosis="yes", category="first")
    point = walker.adds("growth", growth_point="ict")
    walker.adds("plan", point, title="Семинар", level="regional")
    return walker


def changes(walker: Walker, old: Facts) -> list[Changed]:
    return list(difference(walker.regulation, old, walker.facts))


@pytest.mark.parametrize("slug", ALL)
def test_nothing_changed(slug: str) -> None:
    walker = Walker(slug)
    walker.walks_everything()
    assert changes(walker, thawed(frozen(walker.facts), walker.facts)) == []


@pytest.mark.parametrize("slug", ALL)
def test_everything_is_new(slug: str) -> None:
    walker = Walker(slug)
    walker.walks_everything()
    found = changes(walker, EMPTY)
    assert all(one.now and not one.was and not one.about for one in found)
    assert sum(one.kind == "added" for one in found) == len(walker.facts.entries)
    backwards = difference(walker.regulation, walker.facts, EMPTY)
    assert sum(one.kind == "removed" for one in backwards) == len(walker.facts.entries)


def test_answers_are_told_in_words_in_the_order_of_the_regulation(anna: Walker) -> None:
    old = anna.facts
    anna.answers(category="highest", position="методист")
    anna.answers(term={"from": "2026-12-01", "to": "2027-05-31"})
    assert changes(anna, old)[0] == Changed("Должность", "учитель", "методист")
    assert [one.label for one in changes(anna, old)] == [
        "Должность",
        "Срок маршрута",
        "Квалификационная категория",
    ]
    assert all("{" not in one.now + one.was for one in changes(anna, old))


def test_a_changed_row_is_named(anna: Walker) -> None:
    old, row = anna.facts, anna.facts.rows("plan")[0].id
    anna.answers(row, level="municipal")
    assert changes(anna, old) == [Changed("Уровень мероприятия", "региональный", "муниципальный", "Семинар")]


def test_rows_come_and_go(anna: Walker) -> None:
    old, row = anna.facts, anna.facts.rows("plan")[0].id
    anna.removes(row)
    anna.adds("plan", title="Курсы")
    assert changes(anna, old) == [
        Changed("мероприятие", "Семинар", "", kind="removed"),
        Changed("мероприятие", "", "Курсы", kind="added"),
    ]


def test_what_a_row_belongs_to_is_told(anna: Walker) -> None:
    other = anna.adds("growth", growth_point="subject")
    old, row = anna.facts, anna.facts.rows("plan")[0].id
    anna.does(SetLinks(row, "growth", frozenset({other})))
    (one,) = changes(anna, old)
    blocks = anna.regulation.blocks
    assert (one.was, one.now, one.about) == (blocks["ict"].chat, blocks["subject"].chat, "Семинар")


def test_a_line_left_for_the_pen_is_empty(anna: Walker) -> None:
    old = anna.facts
    anna.on("subject").skips()
    assert changes(anna, old) == [], "nothing was there and nothing is"
    anna.on("position").says("методист")
    assert changes(anna, old) == [Changed("Должность", "учитель", "методист")]


def test_results_by_difficulty_do_not_change_unseen(anna: Walker) -> None:
    row = anna.adds("diagnoses", scores={"subject": {"low": 60.0, "total": 49.0}})
    old = anna.facts
    anna.answers(row, scores={"subject": {"low": 70.0, "total": 49.0}})
    assert [one.label for one in changes(anna, old)] == ["Результаты по блокам"]


def test_what_is_not_asked_is_not_compared(anna: Walker) -> None:
    row = anna.adds("diagnoses", scores={"subject": {"total": 49.0}})
    old = anna.facts
    anna.answers(has_diagnosis="no")
    labels = [one.label for one in changes(anna, old)]
    assert labels == ["Есть результат диагностики", "Результаты по блокам"]
    old = anna.facts
    anna.answers(row, scores={"subject": {"total": 60.0}})
    assert changes(anna, old) == []
