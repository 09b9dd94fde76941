"""«Напомнить»: she sees the words before they go; from whomever, no more than one in three days."""

from bot.iom.facts import State
from handlers.place import Place
from storage import pairings
from tests.conversation.given import ONE_LOOP, forged, id_of, newcomer, puts
from tests.conversation.given_digest import GALINA, Watched, looked_after, said
from tests.conversation.given_life import carried_out, helper, planned_notices, told
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

LATE = "Статья о диагностике – 20 ноября 2026 г."


async def nudges(play: Play, there: Watched) -> list[str]:
    """What became of those to Anna, oldest first."""
    return [state for kind, state in await planned_notices(play, there.anna) if kind == "nudge"]


async def test_she_sees_the_words_before_they_go(sqlite_play: Play) -> None:
    there = await looked_after(sqlite_play)
    galina, anna = there.galina, there.anna
    await puts(sqlite_play, galina, Place("case", row=there.life.route_id))
    await galina.presses("Напомнить")
    await galina.sees("Педагог получит сообщение")
    preview = galina.screen.text
    assert f"{GALINA}, координатор ИОМ, напоминает о вашем маршруте." in preview
    assert LATE in preview
    anna.never_sees("напоминает")
    await galina.presses("Отправить")
    await galina.sees("✓ Напоминание отправлено")
    await told(sqlite_play, anna)
    assert anna.screen.text in preview
    await anna.presses("Открыть")
    await anna.sees("Маршрут идёт")


async def test_nobody_reminds_again_for_three_days(sqlite_play: Play) -> None:
    there = await looked_after(sqlite_play)
    for person in (there.galina, there.boris):
        await puts(sqlite_play, person, Place("nudge", row=there.life.route_id))
    await there.boris.presses("Отправить")
    await there.boris.sees("✓ Напоминание отправлено")
    await there.galina.presses("Отправить")  # she saw the button before
    await there.galina.sees("Педагогу уже напоминали")
    await there.galina.sees("можно отправить 26 ноября 2026 г.")
    assert len(await nudges(sqlite_play, there)) == 1
    sqlite_play.clock.passes(days=3)
    try:
        await puts(sqlite_play, there.galina, Place("nudge", row=there.life.route_id))
        await there.galina.presses("Отправить")
        await there.galina.sees("✓ Напоминание отправлено")
    finally:
        sqlite_play.clock.passes(days=-3)


async def test_who_may_not_has_no_such_room(sqlite_play: Play) -> None:
    there = await looked_after(sqlite_play)
    vera = newcomer(sqlite_play, "Вера")
    await helper(sqlite_play, vera, "expert", there.place)
    now = sqlite_play.clock.now()
    await sqlite_play.app.database.write(
        lambda conn: pairings.close(conn, there.life.pairing_id, id_of(conn, there.anna), now)
    )
    for person in (vera, there.boris):
        await puts(sqlite_play, person, Place("nudge", row=there.life.route_id))
        await person.settled()
        await person.presses(data=forged(person, "send"), stale=True)
        await person.settled()
        person.never_sees("Педагог получит")
    assert await nudges(sqlite_play, there) == []


async def test_what_is_no_longer_hers_to_do_is_not_said(sqlite_play: Play) -> None:
    there = await looked_after(sqlite_play)

    async def spoken(route_id: int) -> bool:
        galina = await sqlite_play.app.database.write(lambda conn: id_of(conn, there.galina))
        told = await said(sqlite_play, there.anna, "nudge", route_id, sender=galina, role="coordinator")
        return told is not None

    assert await spoken(there.life.route_id)
    sent = await carried_out(
        sqlite_play, there.anna, organisation=there.place, state=State.ON_REVIEW, slug="stavropol"
    )
    assert not await spoken(sent.route_id)
