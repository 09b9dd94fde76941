"""Writes the difference between two photographs of one route, at most one batch per kind of row."""

from datetime import datetime
from functools import cache

from sqlalchemy import Connection, bindparam, delete, func

from bot.iom.facts import ROUTE, Answer, Facts
from bot.iom.regulation import Key
from storage.statements import Insert, insert
from storage.tables import OF_ROUTE, answer, entry, link

Place = tuple[int, Key]

_REMOVE = delete(entry).where(entry.c.id.in_(bindparam("gone", expanding=True)))
_CUT = delete(link).where(link.c.source_id == bindparam("source"), link.c.target_id == bindparam("target"))
_TIE = link.insert()
_FORGET = delete(answer).where(
    answer.c.route_id == bindparam("route"),
    func.coalesce(answer.c.entry_id, ROUTE) == bindparam("row"),
    answer.c.key == bindparam("name"),
)


def write(conn: Connection, before: Facts, now_is: Facts, author_id: int, at: datetime) -> None:
    """Make the rows of `before` those of `now_is`. Entries that `now_is` adds are already inserted.

    Answers are compared as objects: one that was given again gets its new author and time.
    """
    gone = {row.id for row in before.entries} - {row.id for row in now_is.entries}
    if gone:
        conn.execute(_REMOVE, {"gone": list(gone)})  # its answers and links go with it
    _write_links(conn, _links(before), _links(now_is), gone)
    forgotten = [at_ for at_ in before.answers if at_ not in now_is.answers and at_[0] not in gone]
    _forget(conn, before.route_id, forgotten)
    given = {at_: new for at_, new in now_is.answers.items() if new is not before.answers.get(at_)}
    _give(conn, before.route_id, given, author_id, at)


def _links(facts: Facts) -> set[tuple[int, int]]:
    return {(row.id, target) for row in facts.entries for target in row.links}


def _write_links(
    conn: Connection, old: set[tuple[int, int]], new: set[tuple[int, int]], gone: set[int]
) -> None:
    cut = [{"source": a, "target": b} for a, b in sorted(old - new) if not {a, b} & gone]
    if cut:
        conn.execute(_CUT, cut)
    tied = [{"source_id": a, "target_id": b} for a, b in sorted(new - old)]
    if tied:
        conn.execute(_TIE, tied)


def _forget(conn: Connection, route_id: int, places: list[Place]) -> None:
    if places:
        conn.execute(_FORGET, [{"route": route_id, "row": row, "name": key} for row, key in places])


def _give(conn: Connection, route_id: int, given: dict[Place, Answer], author_id: int, at: datetime) -> None:
    rows = [
        {
            "route_id": route_id,
            "entry_id": row or None,
            "key": key,
            "value": new.value,
            "skipped": new.skipped,
            "author_id": author_id,
            "at": at,
        }
        for (row, key), new in given.items()
    ]
    of_route = [row for row in rows if row["entry_id"] is None]
    of_entries = [row for row in rows if row["entry_id"] is not None]
    if of_route:
        conn.execute(_giving(conn.dialect.name, of_route=True), of_route)
    if of_entries:
        conn.execute(_giving(conn.dialect.name, of_route=False), of_entries)


@cache
def _giving(dialect: str, *, of_route: bool) -> Insert:
    statement = insert(dialect, answer)
    changes = {name: statement.excluded[name] for name in ("value", "skipped", "author_id", "at")}
    if of_route:
        return statement.on_conflict_do_update(
            index_elements=["route_id", "key"], index_where=OF_ROUTE, set_=changes
        )
    return statement.on_conflict_do_update(index_elements=["entry_id", "key"], set_=changes)
