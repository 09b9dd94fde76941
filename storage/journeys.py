"""What happened to a route between people: read here as one `Journey`, written by the modules of each thing.

    load   ←  lines · decisions · corrections · terms · exchanges   (each write: a new version, or Stale)

Everything of a route is written under one guard, `versions.advance`; so a function is told the `Facts` that
its caller saw, and gives back those of the next version for what the caller writes next.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, bindparam, exists, select

from bot.iom.checkpoint import Checkpoint
from bot.iom.journey import (
    EMPTY,
    Companion,
    Correction,
    Evidence,
    Extension,
    File,
    Hours,
    Inquiry,
    Journey,
    Line,
    LineState,
    Pause,
    Recommendation,
)
from storage import checkpoints, decisions, pairings, signatories
from storage.corrections import (
    acknowledge_correction,
    advance_correction,
    apply_correction,
    draft_correction,
    redraft_correction,
    reject_correction,
)
from storage.decisions import Hand, decide, undo
from storage.exchanges import (
    accept_recommendation,
    answer_inquiry,
    ask,
    decline_recommendation,
    log_hours,
    recommend,
)
from storage.lines import add_evidence, claim_line, describe_evidence, set_line, withdraw_evidence
from storage.statements import fits
from storage.tables import (
    checkpoint,
    correction,
    decision,
    evidence,
    extension,
    hours,
    inquiry,
    line,
    pause,
    recommendation,
    route,
)
from storage.terms import accept_extension, decline_extension, extend, pause_route, resume

__all__ = [
    "Hand",
    "accept_extension",
    "accept_recommendation",
    "acknowledge_correction",
    "add_evidence",
    "advance_correction",
    "answer_inquiry",
    "apply_correction",
    "ask",
    "claim_line",
    "decide",
    "decline_extension",
    "decline_recommendation",
    "describe_evidence",
    "draft_correction",
    "extend",
    "load",
    "log_hours",
    "pause_route",
    "recommend",
    "redraft_correction",
    "reject_correction",
    "resume",
    "set_line",
    "undo",
    "withdraw_evidence",
]


def load(conn: Connection, route_id: int) -> Journey:
    """All of it; an empty one for a route that is not there. Rights are the caller's: `routes.seen`.

    Who is involved, and one SELECT for every kind of thing that has happened: a draft has none.
    """
    if not fits(route_id):
        return EMPTY
    about = conn.execute(_ABOUT, {"route": route_id}).one_or_none()
    if about is None:
        return EMPTY

    place = about.organisation_id or 0

    def read(table: Table) -> tuple[Any, ...]:
        if not getattr(about, table.name):
            return ()
        statement, make = _THINGS[table]
        return tuple(make(row) for row in conn.execute(statement, {"route": route_id}))

    return Journey(
        lines={one.entry_id: one for one in read(line)},
        evidence=read(evidence),
        decisions=read(decision),
        corrections=read(correction),
        extensions=read(extension),
        pauses=read(pause),
        recommendations=read(recommendation),
        inquiries=read(inquiry),
        hours=read(hours),
        signatories=signatories.over(conn, place),
        companions=_companions(conn, about.person_id, place),
        checkpoints=_checkpoints(conn, route_id, read(checkpoint)),
    )


def _checkpoints(conn: Connection, route_id: int, found: tuple[Checkpoint, ...]) -> tuple[Checkpoint, ...]:
    if not found:
        return ()
    said = checkpoints.interims(conn, route_id)
    return tuple(replace(one, answers=said.get(one.id, ())) for one in found)


def _companions(conn: Connection, teacher_id: int, organisation_id: int) -> tuple[Companion, ...]:
    return tuple(
        Companion(
            one.id, one.companion_id, one.companion, one.companion_post, one.direction, one.since, one.open
        )
        for one in pairings.of_teacher(conn, teacher_id)
        if one.organisation_id == organisation_id
    )


def _line(row: Row[Any]) -> Line:
    return Line(row.entry_id, LineState(row.state), row.since, row.reason, row.left)


def _evidence(row: Row[Any]) -> Evidence:
    file = File(row.file_id, row.file_unique, row.file_name, row.mime, row.size) if row.file_id else None
    told = (row.number, row.issued_on, row.hours, row.text)
    return Evidence(row.id, row.entry_id, row.kind, row.at, *told, file)


def _inquiry(row: Row[Any]) -> Inquiry:
    asked = (row.id, row.text, row.at, row.entry_id or 0)
    return Inquiry(*asked, row.answer, row.answered_at, row.answered_by or 0)


def _correction(row: Row[Any]) -> Correction:
    return Correction(
        id=row.id,
        kind=row.kind,
        state=row.state,
        step=row.step,
        reason=row.reason,
        created_at=row.created_at,
        entry_id=row.entry_id or 0,
        changes=row.changes,
        created_by=row.created_by or 0,
        applied_at=row.applied_at,
        acknowledged_at=row.acknowledged_at,
    )


def _extension(row: Row[Any]) -> Extension:
    told = (row.kind, row.months, row.old_end, row.new_end, row.at, row.reason)
    return Extension(row.id, *told, row.accepted_at, row.declined_at)


def _pause(row: Row[Any]) -> Pause:
    return Pause(row.id, row.starts_on, row.ends_on, row.reason)


def _recommendation(row: Row[Any]) -> Recommendation:
    said = (row.id, row.level, row.key, row.text, row.at, row.entry_id or 0)
    signed = (row.person_id or 0, row.role, row.name, row.post)
    return Recommendation(*said, *signed, row.accepted_at, row.declined_at, row.wanted)


def _hours(row: Row[Any]) -> Hours:
    return Hours(row.id, row.kind, row.hours, row.held_on, row.note, row.person_id or 0)


def _of(table: Table) -> Select[Any]:
    order = table.c.entry_id if table is line else table.c.id
    return select(table).where(table.c.route_id == bindparam("route")).order_by(order)


_THINGS: dict[Table, tuple[Select[Any], Callable[[Row[Any]], Any]]] = {
    line: (_of(line), _line),
    evidence: (_of(evidence).where(evidence.c.withdrawn_at.is_(None)), _evidence),
    decision: (
        _of(decision).where(decision.c.undone_at.is_(None)).with_only_columns(*decisions.COLUMNS),
        decisions.read,
    ),
    correction: (_of(correction), _correction),
    extension: (_of(extension), _extension),
    pause: (_of(pause), _pause),
    recommendation: (_of(recommendation), _recommendation),
    inquiry: (_of(inquiry), _inquiry),
    hours: (_of(hours), _hours),
    checkpoint: (_of(checkpoint), checkpoints.read),
}
# For who reads things of many routes at once: `storage.overviews`.
READERS = {table: make for table, (_, make) in _THINGS.items()}
_ABOUT = select(
    route.c.person_id,
    route.c.organisation_id,
    *(exists().where(table.c.route_id == route.c.id).label(table.name) for table in _THINGS),
).where(route.c.id == bindparam("route"))
