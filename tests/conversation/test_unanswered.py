"""A question that nobody answers for three days, for a week: the coordinator sees it, not its words."""

from bot.phone.person import Person
from handlers.place import Place
from tests.conversation.given import ONE_LOOP, forged, here, newcomer, puts, texts
from tests.conversation.given_finish import school_of
from tests.conversation.given_life import carried_out, helper
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

SECRET = "Можно ли показать урок в записи?"


async def asks(play: Play, anna: Person) -> None:
    await puts(play, anna, Place("inquire"))
    await anna.says(SECRET)
    await anna.sees("Вопрос передан")


async def test_after_three_days_the_coordinator_sees_who_waits_for_whom(sqlite_play: Play) -> None:
    life, by = await school_of(sqlite_play, "coordinator")
    galina, boris = by["coordinator"], by["mentor"]
    await asks(sqlite_play, life.teacher)
    await puts(sqlite_play, galina, Place("school", row=life.organisation.id))
    assert not [text for text in texts(galina) if text.startswith("Вопросы без ответа")]
    sqlite_play.clock.passes(days=3)
    await puts(sqlite_play, galina, Place("school", row=life.organisation.id))
    await galina.sees("Педагоги ждут ответа на вопрос дольше трёх дней: 1")
    await galina.presses("Вопросы без ответа (1)")
    shown = await galina.sees("3 дн., ждём: Ольхов Борис")
    assert "дольше недели" not in shown.text
    sqlite_play.clock.passes(days=4)
    await puts(sqlite_play, galina, Place("unanswered"))
    await galina.sees("дольше недели – 1")
    await galina.presses(next(text for text in texts(galina) if text != "Назад"))
    await galina.sees("Ход: наставник")
    await galina.presses("Назад")
    await galina.sees("Вопросы без ответа: 1")
    galina.never_sees(SECRET)
    await puts(sqlite_play, boris, Place("queue"))
    await boris.presses(next(text for text in texts(boris) if "вопрос" in text))
    await boris.says("Да")
    await boris.sees("Ответ передан")
    await puts(sqlite_play, galina, Place("unanswered"))
    await galina.sees("Все вопросы с ответом")


async def test_another_school_and_a_mentor_see_nothing_of_it(sqlite_play: Play) -> None:
    life, by = await school_of(sqlite_play)
    nina = newcomer(sqlite_play, "Нина")
    other = await carried_out(sqlite_play)
    await helper(sqlite_play, nina, "coordinator", other.organisation)
    await asks(sqlite_play, life.teacher)
    sqlite_play.clock.passes(days=8)
    await puts(sqlite_play, nina, Place("unanswered"))
    await nina.sees("Все вопросы с ответом")
    await nina.presses(data=forged(nina, "case", str(life.route_id)), stale=True)
    await nina.settled()
    assert "Все вопросы с ответом" in here(nina).text
    await puts(sqlite_play, by["mentor"], Place("unanswered"))
    await by["mentor"].sees("Ждут вас: 1")
