"""What people decided, each decision with all that follows from it in one version of the route.

That is what makes undoing safe: a decision about the route itself is taken back only while the route is
exactly as the decision left it, one about a line only while nothing was decided or handed in there since.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from bot.iom.facts import Facts, State
from bot.iom.journey import Decision, Line, LineState
from bot.iom.regulation import Key
from storage import audit, snapshots
from storage.changes import Stale
from storage.lines import check_line, write_line
from storage.statements import fits
from storage.tables import correction, decision, evidence, line
from storage.versions import advance, move

Place = tuple[State, int]

COLUMNS = (  # as in `Decision`
    decision.c.id,
    decision.c.kind,
    decision.c.at,
    decision.c.step,
    func.coalesce(decision.c.entry_id, 0),
    func.coalesce(decision.c.correction_id, 0),
    func.coalesce(decision.c.person_id, 0),
    decision.c.role,
    decision.c.name,
    decision.c.post,
    decision.c.remark,
    decision.c.version,
)
_HERS = select(*COLUMNS).where(
    decision.c.id == bindparam("decision"),
    decision.c.route_id == bindparam("route"),
    decision.c.person_id == bindparam("person"),
    decision.c.undone_at.is_(None),
)
_LATER = select(decision.c.id).where(
    decision.c.route_id == bindparam("route"),
    func.coalesce(decision.c.entry_id, 0) == bindparam("entry"),
    func.coalesce(decision.c.correction_id, 0) == bindparam("correction"),
    decision.c.id > bindparam("decision"),
    decision.c.undone_at.is_(None),
)


@dataclass(frozen=True, slots=True)
class Hand:
    """Who signs, and as what: `role` is a capability, `name` and `post` are as documents print them."""

    person_id: int
    role: Key
    name: str = ""
    post: str = ""


def decide(
    conn: Connection,
    facts: Facts,
    kind: str,
    hand: Hand,
    now: datetime,
    *,
    step: Key = "",
    remark: str = "",
    to: Place | None = None,
    entry_id: int = 0,
    line: Line | None = None,
    seen: LineState = LineState.CLAIMED,
    correction_id: int = 0,
) -> tuple[Facts, Decision]:
    """Store a decision of a kind of `Decision` and what follows from it: the route goes `to` a state and
    a step, or a `line` that was `seen` in a state becomes what is told. What may follow: `bot.iom.life`.

    Stale: the route, or the line, is not as it was seen; nothing is written then.
    """
    entry_id = line.entry_id if line else entry_id
    if line is not None:
        check_line(conn, facts, line.entry_id, seen)
    elif entry_id and facts.entry(entry_id) is None:
        raise Stale(f"no line {entry_id}")
    after = move(conn, facts, *to, now, hand.person_id or None) if to else advance(conn, facts)
    if line is not None:
        write_line(conn, facts, line)
    made = sign(
        conn,
        facts,
        kind,
        hand,
        now,
        step=step,
        remark=remark,
        entry_id=entry_id,
        correction_id=correction_id,
    )
    return after, made


def undo(
    conn: Connection,
    facts: Facts,
    decision_id: int,
    person_id: int,
    now: datetime,
    *,
    to: Place | None = None,
    line: Line | None = None,
) -> tuple[Facts, Decision]:
    """Take back the person's own decision, and put the route `to` where it was, or the `line`.

    Forgets the snapshot that an approval froze. Stale: not hers, already undone, decided upon since, or
    the route (for a decision about a line: that line) is not as the decision left it.
    """
    taken = _own(conn, facts, decision_id, person_id)
    _must_be_last(conn, facts, taken)
    _must_be_untouched(conn, facts, taken)
    after = move(conn, facts, *to, now, person_id) if to else advance(conn, facts)
    conn.execute(update(decision).where(decision.c.id == taken.id).values(undone_at=now))
    audit.record(conn, person_id, "decision.undo", now, f"route {facts.route_id}: decision {taken.id}")
    if line is not None:
        write_line(conn, facts, line)
    if taken.correction_id:
        back = correction.c.step - (1 if taken.kind == "agreed" else 0)
        of_it = correction.c.id == taken.correction_id
        conn.execute(update(correction).where(of_it).values(state="waiting", step=back))
    elif not taken.entry_id:
        snapshots.forget_after(conn, facts.route_id, taken.version)
    return after, taken


def send_back(
    conn: Connection, facts: Facts, taken: Decision, hand: Hand, now: datetime, step: Key, remark: str
) -> tuple[Facts, Decision]:
    """Somebody else's decision comes back with a remark: it is no longer in force, the row stays as the
    trace. Stale: undone already, or the route is not as it was seen."""
    after = advance(conn, facts)
    in_force = (decision.c.id == taken.id) & (decision.c.route_id == facts.route_id)
    in_force &= decision.c.undone_at.is_(None)
    if conn.execute(update(decision).where(in_force).values(undone_at=now)).rowcount != 1:
        raise Stale(f"decision {taken.id} is not in force")
    return after, sign(conn, facts, "returned", hand, now, step=step, remark=remark)


def sign(
    conn: Connection,
    facts: Facts,
    kind: str,
    hand: Hand,
    now: datetime,
    *,
    step: Key = "",
    remark: str = "",
    entry_id: int = 0,
    correction_id: int = 0,
) -> Decision:
    """Store a decision about what `facts` show; `versions.advance` is the caller's."""
    row = {
        "kind": kind,
        "at": now,
        "step": step,
        "entry_id": entry_id,
        "correction_id": correction_id,
        "person_id": hand.person_id,
        "role": hand.role,
        "name": hand.name,
        "post": hand.post,
        "remark": remark,
        "version": facts.version,
    }
    told = f"route {facts.route_id}: line {entry_id}, correction {correction_id}"
    audit.record(conn, hand.person_id or None, f"decision.{kind}", now, told)
    nobody = {name: row[name] or None for name in ("entry_id", "correction_id", "person_id")}
    stored = insert(decision).values({**row, **nobody, "route_id": facts.route_id})
    return read(conn.execute(stored.returning(*COLUMNS)).one())


def read(row: Iterable[Any]) -> Decision:
    """A decision from a row of `COLUMNS`."""
    return Decision(*row)


def _own(conn: Connection, facts: Facts, decision_id: int, person_id: int) -> Decision:
    hers = {"decision": decision_id, "route": facts.route_id, "person": person_id}
    row = conn.execute(_HERS, hers).one_or_none() if fits(decision_id, person_id) else None
    if row is None:
        raise Stale(f"no decision {decision_id} to take back")
    return read(row)


def _must_be_last(conn: Connection, facts: Facts, taken: Decision) -> None:
    subject = {"route": facts.route_id, "entry": taken.entry_id, "correction": taken.correction_id}
    if conn.execute(_LATER, {**subject, "decision": taken.id}).first() is not None:
        raise Stale(f"something was decided after {taken.id}")


def _must_be_untouched(conn: Connection, facts: Facts, taken: Decision) -> None:
    if taken.correction_id:
        state = select(correction.c.state).where(correction.c.id == taken.correction_id)
        touched = conn.execute(state).scalar_one() not in {"waiting", "acknowledging", "rejected"}
        touched = touched or taken.kind not in {"agreed", "refused"}
    elif taken.entry_id:
        since = select(line.c.since).where(line.c.entry_id == taken.entry_id)
        later = (evidence.c.entry_id == taken.entry_id) & (evidence.c.at > taken.at)
        changed = conn.execute(since).scalar_one_or_none()
        touched = changed is not None and changed > taken.at
        touched = touched or conn.execute(select(evidence.c.id).where(later)).first() is not None
    else:
        touched = facts.version != taken.version + 1
    if touched:
        raise Stale(f"decision {taken.id} has been acted upon")
