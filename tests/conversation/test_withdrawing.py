"""A route is ended at any time: by the teacher in two steps, by a coordinator with a reason."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection

from bot.iom.facts import State
from bot.phone.person import Person
from handlers.place import Place
from storage import own_routes
from tests.conversation.given import ONE_LOOP, forged, id_of, puts, stored, texts
from tests.conversation.given_finish import school_of
from tests.conversation.given_life import told
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP


@pytest.mark.parametrize("state", [State.APPROVED, State.ACTIVE, State.FINALIZING, State.CONCLUSION])
async def test_anna_ends_her_route_at_any_time(sqlite_play: Play, state: State) -> None:
    life, by = await school_of(sqlite_play, "coordinator", state=state)
    anna = life.teacher
    await anna.says("/settings")
    await anna.presses("Прекратить маршрут")
    await anna.sees("Участие добровольное")
    await anna.presses("Прекратить маршрут")
    await anna.sees("Причину можно написать")
    await anna.says("Ухожу в декрет")
    await anna.sees("Причина: Ухожу в декрет")
    await anna.presses("Да, прекратить")
    await anna.settled()
    await anna.sees("Маршрут прекращён")
    assert await stored(sqlite_play, _states(anna)) == [State.WITHDRAWN]
    await told(sqlite_play, by["coordinator"], by["mentor"])
    await by["coordinator"].sees("педагог прекратил маршрут")
    await by["mentor"].sees("Ухожу в декрет")


def _states(anna: Person) -> Callable[[Connection], list[State]]:
    def find(conn: Connection) -> list[State]:
        return [one.state for one in own_routes.of_person(conn, id_of(conn, anna))]

    return find


async def test_she_thinks_better_of_it(sqlite_play: Play) -> None:
    life, _ = await school_of(sqlite_play)
    await puts(sqlite_play, life.teacher, Place("withdrawing"))
    await life.teacher.presses("Прекратить маршрут")
    await life.teacher.presses("Оставить как есть")
    await life.teacher.sees("Маршрут идёт")


async def test_a_coordinator_needs_a_reason_and_a_mentor_may_not(sqlite_play: Play) -> None:
    life, by = await school_of(sqlite_play, "coordinator")
    galina, boris, anna = by["coordinator"], by["mentor"], life.teacher
    await puts(sqlite_play, boris, Place("case", row=life.route_id, back=Place("queue")))
    assert "Прекратить маршрут" not in texts(boris)
    await puts(sqlite_play, galina, Place("case", row=life.route_id, back=Place("queue")))
    await galina.presses("Прекратить маршрут")
    await galina.presses("Прекратить маршрут")
    await galina.sees("Напишите причину")
    await galina.presses(data=forged(galina, "really_withdraw"), stale=True)
    await galina.sees("Нужна причина")
    assert await stored(sqlite_play, _states(anna)) == [State.ACTIVE]
    await galina.says("Перешла в другую школу")
    await galina.sees("Причина: Перешла")
    await galina.presses("Да, прекратить")
    await galina.settled()
    await told(sqlite_play, anna)
    await anna.sees("Перешла в другую школу")
    assert await stored(sqlite_play, _states(anna)) == [State.WITHDRAWN]
