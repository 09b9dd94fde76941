"""Plans as they were approved. `content` is made and read by `bot.iom.snapshot`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from bot.iom.facts import Facts
from storage.statements import fits
from storage.tables import snapshot


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One approved plan: `version` of the route it shows."""

    id: int
    route_id: int
    version: int
    at: datetime
    content: Mapping[str, Any]


_NEWEST = (
    select(snapshot).where(snapshot.c.route_id == bindparam("route")).order_by(snapshot.c.id.desc()).limit(1)
)


def keep(conn: Connection, facts: Facts, content: Mapping[str, Any], now: datetime) -> Snapshot:
    """Freeze the route as it is in `facts`; the route gets no new version by it."""
    frozen = dict(content)
    row = {"route_id": facts.route_id, "version": facts.version, "at": now, "content": frozen}
    id_ = conn.execute(insert(snapshot).values(row).returning(snapshot.c.id)).scalar_one()
    return Snapshot(id_, facts.route_id, facts.version, now, frozen)


def newest(conn: Connection, route_id: int) -> Snapshot | None:
    """The plan as it was approved last, None when it never was."""
    if not fits(route_id):
        return None
    row = conn.execute(_NEWEST, {"route": route_id}).one_or_none()
    return Snapshot(*row) if row else None


def forget_after(conn: Connection, route_id: int, version: int) -> None:
    """The approval of `version` was undone: what was frozen by it is forgotten."""
    later = (snapshot.c.route_id == route_id) & (snapshot.c.version > version)
    conn.execute(delete(snapshot).where(later))
