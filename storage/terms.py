"""A longer term, and pauses. `bot.iom.extensions` says whether and how long."""

from datetime import date, datetime, timedelta

from sqlalchemy import Connection, delete, insert, or_, select, update

from bot.iom.facts import Facts
from bot.iom.journey import Extension, Pause
from storage.changes import Stale
from storage.tables import extension, pause
from storage.versions import advance


def extend(
    conn: Connection,
    facts: Facts,
    kind: str,
    months: int,
    old_end: date,
    new_end: date,
    person_id: int,
    now: datetime,
    *,
    reason: str = "",
) -> tuple[Facts, Extension]:
    """The teacher's own extension («own», 004 п. 1.9: in force at once) or one offered to her («offered»,
    п. 1.13: when she accepts). Stale as in `versions.advance`."""
    after = advance(conn, facts)
    accepted = now if kind == "own" else None
    row = {
        "route_id": facts.route_id,
        "kind": kind,
        "months": months,
        "old_end": old_end,
        "new_end": new_end,
        "reason": reason,
        "person_id": person_id or None,
        "at": now,
        "accepted_at": accepted,
    }
    id_ = conn.execute(insert(extension).values(row).returning(extension.c.id)).scalar_one()
    return after, Extension(id_, kind, months, old_end, new_end, now, reason, accepted)


def accept_extension(conn: Connection, facts: Facts, extension_id: int, now: datetime) -> Facts:
    """She takes the offer; the new end of the term is the caller's to store. Stale: no open offer."""
    return _answer(conn, facts, extension_id, accepted_at=now)


def decline_extension(conn: Connection, facts: Facts, extension_id: int, now: datetime) -> Facts:
    """She does not. Stale: no open offer."""
    return _answer(conn, facts, extension_id, declined_at=now)


def pause_route(
    conn: Connection, facts: Facts, starts_on: date, ends_on: date | None = None, reason: str = ""
) -> tuple[Facts, Pause]:
    """Silence reminders, both days included; None is until told otherwise. Stale as in `advance`.

    ValueError: it would end before it begins.
    """
    if ends_on is not None and ends_on < starts_on:
        raise ValueError("a pause that ends before it begins")
    after = advance(conn, facts)
    row = {"route_id": facts.route_id, "starts_on": starts_on, "ends_on": ends_on, "reason": reason}
    id_ = conn.execute(insert(pause).values(row).returning(pause.c.id)).scalar_one()
    return after, Pause(id_, starts_on, ends_on, reason)


def resume(conn: Connection, facts: Facts, today: date) -> Facts:
    """Speak again from `today`: running pauses ended yesterday, coming ones are gone. Stale: there is
    nothing to resume, or as in `advance`."""
    open_ = (pause.c.route_id == facts.route_id) & or_(pause.c.ends_on.is_(None), pause.c.ends_on >= today)
    if conn.execute(select(pause.c.id).where(open_)).first() is None:
        raise Stale("there is no pause")
    after = advance(conn, facts)
    conn.execute(delete(pause).where(open_, pause.c.starts_on >= today))
    conn.execute(update(pause).where(open_).values(ends_on=today - timedelta(days=1)))
    return after


def _answer(conn: Connection, facts: Facts, extension_id: int, **when: datetime) -> Facts:
    offer = (extension.c.id == extension_id) & (extension.c.route_id == facts.route_id)
    offer &= extension.c.accepted_at.is_(None) & extension.c.declined_at.is_(None)
    if conn.execute(select(extension.c.id).where(offer)).one_or_none() is None:
        raise Stale(f"no open offer {extension_id}")
    after = advance(conn, facts)
    conn.execute(update(extension).where(offer).values(**when))
    return after
