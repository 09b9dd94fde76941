"""The conclusion from the draft to the end, and a new route after it."""

from bot.iom.facts import State
from bot.iom.journey import LineState
from bot.phone.person import Person
from handlers.place import Place
from storage import memberships, routes
from tests.conversation.given import ONE_LOOP, facts_of, forged, id_of, newcomer, puts, texts
from tests.conversation.given_finish import card, close_lines, finished, school_of
from tests.conversation.given_life import Life, closes, fact_press, helper, told
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP


async def to_write(
    play: Play, *roles: str, slug: str = "stavropol", outcome: str = ""
) -> tuple[Life, dict[str, Person]]:
    """A route whose conclusion waits to be written; with an outcome, one that is written by Boris."""
    life, by = await school_of(play, *roles, slug=slug, state=State.FINALIZING)
    await close_lines(life, LineState.CONFIRMED, LineState.NOT_DONE, LineState.CONFIRMED)
    await finished(life)
    await puts(play, life.teacher, Place("finishing"))
    await life.teacher.presses("Передать на заключение")
    await life.teacher.settled()
    if outcome:
        await writes(play, life, by["mentor"], outcome)
    return life, by


async def writes(play: Play, life: Life, boris: Person, outcome: str = "Цели достигнуты") -> None:
    """Boris takes the draft as it is."""
    await puts(play, boris, Place("conclusion", row=life.route_id, back=Place("queue")))
    await boris.presses("Взять этот текст")
    await boris.presses(outcome)
    await boris.settled()


async def test_001_written_agreed_by_the_head_acknowledged_and_printed(sqlite_play: Play) -> None:
    life, by = await to_write(sqlite_play, "head", "methodist", "coordinator")
    mila, dmitry, anna = by["methodist"], by["head"], life.teacher
    await told(sqlite_play, mila)
    await mila.presses("Открыть")
    await mila.sees("Выполнено мероприятий: 2 из 3")
    mila.never_sees("Стало легче")  # a reflection is nobody's but hers
    await mila.says("Маршрут пройден, два мероприятия из трёх выполнены, одно перенесено на осень.")
    await mila.presses("Достигнуты частично")
    await mila.settled()
    await told(sqlite_play, dmitry)
    await dmitry.sees("заключение ждёт вашего согласия")
    await dmitry.presses("Согласовать")
    await dmitry.settled()
    await told(sqlite_play, anna)
    await anna.sees("Осталось ознакомиться")
    await anna.presses("Ознакомлен(а)")
    await anna.sees("Маршрут завершён")
    facts, journey = await life.facts(), await life.journey()
    assert facts.state is State.COMPLETED
    assert [one.kind for one in journey.decisions][-3:] == ["concluded", "agreed", "acknowledged"]
    assert [one.remark for one in journey.decisions if one.kind == "concluded"] == ["partly"]
    printed = await card(life)
    for words in ("Маршрут пройден, два мероприятия", "Милова Мила Андреевна", "Дубов Дмитрий Олегович"):
        assert words in printed
    await told(sqlite_play, by["coordinator"])
    await by["coordinator"].sees("маршрут завершён, цели достигнуты частично")


async def test_004_the_tutor_takes_the_draft_and_the_coordinator_agrees(sqlite_play: Play) -> None:
    life, by = await to_write(sqlite_play, "coordinator", slug="ust_ilimsk")
    await writes(sqlite_play, life, by["mentor"])
    galina, anna = by["coordinator"], life.teacher
    await told(sqlite_play, galina)
    await galina.presses("Согласовать")
    await galina.settled()
    await told(sqlite_play, anna)
    await anna.presses("Ознакомлен(а)")
    await anna.sees("Маршрут завершён")
    facts = await life.facts()
    assert facts.state is State.COMPLETED
    assert "Выполнено мероприятий: 2 из 3" in facts.text("conclusion")
    assert "<" not in facts.text("conclusion")
    assert "Ольхов Борис Игнатьевич" in await card(life)


async def test_it_is_returned_with_a_remark_and_written_anew(sqlite_play: Play) -> None:
    life, by = await to_write(sqlite_play, "head", outcome="Цели достигнуты")
    dmitry, boris = by["head"], by["mentor"]
    await puts(sqlite_play, dmitry, Place("conclusion", row=life.route_id))
    await dmitry.presses("Вернуть с замечанием")
    await dmitry.says("Назовите, пожалуйста, продукт")
    await dmitry.settled()
    assert (await life.journey()).decided("concluded") is None
    await told(sqlite_play, boris)
    await boris.sees("Назовите, пожалуйста, продукт")
    await boris.presses("Открыть")
    await boris.says("Подготовлен банк разноуровневых заданий, маршрут пройден.")
    await boris.sees("Каков итог")
    await boris.sees("Подготовлен банк")
    await boris.presses("Цели достигнуты")
    await boris.settled()
    await puts(sqlite_play, dmitry, Place("queue"))
    await dmitry.presses(texts(dmitry)[0])
    await dmitry.sees("банк разноуровневых")
    await dmitry.presses("Согласовать")
    await dmitry.settled()
    assert (await life.facts()).state is State.CONCLUSION
    await puts(sqlite_play, life.teacher, Place("home"))
    await life.teacher.presses("Заключение")
    await life.teacher.presses("Ознакомлен(а)")
    await life.teacher.settled()
    assert (await life.facts()).state is State.COMPLETED


async def test_nobody_to_agree_does_not_hold_it_up(sqlite_play: Play) -> None:
    life, _ = await to_write(sqlite_play, outcome="Цели достигнуты")  # no head in this school
    await told(sqlite_play, life.teacher)
    await life.teacher.presses("Ознакомлен(а)")
    await life.teacher.sees("Маршрут завершён")
    agreed = (await life.journey()).decided("agreed", step="conclusion")
    assert agreed is not None
    assert (agreed.person_id, agreed.name, agreed.remark) == (0, "", "absent")


async def test_a_head_who_left_does_not_hold_it_up_for_ever(sqlite_play: Play) -> None:
    life, by = await to_write(sqlite_play, "head", outcome="Цели достигнуты")
    await sqlite_play.app.database.write(
        lambda conn: memberships.leave(
            conn, id_of(conn, by["head"]), life.organisation.id, sqlite_play.clock.now(), role="head"
        )
    )
    await puts(sqlite_play, life.teacher, Place("conclusion"))
    await life.teacher.presses("Продолжить без этого шага")
    await life.teacher.settled()
    await puts(sqlite_play, life.teacher, Place("conclusion"))
    await life.teacher.presses("Ознакомлен(а)")
    await life.teacher.sees("Маршрут завершён")


async def test_two_heads_at_once_agree_once(sqlite_play: Play) -> None:
    life, by = await to_write(sqlite_play, "head", outcome="Цели достигнуты")
    other = newcomer(sqlite_play, "Денис")
    await helper(sqlite_play, other, "head", life.organisation)
    await told(sqlite_play, by["head"])
    press = fact_press(by["head"], "Согласовать")
    await by["head"].presses(data=press, stale=True)
    await other.presses(data=press, stale=True)
    await by["head"].settled()
    await other.settled()
    kinds = [one.kind for one in (await life.journey()).decisions if one.step == "conclusion"]
    assert kinds == ["agreed"]


async def test_a_double_tap_acknowledges_once(sqlite_play: Play) -> None:
    life, _ = await to_write(sqlite_play, outcome="Цели достигнуты")
    await told(sqlite_play, life.teacher)
    press = fact_press(life.teacher, "Ознакомлен(а)")
    for _ in range(2):
        await life.teacher.presses(data=press, stale=True)
        await life.teacher.settled()
    kinds = [one.kind for one in (await life.journey()).decisions]
    assert kinds.count("acknowledged") == 1


async def test_an_old_button_of_another_text_shows_the_new_one(sqlite_play: Play) -> None:
    life, by = await to_write(sqlite_play, "head", outcome="Цели достигнуты")
    await told(sqlite_play, by["head"])
    press = fact_press(by["head"], "Согласовать")
    await puts(sqlite_play, by["head"], Place("conclusion", row=life.route_id))
    await by["head"].presses("Вернуть с замечанием")
    await by["head"].says("Подробнее")
    await by["head"].settled()
    await writes_again(sqlite_play, life, by["mentor"])
    await by["head"].presses(data=press, stale=True)
    await by["head"].sees("Всё подробно")
    assert (await life.facts()).state is State.CONCLUSION


async def writes_again(play: Play, life: Life, boris: Person) -> None:
    await puts(play, boris, Place("conclusion", row=life.route_id))
    await boris.says("Всё подробно и по пунктам.")
    await boris.sees("Всё подробно")
    await boris.presses("Цели достигнуты")
    await boris.settled()


async def test_strangers_and_the_closed_mentor_see_nothing(sqlite_play: Play) -> None:
    life, by = await to_write(sqlite_play, "head", "curator", outcome="Цели достигнуты")
    vera, _ = await school_of(sqlite_play, "head")
    await closes(life)
    for person in (vera.teacher, by["mentor"], by["curator"], newcomer(sqlite_play, "Вера")):
        await person.start()
        await person.settled()
        await puts(sqlite_play, person, Place("conclusion", row=life.route_id))
        await person.settled()
        assert "Выполнено мероприятий" not in str(person.screen)
        for verb in ("yes_conclusion", "open_conclusion"):
            await person.presses(data=f"f:{verb}:{_36(life.route_id)}:1", stale=True)
            await person.settled()
            assert "Выполнено мероприятий" not in str(person.screen)
    assert (await life.facts()).state is State.CONCLUSION


def _36(number: int) -> str:
    from bot.speech.presses import base36

    return base36(number)


async def test_anna_reads_it_only_when_the_school_has_agreed(sqlite_play: Play) -> None:
    life, _ = await to_write(sqlite_play, "head", outcome="Цели достигнуты")
    await puts(sqlite_play, life.teacher, Place("conclusion"))
    await life.teacher.sees("Ждём:")
    assert "Выполнено мероприятий" not in str(life.teacher.screen)
    await life.teacher.presses(data=forged(life.teacher, "agree"), stale=True)
    await life.teacher.settled()
    assert (await life.facts()).state is State.CONCLUSION


async def test_after_not_achieved_a_new_route_carries_the_open_points(sqlite_play: Play) -> None:
    life, _ = await to_write(sqlite_play, outcome="Пока не достигнуты")
    anna = life.teacher
    await puts(sqlite_play, anna, Place("conclusion"))
    await anna.presses("Ознакомлен(а)")
    await anna.sees("Маршрут завершён")
    old = await life.facts()
    await anna.presses("Новый маршрут")
    await anna.sees("Новый маршрут")
    fresh = await facts_of(sqlite_play, anna)
    assert fresh.route_id != old.route_id
    assert (await life.facts()).state is State.COMPLETED
    open_ones = {old.text("growth_point", one.id) for one in old.rows("growth")}
    assert {fresh.text("growth_point", one.id) for one in fresh.rows("growth")} <= open_ones
    assert not any(key == "final_hinders" for _, key in fresh.answers)


async def test_what_waited_for_others_ends_with_the_route(sqlite_play: Play) -> None:
    life, by = await to_write(sqlite_play, "head", outcome="Цели достигнуты")
    await told(sqlite_play, by["head"])
    press = fact_press(by["head"], "Согласовать")
    facts = await life.facts()
    await sqlite_play.app.database.write(lambda conn: routes.withdraw(conn, facts, sqlite_play.clock.now()))
    await by["head"].presses(data=press, stale=True)
    await by["head"].settled()
    kinds = [one.kind for one in (await life.journey()).decisions if one.step == "conclusion"]
    assert kinds == []
