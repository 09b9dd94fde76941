"""What waits for whom in a scope, and since when: everything of `storage.turns`, whosever turn it is."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Integer, Select, Subquery, false, func, literal, select, tuple_, union_all

from bot.iom.figures import Tally
from bot.iom.regulation_life import Life
from storage.counting import Terms, row
from storage.tables import route
from storage.turns import REVIEW, THINGS, Turn


def _review(life: Life) -> Iterable[Turn]:
    return [(number, "approver") for number, _ in enumerate(life.approval)]


# (what waits, the step it waits at, whose turn it is then), in one row for each kind of things.
_EVERY: tuple[tuple[Select[Any], Any, Callable[[Life], Iterable[Turn]]], ...] = (
    (REVIEW, route.c.step, _review),
    *((thing.rows, thing.number, thing.turns) for thing in THINGS),
)


def waiting(terms: Terms) -> Select[Any]:
    """One row a thing that waits; `text` is its kind (`storage.queues`), `number` the step it waits at."""
    things = _things(terms)
    columns = row(since=things.c.since, text=things.c.kind, number=things.c.number)
    return select(*columns).join_from(things, route, route.c.id == things.c.route_id)


def _things(terms: Terms) -> Subquery:
    return union_all(*_arms(terms)).subquery("things")


def _arms(terms: Terms) -> Iterator[Select[Any]]:
    """What is somebody's turn by the rules of its version; `thing` is the place in `_EVERY`."""
    for thing, (rows, number, turns) in enumerate(_EVERY):
        at = {(digest, step) for digest, life in terms.lives.items() for step, _ in turns(life)}
        somebodys = tuple_(route.c.regulation_hash, number).in_(sorted(at)) if at else false()
        told = [column for column in rows.selected_columns if column.name in {"kind", "route_id", "since"}]
        which = rows.with_only_columns(*told, number.label("number"), literal(thing, Integer).label("thing"))
        yield which.where(terms.scope.counts(), somebodys)


def by_turn(conn: Connection, terms: Terms) -> Mapping[str, Tally]:
    """By the capability whose turn it is: how many things, since when the oldest waits.

    A thing that several may do waits for the first whom the regulation names.
    """
    things = _things(terms)
    kinds = (things.c.thing, things.c.number, route.c.regulation_hash)
    counted = select(*kinds, func.count().label("things"), func.min(things.c.since).label("since"))
    counted = counted.join(route, route.c.id == things.c.route_id).group_by(*kinds)
    turns, found = _turns(terms.lives), defaultdict[str, Tally](Tally)
    for thing, number, digest, many, since in conn.execute(counted):
        found[turns[digest, thing, number]] += Tally(many, since=since)
    return found


def _turns(lives: Mapping[str, Life]) -> Mapping[tuple[str, int, int], str]:
    found: dict[tuple[str, int, int], str] = {}
    for digest, life in lives.items():
        for thing, (_, _, turns) in enumerate(_EVERY):
            for number, who in turns(life):
                found.setdefault((digest, thing, number), who)
    return found
