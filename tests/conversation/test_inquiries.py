"""«Спросить»: from the menu and beside a line, to the companion and back."""

import pytest
from sqlalchemy import Connection

from handlers.place import Place
from storage import queues
from tests.conversation.given import ONE_LOOP, here, id_of, newcomer, puts, stored
from tests.conversation.given_life import LINES, carried_out, closes, fact_press, helper, own_route, told
from tests.regulations.given import REAL
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP
COURSE = LINES[0][0]


@pytest.mark.parametrize("slug", REAL)
async def test_a_question_about_a_line_is_answered_beside_the_line(sqlite_play: Play, slug: str) -> None:
    boris = newcomer(sqlite_play, "Борис")
    life = await carried_out(sqlite_play, mentor=boris, slug=slug)
    anna = life.teacher
    await puts(sqlite_play, anna, Place("line", row=life.lines[0]))
    await anna.presses("Спросить")
    await anna.sees("О чём спросить?")
    await anna.says("Подойдёт ли вебинар вместо курса?")
    await anna.sees("✓ Вопрос передан")
    await anna.sees("Ответа пока нет")
    await told(sqlite_play, boris)
    await boris.sees("спрашивает о строке «" + COURSE)
    await boris.sees("Подойдёт ли вебинар")
    await boris.presses("Ответить")
    await boris.sees("Напишите ответ")
    await boris.says("Подойдёт, если от 16 часов")
    await boris.sees("✓ Ответ передан")
    await told(sqlite_play, anna)
    await anna.sees("Ответ на ваш вопрос о строке «" + COURSE)
    await anna.sees("Подойдёт, если от 16 часов")
    await anna.presses("Открыть")
    await anna.sees("Ответ: Подойдёт, если от 16 часов")


async def test_a_question_from_the_menu(sqlite_play: Play) -> None:
    boris = newcomer(sqlite_play, "Борис")
    life = await carried_out(sqlite_play, mentor=boris)
    anna = life.teacher
    await anna.says("/menu")
    await anna.presses("Спросить")
    await anna.says("Когда мы встретимся?")
    await anna.sees("✓ Вопрос передан")
    await told(sqlite_play, boris)
    await boris.sees("Когда мы встретимся?")
    assert (await life.journey()).inquiries[0].entry_id == 0
    waiting = await stored(sqlite_play, lambda conn: _waiting(conn, id_of(conn, boris)))
    assert waiting == ["inquiry"]


def _waiting(conn: Connection, person_id: int) -> list[str]:
    return [one.kind for one in queues.waiting(conn, person_id)]


async def test_without_a_companion_there_is_a_kind_word(sqlite_play: Play) -> None:
    life = await carried_out(sqlite_play)
    await puts(sqlite_play, life.teacher, Place("inquire"))
    await life.teacher.sees("Пока вас никто не сопровождает")
    await life.teacher.says("Есть кто-нибудь?")
    await life.teacher.sees("Пока вопрос некому передать")
    assert (await life.journey()).inquiries == ()


async def test_a_companion_whose_access_is_closed_hears_nothing(sqlite_play: Play) -> None:
    boris = newcomer(sqlite_play, "Борис")
    life = await carried_out(sqlite_play, mentor=boris, opened=False)
    await puts(sqlite_play, life.teacher, Place("inquire"))
    await life.teacher.sees("доступ к вашей карте закрыт")
    await life.teacher.says("Слышно?")
    await told(sqlite_play, life.teacher, boris)
    boris.never_sees("Слышно?")


async def test_nobody_to_ask_about_a_route_of_ones_own(sqlite_play: Play) -> None:
    life = await own_route(sqlite_play)
    await puts(sqlite_play, life.teacher, Place("line", row=life.lines[0]))
    assert "Спросить" not in [button.text for row in here(life.teacher).buttons for button in row]
    await puts(sqlite_play, life.teacher, Place("inquire"))
    life.teacher.never_sees("О чём спросить?")


async def test_words_too_long_or_none(sqlite_play: Play) -> None:
    life = await carried_out(sqlite_play, mentor=newcomer(sqlite_play, "Борис"))
    await puts(sqlite_play, life.teacher, Place("inquire"))
    await life.teacher.says("?!")
    await life.teacher.sees("Не вижу слов")
    await life.teacher.says("длинно " * 200)
    await life.teacher.sees("а помещается 1000")
    assert (await life.journey()).inquiries == ()


async def test_of_two_answers_the_first_counts(sqlite_play: Play) -> None:
    boris = newcomer(sqlite_play, "Борис")
    life = await carried_out(sqlite_play, mentor=boris)
    await puts(sqlite_play, life.teacher, Place("inquire"))
    await life.teacher.says("Где взять бланк?")
    await told(sqlite_play, life.teacher, boris)
    press = fact_press(boris, "Ответить")
    await boris.presses(data=press)
    await boris.says("У координатора")
    await boris.sees("✓ Ответ передан")
    await boris.presses(data=press)
    await boris.sees("Ответ уже дан: У координатора")
    await boris.says("Передумал")
    await boris.sees("На этот вопрос уже ответили")
    assert (await life.journey()).inquiries[0].answer == "У координатора"


async def test_strangers_and_closed_mentors_do_not_answer(sqlite_play: Play) -> None:
    boris, vera, other = (newcomer(sqlite_play, name) for name in ("Борис", "Вера", "Олег"))
    life = await carried_out(sqlite_play, mentor=boris)
    await helper(sqlite_play, vera, "coordinator", life.organisation)
    await carried_out(sqlite_play, mentor=other, organisation=life.organisation)
    await puts(sqlite_play, life.teacher, Place("inquire"))
    await life.teacher.says("Личный вопрос")
    await told(sqlite_play, life.teacher, boris)
    press = fact_press(boris, "Ответить")
    for one in (vera, other):
        await one.presses(data=press, stale=True)
        await one.sees("Та кнопка уже не действует")
        one.never_sees("Личный вопрос")
    await boris.presses(data=press)
    await boris.sees("Напишите ответ")
    await closes(life)
    await boris.says("Поздно")
    await boris.presses(data=press, stale=True)
    await boris.sees("Та кнопка уже не действует")
    assert (await life.journey()).inquiries[0].answered_at is None


async def test_markup_in_a_question_is_only_words(sqlite_play: Play) -> None:
    boris = newcomer(sqlite_play, "Борис")
    life = await carried_out(sqlite_play, mentor=boris)
    await puts(sqlite_play, life.teacher, Place("inquire"))
    await life.teacher.says("<b>Важно</b> & {{ secret }}")
    await told(sqlite_play, life.teacher, boris)
    await boris.sees("<b>Важно</b> & {{ secret }}")
