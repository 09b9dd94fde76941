"""Planning notices: rows under a natural key, in the transaction of their cause. `storage.notices` is the
rest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import Connection, delete, func, literal_column, or_

from storage.statements import Insert, insert
from storage.tables import notice

A_STATEMENT = 1000  # rows; PostgreSQL takes 32 767 parameters
# A literal, not a parameter: only so may the planner use the partial index `ix_notice_due`.
WAITING = notice.c.state == literal_column("'waiting'")


@dataclass(frozen=True, slots=True)
class Planned:
    """A notice to plan. `key` holds the fact and its date («deadline/item-7/2026-10-15/-3d»), a stored
    contract; `subject` is what the text needs to find its facts again: ids, never words of people."""

    person_id: int
    key: str
    kind: str
    due_at: datetime
    route_id: int | None = None
    subject: Mapping[str, Any] = field(default_factory=dict)


def plan(
    conn: Connection,
    person_id: int,
    key: str,
    kind: str,
    due_at: datetime,
    now: datetime,
    route_id: int | None = None,
    **subject: Any,
) -> bool:
    """Plan one notice; False when this key was planned before, sent or not. Idempotent."""
    return plan_all(conn, [Planned(person_id, key, kind, due_at, route_id, subject)], now) == 1


def plan_all(conn: Connection, planned: Iterable[Planned], now: datetime) -> int:
    """Plan many in one statement; returns how many of the keys were new."""
    rows, added = iter([_row(one, now) for one in planned]), 0
    while some := list(islice(rows, A_STATEMENT)):
        added += conn.execute(_planning(conn.dialect.name).values(some)).rowcount
    return added


def replan(conn: Connection, planned: Iterable[Planned], now: datetime) -> None:
    """Plan in one statement; what waits under the same key moves to its new time.

    What was said, what a courier has in its hands and what was put off after a failure stay as they are.
    """
    rows = [_row(one, now) for one in {one.key: one for one in planned}.values()]
    if rows:
        conn.execute(_replanning(conn.dialect.name).values(rows))


def drop(conn: Connection, now: datetime, *, route_id: int = 0, person_id: int = 0, prefix: str = "") -> int:
    """Unplan what waits: of a route, of a person, or both, with keys that begin so; returns how many.

    Their keys are free to be planned again. What a courier has in its hands now stays: it re-reads the
    facts. ValueError: neither a route nor a person, because that would read the whole table.
    """
    if not (route_id or person_id):
        raise ValueError("notices of whom are to be dropped?")
    which = WAITING & free(now)
    which &= (notice.c.route_id == route_id) if route_id else (notice.c.person_id == person_id)
    if route_id and person_id:
        which &= notice.c.person_id == person_id
    if prefix:
        which &= func.substr(notice.c.key, 1, len(prefix)) == prefix
    return conn.execute(delete(notice).where(which)).rowcount


def free(now: Any) -> Any:
    """Nobody has it in her hands."""
    return or_(notice.c.claimed_until.is_(None), notice.c.claimed_until <= now)


def _row(one: Planned, now: datetime) -> dict[str, Any]:
    return {
        "person_id": one.person_id,
        "key": one.key,
        "kind": one.kind,
        "route_id": one.route_id or None,
        "subject": dict(one.subject),
        "due_at": one.due_at,
        "created_at": now,
        "state": "waiting",
        "token": "",
        "attempts": 0,
        "error": "",
    }


@cache
def _planning(dialect: str) -> Insert:
    return insert(dialect, notice).on_conflict_do_nothing(index_elements=["key"])


@cache
def _replanning(dialect: str) -> Insert:
    statement = insert(dialect, notice)
    moved = (notice.c.state == "waiting") & notice.c.claimed_until.is_(None) & (notice.c.attempts == 0)
    return statement.on_conflict_do_update(
        index_elements=["key"],
        set_={"due_at": statement.excluded.due_at},
        where=moved & (notice.c.due_at != statement.excluded.due_at),
    )
