"""«Чем могу поделиться»: written down, shown, asked for by a colleague, answered, hidden again; and where the
finished card goes."""

from handlers.place import Place
from tests.conversation.coordinators import coordinator, set_up
from tests.conversation.given import ONE_LOOP, bring, facts_of, forged, newcomer, puts
from tests.conversation.test_imports import teaches
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

S = "stavropol"


async def test_a_colleague_with_that_point_of_growth_is_offered_it_and_asks(sqlite_play: Play) -> None:
    galina, school = await coordinator(sqlite_play)
    school = await set_up(sqlite_play, galina, school, slug=S)
    anna, boris = newcomer(sqlite_play), newcomer(sqlite_play, "Борис")
    for person in (anna, boris):
        await teaches(sqlite_play, person, school)
        await bring(sqlite_play, S, "events", person=person)
    growth = (await facts_of(sqlite_play, anna)).rows("growth")[0].id
    await puts(sqlite_play, boris, Place("menu"))
    await boris.presses("Чем могу поделиться")
    await boris.says("ы")
    await boris.sees("от 3 до 150 знаков")
    await boris.says("Банк задач с параметром")
    await boris.presses("Информационный")
    await boris.presses("Предметные")
    await boris.sees("Пока это видите только вы")
    await puts(sqlite_play, anna, Place("ask", "events", growth, walk="fix"))
    anna.never_sees("Банк задач")
    await boris.presses("Показать коллегам")
    await boris.sees("Теперь это видят коллеги")

    await puts(sqlite_play, anna, Place("ask", "events", growth, walk="fix"))
    await anna.sees("Коллега делится: Банк задач с параметром")
    await anna.presses("Спросить: Банк задач с параметром")
    await anna.sees("Спросил у коллеги про «Банк задач с параметром»")
    await anna.presses("Спросить: Банк задач с параметром")
    await anna.sees("вы уже спрашивали")
    await sqlite_play.app.courier.deliver()
    await boris.sees("Коллега спрашивает, поделитесь ли вы: «Банк задач с параметром».")
    await boris.presses("Поделюсь")
    await boris.sees("Ответил коллеге")
    await sqlite_play.app.courier.deliver()
    await anna.sees("поделится с вами: «Банк задач с параметром»")

    await puts(sqlite_play, boris, Place("resources"))
    await boris.sees("коллегам видно: 1")
    await boris.presses("◉ Банк задач с параметром")
    await boris.presses("Скрыть от коллег")
    await boris.sees("Видите только вы.")
    await boris.presses("Удалить")
    await boris.sees("Удалено: Банк задач с параметром.")
    await puts(sqlite_play, anna, Place("ask", "events", growth, walk="fix"))
    assert "Банк задач" not in anna.screen.text


async def test_what_nobody_asked_is_not_answered(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, S, "events")
    for verb in ("share_resource", "keep_resource"):
        await anna.presses(data=f"f:{verb}:1:2", stale=True)
        await anna.sees("Та кнопка уже не действует")
    await anna.presses(data=forged(anna, "ask_colleague", "1"), stale=True)
    await anna.sees("Этим уже не делятся.")


async def test_the_card_says_where_it_goes_and_nothing_is_sent(sqlite_play: Play) -> None:
    galina, school = await coordinator(sqlite_play)
    school = await set_up(sqlite_play, galina, school, slug=S)
    await galina.presses("Настройки школы")
    await galina.presses("Куда отправлять карту")
    await galina.says("не адрес")
    await galina.sees("Не похоже на адрес почты")
    await galina.says("iom@school5.example.org")
    await galina.sees("Куда отправлять карту: iom@school5.example.org")
    anna = newcomer(sqlite_play)
    await teaches(sqlite_play, anna, school)
    await bring(sqlite_play, S, "events", person=anna)
    await anna.says("/card")
    await anna.sees("Готовую карту отправляют на iom@school5.example.org – сами, бот её не пересылает.")
    await galina.presses("Куда отправлять карту")
    await galina.says("нет")
    await galina.sees("Куда отправлять карту: не указано")
    await anna.says("/card")
    await anna.settled()
    assert "отправляют" not in anna.screen.text
