"""Screens of a plan whose columns belong to different people (000 п. V.5–V.7).

found = await drawn_columns(play)      # (place, screen)
"""

from collections.abc import Mapping

from sqlalchemy import Connection

from bot.iom.facts import AddEntry, Facts, RemoveEntry, Value
from handlers.place import Place
from storage import routes
from tests.conversation.given import bring, facts_of, id_of
from tests.conversation.given_life import Life
from tests.conversation.given_school import Staff, staffed
from tests.conversation.screens_ends import Drawn, notice, seen
from tests.stage import Play

SLUG = "langepas"


async def drafted(play: Play) -> tuple[Staff, Facts]:
    """A staffed school; Anna's card is written but for its plan, which is empty."""
    staff = await staffed(play, SLUG)
    await bring(play, SLUG, person=staff.anna)
    facts = await facts_of(play, staff.anna)
    gone = [RemoveEntry(row.id) for row in facts.rows("plan")]

    def unit(conn: Connection) -> Facts:
        return routes.apply(conn, facts, gone, facts.person_id, play.clock.now(), personal=())

    return staff, await play.app.database.write(unit)


async def puts_lines(play: Play, staff: Staff, *lines: Mapping[str, Value]) -> Facts:
    """Anna puts lines into her plan, as if she had chosen them."""
    facts = await facts_of(play, staff.anna)
    point = facts.rows("growth")[0].id
    added = [AddEntry("plan", line, frozenset({point})) for line in lines]

    def unit(conn: Connection) -> Facts:
        me = id_of(conn, staff.anna)
        return routes.apply(conn, facts, added, me, play.clock.now(), personal=())

    return await play.app.database.write(unit)


async def drawn_columns(play: Play) -> Drawn:
    """Everything this area shows."""
    staff, _ = await drafted(play)
    titles = [f"Городской семинар {number} {'ж' * 200}" for number in range(7)]
    await puts_lines(play, staff, *({"title": title, "column": "municipal"} for title in titles))
    facts = await facts_of(play, staff.anna)
    point = facts.rows("growth")[0].id
    case = Place("case", row=facts.route_id, back=Place("queue"))
    here = Place("marking", row=facts.route_id, back=case)
    wording = Place("marking", "wording", facts.route_id, point, back=case)
    consultant = Place("marking", "consultant", facts.route_id, back=case, view={"of": str(point)})
    column = Place("recommending", row=facts.route_id).seen(kind="words", about="plan.column.municipal")
    life = Life(play, staff.anna, None, staff.school, facts.route_id, ())
    return [
        *await seen(play, staff.mila, case, here, consultant, column),
        *await seen(play, staff.kira, case, here, wording),
        *await seen(play, staff.anna, Place("sending")),
        *await notice(play, staff.mila, "proposed", life),
    ]
