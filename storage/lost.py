"""Notices that came to nothing and are sent again; reminders from one person to another."""

from datetime import datetime

from sqlalchemy import Connection, func, select, update

from storage.counted_people import FAILED
from storage.counting import Terms
from storage.tables import membership, notice

NUDGE = "nudge"


def retry(conn: Connection, terms: Terms, now: datetime) -> int:
    """«Повторить»: every failed notice to people of the scope is due again; returns how many.

    What was missed is not: it was too late then, so it is now.
    """
    theirs = select(membership.c.person_id).where(
        membership.c.organisation_id.in_(terms.scope.organisations())
    )
    failed = (notice.c.state == FAILED) & (notice.c.claimed_until >= terms.lost)
    again = {"state": "waiting", "due_at": now, "attempts": 0, "error": "", "claimed_until": None}
    which = update(notice).where(failed, notice.c.person_id.in_(theirs))
    return len(conn.execute(which.values(again).returning(notice.c.id)).all())


def last_nudge(conn: Connection, person_id: int) -> datetime | None:
    """When somebody reminded this person by a tap last; what could not be delivered is no reminder."""
    hers = (notice.c.person_id == person_id) & (notice.c.kind == NUDGE)
    delivered = notice.c.state.in_(("waiting", "sent"))
    found: datetime | None = conn.execute(
        select(func.max(notice.c.created_at)).where(hers, delivered)
    ).scalar_one()
    return found
