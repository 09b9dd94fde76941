"""What the bot says unasked: planned in the transaction of its cause, claimed and recorded by the courier.

    plan → waiting ─ claim (a lease and a token) ─→ sent | dropped | missed | failed | unreachable
              ↑___________ put_off ____________│        no longer true · too late · after N attempts

A row is waiting until it has an end; a claimed one is only leased, so a courier that died needs no sweep.
At least once: a notice is repeated when the process died, or the reply was lost, between sending and
recording. Only the holder of the token records. The natural key makes planning twice harmless.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from storage.notice_planning import WAITING, Planned, drop, free, plan, plan_all, replan
from storage.statements import fits
from storage.tables import notice, person

__all__ = [
    "LEASE",
    "Notice",
    "Planned",
    "claim",
    "drop",
    "dropped",
    "failed",
    "kind_of",
    "missed",
    "plan",
    "plan_all",
    "put_off",
    "renew",
    "replan",
    "retry",
    "said_since",
    "sent",
]

LEASE = timedelta(seconds=50)
CLAIMS = 20  # a row claimed so often and never recorded is what kills the process


@dataclass(frozen=True, slots=True)
class Notice:
    """A claimed notice. `attempts` counts this one; `route_id` 0 is about no route."""

    id: int
    person_id: int
    telegram_id: int
    kind: str
    route_id: int
    subject: Mapping[str, Any]
    token: str
    attempts: int
    due_at: datetime


def claim(conn: Connection, now: datetime, limit: int, lease: timedelta = LEASE) -> tuple[Notice, ...]:
    """Lease what is due, at most `limit`, most overdue first. () means that nothing is due.

    Rows of people who can't be reached, and rows that nobody could ever record, get their end here.
    """
    while True:
        token = secrets.token_hex(16)
        rows = conn.execute(_CLAIM, {"now": now, "until": now + lease, "mark": token, "limit": limit}).all()
        if not rows:
            return ()
        reached = dict(_reachable(conn, {row.person_id for row in rows}))
        hopeless = [row.id for row in rows if row.person_id in reached and row.attempts > CLAIMS]
        lost = [row.id for row in rows if row.person_id not in reached]
        _end(conn, lost, now, "unreachable", "")
        _end(conn, hopeless, now, "failed", "never recorded")
        done = {*lost, *hopeless}
        taken = [_notice(row, reached[row.person_id], token) for row in rows if row.id not in done]
        if taken:
            return tuple(sorted(taken, key=lambda one: (one.due_at, one.id)))


def sent(conn: Connection, notice_id: int, token: str, message_id: int, now: datetime) -> bool:
    """Record that it reached Telegram; False when the row is no longer ours."""
    return _record(conn, notice_id, token, now, state="sent", sent_at=now, message_id=message_id)


def dropped(conn: Connection, notice_id: int, token: str, now: datetime) -> bool:
    """It was no longer true when its time came."""
    return _record(conn, notice_id, token, now, state="dropped")


def missed(conn: Connection, notice_id: int, token: str, now: datetime) -> bool:
    """Too late to be said alone; the digest tells it."""
    return _record(conn, notice_id, token, now, state="missed")


def failed(conn: Connection, notice_id: int, token: str, error: str, now: datetime) -> bool:
    """Given up; seen by the coordinator, who may `retry`."""
    return _record(conn, notice_id, token, now, state="failed", error=error)


def put_off(
    conn: Connection, notice_id: int, token: str, until: datetime, error: str, *, counts: bool = True
) -> bool:
    """Give the row back, due at `until`. `counts` False: it was Telegram's limit, not an attempt."""
    attempts = notice.c.attempts if counts else notice.c.attempts - 1
    return _record(conn, notice_id, token, None, due_at=until, error=error, attempts=attempts)


def renew(conn: Connection, ids: Sequence[int], now: datetime, lease: timedelta = LEASE) -> None:
    """Keep what is still being said: a chat that Telegram slows down may take longer than a lease."""
    ours = notice.c.id.in_(ids) & WAITING & (notice.c.token != "")
    conn.execute(update(notice).where(ours).values(claimed_until=now + lease))


def said_since(conn: Connection, person_id: int, kinds: Iterable[str], moment: datetime) -> int:
    """How many notices of these kinds reached the person after a moment."""
    hers = (notice.c.person_id == person_id) & (notice.c.sent_at > moment) & notice.c.kind.in_(tuple(kinds))
    return conn.execute(select(func.count()).select_from(notice).where(hers)).scalar_one()


def kind_of(conn: Connection, notice_id: int, person_id: int) -> str:
    """The kind of a notice of hers, "" for any other number."""
    if not fits(notice_id):
        return ""
    hers = select(notice.c.kind).where(notice.c.id == notice_id, notice.c.person_id == person_id)
    return conn.execute(hers).scalar_one_or_none() or ""


def retry(conn: Connection, notice_id: int, now: datetime) -> bool:
    """«Повторить»: a failed one is due again; False for any other."""
    given_up = (notice.c.id == notice_id) & notice.c.state.in_(("failed", "unreachable"))
    again = {"state": "waiting", "due_at": now, "attempts": 0, "error": "", "claimed_until": None}
    return conn.execute(update(notice).where(given_up).values(again)).rowcount == 1


_NOW = bindparam("now", type_=notice.c.due_at.type)
_DUE = (
    select(notice.c.id)
    .where(WAITING, notice.c.due_at <= _NOW, free(_NOW))
    .order_by(notice.c.due_at, notice.c.id)
    .limit(bindparam("limit"))
    # Two couriers share the work instead of waiting for each other; SQLite has one writer anyway.
    .with_for_update(skip_locked=True)
    .cte("due")
)
_CLAIM = (
    update(notice)
    .where(notice.c.id.in_(select(_DUE.c.id)))
    .values(
        claimed_until=bindparam("until", type_=notice.c.due_at.type),
        token=bindparam("mark"),
        attempts=notice.c.attempts + 1,
    )
    .returning(
        notice.c.id,
        notice.c.person_id,
        notice.c.kind,
        notice.c.route_id,
        notice.c.subject,
        notice.c.attempts,
        notice.c.due_at,
    )
)


def _reachable(conn: Connection, people: set[int]) -> Sequence[Any]:
    among = person.c.id.in_(people) & person.c.unreachable_at.is_(None)
    return conn.execute(select(person.c.id, person.c.telegram_id).where(among)).all()


def _notice(row: Any, telegram_id: int, token: str) -> Notice:
    return Notice(
        id=row.id,
        person_id=row.person_id,
        telegram_id=telegram_id,
        kind=row.kind,
        route_id=row.route_id or 0,
        subject=row.subject,
        token=token,
        attempts=row.attempts,
        due_at=row.due_at,
    )


def _end(conn: Connection, ids: Sequence[int], now: datetime, state: str, error: str) -> None:
    if ids:
        ended = {"state": state, "error": error, "claimed_until": now, "token": ""}
        conn.execute(update(notice).where(notice.c.id.in_(ids)).values(ended))


def _record(conn: Connection, notice_id: int, token: str, ended_at: datetime | None, **values: Any) -> bool:
    """`claimed_until` of a row that has an end says when that was."""
    if not token:  # what was never claimed has no token either
        return False
    ours = (notice.c.id == notice_id) & (notice.c.token == token) & WAITING
    written = update(notice).where(ours).values(claimed_until=ended_at, token="", **values)
    return conn.execute(written).rowcount == 1
