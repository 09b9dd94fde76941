"""Consents: each given one is a row that stays, withdrawn or not, as the proof that it was given."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, insert, select, update

from bot.iom.people import Consent
from storage.tables import consent


def give(conn: Connection, person_id: int, given: Consent) -> None:
    """Store a consent; an earlier one of the same kind stays as it is."""
    row = {
        "person_id": person_id,
        "kind": given.kind,
        "version": given.version,
        "digest": given.digest,
        "given_at": given.given_at,
    }
    conn.execute(insert(consent).values(row))


def withdraw(conn: Connection, person_id: int, kind: str, now: datetime) -> None:
    """Withdraw every consent of this kind that is in force."""
    conn.execute(update(consent).where(_in_force(person_id, kind)).values(withdrawn_at=now))


def current(conn: Connection, person_id: int, kind: str) -> Consent | None:
    """The newest consent in force, None when none was given or it was withdrawn."""
    columns = (consent.c.kind, consent.c.version, consent.c.digest, consent.c.given_at)
    newest = select(*columns).where(_in_force(person_id, kind)).order_by(consent.c.id.desc()).limit(1)
    row = conn.execute(newest).one_or_none()
    return Consent(*row) if row else None


def _in_force(person_id: int, kind: str) -> ColumnElement[bool]:
    return (consent.c.person_id == person_id) & (consent.c.kind == kind) & consent.c.withdrawn_at.is_(None)
