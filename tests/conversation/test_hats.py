"""Several roles in one account, how one is printed, and leaving: rights end at once."""

from handlers.place import Place
from storage import memberships, pairings, people
from tests.conversation.given import ONE_LOOP, bring, facts_of, here, id_of, puts, stored, texts
from tests.conversation.given_roles import helper, joins, paired, rainbow, roles_of, teacher
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP


async def hat_of(play: Play, telegram_id: int) -> str:
    """The role she looks with, as committed."""
    found = await stored(play, lambda conn: people.known(conn, telegram_id))
    assert found is not None
    return found.hat


async def test_who_has_one_role_is_offered_no_switch(sqlite_play: Play) -> None:
    where = await rainbow(sqlite_play)
    boris = await helper(sqlite_play, where, "mentor", "Борис", "Громов Борис")
    await boris.says("/menu")
    await boris.sees("Что открыть?")
    assert "Сменить роль" not in texts(boris)
    assert {"Ждут вас", "Люди", "Настройки", "Мои данные", "Помощь"} <= set(texts(boris))
    assert not {"Моя карта", "План"} & set(texts(boris))


async def test_a_teacher_who_mentors_too_looks_as_either(sqlite_play: Play) -> None:
    where = await rainbow(sqlite_play)
    anna = await teacher(sqlite_play, where)
    await sqlite_play.app.database.write(
        lambda conn: joins(conn, sqlite_play, anna, where.organisation, "mentor", "Светлова Анна")
    )
    await anna.says("/menu")
    await anna.presses("Сменить роль")
    await anna.sees("Кем вы хотите смотреть")
    assert {"Педагог · Гимназия «Радуга»", "✓ Тьютор · Гимназия «Радуга»"} <= set(texts(anna))
    await anna.presses("Педагог · Гимназия «Радуга»")
    await anna.sees("в роли «педагог»")
    assert await hat_of(sqlite_play, anna.id) == ""
    await anna.says("/menu")
    await anna.sees("Что открыть?")
    assert "Моя карта" in texts(anna)
    await anna.presses("Сменить роль")
    await anna.presses("Тьютор · Гимназия «Радуга»")
    await anna.sees("Вас никто не ждёт")
    assert await hat_of(sqlite_play, anna.id) == "mentor"


async def test_a_hat_of_a_role_that_was_taken_is_taken_off(sqlite_play: Play) -> None:
    where = await rainbow(sqlite_play)
    anna = await teacher(sqlite_play, where)
    await sqlite_play.app.database.write(
        lambda conn: joins(conn, sqlite_play, anna, where.organisation, "mentor")
    )
    await sqlite_play.app.database.write(
        lambda conn: memberships.leave(
            conn, id_of(conn, anna), where.organisation.id, sqlite_play.clock.now(), role="mentor"
        )
    )
    await anna.start()
    await anna.sees("первый вопрос карты")
    assert await hat_of(sqlite_play, anna.id) == ""


async def test_leaving_takes_two_steps_and_ends_every_right(sqlite_play: Play) -> None:
    where = await rainbow(sqlite_play)
    anna = await teacher(sqlite_play, where)
    boris = await helper(sqlite_play, where, "mentor", "Борис")
    pairing_id = await paired(sqlite_play, where, anna, boris, opened=True)
    facts = await facts_of(sqlite_play, anna)
    await puts(sqlite_play, boris, Place("case", row=facts.route_id, back=Place("queue")))
    await boris.sees("Составляет карту")
    await boris.says("/settings")
    await boris.presses("Уйти из организации")
    await boris.presses("Гимназия «Радуга»")
    await boris.sees("закончатся сразу")
    await boris.presses("Остаться")
    await boris.sees("Часовой пояс")
    assert await roles_of(sqlite_play, boris) == ["mentor"]
    await boris.presses("Уйти из организации")
    await boris.presses("Гимназия «Радуга»")
    await boris.presses("Да, уйти")
    await boris.sees("Вы больше не в «Гимназия «Радуга»»")
    assert await roles_of(sqlite_play, boris) == []
    pair = await stored(sqlite_play, lambda conn: pairings.by_id(conn, pairing_id))
    assert pair is not None
    assert pair.ended_at is not None
    await puts(sqlite_play, boris, Place("case", row=facts.route_id, back=Place("queue")))
    await boris.settled()
    assert "Составляет карту" not in here(boris).text


async def test_a_teacher_who_left_keeps_her_card(sqlite_play: Play) -> None:
    where = await rainbow(sqlite_play)
    anna = await teacher(sqlite_play, where)
    await anna.says("/settings")
    await anna.presses("Уйти из организации")
    await anna.presses("Гимназия «Радуга»")
    await anna.presses("Да, уйти")
    await anna.sees("первый вопрос карты")
    await anna.says("/settings")
    await anna.sees("Часовой пояс")
    assert "Уйти из организации" not in texts(anna)


async def test_whoever_belongs_nowhere_has_nothing_to_leave(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "position")
    await puts(sqlite_play, anna, Place("leaving"))
    await anna.sees("первый вопрос карты")
