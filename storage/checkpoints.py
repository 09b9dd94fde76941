"""Checkpoints of a route: begun, answered piece by piece, judged once. What may follow: `bot.iom.monitoring`.

As everywhere in a route's life, what was seen is `Facts.version`, and every write gives the next version.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, tzinfo
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update
from sqlalchemy import insert as plain_insert

from bot.iom.checkpoint import Checkpoint, Interim
from bot.iom.facts import Facts
from bot.iom.monitoring import NOTICES, Due
from storage.changes import Stale
from storage.decisions import Hand
from storage.statements import Insert, fits, insert
from storage.tables import checkpoint, interim, notice
from storage.versions import advance

_KINDS = tuple(sorted(set(NOTICES.values())))
_BY_KEY = select(checkpoint).where(checkpoint.c.key == bindparam("its_key"))


def begin(conn: Connection, facts: Facts, due: Due, now: datetime) -> tuple[Facts, Checkpoint]:
    """The checkpoint of this question; made when nobody has opened it yet. Stale as in `advance`."""
    known = conn.execute(_BY_KEY, {"its_key": due.key}).one_or_none()
    if known is not None:
        return facts, read(known, interims(conn, facts.route_id).get(known.id, ()))
    after = advance(conn, facts)
    row = {
        "route_id": facts.route_id,
        "key": due.key,
        "kind": due.kind.value,
        "due_on": due.on,
        "entry_id": due.entry_id or None,
        "asked_at": now,
        "verdict": "",
        "form": "",
        "recommendation": "",
        "role": "",
        "name": "",
        "post": "",
    }
    made = conn.execute(plain_insert(checkpoint).values(row).returning(checkpoint)).one()
    return after, read(made)


def tell(conn: Connection, facts: Facts, checkpoint_id: int, said: Interim) -> Facts:
    """What she says of a line so far. Stale: the line is gone, it was sent already, or as in `advance`."""
    if facts.entry(said.entry_id) is None:
        raise Stale(f"no line {said.entry_id}")
    _must_be_open(conn, facts, checkpoint_id)
    after = advance(conn, facts)
    row = {
        "checkpoint_id": checkpoint_id,
        "entry_id": said.entry_id,
        "route_id": facts.route_id,
        "progress": said.progress,
        "result": said.result,
        "hinders": said.hinders,
        "needs_help": said.help,
        "question": said.question,
    }
    conn.execute(_putting(conn.dialect.name), row)
    return after


def say(conn: Connection, facts: Facts, checkpoint_id: int, text: str) -> Facts:
    """The reflection, or what came to a lesson; "" is skipped. Stale: sent already, or as in `advance`."""
    return _change(conn, facts, checkpoint_id, text=text)


def send(conn: Connection, facts: Facts, checkpoint_id: int, now: datetime) -> Facts:
    """All that was asked is answered. Stale: sent already, or as in `advance`."""
    return _change(conn, facts, checkpoint_id, answered_at=now)


def judge(
    conn: Connection,
    facts: Facts,
    checkpoint_id: int,
    verdict: str,
    form: str,
    hand: Hand,
    now: datetime,
    *,
    recommendation: str = "",
    entry_id: int = 0,
) -> Facts:
    """The conclusion about an interim result, with a recommendation about a line or the whole.

    Stale: it does not wait for one, the line is gone, or as in `advance`; nothing is written then.
    """
    waits = (checkpoint.c.id == checkpoint_id) & (checkpoint.c.route_id == facts.route_id)
    waits &= checkpoint.c.answered_at.is_not(None) & checkpoint.c.judged_at.is_(None)
    if conn.execute(select(checkpoint.c.id).where(waits)).one_or_none() is None:
        raise Stale(f"checkpoint {checkpoint_id} does not wait")
    if entry_id and facts.entry(entry_id) is None:
        raise Stale(f"no line {entry_id}")
    after = advance(conn, facts)
    said = {
        "judged_at": now,
        "verdict": verdict,
        "form": form,
        "recommendation": recommendation,
        "entry_id": entry_id or None,
        "person_id": hand.person_id or None,
        "role": hand.role,
        "name": hand.name,
        "post": hand.post,
    }
    conn.execute(update(checkpoint).where(waits).values(said))
    return after


def route_of(conn: Connection, checkpoint_id: int) -> int:
    """The route of a checkpoint, 0 when there is none. Says nothing of rights."""
    found = select(checkpoint.c.route_id).where(checkpoint.c.id == checkpoint_id)
    return conn.execute(found).scalar_one_or_none() or 0 if fits(checkpoint_id) else 0


def asked(conn: Connection, person_id: int, zone: tzinfo) -> Mapping[str, date]:
    """The questions of the way that reached the person, and the day of each on this clock: what
    `monitoring_week.spread` must not ask again."""
    sent = select(notice.c.key, notice.c.sent_at).where(
        notice.c.person_id == person_id, notice.c.kind.in_(_KINDS), notice.c.sent_at.is_not(None)
    )
    return {key: at.astimezone(zone).date() for key, at in conn.execute(sent)}


def interims(conn: Connection, route_id: int) -> Mapping[int, tuple[Interim, ...]]:
    """What was said of lines, by checkpoint."""
    found = dict[int, list[Interim]]()
    rows = select(interim).where(interim.c.route_id == route_id)
    for row in conn.execute(rows.order_by(interim.c.checkpoint_id, interim.c.entry_id)):
        told = (row.progress, row.result, row.hinders, row.needs_help, row.question)
        found.setdefault(row.checkpoint_id, []).append(Interim(row.entry_id, *told))
    return {id_: tuple(several) for id_, several in found.items()}


def read(row: Row[Any], answers: Iterable[Interim] = ()) -> Checkpoint:
    """A row as a value."""
    return Checkpoint(
        id=row.id,
        key=row.key,
        kind=row.kind,
        due_on=row.due_on,
        asked_at=row.asked_at,
        entry_id=row.entry_id or 0,
        answers=tuple(answers),
        text=row.text,
        answered_at=row.answered_at,
        judged_at=row.judged_at,
        verdict=row.verdict,
        form=row.form,
        recommendation=row.recommendation,
        person_id=row.person_id or 0,
        role=row.role,
        name=row.name,
        post=row.post,
    )


def _change(conn: Connection, facts: Facts, checkpoint_id: int, **values: Any) -> Facts:
    _must_be_open(conn, facts, checkpoint_id)
    after = advance(conn, facts)
    conn.execute(update(checkpoint).where(checkpoint.c.id == checkpoint_id).values(**values))
    return after


def _must_be_open(conn: Connection, facts: Facts, checkpoint_id: int) -> None:
    hers = (checkpoint.c.id == checkpoint_id) & (checkpoint.c.route_id == facts.route_id)
    hers &= checkpoint.c.answered_at.is_(None)
    if conn.execute(select(checkpoint.c.id).where(hers)).one_or_none() is None:
        raise Stale(f"no open checkpoint {checkpoint_id}")


@cache
def _putting(dialect: str) -> Insert:
    statement = insert(dialect, interim)
    told = ("progress", "result", "hinders", "needs_help", "question")
    changes = {name: statement.excluded[name] for name in told}
    return statement.on_conflict_do_update(index_elements=["checkpoint_id", "entry_id"], set_=changes)
