"""«Видно, у кого мяч»: a coordinator's list says the state and whose turn of every route, and narrows."""

from bot.iom.facts import State
from handlers.place import Place
from storage import routes
from tests.conversation.given import ONE_LOOP, bring, facts_of, forged, here, id_of, newcomer, puts
from tests.conversation.given_life import carried_out
from tests.conversation.given_school import Staff, staffed
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP


async def two_routes(play: Play) -> Staff:
    """Anna's card waits for the head, Maya's is being carried out."""
    staff = await staffed(play, "stavropol")
    await bring(play, "stavropol", person=staff.anna)
    facts = await facts_of(play, staff.anna)
    await play.app.database.write(lambda conn: routes.move(conn, facts, State.ON_REVIEW, 1, play.clock.now()))
    await carried_out(play, newcomer(play, "Майя"), organisation=staff.school)
    await puts(play, staff.galina, Place("queue"))
    return staff


async def test_each_route_says_whose_turn_it_is(sqlite_play: Play) -> None:
    staff = await two_routes(sqlite_play)
    await staff.galina.presses("Все маршруты")
    await staff.galina.sees("Все маршруты: 2")
    await staff.galina.sees("Светлова Анна Ильинична – на согласовании; ход: Утверждение, сегодня")
    await staff.galina.sees("маршрут идёт; ход: педагог, сегодня")


async def test_the_list_is_narrowed_by_state_and_widened_again(sqlite_play: Play) -> None:
    staff = await two_routes(sqlite_play)
    await staff.galina.presses("Все маршруты")
    await staff.galina.presses("На согласовании · 1")
    await staff.galina.sees("Все маршруты, на согласовании: 1")
    assert "маршрут идёт" not in here(staff.galina).text
    await staff.galina.presses("✓ На согласовании · 1")
    await staff.galina.sees("Все маршруты: 2")
    await staff.galina.presses("Светлова Анна Ильинична")
    await staff.galina.sees("Ход: должность dmitry")


async def test_a_state_nobody_is_in_narrows_nothing(sqlite_play: Play) -> None:
    staff = await two_routes(sqlite_play)
    await staff.galina.presses("Все маршруты")
    await staff.galina.sees("Все маршруты: 2")
    for state in ("completed", "no_such_state"):
        await staff.galina.presses(data=forged(staff.galina, "state", state), stale=True)
        await staff.galina.sees("Все маршруты: 2")


async def test_who_looks_after_nobody_has_no_list(sqlite_play: Play) -> None:
    staff = await two_routes(sqlite_play)
    await puts(sqlite_play, staff.boris, Place("queue", view={"words": "*", "state": "on_review"}))
    await staff.boris.sees("Никого не нашлось")
    staff.boris.never_sees("Светлова")
    assert await sqlite_play.app.database.write(lambda conn: id_of(conn, staff.boris))
