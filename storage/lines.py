"""Plan lines: what became of them, and what was handed in for them. `bot.iom.lines` says what may follow.

As everywhere in a route's life, what was seen is `Facts.version`: every function gives the route its next
version, so all that one person saw and another changed is stale.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy import insert as plain_insert

from bot.iom.facts import Facts
from bot.iom.journey import Evidence, Line, LineState
from storage import audit
from storage.changes import Stale
from storage.statements import Insert, fits, insert
from storage.tables import entry, evidence, line
from storage.versions import advance

_STATE = select(line.c.state).where(
    line.c.entry_id == bindparam("entry"), line.c.route_id == bindparam("route")
)
_SAME_FILE = select(evidence.c.id, evidence.c.kind, evidence.c.at).where(
    evidence.c.entry_id == bindparam("entry"),
    evidence.c.file_unique == bindparam("mark"),
    evidence.c.withdrawn_at.is_(None),
)


def claim_line(
    conn: Connection,
    facts: Facts,
    entry_id: int,
    now: datetime,
    *,
    seen: LineState = LineState.PLANNED,
    given: Sequence[Evidence] = (),
) -> Facts:
    """«Сделано»: the line is claimed, together with what is handed in now. Stale as in `set_line`."""
    after = set_line(conn, facts, Line(entry_id, LineState.CLAIMED, now), seen)
    for one in given:
        _hand_in(conn, facts, replace(one, entry_id=entry_id))
    return after


def set_line(conn: Connection, facts: Facts, new: Line, seen: LineState, by: int = 0) -> Facts:
    """Put a line into its new state; `by` is who acted, 0 the teacher herself. Stale: the line is not of this
    route, is no longer in the state that was seen, or the route is not at the version of `facts`; nothing is
    written then."""
    check_line(conn, facts, new.entry_id, seen)
    after = advance(conn, facts)
    write_line(conn, facts, new)
    told = f"route {facts.route_id}: line {new.entry_id} {new.state}"
    audit.record(conn, by or facts.person_id, "line", new.since, told)
    return after


def add_evidence(conn: Connection, facts: Facts, given: Evidence) -> tuple[Facts, Evidence]:
    """Hand in something for a line; `given.id` is not read. Stale as in `set_line`.

    A file that this line has already is that same row again, and the route stays as it is.
    """
    if facts.entry(given.entry_id) is None:
        raise Stale(f"no line {given.entry_id}")
    known = _known(conn, given)
    if known is not None:
        return facts, known
    after, made = advance(conn, facts), _hand_in(conn, facts, given)
    told = f"route {facts.route_id}: evidence {made.id}"
    audit.record(conn, facts.person_id, "evidence.add", given.at, told)
    return after, made


def withdraw_evidence(conn: Connection, facts: Facts, evidence_id: int, now: datetime) -> Facts:
    """Take something back; the row stays as the trace. Stale also: it is gone or another route's."""
    hers = (evidence.c.id == evidence_id) & (evidence.c.route_id == facts.route_id)
    hers &= evidence.c.withdrawn_at.is_(None)
    if conn.execute(select(evidence.c.id).where(hers)).one_or_none() is None:
        raise Stale(f"no evidence {evidence_id}")
    after = advance(conn, facts)
    conn.execute(update(evidence).where(hers).values(withdrawn_at=now))
    told = f"route {facts.route_id}: evidence {evidence_id}"
    audit.record(conn, facts.person_id, "evidence.withdraw", now, told)
    return after


def describe_evidence(
    conn: Connection, facts: Facts, ids: Sequence[int], **told: str | date | float | None
) -> Facts:
    """Tell more of a document that is being collected: `kind`, `number`, `issued_on`, `hours` of all its
    pieces. Stale: one of them is gone or another route's, or as in `advance`."""
    hers = evidence.c.id.in_(ids) & (evidence.c.route_id == facts.route_id)
    hers &= evidence.c.withdrawn_at.is_(None)
    if len(conn.execute(select(evidence.c.id).where(hers)).all()) != len(set(ids)):
        raise Stale(f"no evidence {ids}")
    after = advance(conn, facts)
    conn.execute(update(evidence).where(hers).values(**told))
    return after


def route_of(conn: Connection, entry_id: int) -> int:
    """The route of a row, 0 when there is none. Says nothing of rights: those are `access.may`'s."""
    found = select(entry.c.route_id).where(entry.c.id == entry_id)
    return conn.execute(found).scalar_one_or_none() or 0 if fits(entry_id) else 0


def check_line(conn: Connection, facts: Facts, entry_id: int, seen: LineState) -> None:
    """Stale unless the line is of this route and in this state. For functions that write more at once."""
    if facts.entry(entry_id) is None:
        raise Stale(f"no line {entry_id}")
    found = conn.execute(_STATE, {"entry": entry_id, "route": facts.route_id}).scalar_one_or_none()
    if (found or LineState.PLANNED) != seen:
        raise Stale(f"line {entry_id} is no longer {seen}")


def write_line(conn: Connection, facts: Facts, new: Line) -> None:
    """Store a line after `check_line` and `versions.advance`."""
    row = {
        "entry_id": new.entry_id,
        "route_id": facts.route_id,
        "state": new.state,
        "since": new.since,
        "reason": new.reason,
        "left": new.left,
    }
    conn.execute(_putting(conn.dialect.name), row)


@cache
def _putting(dialect: str) -> Insert:
    statement = insert(dialect, line)
    changes = {name: statement.excluded[name] for name in ("state", "since", "reason", "left")}
    return statement.on_conflict_do_update(index_elements=["entry_id"], set_=changes)


def _known(conn: Connection, given: Evidence) -> Evidence | None:
    if given.file is None:
        return None
    same = {"entry": given.entry_id, "mark": given.file.unique}
    row = conn.execute(_SAME_FILE, same).first()
    return replace(given, id=row.id, kind=row.kind, at=row.at) if row else None


def _hand_in(conn: Connection, facts: Facts, given: Evidence) -> Evidence:
    known = _known(conn, given)
    if known is not None:
        return known
    file = given.file
    row = {
        "entry_id": given.entry_id,
        "route_id": facts.route_id,
        "kind": given.kind,
        "number": given.number,
        "issued_on": given.issued_on,
        "hours": given.hours,
        "text": given.text,
        "file_id": file.id if file else "",
        "file_unique": file.unique if file else "",
        "file_name": file.name if file else "",
        "mime": file.mime if file else "",
        "size": file.size if file else 0,
        "at": given.at,
    }
    id_ = conn.execute(plain_insert(evidence).values(row).returning(evidence.c.id)).scalar_one()
    return replace(given, id=id_)
