"""Before sending every kind of hint is said in words; only what the regulation demands holds a card back."""

import re
from collections.abc import Iterable, Mapping

import pytest
from sqlalchemy import Connection

from bot.iom.facts import (
    AddEntry,
    Change,
    Facts,
    ForgetAnswer,
    RemoveEntry,
    SetAnswer,
    State,
    Value,
)
from bot.iom.hints import hints
from bot.phone.person import Person
from handlers.place import Place
from storage import routes
from tests.conversation.given import ONE_LOOP, bring, facts_of, here, puts
from tests.conversation.given_school import Staff, staffed
from tests.regulations.given import given
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP
KINDS = {"gap", "no_event", "no_task", "task_verb", "result_vague", "courses_only", "one_month"}
MARCH: Value = {"from": "2027-03-05", "to": "2027-03-05"}
APRIL: Value = {"from": "2027-04-05", "to": "2027-04-05"}


async def at_sending(play: Play, *changes: Change, slug: str = "stavropol") -> Staff:
    """Anna's whole card with these changes; she looks at the screen of sending."""
    staff = await staffed(play, slug)
    await bring(play, slug, person=staff.anna)
    await change(play, staff.anna, *changes)
    return staff


async def change(play: Play, anna: Person, *changes: Change) -> None:
    facts = await facts_of(play, anna)

    def unit(conn: Connection) -> Facts:
        return routes.apply(conn, facts, changes, facts.person_id, play.clock.now(), personal=())

    await play.app.database.write(unit)
    await puts(play, anna, Place("sending"))


async def lines(play: Play, anna: Person, told: Iterable[Mapping[str, Value]]) -> None:
    """Exactly these lines in the plan."""
    facts = await facts_of(play, anna)
    point = facts.rows("growth")[0].id
    removed = [RemoveEntry(row.id) for row in facts.rows("plan")]
    await change(play, anna, *removed, *(AddEntry("plan", one, frozenset({point})) for one in told))


async def kinds(play: Play, anna: Person, slug: str = "stavropol") -> dict[str, bool]:
    """What the rules say: kind → whether it blocks."""
    return {one.kind: one.blocking for one in hints(given(slug), await facts_of(play, anna))}


def whole(*titles_and_dates: tuple[str, Value]) -> list[dict[str, Value]]:
    return [
        {"title": title, "period": when, "competences": ["subject"], "level": "regional"}
        | {"organiser": "центр", "result_form": "конспект"}
        for title, when in titles_and_dates
    ]


async def sends(anna: Person) -> None:
    """Nothing holds the card back, whatever the hints say."""
    await anna.sees("Отправить на согласование")
    texts = [button.text for row in here(anna).buttons for button in row]
    await anna.presses(next(text for text in texts if "тправить" in text))
    await anna.sees("Карта на согласовании")


async def is_held_back(play: Play, anna: Person) -> None:
    await anna.sees("Сначала нужно ответить на обязательные вопросы")
    assert not [b for row in here(anna).buttons for b in row if "отправить" in b.text.lower()]
    data = next(b.data for row in here(anna).buttons for b in row if b.data)
    await anna.presses(data=f"c:{data.split(':')[1]}:send:", stale=True)
    await anna.settled()
    assert (await facts_of(play, anna)).state is State.DRAFT


async def test_a_question_without_an_answer_is_named(sqlite_play: Play) -> None:
    staff = await at_sending(sqlite_play, ForgetAnswer("education"))
    await staff.anna.sees("Не отвечено: Образование")
    assert (await kinds(sqlite_play, staff.anna))["gap"] is False
    await sends(staff.anna)


async def test_a_demanded_answer_holds_the_card_back_and_one_tap_mends_it(sqlite_play: Play) -> None:
    staff = await at_sending(sqlite_play, ForgetAnswer("position"))
    await staff.anna.sees("Не отвечено: Должность")
    await is_held_back(sqlite_play, staff.anna)
    await staff.anna.presses("Исправить первое")
    await staff.anna.says("учитель математики")
    await staff.anna.sees("Отправить на согласование")
    await sends(staff.anna)


async def test_a_point_without_an_event_and_without_a_task_is_named_by_its_words(sqlite_play: Play) -> None:
    staff = await at_sending(sqlite_play, AddEntry("growth", {"growth_point": "ict", "hinders": ["time"]}))
    about = given("stavropol").blocks["ict"].chat
    await staff.anna.sees(f"К точке роста нет мероприятия: {about}")
    await staff.anna.sees(f"К точке роста нет задачи: {about}")
    found = await kinds(sqlite_play, staff.anna)
    assert (found["no_event"], found["no_task"]) == (True, True), "the regulation demands both"
    await is_held_back(sqlite_play, staff.anna)


async def test_a_task_without_a_verb_is_quoted(sqlite_play: Play) -> None:
    staff = await at_sending(sqlite_play)
    task = (await facts_of(sqlite_play, staff.anna)).rows("tasks")[0].id
    await change(sqlite_play, staff.anna, SetAnswer("task", "Цифровая <грамотность>", task))
    await staff.anna.sees("Задача начинается не с глагола («освоить», «провести»): Цифровая <грамотность>")
    await sends(staff.anna)


async def test_a_result_without_a_number_is_quoted(sqlite_play: Play) -> None:
    staff = await at_sending(sqlite_play)
    task = (await facts_of(sqlite_play, staff.anna)).rows("tasks")[0].id
    await change(sqlite_play, staff.anna, SetAnswer("expected", "Рост качества", task))
    await staff.anna.sees("В результате нет числа или срока, по которым его узнают: Рост качества")
    await sends(staff.anna)


async def test_a_plan_of_courses_only_is_said(sqlite_play: Play) -> None:
    staff = await at_sending(sqlite_play)
    await lines(sqlite_play, staff.anna, whole(("Курсы «Дроби»", MARCH), ("Курсы «Текст»", APRIL)))
    await staff.anna.sees("В плане только курсы")
    await sends(staff.anna)


async def test_all_deadlines_in_one_month_is_said_with_the_month(sqlite_play: Play) -> None:
    staff = await at_sending(sqlite_play)
    await lines(sqlite_play, staff.anna, whole(("Семинар", MARCH), ("Открытый урок", MARCH)))
    await staff.anna.sees("Все сроки в одном месяце (март 2027)")
    await sends(staff.anna)


@pytest.mark.parametrize("slug", ["stavropol", "ust_ilimsk"])
async def test_all_kinds_at_once_are_a_few_lines_and_the_rest_is_counted(
    sqlite_play: Play, slug: str
) -> None:
    """Even a card with everything to look at fits a screen, and nothing but the demanded holds it back."""
    staff = await at_sending(sqlite_play, slug=slug)
    facts = await facts_of(sqlite_play, staff.anna)
    task = facts.rows("tasks")[0].id
    weak: list[Change] = [
        SetAnswer("task", "Цифровая грамотность " * 9, task),
        SetAnswer("expected", "Рост качества " * 9, task),
        AddEntry("growth", {"growth_point": list(given(slug).blocks)[-1], "hinders": ["time"]}),
    ]
    await change(sqlite_play, staff.anna, *weak)
    point = facts.rows("growth")[0].id
    rows: list[Change] = [RemoveEntry(row.id) for row in facts.rows("plan")]
    courses: list[Change] = [
        AddEntry("plan", {"title": f"Курсы {n}", "period": MARCH}, frozenset({point})) for n in range(2)
    ]
    await change(sqlite_play, staff.anna, *rows, *courses)
    found = await kinds(sqlite_play, staff.anna, slug)
    assert set(found) == KINDS
    await staff.anna.sees("… и ещё")
    shown = re.sub(r"<[^>]+>", "", here(staff.anna).text)
    assert len(shown) <= 600
    regulation = given(slug)
    for one in hints(regulation, await facts_of(sqlite_play, staff.anna)):
        asked = regulation.questions[one.step.key] if one.step else None
        assert not one.blocking or (asked is not None and asked.mandatory)


async def test_a_card_that_is_in_order_says_nothing(sqlite_play: Play) -> None:
    staff = await at_sending(sqlite_play)
    await lines(sqlite_play, staff.anna, whole(("Семинар", MARCH), ("Открытый урок", APRIL)))
    assert await kinds(sqlite_play, staff.anna) == {}
    await staff.anna.presses("Отправить")
    await staff.anna.sees("Карта на согласовании")
