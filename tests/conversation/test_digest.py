"""The coordinator's digest: numbers, the lists behind them, reminding by a tap; a stranger sees nothing."""

from tests.conversation.given import ONE_LOOP, newcomer, puts
from tests.conversation.given_life import carried_out, helper
from tests.stage import Play
from handlers.place import Place

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP


async def test_look(sqlite_play: Play) -> None:
    play = sqlite_play
    boris, galina = newcomer(play, "Борис"), newcomer(play, "Галина")
    life = await carried_out(play, mentor=boris)
    await helper(play, galina, "coordinator", life.organisation, name="Галкина Галина Олеговна", post="завуч")
    await carried_out(play, organisation=life.organisation)

    async def look(p, *presses):
        for one in presses:
            await p.presses(one)
        await p.settled()
        print("-----", presses)
        print(p.screen.text)
        print(
            [b.text for row in p.screen.buttons for b in (row if isinstance(row, (list, tuple)) else [row])]
        )

    await galina.says("/digest")
    await look(galina)
    await look(galina, "Просрочено")
    name = p = None
    await look(galina, "Назад", "Ещё: списки и отчёты")
    await look(galina, "Точки роста")
    await look(galina, "Назад", "Результаты обучающихся")
    await galina.says("Математика 62")
    await look(galina)
    await look(galina, "Назад", "Таблица Excel")
    await look(galina, "Картинка")
    await look(galina, "Отчёт за год")
    await boris.says("/digest")
    await look(boris)
    await look(
        boris,
        boris.screen.buttons[0].text
        if not isinstance(boris.screen.buttons[0], (list, tuple))
        else boris.screen.buttons[0][0].text,
    )
    await look(boris, "Напомнить")
    await look(boris, "Отправить")
    await look(life.teacher)
    print([type(d) for d in dir(galina)][:1])
    assert 0
