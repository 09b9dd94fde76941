"""What is due is found by an index that holds only what waits, however much was said before."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Dialect, insert, text

from storage import notices, people, planning
from storage.tables import notice
from tests.storage.house import ANNA, NOW, Store

SAID = 3000


def _notices(conn: Connection) -> None:
    """Thousands that were said, five that are due, five that are not."""
    anna = people.arrive(conn, ANNA, NOW).id
    usual = {"person_id": anna, "kind": "deadline", "subject": {}, "created_at": NOW, "token": ""}
    usual |= {"attempts": 0, "error": ""}
    groups = [("said", "sent", -1, SAID), ("due", "waiting", -1, 5), ("ahead", "waiting", 1, 5)]
    rows = [
        {**usual, "key": f"{name}/{n}", "state": state, "due_at": NOW + timedelta(hours=sign * (n + 1))}
        for name, state, sign, count in groups
        for n in range(count)
    ]
    conn.execute(insert(notice), rows)


def _named(conn: Connection) -> Dialect:
    """The dialect with `:name`s, so that its words can be asked about."""
    made: Callable[..., Dialect] = type(conn.dialect)
    return made(paramstyle="named")


def _way(conn: Connection, statement: Any, values: dict[str, Any]) -> str:
    """How the database goes about it. PostgreSQL prefers to read a small table whole; it is told not to."""
    compiled = statement.params(**values).compile(dialect=_named(conn))
    sql, values = re.sub(r"::[A-Z]+( WITH TIME ZONE)?", "", str(compiled)), dict(compiled.params)
    if conn.dialect.name == "postgresql":
        conn.execute(text("SET LOCAL enable_seqscan = off"))
        found = conn.execute(text(f"EXPLAIN {sql}"), values)
    else:
        found = conn.execute(text(f"EXPLAIN QUERY PLAN {sql}"), values)
    return "\n".join(str(row) for row in found)


async def test_what_is_due_is_found_by_its_index(store: Store) -> None:
    await store.write(_notices)
    due = notices._DUE.element
    assert "ix_notice_due" in await store.write(_way, due, {"now": NOW, "limit": 10})


@pytest.mark.parametrize("which", [planning._TOUCHED, planning._BEHIND], ids=["touched", "behind"])
async def test_routes_to_plan_are_found_by_their_index(store: Store, which: Any) -> None:
    assert "ix_route_unplanned" in await store.write(_way, which, {"limit": 10})


async def test_only_what_is_due_is_claimed(store: Store) -> None:
    await store.write(_notices)
    claimed = await store.write(lambda conn: notices.claim(conn, NOW, 50))
    assert len(claimed) == 5
