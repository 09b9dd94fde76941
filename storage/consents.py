"""Consents: each given one is a row that stays, withdrawn or not, as the proof that it was given."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, ScalarSelect, bindparam, func, insert, select, update

from bot.iom.people import Consent
from storage.tables import consent

COLUMNS = (consent.c.kind, consent.c.version, consent.c.digest, consent.c.given_at)  # as in `Consent`


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
    in_force = (consent.c.person_id == person_id) & (consent.c.kind == kind) & _IN_FORCE
    conn.execute(update(consent).where(in_force).values(withdrawn_at=now))


def current(conn: Connection, person_id: int, kind: str) -> Consent | None:
    """The newest consent in force, None when none was given or it was withdrawn."""
    row = conn.execute(_CURRENT, {"person": person_id, "kind": kind}).one_or_none()
    return Consent(*row) if row else None


def newest(person: ColumnElement[int], kind: ColumnElement[str]) -> ScalarSelect[int]:
    """The id of the newest consent in force, as an SQL expression."""
    others = consent.alias()
    hers = (others.c.person_id == person) & (others.c.kind == kind) & others.c.withdrawn_at.is_(None)
    return select(func.max(others.c.id)).where(hers).scalar_subquery()


_IN_FORCE = consent.c.withdrawn_at.is_(None)
_CURRENT = select(*COLUMNS).where(consent.c.id == newest(bindparam("person"), bindparam("kind")))
