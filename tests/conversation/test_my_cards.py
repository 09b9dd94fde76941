"""Several cards of one teacher, where the regulation lets her have them (004 п. 3.1.5)."""

from handlers.place import Place
from tests.conversation.given import ONE_LOOP, bring, facts_of, forged, newcomer, puts, texts
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP


async def test_a_second_card_by_its_track_and_back_to_the_first(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "ust_ilimsk")
    first = await facts_of(sqlite_play, anna)
    await anna.says("/settings")
    await anna.presses("Мои карты")
    await anna.sees("Мои карты: 1")
    await anna.presses("Ещё одна карта")
    await anna.sees("Назовите тему")
    await anna.says("😀")
    await anna.sees("Не вижу слов")
    await anna.says("Работа с <родителями>")
    await anna.settled()
    second = await facts_of(sqlite_play, anna)
    assert second.route_id != first.route_id
    assert second.track == "Работа с <родителями>"

    await anna.says("/settings")
    await anna.presses("Мои карты")
    await anna.sees("Мои карты: 2")
    assert next(text for text in texts(anna) if text.startswith("✓")).startswith("✓ Работа с <родителями>")
    await anna.presses("Карта ИОМ, Усть-Илимск")
    await anna.settled()
    again = await facts_of(sqlite_play, anna)
    assert (again.route_id, again.answers) == (first.route_id, first.answers)


async def test_nobody_takes_the_card_of_another(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "ust_ilimsk")
    vera = await bring(sqlite_play, "ust_ilimsk", person=newcomer(sqlite_play, "Вера"))
    hers = await facts_of(sqlite_play, vera)
    await puts(sqlite_play, vera, Place("my_cards"))
    annas = (await facts_of(sqlite_play, anna)).route_id
    await vera.presses(data=forged(vera, "card_of", str(annas)), stale=True)
    await vera.settled()
    assert (await facts_of(sqlite_play, vera)).route_id == hers.route_id


async def test_a_regulation_of_one_card_offers_no_second(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol")
    await anna.says("/settings")
    await anna.sees("Настройки")
    assert "Мои карты" not in texts(anna)
    before = await facts_of(sqlite_play, anna)
    await puts(sqlite_play, anna, Place("new_track"))
    await anna.says("Вторая")
    await anna.settled()
    assert await facts_of(sqlite_play, anna) == before
