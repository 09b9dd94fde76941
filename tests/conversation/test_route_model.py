"""The model of a route goes from her tutor to the teacher to the school (004 п. 2.8.2–2.8.4, 3.1.2; C26)."""

import pytest

from bot.iom.facts import State
from bot.phone.person import Person
from handlers.place import Place
from tests.conversation.given import ONE_LOOP, bring, facts_of, forged, puts, texts
from tests.conversation.given_finish import school_of
from tests.conversation.given_life import closes, fact_press, told
from tests.conversation.given_school import staffed
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

AIS = "Через АИС «ИОМ-ОФИС.38»"


async def proposes(play: Play, helper: Person, route_id: int) -> None:
    await puts(play, helper, Place("case", row=route_id, back=Place("queue")))
    await helper.presses("Модель маршрута")
    await helper.sees("Пока не выбрана")
    await helper.presses(AIS)
    await helper.sees(f"Предложено: {AIS}")


async def test_the_tutor_proposes_anna_agrees_the_school_confirms(sqlite_play: Play) -> None:
    life, by = await school_of(sqlite_play, "coordinator", slug="ust_ilimsk")
    anna, boris, galina = life.teacher, by["mentor"], by["coordinator"]
    await proposes(sqlite_play, boris, life.route_id)
    await told(sqlite_play, anna)
    await anna.sees(f"предлагает: {AIS}")
    press = fact_press(anna, "Согласиться")
    await anna.presses("Согласиться")
    await anna.sees("Осталось подтверждение организации")
    assert (await life.facts()).model == ""
    await anna.presses(data=press, stale=True)  # a second tap
    await told(sqlite_play, galina)
    await galina.sees("модель маршрута ждёт подтверждения")
    await galina.presses("Подтвердить")
    await galina.sees(f"✓ Модель маршрута: {AIS}")
    assert (await life.facts()).model == "ais"
    kinds = [one.kind for one in (await life.journey()).decisions if one.step == "model"]
    assert kinds == ["model_offered", "model_taken", "model_confirmed"]
    await told(sqlite_play, boris, anna)
    await boris.sees("модель маршрута подтверждена")
    await anna.sees("Модель маршрута подтверждена")


async def test_it_waits_in_the_queues_of_both(sqlite_play: Play) -> None:
    life, by = await school_of(sqlite_play, "coordinator", slug="ust_ilimsk")
    anna, galina = life.teacher, by["coordinator"]
    await proposes(sqlite_play, by["mentor"], life.route_id)
    await puts(sqlite_play, anna, Place("home"))
    await anna.presses("Ждёт меня")
    await anna.sees("Ждут вас: 1")
    await anna.presses(next(text for text in texts(anna) if "модель маршрута" in text))
    await anna.sees("Решаете вы")
    await anna.presses("Согласиться")
    await anna.sees("Ждём: координатор")
    await puts(sqlite_play, galina, Place("queue"))
    await galina.presses(next(text for text in texts(galina) if "модель маршрута" in text))
    await galina.sees("Педагог согласен")
    await galina.presses("Не подтверждать")
    await galina.sees("остаётся как было")
    assert (await life.facts()).model == ""
    await told(sqlite_play, anna)
    await anna.sees("Организация не подтвердила")


async def test_a_teacher_who_is_still_writing_is_asked_too_and_may_decline(sqlite_play: Play) -> None:
    staff = await staffed(sqlite_play, "ust_ilimsk")
    await bring(sqlite_play, "ust_ilimsk", "product", staff.anna)
    await proposes(sqlite_play, staff.boris, (await facts_of(sqlite_play, staff.anna)).route_id)
    await puts(sqlite_play, staff.anna, Place("home"))
    await staff.anna.presses("Модель маршрута")
    await staff.anna.presses("Не подходит")
    await staff.anna.sees("остаётся как было")
    facts = await facts_of(sqlite_play, staff.anna)
    assert (facts.model, facts.state) == ("", State.DRAFT)
    await told(sqlite_play, staff.boris)
    await staff.boris.sees("педагог не выбрал")


async def test_what_the_school_proposed_itself_needs_no_second_word(sqlite_play: Play) -> None:
    life, by = await school_of(sqlite_play, "coordinator", slug="ust_ilimsk")
    await proposes(sqlite_play, by["coordinator"], life.route_id)
    await told(sqlite_play, life.teacher)
    await life.teacher.presses("Согласиться")
    await life.teacher.sees(f"✓ Модель маршрута: {AIS}")
    assert (await life.facts()).model == "ais"


async def test_a_newer_proposal_makes_the_button_of_the_old_one_dead(sqlite_play: Play) -> None:
    life, by = await school_of(sqlite_play, "coordinator", slug="ust_ilimsk")
    await proposes(sqlite_play, by["mentor"], life.route_id)
    await told(sqlite_play, life.teacher)
    old = fact_press(life.teacher, "Согласиться")
    await by["mentor"].presses("Внутри нашей организации")
    await by["mentor"].sees("Предложено: Внутри")
    await life.teacher.presses(data=old, stale=True)
    await life.teacher.settled()
    kinds = [one.kind for one in (await life.journey()).decisions if one.step == "model"]
    assert kinds == ["model_offered", "model_offered"]


async def test_nobody_else_proposes_agrees_or_confirms(sqlite_play: Play) -> None:
    life, by = await school_of(sqlite_play, "coordinator", "head", "methodist", slug="ust_ilimsk")
    other, others = await school_of(sqlite_play, "coordinator", slug="ust_ilimsk")
    await proposes(sqlite_play, by["mentor"], life.route_id)
    await told(sqlite_play, life.teacher)
    press = fact_press(life.teacher, "Согласиться")
    for person in (
        by["head"],
        by["methodist"],
        by["mentor"],
        by["coordinator"],
        *others.values(),
        other.teacher,
    ):
        await person.presses(data=press, stale=True)
        await person.settled()
    await puts(sqlite_play, by["head"], Place("case", row=life.route_id))
    assert "Модель маршрута" not in texts(by["head"])
    await by["head"].presses(data=forged(by["head"], "model"), stale=True)
    await by["head"].settled()
    said = [one for one in (await life.journey()).decisions if one.step == "model"]
    assert [one.kind for one in said] == ["model_offered"]


async def test_a_tutor_whose_access_was_closed_proposes_nothing(sqlite_play: Play) -> None:
    life, by = await school_of(sqlite_play, slug="ust_ilimsk")
    await puts(sqlite_play, by["mentor"], Place("model", row=life.route_id))
    await by["mentor"].sees("Пока не выбрана")
    await closes(life)
    await by["mentor"].presses(AIS)
    await by["mentor"].settled()
    assert not [one for one in (await life.journey()).decisions if one.step == "model"]


@pytest.mark.parametrize("role", ["mentor", "coordinator"])
async def test_where_the_regulation_has_no_models_there_is_no_button(sqlite_play: Play, role: str) -> None:
    life, by = await school_of(sqlite_play, "coordinator")
    await puts(sqlite_play, by[role], Place("case", row=life.route_id))
    assert "Модель маршрута" not in texts(by[role])
