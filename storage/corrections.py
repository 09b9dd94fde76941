"""Corrections of an approved plan. `bot.iom.corrections` says who agrees, and what an applied one changes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.iom.facts import Facts
from bot.iom.journey import Correction
from bot.iom.regulation import Key
from storage.changes import Stale
from storage.decisions import Hand, sign
from storage.tables import correction
from storage.versions import advance


def draft_correction(
    conn: Connection,
    facts: Facts,
    kind: str,
    reason: str,
    changes: Mapping[str, object],
    created_by: int,
    now: datetime,
    *,
    entry_id: int = 0,
    state: str = "draft",
) -> tuple[Facts, Correction]:
    """Begin a correction; `state` "waiting" sends it at once. Stale: as in `versions.advance`, no line."""
    if entry_id and facts.entry(entry_id) is None:
        raise Stale(f"no line {entry_id}")
    after = advance(conn, facts)
    row = {
        "route_id": facts.route_id,
        "entry_id": entry_id or None,
        "kind": kind,
        "changes": dict(changes),
        "reason": reason,
        "state": state,
        "step": 0,
        "created_by": created_by or None,
        "created_at": now,
    }
    id_ = conn.execute(insert(correction).values(row).returning(correction.c.id)).scalar_one()
    made = Correction(id_, kind, state, 0, reason, now, entry_id, dict(changes), created_by)
    return after, made


def redraft_correction(
    conn: Connection, facts: Facts, seen: Correction, reason: str, changes: Mapping[str, object]
) -> tuple[Facts, Correction]:
    """Say it otherwise while it is a draft. Stale as in `advance_correction`, or no draft any more."""
    if seen.state != "draft":
        raise Stale(f"correction {seen.id} is no draft")
    return _change(conn, facts, seen, reason=reason, changes=dict(changes))


def advance_correction(
    conn: Connection,
    facts: Facts,
    seen: Correction,
    state: str,
    step: int,
    now: datetime,
    *,
    hand: Hand | None = None,
    step_key: Key = "",
    remark: str = "",
) -> tuple[Facts, Correction]:
    """Send it, or store that a step of the chain agreed: with a `hand` a decision «agreed» is signed.

    Stale: the correction is not as it was seen, or the route is not at the version of `facts`.
    """
    result = _change(conn, facts, seen, state=state, step=step)
    if hand is not None:
        sign(conn, facts, "agreed", hand, now, step=step_key, remark=remark, correction_id=seen.id)
    return result


def reject_correction(
    conn: Connection,
    facts: Facts,
    seen: Correction,
    hand: Hand,
    now: datetime,
    remark: str,
    *,
    step_key: Key = "",
) -> tuple[Facts, Correction]:
    """Refuse it with a remark; its author may take it back so too. Stale as in `advance_correction`."""
    result = _change(conn, facts, seen, state="rejected")
    sign(conn, facts, "refused", hand, now, step=step_key, remark=remark, correction_id=seen.id)
    return result


def acknowledge_correction(
    conn: Connection, facts: Facts, seen: Correction, hand: Hand, now: datetime
) -> tuple[Facts, Correction]:
    """The teacher is acquainted, with a date (001 Карта, прил. 1 §1). Stale as in `advance_correction`."""
    result = _change(conn, facts, seen, acknowledged_at=now)
    sign(conn, facts, "acknowledged", hand, now, correction_id=seen.id)
    return result


def apply_correction(
    conn: Connection, facts: Facts, seen: Correction, now: datetime
) -> tuple[Facts, Correction]:
    """Mark it applied; the changes themselves go through `routes.apply` and `lines.set_line`, in the same
    transaction. Stale as in `advance_correction`, or applied or rejected already."""
    if seen.state in {"applied", "rejected"}:
        raise Stale(f"correction {seen.id} is {seen.state}")
    return _change(conn, facts, seen, state="applied", applied_at=now)


def _change(conn: Connection, facts: Facts, seen: Correction, **values: Any) -> tuple[Facts, Correction]:
    as_seen = (correction.c.id == seen.id) & (correction.c.route_id == facts.route_id)
    now_is = conn.execute(select(correction.c.state, correction.c.step).where(as_seen)).one_or_none()
    if now_is is None or tuple(now_is) != (seen.state, seen.step):
        raise Stale(f"correction {seen.id} is not as it was seen")
    after = advance(conn, facts)
    conn.execute(update(correction).where(as_seen).values(values))
    return after, replace(seen, **values)
