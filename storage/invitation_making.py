"""Invitations made and renewed: the link and the code need the id, so their hashes are stored after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from storage import audit, codes
from storage.invitation_rows import Invitation, by_id, change, every
from storage.tables import invitation

_CHUNK = 1000
_HASHES = (
    update(invitation)
    .where(invitation.c.id == bindparam("invitation"))
    .values(nonce=bindparam("new"), token_hash=bindparam("token"), code_hash=bindparam("code"))
)
_TIE = (
    update(invitation)
    .where(invitation.c.id == bindparam("invitation"))
    .values(mentor_invitation_id=bindparam("of"))
)
_THESE = invitation.c.id.in_(bindparam("ids", expanding=True))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom to invite (see `Invitation`). `mentor_row`: the number of her mentor in the same list."""

    role: str
    name: str = ""
    post: str = ""
    subject: str = ""
    mentor: str = ""
    mentor_id: int | None = None
    mentor_invitation_id: int | None = None
    mentor_row: int | None = None
    step: str = ""


def create(
    conn: Connection,
    secret: bytes,
    organisation_id: int,
    role: str,
    *,
    now: datetime,
    valid: timedelta,
    step: str = "",
    name: str = "",
    post: str = "",
    subject: str = "",
    mentor: str = "",
    mentor_id: int | None = None,
    mentor_invitation_id: int | None = None,
    created_by: int | None = None,
) -> Invitation:
    """One invitation, valid until `now + valid`; its fields as in `Wanted`."""
    wanted = Wanted(role, name, post, subject, mentor, mentor_id, mentor_invitation_id, None, step)
    return create_many(conn, secret, organisation_id, [wanted], now=now, valid=valid, created_by=created_by)[
        0
    ]


def create_many(
    conn: Connection,
    secret: bytes,
    organisation_id: int,
    wanted: Sequence[Wanted],
    *,
    now: datetime,
    valid: timedelta,
    created_by: int | None = None,
) -> tuple[Invitation, ...]:
    """An invitation for each, in their order; a handful of statements for a list of any length.

    Names of people where names are not kept are not for here: `name` is the organisation's own code then.
    IntegrityError: no such organisation, person or invitation.
    """
    if not wanted:
        return ()
    common = {
        "organisation_id": organisation_id,
        "created_by": created_by,
        "created_at": now,
        "expires_at": now + valid,
        "answer": "",
    }
    nonces = [codes.new_nonce() for _ in wanted]
    rows = [common | _row(one, nonce) for one, nonce in zip(wanted, nonces, strict=True)]
    adding = insert(invitation).returning(invitation.c.id, invitation.c.nonce)
    ids = {nonce: id_ for id_, nonce in conn.execute(adding, rows)}
    numbered = [ids[nonce] for nonce in nonces]
    _derive(conn, secret, dict(zip(numbered, nonces, strict=True)))
    _tie_mentors(conn, wanted, numbered)
    audit.record(conn, created_by, "invitation.create", now, f"{organisation_id} {len(rows)}")
    made = {one.id: one for one in every(conn, _THESE, numbered)}
    return tuple(made[number] for number in numbered)


def renew(
    conn: Connection,
    secret: bytes,
    invitation_id: int,
    now: datetime,
    valid: timedelta,
    *,
    by: int | None = None,
) -> Invitation | None:
    """A new link and code for an unused one, revoked or expired too; the old ones are dead. None: used."""
    fresh = {"revoked_at": None, "expires_at": now + valid}
    if not change(conn, invitation_id, invitation.c.used_at.is_(None), fresh, "invitation.renew", now, by):
        return None
    _derive(conn, secret, {invitation_id: codes.new_nonce()})
    return by_id(conn, invitation_id)


def _row(wanted: Wanted, nonce: str) -> dict[str, Any]:
    names = ("role", "step", "name", "post", "subject", "mentor", "mentor_id", "mentor_invitation_id")
    # Until the id is known the hashes are of nothing anybody can type.
    return {name: getattr(wanted, name) for name in names} | {
        "nonce": nonce,
        "token_hash": nonce,
        "code_hash": nonce,
    }


def _derive(conn: Connection, secret: bytes, nonces: dict[int, str]) -> None:
    """Store the hashes; whose code is taken already (one in 10¹² pairs) gets another nonce."""
    taken = set[str]()
    while nonces:
        made = {id_: codes.sha256(codes.plain(codes.code(secret, id_, new))) for id_, new in nonces.items()}
        hashes = list(made.values())
        for start in range(0, len(hashes), _CHUNK):
            known = invitation.c.code_hash.in_(hashes[start : start + _CHUNK])
            taken |= set(conn.execute(select(invitation.c.code_hash).where(known)).scalars())
        rows, again = list[dict[str, Any]](), dict[int, str]()
        for id_, hashed in made.items():
            if hashed in taken:
                again[id_] = codes.new_nonce()
                continue
            taken.add(hashed)
            token = codes.sha256(codes.token(secret, id_, nonces[id_]))
            rows.append({"invitation": id_, "new": nonces[id_], "token": token, "code": hashed})
        if rows:
            conn.execute(_HASHES, rows)
        nonces = again


def _tie_mentors(conn: Connection, wanted: Sequence[Wanted], ids: Sequence[int]) -> None:
    rows = [
        {"invitation": id_, "of": ids[one.mentor_row]}
        for id_, one in zip(ids, wanted, strict=True)
        if one.mentor_row is not None
    ]
    if rows:
        conn.execute(_TIE, rows)
