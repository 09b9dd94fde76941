"""An invitation as it is read, what it is worth at an instant, and how it is found."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Column, ColumnElement, Connection, Select, bindparam, or_, select, update

from storage import audit, codes
from storage.statements import fits
from storage.tables import invitation

State = Literal["waiting", "used", "expired", "revoked"]
APPLIED = "applied"  # the `answer` of one that a teacher brought along herself (`storage.doors`)

COLUMNS: tuple[Column[Any], ...] = (  # as in `Invitation`
    invitation.c.id,
    invitation.c.organisation_id,
    invitation.c.role,
    invitation.c.step,
    invitation.c.name,
    invitation.c.post,
    invitation.c.subject,
    invitation.c.mentor,
    invitation.c.mentor_id,
    invitation.c.mentor_invitation_id,
    invitation.c.created_by,
    invitation.c.created_at,
    invitation.c.expires_at,
    invitation.c.revoked_at,
    invitation.c.used_at,
    invitation.c.person_id,
    invitation.c.answer,
    invitation.c.nonce,
)
_BY_HASH: Select[Any] = select(*COLUMNS).where(
    or_(invitation.c.token_hash == bindparam("hash"), invitation.c.code_hash == bindparam("hash"))
)
_BY_ID: Select[Any] = select(*COLUMNS).where(invitation.c.id == bindparam("invitation"))


@dataclass(frozen=True, slots=True)
class Invitation:
    """One person asked to take one role in one organisation.

    `step`: the approval step she will hold, "" for none. `name` and `mentor` are what the coordinator calls
    them by: full names, or the organisation's own codes where names are not kept. `answer`: "taking_part",
    "thinking", "declined", "" before she answered. `nonce` is what `token_of` and `code_of` derive from.
    """

    id: int
    organisation_id: int
    role: str
    step: str
    name: str
    post: str
    subject: str
    mentor: str
    mentor_id: int | None
    mentor_invitation_id: int | None
    created_by: int | None
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    used_at: datetime | None
    person_id: int | None
    answer: str
    nonce: str = field(repr=False)


def state(invitation: Invitation, now: datetime) -> State:
    """Only a waiting one can be accepted. Of a used one its person may be told so, nobody else anything."""
    if invitation.used_at is not None:
        return "used"
    if invitation.revoked_at is not None:
        return "revoked"
    return "expired" if invitation.expires_at <= now else "waiting"


def token_of(secret: bytes, invitation: Invitation) -> str:
    """The payload of its deep link (40 characters of A-Z, a-z, 0-9)."""
    return codes.token(secret, invitation.id, invitation.nonce)


def code_of(secret: bytes, invitation: Invitation) -> str:
    """Its short code, «XXXXX-XXXXX»."""
    return codes.code(secret, invitation.id, invitation.nonce)


def by_id(conn: Connection, invitation_id: int) -> Invitation | None:
    """For the coordinator's lists, which must compare its organisation with her own."""
    if not fits(invitation_id):
        return None
    row = conn.execute(_BY_ID, {"invitation": invitation_id}).one_or_none()
    return Invitation(*row) if row else None


def find(conn: Connection, text: str) -> Invitation | None:
    """By the payload of a link, the link itself, or the code however it is typed; in any state."""
    hashed = codes.hashed(text)
    row = conn.execute(_BY_HASH, {"hash": hashed}).one_or_none() if hashed else None
    return Invitation(*row) if row else None


def of_organisation(conn: Connection, organisation_id: int) -> tuple[Invitation, ...]:
    """Every one, oldest first; applications are none yet."""
    theirs = (invitation.c.organisation_id == organisation_id) & (invitation.c.answer != APPLIED)
    return every(conn, theirs) if fits(organisation_id) else ()


def of_person(conn: Connection, person_id: int) -> tuple[Invitation, ...]:
    """Those she accepted, oldest first."""
    hers = (invitation.c.person_id == person_id) & (invitation.c.answer != APPLIED)
    return every(conn, hers) if fits(person_id) else ()


def every(conn: Connection, which: ColumnElement[bool], ids: Sequence[int] = ()) -> tuple[Invitation, ...]:
    """Those that `which` says, oldest first; `ids` fill its parameter of this name."""
    query: Select[Any] = select(*COLUMNS).where(which).order_by(invitation.c.id)
    return tuple(Invitation(*row) for row in conn.execute(query, {"ids": list(ids)} if ids else {}))


def change(
    conn: Connection,
    invitation_id: int,
    which: ColumnElement[bool],
    values: dict[str, Any],
    action: str,
    now: datetime,
    by: int | None,
) -> bool:
    """Change it if it is as `which` says, with a line in the journal; False otherwise."""
    if not fits(invitation_id):
        return False
    changed = conn.execute(
        update(invitation).where(invitation.c.id == invitation_id, which).values(values)
    ).rowcount
    if changed:
        audit.record(conn, by, action, now, str(invitation_id))
    return changed == 1
