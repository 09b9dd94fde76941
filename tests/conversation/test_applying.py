"""A teacher applies uninvited by the school's public code; a coordinator answers (004 п. 1.7)."""

from bot.phone.person import Person
from handlers.place import Place
from storage import organisations
from tests.conversation.given import ONE_LOOP, newcomer, puts, stored, texts
from tests.conversation.given_roles import School, rainbow, roles_of
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP


async def door(play: Play, where: School) -> str:
    """Galina makes the code and hands it out."""
    await puts(play, where.galina, Place("door", row=where.organisation.id))
    await where.galina.presses("Сделать код")
    shown = await where.galina.sees("Код: ")
    return shown.text.partition("Код: ")[2].split()[0]


async def applies(play: Play, code: str, name: str = "Светлова Анна") -> Person:
    """Anna types the code at the first screen, agrees and says who she is."""
    anna = newcomer(play)
    await anna.start()
    await anna.sees("Вы согласны")
    await anna.says(code)
    await anna.sees("участвовать без приглашения")
    await anna.presses("Дальше")
    await anna.presses("Согласен")
    await anna.sees("Как вас представить?")
    await anna.says(name)
    await anna.sees("Просьба отправлена")
    return anna


async def test_she_is_taken_and_begins(sqlite_play: Play) -> None:
    where = await rainbow(sqlite_play)
    anna = await applies(sqlite_play, await door(sqlite_play, where))
    await where.galina.sees("Светлова Анна просит принять")
    assert await roles_of(sqlite_play, anna) == []
    await where.galina.presses("Принять")
    await where.galina.sees("Светлова Анна: принято")
    await anna.sees("Вас приняли: Гимназия «Радуга»")
    assert await roles_of(sqlite_play, anna) == ["teacher"]
    await anna.presses("Продолжить")
    await anna.sees("Кем вы работаете?")
    await where.galina.settled()


async def test_she_is_turned_down_kindly_and_has_no_right(sqlite_play: Play) -> None:
    where = await rainbow(sqlite_play)
    anna = await applies(sqlite_play, await door(sqlite_play, where))
    await where.galina.sees("просит принять")
    await where.galina.presses("Отклонить")
    await where.galina.sees("просьба отклонена")
    await anna.sees("просьба пока не принята")
    assert await roles_of(sqlite_play, anna) == []


async def test_both_answers_at_once_count_as_the_first(sqlite_play: Play) -> None:
    where = await rainbow(sqlite_play)
    anna = await applies(sqlite_play, await door(sqlite_play, where))
    await where.galina.sees("просит принять")
    await where.galina.presses("Принять")
    await where.galina.presses("Отклонить", hurry=True)
    await where.galina.settled()
    assert await roles_of(sqlite_play, anna) == ["teacher"]
    anna.never_sees("пока не принята")


async def test_asking_twice_disturbs_nobody_twice(sqlite_play: Play) -> None:
    where = await rainbow(sqlite_play)
    code = await door(sqlite_play, where)
    anna = await applies(sqlite_play, code)
    await anna.says("/menu")
    await anna.presses("У меня есть код")
    await anna.says(code)
    await anna.says("Светлова А.")
    await anna.sees("уже отправлена")


async def test_a_code_that_was_taken_away_is_like_any_wrong_one(sqlite_play: Play) -> None:
    where = await rainbow(sqlite_play)
    code = await door(sqlite_play, where)
    await where.galina.presses("Убрать код")
    await where.galina.sees("Кода нет")
    vera = newcomer(sqlite_play, "Вера")
    await vera.start()
    await vera.sees("Вы согласны")
    await vera.says(code)
    await vera.sees("Этот код не подходит")
    vera.never_sees("Радуга")


async def test_a_stranger_answers_no_application(sqlite_play: Play) -> None:
    where = await rainbow(sqlite_play)
    anna = await applies(sqlite_play, await door(sqlite_play, where))
    await where.galina.sees("просит принять")
    admit = next(
        button.data
        for message in where.galina.messages
        for row in message.buttons
        for button in row
        if button.text == "Принять"
    )
    other = await rainbow(sqlite_play)
    await puts(sqlite_play, other.galina, Place("queue"))
    await other.galina.presses(data=admit, stale=True)
    await other.galina.settled()
    assert await roles_of(sqlite_play, anna) == []
    other.galina.never_sees("Светлова")


async def test_the_list_has_who_asks_and_the_settings_keep_everything_else(sqlite_play: Play) -> None:
    where = await rainbow(sqlite_play)
    await applies(sqlite_play, await door(sqlite_play, where))
    await puts(sqlite_play, where.galina, Place("door", row=where.organisation.id))
    await where.galina.sees("Просят принять (1): Светлова Анна")
    await where.galina.sees("просит принять")  # the courier's notice, above the list or below it
    assert "✓ Светлова Анна" in texts(where.galina)
    await where.galina.presses("✓ Светлова Анна")
    await where.galina.sees("Новых просьб нет")
    found = await stored(sqlite_play, lambda conn: organisations.by_id(conn, where.organisation.id))
    assert found is not None
    assert set(found.settings) == {"door"}
