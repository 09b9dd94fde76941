"""Certificates that were given: one for a route, found again by its code.

The code is derived from the bot's secret, as codes of invitations are, and only its hash is stored: a dump
of the database forges nothing. Whoever deletes her data takes her certificate along.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from bot.iom.facts import Facts
from storage import audit, codes, routes
from storage.statements import fits
from storage.tables import route
from storage.tables_papers import certificate

PREFIX = "v-"  # of the payload that opens the check


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate in force."""

    id: int
    route_id: int
    issued_at: datetime
    nonce: str


def of_route(conn: Connection, route_id: int) -> Issued | None:
    """The certificate of a route, None when none was given."""
    return _issued(conn.execute(_EVERY.where(certificate.c.route_id == route_id)).one_or_none())


def issue(conn: Connection, secret: bytes, route_id: int, now: datetime, by: int) -> Issued:
    """Give one, or find the one that was given. The caller has seen that the route lacks nothing."""
    given = of_route(conn, route_id)
    if given is not None:
        return given
    nonce = codes.new_nonce()
    row = {"route_id": route_id, "nonce": nonce, "code_hash": nonce, "issued_at": now}
    made = conn.execute(insert(certificate).values(row).returning(certificate.c.id)).scalar_one()
    one = Issued(made, route_id, now, nonce)
    known = update(certificate).where(certificate.c.id == made)
    conn.execute(known.values(code_hash=codes.sha256(codes.plain(code_of(secret, one)))))
    audit.record(conn, by, "certificate.issue", now, str(route_id))
    return one


def code_of(secret: bytes, one: Issued) -> str:
    """«XXXXX-XXXXX», printed on the paper."""
    return codes.code(secret, one.id, f"certificate/{one.nonce}")


def payload_of(secret: bytes, one: Issued) -> str:
    """What the deep link carries: «v-XXXXXXXXXX»."""
    return PREFIX + codes.plain(code_of(secret, one))


def find(conn: Connection, text: str) -> Issued | None:
    """The certificate with this code, however it is typed; None for any other."""
    wanted = codes.hashed(text.removeprefix(PREFIX))
    known = _EVERY.where(certificate.c.code_hash == wanted)
    return _issued(conn.execute(known).one_or_none()) if wanted else None


def by_id(conn: Connection, certificate_id: int) -> Issued | None:
    """One by its id."""
    if not fits(certificate_id):
        return None
    return _issued(conn.execute(_EVERY.where(certificate.c.id == certificate_id)).one_or_none())


def facts_of(conn: Connection, one: Issued) -> Facts:
    """The route a certificate was given for. For whoever holds the code; she is told initials and a date."""
    owner = conn.execute(select(route.c.person_id).where(route.c.id == one.route_id)).scalar_one()
    facts = routes.load(conn, owner, one.route_id)
    assert facts is not None
    return facts


_EVERY = select(certificate.c.id, certificate.c.route_id, certificate.c.issued_at, certificate.c.nonce)


def _issued(row: Row[*tuple[Any, ...]] | None) -> Issued | None:
    return Issued(*row) if row is not None else None
