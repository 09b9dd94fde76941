"""Papers that take longer than a person waits for: asked for in her transaction, made by the print shop.

    ask → waiting ─ claim (a lease and a token) ─→ sent | failed
             ↑_______ the lease is over ____│

Like a notice: a row that is waiting outlives the process, and only the holder of the token records.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import Connection, insert, or_, select, update

from storage import audit
from storage.tables import person
from storage.tables_papers import print_job

Kind = Literal["cards", "registry", "application"]
KINDS: Final[tuple[Kind, ...]] = ("cards", "registry", "application")
LEASE: Final = timedelta(minutes=2)  # renewed while the work goes on
ATTEMPTS: Final = 3  # an archive that kills the process is given up
MOST_WAITING: Final = 3  # of one person


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A claimed job. `message_id` 0: nothing was said about it yet."""

    id: int
    person_id: int
    telegram_id: int
    organisation_id: int
    kind: Kind
    token: str
    attempts: int
    message_id: int
    created_at: datetime


def ask(conn: Connection, person_id: int, organisation_id: int, kind: Kind, now: datetime) -> bool:
    """Ask for a paper; False when she waits for the same one, or for too many."""
    hers = (print_job.c.person_id == person_id) & (print_job.c.state == "waiting")
    waiting = conn.execute(select(print_job.c.organisation_id, print_job.c.kind).where(hers)).all()
    if len(waiting) >= MOST_WAITING or (organisation_id, kind) in {tuple(one) for one in waiting}:
        return False
    row = {"person_id": person_id, "organisation_id": organisation_id, "kind": kind, "created_at": now}
    conn.execute(insert(print_job).values(**row, state="waiting", token="", attempts=0, error=""))
    audit.record(conn, person_id, f"print.{kind}", now, str(organisation_id))
    return True


def claim(conn: Connection, now: datetime) -> PrintJob | None:
    """Lease the oldest that nobody has in hand; None when nothing waits. What was claimed too often, and
    never recorded, gets its end here."""
    hopeless = (print_job.c.attempts >= ATTEMPTS) & (print_job.c.claimed_until <= now)
    dead = update(print_job).where(print_job.c.state == "waiting", hopeless)
    conn.execute(dead.values(state="failed", error="never recorded"))
    free = or_(print_job.c.claimed_until.is_(None), print_job.c.claimed_until <= now)
    first = (
        select(print_job.c.id)
        .where(print_job.c.state == "waiting", free)
        .order_by(print_job.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    chosen = conn.execute(first).scalar_one_or_none()
    if chosen is None:
        return None
    token = secrets.token_hex(16)
    leased = {"claimed_until": now + LEASE, "token": token, "attempts": print_job.c.attempts + 1}
    conn.execute(update(print_job).where(print_job.c.id == chosen).values(leased))
    return _job(conn.execute(_EVERY.where(print_job.c.id == chosen)).one())


def goes_on(conn: Connection, job: PrintJob, now: datetime, message_id: int) -> bool:
    """Renew the lease and remember the message that tells how far it is; False: it is no longer ours."""
    return _record(conn, job, claimed_until=now + LEASE, message_id=message_id)


def sent(conn: Connection, job: PrintJob, now: datetime) -> bool:
    """It reached Telegram."""
    return _record(conn, job, state="sent", claimed_until=now)


def failed(conn: Connection, job: PrintJob, error: str, now: datetime) -> bool:
    """Given up; she was told."""
    return _record(conn, job, state="failed", error=error, claimed_until=now)


def again(conn: Connection, job: PrintJob, error: str, until: datetime) -> bool:
    """Later: Telegram or the database did not answer."""
    return _record(conn, job, error=error, claimed_until=until)


def waiting(conn: Connection, person_id: int, organisation_id: int) -> tuple[str, ...]:
    """Kinds that she waits for."""
    hers = (print_job.c.person_id == person_id) & (print_job.c.organisation_id == organisation_id)
    query = select(print_job.c.kind).where(hers, print_job.c.state == "waiting").order_by(print_job.c.id)
    return tuple(conn.execute(query).scalars())


def _record(conn: Connection, job: PrintJob, **values: Any) -> bool:
    ours = (print_job.c.id == job.id) & (print_job.c.token == job.token) & (print_job.c.state == "waiting")
    return conn.execute(update(print_job).where(ours).values(values)).rowcount == 1


_EVERY = select(
    print_job.c.id,
    print_job.c.person_id,
    person.c.telegram_id,
    print_job.c.organisation_id,
    print_job.c.kind,
    print_job.c.token,
    print_job.c.attempts,
    print_job.c.message_id,
    print_job.c.created_at,
).join(person, person.c.id == print_job.c.person_id)


def _job(row: Any) -> PrintJob:
    about = (row.id, row.person_id, row.telegram_id, row.organisation_id, row.kind, row.token)
    return PrintJob(*about, row.attempts, row.message_id or 0, row.created_at)
