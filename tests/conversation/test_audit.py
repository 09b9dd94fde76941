"""002 Алгоритм 9: the methodical audit after the conclusion; hours are counted by themselves."""

from bot.iom.facts import State
from handlers.place import Place
from tests.conversation.given import ONE_LOOP, puts
from tests.conversation.given_finish import card
from tests.conversation.given_life import told
from tests.conversation.test_concluding import to_write, writes
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP


async def test_the_coordinator_confirms_the_hours_and_the_route_is_over(sqlite_play: Play) -> None:
    life, by = await to_write(sqlite_play, "coordinator", slug="odintsovo")
    boris, galina, anna = by["mentor"], by["coordinator"], life.teacher
    await puts(sqlite_play, boris, Place("hours", row=life.route_id, back=Place("queue")))
    for what, spent in (("Консультация", "1,5"), ("Посещение урока", "2")):
        await boris.presses(what)
        await boris.presses(spent)
        await boris.presses("Сегодня")
        await boris.sees("Что записать?")
    await writes(sqlite_play, life, boris)
    await told(sqlite_play, anna)
    await anna.presses("Ознакомлен(а)")
    await anna.settled()
    assert (await life.facts()).state is State.AUDIT
    await told(sqlite_play, galina)
    await galina.presses("Открыть")
    shown = await galina.sees("Часы: курсы")
    assert "Часы: курсы 0, другое 0, консультации 1,5, посещения уроков 2." in shown.text
    await galina.presses("Часы верны")
    await galina.settled()
    assert (await life.facts()).state is State.COMPLETED
    assert "('Индивидуальные консультации', '1,5')" in await card(life)
