"""Updates of Telegram that were handled: the same id twice is a redelivery, not a second wish."""

from datetime import datetime
from functools import cache

from sqlalchemy import Connection, delete

from storage.statements import Insert, insert
from storage.tables import seen_update


def take(conn: Connection, bot_id: int, update_id: int, now: datetime) -> bool:
    """True if this update is new and now ours, False if it was handled (or failed) before.

    Call it first in the transaction of the update. On PostgreSQL it waits for another process that has
    the same update open.
    """
    row = {"bot_id": bot_id, "update_id": update_id, "at": now, "failed": False}
    return conn.execute(_taking(conn.dialect.name), row).rowcount == 1


def fail(conn: Connection, bot_id: int, update_id: int, now: datetime) -> None:
    """Remember that the update raised, in a transaction of its own after the rollback."""
    row = {"bot_id": bot_id, "update_id": update_id, "at": now, "failed": True}
    statement = insert(conn.dialect.name, seen_update).values(row)
    conn.execute(
        statement.on_conflict_do_update(index_elements=["bot_id", "update_id"], set_={"failed": True})
    )


def prune(conn: Connection, before: datetime) -> int:
    """Forget updates older than Telegram would redeliver (24 hours there, 48 here); says how many."""
    return conn.execute(delete(seen_update).where(seen_update.c.at < before)).rowcount


@cache
def _taking(dialect: str) -> Insert:
    return insert(dialect, seen_update).on_conflict_do_nothing()
