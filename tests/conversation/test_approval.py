"""A card goes to be agreed: sent, opened, returned with a remark, agreed, approved, undone."""

import pytest
from sqlalchemy import Connection

from bot.iom.access import Fact
from bot.iom.facts import State
from bot.phone.person import Person
from handlers.place import Place
from storage import journeys, memberships, people, routes, snapshots
from storage.tables import notice
from tests.conversation.given import ONE_LOOP, bring, facts_of, forged, id_of, newcomer, puts, stored
from tests.conversation.given_school import Staff, staffed
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP
SLUGS = pytest.mark.parametrize("slug", ["stavropol", "ust_ilimsk"])


async def finished(play: Play, slug: str, **more: bool) -> Staff:
    """A staffed school in which Anna has answered everything."""
    staff = await staffed(play, slug, **more)
    await bring(play, slug, person=staff.anna)
    return staff


async def send(anna: Person) -> None:
    """Anna sends her card from her home screen."""
    await anna.presses("На согласование")
    await anna.sees("Отправить на согласование")
    await anna.presses("Отправить")
    await anna.sees("Карта на согласовании")


async def agree(person: Person) -> None:
    """An approver agrees under the notice."""
    await person.sees("карта ждёт вашего решения")
    await person.presses("Согласовать")
    await person.sees("Согласовано")


async def joined(play: Play, staff: Staff, teacher: Person) -> Person:
    """One more teacher of the school."""

    def unit(conn: Connection) -> None:
        person = people.arrive(conn, teacher.id, play.clock.now())
        memberships.join(conn, person.id, staff.school.id, "teacher", play.clock.now(), name="Верина Вера")

    await play.app.database.write(unit)
    return teacher


@SLUGS
async def test_two_agree_and_the_plan_begins(sqlite_play: Play, slug: str) -> None:
    staff = await finished(sqlite_play, slug)
    await send(staff.anna)
    assert (await facts_of(sqlite_play, staff.anna)).state is State.ON_REVIEW

    await agree(staff.elena)
    assert (await facts_of(sqlite_play, staff.anna)).step == 1
    await agree(staff.dmitry)

    await staff.anna.sees("Карта утверждена")
    await staff.boris.sees("Карта утверждена: Светлова Анна Ильинична")
    facts = await facts_of(sqlite_play, staff.anna)
    assert facts.state is State.APPROVED
    journey = await stored(sqlite_play, lambda conn: journeys.load(conn, facts.route_id))
    assert [(one.kind, one.name) for one in journey.decisions] == [
        ("sent", "Светлова Анна Ильинична"),
        ("agreed", "Еленина Елена Сергеевна"),
        ("agreed", "Дмитриев Дмитрий Ильич"),
    ]
    assert await stored(sqlite_play, lambda conn: snapshots.newest(conn, facts.route_id)) is not None


async def test_a_card_comes_back_with_a_remark_and_goes_again(sqlite_play: Play) -> None:
    staff = await finished(sqlite_play, "stavropol")
    await send(staff.anna)
    await staff.elena.sees("карта ждёт вашего решения")
    await staff.elena.presses("Вернуть с замечанием")
    await staff.elena.sees("Напишите одним сообщением")
    await staff.elena.presses("Точки роста и задачи")
    await staff.elena.sees("Замечание: Точки роста и задачи.")
    await staff.elena.says("Добавьте <b>число</b> к результату")
    await staff.elena.sees("Карта возвращена")

    await staff.anna.sees("Точки роста и задачи: Добавьте <b>число</b> к результату")
    assert (await facts_of(sqlite_play, staff.anna)).state is State.RETURNED
    await staff.anna.presses("Открыть")
    await staff.anna.sees("вернули")
    await staff.anna.presses("На согласование")
    await staff.anna.presses("Отправить")
    await staff.anna.sees("Карта на согласовании")
    await agree(staff.elena)


async def test_a_remark_points_at_one_line(sqlite_play: Play) -> None:
    staff = await finished(sqlite_play, "stavropol")
    facts = await facts_of(sqlite_play, staff.anna)
    task = facts.text("task", facts.rows("tasks")[0].id)
    await send(staff.anna)
    await staff.elena.sees("карта ждёт вашего решения")
    await staff.elena.presses("Вернуть с замечанием")
    await staff.elena.presses("Точки роста и задачи")
    await staff.elena.sees("Можно нажать строку")
    await staff.elena.presses(data=forged(staff.elena, "line", "r999999"), stale=True)  # no line of hers
    await staff.elena.sees("Замечание: Точки роста и задачи.")
    await staff.elena.presses("Назад")
    await staff.elena.sees("Выберите раздел")
    await staff.elena.presses("Точки роста и задачи")
    await staff.elena.presses(task[:30])
    await staff.elena.sees(f"Замечание: Точки роста и задачи, «{task}»")
    await staff.elena.says("Уточните срок")
    await staff.elena.sees("Карта возвращена")
    await staff.anna.sees(f"Точки роста и задачи, «{task}»: Уточните срок")


async def test_an_old_agree_button_does_not_agree_to_a_changed_card(sqlite_play: Play) -> None:
    staff = await finished(sqlite_play, "stavropol")
    await send(staff.anna)
    old = await staff.elena.sees_button("Согласовать")
    await staff.anna.presses("Отозвать карту")
    await staff.anna.sees("Карта снова у вас")
    await staff.elena.presses(data=old.data, stale=True)
    await staff.elena.sees("не действует")
    assert (await facts_of(sqlite_play, staff.anna)).state is State.DRAFT

    await send(staff.anna)
    await staff.elena.sees("карта ждёт вашего решения")
    await staff.elena.presses(data=old.data, stale=True)
    await staff.elena.sees("изменилась, пока была открыта")
    assert (await facts_of(sqlite_play, staff.anna)).step == 0


async def test_an_opened_card_is_not_recalled(sqlite_play: Play) -> None:
    staff = await finished(sqlite_play, "stavropol")
    await send(staff.anna)
    await staff.elena.presses("Открыть")
    await staff.elena.sees("Карта ждёт вас")
    await staff.anna.presses("Отозвать карту")
    await staff.anna.sees("Карту уже открыли")
    assert (await facts_of(sqlite_play, staff.anna)).state is State.ON_REVIEW


async def test_a_slip_is_undone_until_somebody_goes_on(sqlite_play: Play) -> None:
    staff = await finished(sqlite_play, "stavropol")
    await send(staff.anna)
    await agree(staff.elena)
    await staff.elena.presses("Отменить")
    await staff.elena.sees("Отменено: 1")
    assert (await facts_of(sqlite_play, staff.anna)).step == 0


async def test_nobody_else_agrees(sqlite_play: Play) -> None:
    staff = await finished(sqlite_play, "stavropol")
    await send(staff.anna)
    button = await staff.elena.sees_button("Согласовать")
    for other in (staff.boris, staff.dmitry, staff.galina, staff.anna):
        await other.presses(data=button.data, stale=True)
        await other.sees("не действует")
    facts = await facts_of(sqlite_play, staff.anna)
    assert (facts.state, facts.step) == (State.ON_REVIEW, 0)


async def test_what_was_sent_can_not_be_edited(sqlite_play: Play) -> None:
    staff = await finished(sqlite_play, "stavropol")
    await send(staff.anna)
    before = await facts_of(sqlite_play, staff.anna)
    await puts(sqlite_play, staff.anna, Place("ask", "position", walk="fix"))
    await staff.anna.says("директор")
    await staff.anna.sees("править её нельзя")
    assert (await facts_of(sqlite_play, staff.anna)).answers == before.answers


async def test_a_teacher_of_no_school_goes_on_alone(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol")
    await anna.presses("На согласование")
    await anna.sees("подписи поставите ручкой")
    await anna.presses("Отправить")
    await anna.sees("Карта утверждена")


async def test_the_notice_goes_once(sqlite_play: Play) -> None:
    staff = await finished(sqlite_play, "stavropol")
    await send(staff.anna)
    await staff.elena.sees("карта ждёт вашего решения")

    await staff.elena.settled()
    await sqlite_play.app.courier.deliver()
    said = [one for one in staff.elena.messages if "карта ждёт вашего решения" in one.text]
    assert len(said) == 1

    def planned(conn: Connection) -> list[str]:
        mine = notice.select().where(notice.c.person_id == id_of(conn, staff.elena))
        return [row.kind for row in conn.execute(mine)]

    assert await stored(sqlite_play, planned) == ["review"]


async def test_all_that_was_shown_is_agreed_at_once_and_undone(sqlite_play: Play) -> None:
    staff = await finished(sqlite_play, "stavropol")
    vera = newcomer(sqlite_play, "Вера")
    await bring(sqlite_play, "stavropol", person=await joined(sqlite_play, staff, vera))
    await send(staff.anna)
    await send(vera)
    await staff.elena.says("/menu")
    await staff.elena.presses("Ждут вас")
    await staff.elena.sees("Ждут вас: 2")
    await staff.elena.presses("Согласовать все")
    await staff.elena.sees("Согласовать все?")
    await vera.presses("Отозвать карту")
    await vera.sees("Карта снова у вас")
    await staff.elena.presses("Да, согласовать")
    await staff.elena.sees("Согласовано карт: 1")
    assert (await facts_of(sqlite_play, staff.anna)).step == 1
    assert (await facts_of(sqlite_play, vera)).state is State.DRAFT
    await staff.elena.presses("Отменить")
    await staff.elena.sees("Отменено: 1")
    assert (await facts_of(sqlite_play, staff.anna)).step == 0


async def test_a_mentor_whose_access_is_closed_sees_no_card(sqlite_play: Play) -> None:
    staff = await finished(sqlite_play, "stavropol", open_card=False)
    route_id = (await facts_of(sqlite_play, staff.anna)).route_id
    await puts(sqlite_play, staff.boris, Place("case", row=route_id, back=Place("queue")))
    await staff.boris.sees("Педагог ещё не открыл вам карту")
    await staff.boris.presses(data=forged(staff.boris, "read_card"), stale=True)
    await staff.boris.settled()
    assert not staff.boris.documents

    def known(conn: Connection) -> list[bool]:
        boris = id_of(conn, staff.boris)
        return [routes.seen(conn, boris, route_id, fact) is not None for fact in (Fact.STATE, Fact.CARD)]

    assert await stored(sqlite_play, known) == [True, False]
