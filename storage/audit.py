"""Who did what and when. Rows outlive the person, without her name: `detail` is emptied by `erase`."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from storage.tables import audit


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the journal."""

    action: str
    at: datetime
    detail: str


def record(conn: Connection, person_id: int | None, action: str, now: datetime, detail: str = "") -> None:
    """Write a line; `person_id` is who acted, None for the program. `detail`: ids and counts, no names."""
    conn.execute(insert(audit).values(person_id=person_id, action=action, at=now, detail=detail))


def of_person(conn: Connection, person_id: int) -> tuple[Record, ...]:
    """What the person did, oldest first: what `privacy.export` shows."""
    hers = select(audit.c.action, audit.c.at, audit.c.detail).where(audit.c.person_id == person_id)
    return tuple(Record(*row) for row in conn.execute(hers.order_by(audit.c.id)))
