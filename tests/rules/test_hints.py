"""What to look at before sending; nothing blocks but what the regulation demands."""

from dataclasses import replace

import pytest

from bot.iom.catalogue import Event
from bot.iom.facts import ForgetAnswer, State
from bot.iom.hints import Hint, begins_with_verb, blocks, hints, is_measured
from bot.iom.interview import Step
from tests.regulations.given import ALL, given
from tests.rules.memory import Walker

COURSE = Event(5, "E-5", "Дроби", ("subject",), "regional", "online", "formal", hours=36)
READING = Event(6, "E-6", "Чтение", ("ict",), "institutional", "self", "informal")


@pytest.fixture
def anna() -> Walker:
    """Everything is answered, every line of the plan is a seminar on a day of its own."""
    walker = Walker("stavropol")
    walker.walks_everything()
    walker.answers(term={"from": "2026-12-01", "to": "2027-05-31"})
    return walker


def kinds(walker: Walker, *events: Event) -> list[str]:
    return [hint.kind for hint in hints(walker.regulation, walker.facts, {one.id: one for one in events})]


def planned(walker: Walker, count: int) -> list[int]:
    """So many lines of the plan without dates; the old ones go."""
    for entry in walker.facts.rows("plan"):
        walker.removes(entry.id)
    point = walker.facts.rows("growth")[0].id
    return [
        walker.adds("plan", point, title=f"Семинар {n}", competences=["ict"], level="regional")
        for n in range(1, count + 1)
    ]


@pytest.mark.parametrize("slug", ALL)
def test_a_good_route_has_no_hints(slug: str) -> None:
    walker = Walker(slug)
    walker.walks_everything()
    if "event_kind" in walker.regulation.questions:  # the walker calls everything a course
        walker.answers(walker.facts.rows("plan")[0].id, event_kind="other")
    # A column that is somebody else's waits for her word (000 V.5–V.7).
    columns = any("." in owner.key for owner in walker.regulation.life.owner)
    assert kinds(walker) == (["proposed"] if columns else [])


@pytest.mark.parametrize("slug", ALL)
def test_what_blocks_is_what_the_regulation_demands_before_sending(slug: str) -> None:
    walker = Walker(slug)
    found = hints(walker.regulation, walker.facts)
    for hint in found:
        question = walker.regulation.questions[hint.step.key] if hint.step else None
        demanded = question is not None and question.mandatory and question.when in {"draft", "sending"}
        assert hint.blocking == demanded
    assert [hint.blocking for hint in found] == sorted((hint.blocking for hint in found), reverse=True)
    assert blocks(walker.regulation, walker.facts) == tuple(hint for hint in found if hint.blocking)


def test_what_is_asked_later_does_not_block(anna: Walker) -> None:
    anna.does(ForgetAnswer("education"), ForgetAnswer("position"))
    found = {hint.step.key: hint.blocking for hint in hints(anna.regulation, anna.facts) if hint.step}
    assert found == {"position": True, "education": False}


def test_a_returned_card_is_asked_the_same(anna: Walker) -> None:
    anna.facts = replace(anna.facts, state=State.RETURNED)
    assert kinds(anna) == []


@pytest.mark.parametrize("slug", ALL)
def test_every_suggested_task_and_result_reads_well(slug: str) -> None:
    for block in given(slug).block:
        assert [task for task in block.tasks if not begins_with_verb(task)] == []


@pytest.mark.parametrize(
    "text",
    [
        "Научиться вести диалог",
        "Применять технологии системно-деятельностного подхода",
        "Провести открытый урок",
        "Не бояться открытых уроков",
        "Самостоятельно собирать задания",
        "Помочь коллегам",
        "ОСВОИТЬ ИКТ",
        "Освою приёмы работы с группой",
        "Проведём неделю математики",
        "«Подготовить» доклад",
        "Методику освоить и применить",
    ],
)
def test_a_task_is_a_deed(text: str) -> None:
    assert begins_with_verb(text)


@pytest.mark.parametrize(
    "text",
    [
        "Повышение квалификации",
        "Деятельность обучающихся на уроке",
        "Речь и сеть",
        "Область ИКТ",
        "Функциональная грамотность",
        "Новые технологии",
        "",
        "36 часов",
    ],
)
def test_a_topic_is_no_deed(text: str) -> None:
    assert not begins_with_verb(text)


@pytest.mark.parametrize(
    "text",
    [
        "49 % → 70 %",
        "Два открытых урока",
        "к маю 2027",
        "до конца октября",
        "к концу учебного года",
        "В каждом классе",
    ],
)
def test_a_result_with_a_number_or_a_date(text: str) -> None:
    assert is_measured(text)


@pytest.mark.parametrize("text", ["Буду лучше вести уроки", "Рост качества", "Сценарии занятий"])
def test_a_result_without_them(text: str) -> None:
    assert not is_measured(text)


def test_a_weak_task_and_a_vague_result_are_named(anna: Walker) -> None:
    task = anna.facts.rows("tasks")[0].id
    anna.answers(task, task="Цифровая грамотность", expected="Рост качества")
    assert hints(anna.regulation, anna.facts) == (
        Hint("task_verb", {"task": "Цифровая грамотность"}, Step("task", task)),
        Hint("result_vague", {"result": "Рост качества"}, Step("expected", task)),
    )
    anna.answers(task, expected=None)
    assert "result_vague" not in kinds(anna), "an absent result is a gap, not a vague one"


def test_a_point_without_event_and_task_is_named_once(anna: Walker) -> None:
    point = anna.adds("growth", growth_point="ict", hinders=["time"])
    found = [hint for hint in hints(anna.regulation, anna.facts) if hint.kind in {"no_event", "no_task"}]
    assert [(hint.kind, hint.step, hint.blocking) for hint in found] == [
        ("no_task", Step("task", 0, point), True),
        ("no_event", Step("events", point), True),
    ]
    assert {hint.values["about"] for hint in found} == {anna.regulation.blocks["ict"].chat}


def test_where_events_are_not_demanded_a_bare_point_is_a_hint() -> None:
    walker = Walker("tiny")
    walker.walks_everything()
    for entry in walker.facts.rows("plan"):
        walker.removes(entry.id)
    bare = [hint for hint in hints(walker.regulation, walker.facts) if hint.kind == "no_event"]
    assert len(bare) == len(walker.facts.rows("growth"))
    assert not any(hint.blocking for hint in bare)


def test_a_plan_of_courses_only(anna: Walker) -> None:
    for entry in anna.facts.rows("plan"):
        anna.answers(entry.id, title="Курсы «Дроби»")
    assert kinds(anna) == ["courses_only"]
    assert not blocks(anna.regulation, anna.facts)
    point = anna.facts.rows("growth")[0].id
    more = anna.adds("plan", point, title="Чтение")
    assert "courses_only" not in kinds(anna)
    anna.removes(more)
    entries = tuple(replace(one, event=5) if one.table == "plan" else one for one in anna.facts.entries)
    anna.facts = replace(anna.facts, entries=entries)
    assert kinds(anna, COURSE) == ["courses_only"]
    assert kinds(anna, replace(READING, id=5)) == []


def test_all_deadlines_in_one_month(anna: Walker) -> None:
    one, other = planned(anna, 2)
    anna.answers(one, period={"from": "2027-02-01", "to": "2027-03-05"})
    anna.answers(other, period={"from": "2027-03-31", "to": "2027-03-31"})
    assert "one_month" in kinds(anna), "a deadline is the last day"
    anna.answers(other, period={"from": "2027-04-01", "to": "2027-04-01"})
    assert "one_month" not in kinds(anna)


def test_a_month_long_term_has_one_month(anna: Walker) -> None:
    for row in planned(anna, 2):
        anna.answers(row, period={"from": "2027-03-05", "to": "2027-03-05"})
    assert "one_month" in kinds(anna)
    anna.answers(term={"from": "2027-03-01", "to": "2027-03-31"})
    assert "one_month" not in kinds(anna)


def test_one_line_is_no_crowd(anna: Walker) -> None:
    (row,) = planned(anna, 1)
    anna.answers(row, period={"from": "2027-03-05", "to": "2027-03-05"})
    assert "one_month" not in kinds(anna)
