"""Of many routes at once, no more than tells whose turn it is: a page of a list costs seven statements.

`bot.iom.ball.ball` judges by it as it does by the whole route, so that a list and the route itself say the
same. Rights are the caller's: ids come from `storage.rosters`.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, Table, bindparam, select

from bot.iom.facts import Answer, Facts, State
from bot.iom.journey import Decision, Journey
from storage import decisions, journeys
from storage.tables import OF_ROUTE, answer, checkpoint, correction, decision, inquiry, line, route

TERM = "term"
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_ROUTES = select(
    route.c.id,
    route.c.person_id,
    route.c.organisation_id,
    route.c.slug,
    route.c.regulation_hash,
    route.c.state,
    route.c.version,
    route.c.started_at,
    route.c.state_since,
    route.c.step,
).where(route.c.id.in_(_IDS))
_TERMS = select(answer.c.route_id, answer.c.key, answer.c.value).where(
    answer.c.route_id.in_(_IDS), answer.c.key == TERM, OF_ROUTE
)


def of_routes(conn: Connection, ids: Sequence[int]) -> dict[int, tuple[Facts, Journey]]:
    """Facts with the term alone, and a journey of lines, decisions, corrections, inquiries and checkpoints
    without their answers, by route."""
    if not ids:
        return {}
    terms: defaultdict[int, dict[tuple[int, str], Answer]] = defaultdict(dict)
    for route_id, key, value in conn.execute(_TERMS, {"ids": ids}):
        terms[route_id][0, key] = Answer(value)
    facts = {row.id: _facts(row, terms[row.id]) for row in conn.execute(_ROUTES, {"ids": ids})}
    told = {table: _of(conn, ids, table) for table in _MANY}
    decided = _decisions(conn, ids)
    return {
        id_: (
            known,
            Journey(
                lines={one.entry_id: one for one in told[line][id_]},
                decisions=tuple(decided[id_]),
                corrections=tuple(told[correction][id_]),
                inquiries=tuple(told[inquiry][id_]),
                checkpoints=tuple(told[checkpoint][id_]),
            ),
        )
        for id_, known in facts.items()
    }


def _facts(row: Any, answers: dict[tuple[int, str], Answer]) -> Facts:
    about = (row.id, row.person_id, row.organisation_id, row.slug, row.regulation_hash, State(row.state))
    known = Facts(*about, row.version, row.started_at, answers=answers)
    return replace(known, state_since=row.state_since or row.started_at, step=row.step)


def _of(conn: Connection, ids: Sequence[int], table: Table) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in conn.execute(_MANY[table], {"ids": ids}):
        found[row.route_id].append(journeys.READERS[table](row))
    return found


def _many(table: Table) -> Select[Any]:
    order = table.c.entry_id if table is line else table.c.id
    return select(table).where(table.c.route_id.in_(_IDS)).order_by(order)


_MANY = {table: _many(table) for table in (line, correction, inquiry, checkpoint)}
_DECIDED = (
    select(decision.c.route_id, *decisions.COLUMNS)
    .where(decision.c.route_id.in_(_IDS), decision.c.undone_at.is_(None))
    .order_by(decision.c.id)
)


def _decisions(conn: Connection, ids: Sequence[int]) -> defaultdict[int, list[Decision]]:
    found: defaultdict[int, list[Decision]] = defaultdict(list)
    for route_id, *said in conn.execute(_DECIDED, {"ids": ids}):
        found[route_id].append(decisions.read(said))
    return found
