"""The link of the first coordinator of an organisation: made in the chat or on the command line."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.iom.people import Organisation
from storage import invitations
from storage.invitations import Invitation

ROLE = "coordinator"


def first_link(
    conn: Connection,
    secret: bytes,
    organisation: Organisation,
    now: datetime,
    valid: timedelta,
    *,
    by: int | None = None,
) -> Invitation:
    """A living link: that of an unused invitation is made anew, the old one dead; else a new invitation."""
    unused = [one for one in links(conn, organisation) if one.used_at is None]
    if unused:
        renewed = invitations.renew(conn, secret, unused[-1].id, now, valid, by=by)
        if renewed is not None:
            return renewed
    return invitations.create(conn, secret, organisation.id, ROLE, now=now, valid=valid, created_by=by)


def links(conn: Connection, organisation: Organisation) -> tuple[Invitation, ...]:
    """Invitations of its coordinators, oldest first."""
    return tuple(one for one in invitations.of_organisation(conn, organisation.id) if one.role == ROLE)
