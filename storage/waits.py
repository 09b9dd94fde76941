"""What waits for whom in a scope, and since when: everything of `storage.turns`, whosever turn it is."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Select, false, func, select, tuple_, union_all

from bot.iom.figures import Tally
from bot.iom.regulation_life import Life
from storage.counting import Terms, row
from storage.tables import route
from storage.turns import REVIEW, THINGS, Turn


def waiting(terms: Terms) -> Select[Any]:
    """One row a thing that waits; `text` is its kind (`storage.queues`), `number` the step it waits at."""
    things = union_all(*_arms(terms)).subquery("things")
    columns = row(since=things.c.since, text=things.c.kind, number=things.c.number)
    return select(*columns).join_from(things, route, route.c.id == things.c.route_id)


def _arms(terms: Terms) -> Iterator[Select[Any]]:
    reviews = {digest: [(n, "") for n, _ in enumerate(life.approval)] for digest, life in terms.lives.items()}
    yield _arm(REVIEW, route.c.step, reviews, terms)
    for thing in THINGS:
        turns = {digest: list(thing.turns(life)) for digest, life in terms.lives.items()}
        yield _arm(thing.rows, thing.number, turns, terms)


def _arm(rows: Select[Any], number: Any, turns: Mapping[str, list[Turn]], terms: Terms) -> Select[Any]:
    at = [(digest, step) for digest, steps in turns.items() for step, _ in steps]
    somebodys = tuple_(route.c.regulation_hash, number).in_(at) if at else false()
    names = ("kind", "route_id", "since")
    told = [column for column in rows.selected_columns if column.name in names]
    return rows.with_only_columns(*told, number.label("number")).where(terms.scope.counts(), somebodys)


def by_turn(conn: Connection, terms: Terms) -> Mapping[str, Tally]:
    """By the capability whose turn it is: how many things, since when the oldest waits.

    A thing that several may do waits for the first whom the regulation names.
    """
    things = waiting(terms).subquery("things")
    kinds = (things.c.text, things.c.number, route.c.regulation_hash)
    counted = select(*kinds, func.count().label("things"), func.min(things.c.since).label("since"))
    counted = counted.join(route, route.c.id == things.c.route_id).group_by(*kinds)
    turns, found = _turns(terms.lives), defaultdict[str, Tally](Tally)
    for kind, number, digest, many, since in conn.execute(counted):
        found[turns[digest, kind, number]] += Tally(many, since=since)
    return found


def _turns(lives: Mapping[str, Life]) -> Mapping[tuple[str, str, int], str]:
    found: dict[tuple[str, str, int], str] = {}
    for digest, life in lives.items():
        for number, _ in enumerate(life.approval):
            found[digest, "review", number] = "approver"
        for thing in THINGS:
            for number, who in thing.turns(life):
                found.setdefault((digest, thing.kind, number), who)
    return found
