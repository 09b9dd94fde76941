"""People around a correction: refusals, old and foreign buttons, two at once, a mentor's proposal."""

from bot.iom.journey import LineState
from handlers.place import Place
from storage import memberships
from tests.conversation.given import ONE_LOOP, id_of, newcomer, puts, texts
from tests.conversation.given_finish import close_lines, moves, school_of
from tests.conversation.given_life import closes, fact_press, helper, told
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP


async def test_a_holder_who_left_does_not_stop_it_for_ever(sqlite_play: Play) -> None:
    life, by = await school_of(sqlite_play, "methodist")
    await moves(life)
    await closes(life)  # the mentor sees nothing any more
    correction = (await life.journey()).corrections[0]
    await puts(sqlite_play, life.teacher, Place("correction", row=life.route_id, parent=correction.id))
    await life.teacher.presses("Продолжить без этого шага")
    await life.teacher.settled()
    await told(sqlite_play, by["methodist"])
    await by["methodist"].presses("Согласовать")
    await by["methodist"].settled()
    assert (await life.journey()).corrections[0].state == "acknowledging"


async def test_a_refusal_with_a_remark_reaches_anna_and_the_plan_stays(sqlite_play: Play) -> None:
    life, by = await school_of(sqlite_play, "methodist")
    before = (await life.facts()).value("period", life.lines[0])
    await moves(life)
    boris = by["mentor"]
    await told(sqlite_play, boris)
    await boris.presses("Отклонить с замечанием")
    await boris.says("Лучше в феврале")
    await boris.settled()
    await told(sqlite_play, life.teacher)
    await life.teacher.sees("Лучше в феврале")
    assert (await life.journey()).corrections[0].state == "rejected"
    assert (await life.facts()).value("period", life.lines[0]) == before


async def test_anna_takes_it_back_only_while_nobody_has_agreed(sqlite_play: Play) -> None:
    life, by = await school_of(sqlite_play, "methodist")
    await moves(life)
    correction = (await life.journey()).corrections[0]
    here = Place("correction", row=life.route_id, parent=correction.id)
    await puts(sqlite_play, life.teacher, here)
    assert "Отозвать корректировку" in texts(life.teacher)
    await told(sqlite_play, by["mentor"])
    await by["mentor"].presses("Согласовать")
    await by["mentor"].settled()
    await life.teacher.presses("Отозвать корректировку")  # the screen is older than the agreement
    await life.teacher.sees("отозвать нельзя")
    assert (await life.journey()).corrections[0].state == "waiting"
    await moves(life, 1)
    await puts(
        sqlite_play,
        life.teacher,
        Place("correction", row=life.route_id, parent=(await life.journey()).corrections[1].id),
    )
    await life.teacher.presses("Отозвать корректировку")
    await life.teacher.sees("отозвана")
    assert (await life.journey()).corrections[1].state == "rejected"


async def test_a_double_tap_under_a_notice_agrees_once(sqlite_play: Play) -> None:
    """Boris mentors and curates: the old button of the first step must not agree to the second."""
    life, by = await school_of(sqlite_play, "methodist")
    boris = by["mentor"]
    await sqlite_play.app.database.write(
        lambda conn: memberships.join(
            conn, id_of(conn, boris), life.organisation.id, "curator", sqlite_play.clock.now()
        )
    )
    await moves(life)
    await told(sqlite_play, boris)
    press = fact_press(boris, "Согласовать")
    await boris.presses("Согласовать")
    await boris.settled()
    await boris.presses(data=press, stale=True)
    await boris.settled()
    assert (await life.journey()).corrections[0].step == 1


async def test_two_methodists_at_once_agree_once(sqlite_play: Play) -> None:
    life, by = await school_of(sqlite_play, "methodist")
    await closes(life)
    other = newcomer(sqlite_play, "Майя")
    await helper(sqlite_play, other, "methodist", life.organisation, name="Маева Майя Львовна")
    await moves(life)
    await told(sqlite_play, by["methodist"], other)
    first, second = fact_press(by["methodist"], "Согласовать"), fact_press(other, "Согласовать")
    await by["methodist"].presses(data=first, stale=True)
    await other.presses(data=second, stale=True)
    await by["methodist"].settled()
    await other.settled()
    journey = await life.journey()
    assert [one.kind for one in journey.decisions if one.correction_id] == ["agreed"]
    assert journey.corrections[0].state == "acknowledging"


async def test_a_stranger_s_forged_press_does_nothing_and_tells_nothing(sqlite_play: Play) -> None:
    life, by = await school_of(sqlite_play)
    await moves(life)
    await told(sqlite_play, by["mentor"])
    press = fact_press(by["mentor"], "Согласовать")
    vera, _ = await school_of(sqlite_play)
    await vera.teacher.presses(data=press, stale=True)
    await vera.teacher.settled()
    assert (await life.journey()).corrections[0].step == 0
    vera.teacher.never_sees("Курсы «Функциональная грамотность»: ")
    for place in (
        Place("correction", row=life.route_id, parent=(await life.journey()).corrections[0].id),
        Place("corrections", row=life.route_id),
        Place("correcting", row=life.lines[0], parent=life.route_id),
    ):
        await puts(sqlite_play, vera.teacher, place)
        await vera.teacher.sees("Маршрут идёт")


async def test_a_mentor_proposes_and_anna_accepts_or_not(sqlite_play: Play) -> None:
    life, by = await school_of(sqlite_play, slug="ust_ilimsk")
    boris, anna = by["mentor"], life.teacher
    for number, answer in enumerate(("Ознакомлен(а)", "Отклонить с замечанием")):
        await puts(sqlite_play, boris, Place("corrections", row=life.route_id, back=Place("queue")))
        await boris.presses("Изменить план")
        await boris.presses(life.titles[number][:20])
        await boris.presses("Перенести")
        await boris.says("март 2027")
        await boris.presses("Изменилась нагрузка")
        await boris.presses("Отправить")
        await boris.settled()
        await told(sqlite_play, anna)
        await anna.sees("Вам предлагают изменить план")
        await anna.presses(answer)
        await anna.settled()
    await anna.says("Мне удобнее в феврале")
    await anna.settled()
    states = [one.state for one in (await life.journey()).corrections]
    assert states == ["applied", "rejected"]


async def test_a_line_done_meanwhile_is_not_overwritten(sqlite_play: Play) -> None:
    life, by = await school_of(sqlite_play)
    await moves(life, 0)
    await close_lines(life)
    await told(sqlite_play, by["mentor"])
    await by["mentor"].presses("Согласовать")
    await by["mentor"].sees("что-то произошло")
    assert (await life.journey()).corrections[0].state == "waiting"
    assert await life.state(0) == LineState.CONFIRMED
