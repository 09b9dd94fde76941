"""Invitations: made, found by what is typed or pressed, accepted once, renewed, revoked.

    create → waiting → accept → used → answer (taking_part | thinking | declined), changeable
             waiting → revoke → revoked;  waiting → (time) → expired
             waiting | expired | revoked → renew → waiting, and the old link and code are dead

The link and the code are derived from the bot's secret; the tables hold their SHA-256 only.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from storage import audit, memberships, organisations, pairings, signatories
from storage.invitation_making import Wanted, create, create_many, renew
from storage.invitation_rows import (
    Invitation,
    by_id,
    change,
    code_of,
    find,
    of_organisation,
    of_person,
    state,
    token_of,
)
from storage.pairings import Pairing
from storage.progress import Progress, Stage, progress
from storage.tables import audit as journal
from storage.tables import invitation

__all__ = [
    "Accepted",
    "Invitation",
    "Progress",
    "Stage",
    "Wanted",
    "accept",
    "answer",
    "attempts",
    "by_id",
    "code_of",
    "create",
    "create_many",
    "find",
    "of_organisation",
    "of_person",
    "progress",
    "recast",
    "renew",
    "revoke",
    "state",
    "token_of",
    "wrong",
]

WRONG = "invitation.wrong"
_UNUSED = invitation.c.used_at.is_(None)


@dataclass(frozen=True, slots=True)
class Accepted:
    """`first` is False when the same person presses again. `pairings` are those made just now, in which
    both are to be introduced. `signs` False: the step is held by somebody else, no right was given."""

    invitation: Invitation
    first: bool
    pairings: tuple[Pairing, ...] = ()
    signs: bool = True


def accept(conn: Connection, seen: Invitation, person_id: int, now: datetime) -> Accepted | None:
    """Bind the person to what the invitation says: role, step, pair. None: it is not for her any more.

    Of two people at once exactly one wins. Who presses again gets the same without a second role: what she
    left since then stays left. A mentor who joins later is paired with her teachers when she does.
    """
    free = (invitation.c.id == seen.id) & (invitation.c.nonce == seen.nonce) & _UNUSED
    waiting = free & invitation.c.revoked_at.is_(None) & (invitation.c.expires_at > now)
    taken = update(invitation).where(waiting).values(used_at=now, person_id=person_id)
    if conn.execute(taken).rowcount != 1:
        current = by_id(conn, seen.id)
        hers = current is not None and current.person_id == person_id
        return Accepted(current, first=False) if current and hers else None
    one = by_id(conn, seen.id)
    assert one is not None
    audit.record(conn, person_id, "invitation.accept", now, str(one.id))
    memberships.join(
        conn, person_id, one.organisation_id, one.role, now, name=one.name, post=one.post, by=one.created_by
    )
    called = (one.name, one.post)
    signs = not one.step or signatories.bind(conn, one.organisation_id, one.step, person_id, now, called)
    return Accepted(one, first=True, pairings=_introduce(conn, one, now), signs=signs)


def revoke(conn: Connection, invitation_id: int, now: datetime, *, by: int | None = None) -> bool:
    """Nobody can accept it from now on; False when it was used or revoked already."""
    which = _UNUSED & invitation.c.revoked_at.is_(None)
    return change(conn, invitation_id, which, {"revoked_at": now}, "invitation.revoke", now, by)


def answer(conn: Connection, invitation_id: int, person_id: int, given: str, now: datetime) -> bool:
    """Taking part, thinking, declined: her free choice, changeable (001 П1 5.1, 004 1.6). False: not hers."""
    hers = invitation.c.person_id == person_id
    return change(conn, invitation_id, hers, {"answer": given}, f"invitation.{given}", now, person_id)


def recast(conn: Connection, invitation_id: int, role: str, now: datetime, *, by: int | None = None) -> bool:
    """Whoever accepted it has another role now; memberships are the caller's. False: nobody accepted it."""
    used = invitation.c.used_at.is_not(None)
    return change(conn, invitation_id, used, {"role": role}, f"invitation.{role}", now, by)


def wrong(conn: Connection, person_id: int, now: datetime) -> None:
    """She typed a code that is none."""
    audit.record(conn, person_id, WRONG, now)


def attempts(conn: Connection, person_id: int, since: datetime) -> int:
    """How many wrong codes she typed since then: who guesses is asked to wait."""
    hers = (journal.c.person_id == person_id) & (journal.c.action == WRONG) & (journal.c.at >= since)
    return conn.execute(select(func.count()).select_from(journal).where(hers)).scalar_one()


def _introduce(conn: Connection, one: Invitation, now: datetime) -> tuple[Pairing, ...]:
    """The pairs this invitation makes: with her mentor, or with the teachers who waited for this mentor."""
    hers = one.person_id
    assert hers is not None
    mentor = _mentor_of(conn, one)
    pairs = [(hers, mentor)] if mentor else [(teacher, hers) for teacher in _waiting_teachers(conn, one)]
    made = [
        pairings.pair(conn, one.organisation_id, teacher, companion, now, by=one.created_by)
        for teacher, companion in pairs
    ]
    return tuple(pair for pair in made if pair is not None)


def _mentor_of(conn: Connection, one: Invitation) -> int | None:
    """Her mentor if he is one there now. His invitation is locked: he may be accepting it this instant."""
    if one.role != "teacher":
        return None
    found = one.mentor_id
    if found is None and one.mentor_invitation_id is not None:
        his = select(invitation.c.person_id).where(invitation.c.id == one.mentor_invitation_id)
        found = conn.execute(his.with_for_update(key_share=True)).scalar_one_or_none()
    places = organisations.above(conn, one.organisation_id)
    there = found and any(memberships.has(conn, found, place, "mentor") for place in places)
    return found if there else None


def _waiting_teachers(conn: Connection, one: Invitation) -> list[int]:
    if one.role != "mentor":
        return []
    theirs = select(invitation.c.person_id).where(
        invitation.c.mentor_invitation_id == one.id,
        invitation.c.role == "teacher",
        invitation.c.person_id.is_not(None),
    )
    found = conn.execute(theirs.distinct()).scalars().all()
    return [id_ for id_ in found if id_ and memberships.has(conn, id_, one.organisation_id, "teacher")]
