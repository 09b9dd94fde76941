"""The public code of an organisation, by which a teacher applies uninvited (004 п. 1.7).

Derived from the bot's secret and a number in the organisation's settings, as codes of invitations are: no
code is stored, closing the door or changing the number makes the old code dead. Whoever has the code may
only ask; a coordinator decides.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, update

from bot.iom.people import Organisation
from storage import audit, codes, invitation_making, memberships, organisation_lists, organisations, people
from storage.invitation_rows import APPLIED, Invitation, by_id, every
from storage.tables import invitation

KEY = "door"
VALID = timedelta(days=30)


def code(secret: bytes, organisation: Organisation) -> str:
    """«XXXXX-XXXXX», "" while the door is closed."""
    nonce = organisation.settings.get(KEY)
    return codes.code(secret, organisation.id, f"door/{nonce}") if isinstance(nonce, str) and nonce else ""


def token(secret: bytes, organisation: Organisation) -> str:
    """The payload of the deep link that does the same, "" while the door is closed."""
    nonce = organisation.settings.get(KEY)
    return codes.token(secret, organisation.id, f"door/{nonce}") if isinstance(nonce, str) and nonce else ""


def open(conn: Connection, organisation: Organisation, now: datetime, by: int) -> Organisation:
    """A new code; the one before is dead."""
    return _set(conn, organisation, codes.new_nonce(), now, by)


def close(conn: Connection, organisation: Organisation, now: datetime, by: int) -> Organisation:
    """Nobody can apply from now on."""
    return _set(conn, organisation, "", now, by)


def find(conn: Connection, secret: bytes, text: str) -> Organisation | None:
    """The organisation whose code or link this is."""
    wanted = codes.hashed(text)
    if not wanted:
        return None
    return next((one for one in organisation_lists.every(conn) if wanted in set(_hashes(secret, one))), None)


def apply(conn: Connection, organisation: Organisation, person_id: int, name: str, now: datetime) -> int:
    """Ask to be taken as a teacher; the id of the application, 0 when one was made in the last day.

    An application is an invitation of role teacher that its person has brought along: nobody else can use
    it, its link is never shown, and lists of invitations leave it out until it is accepted.
    """
    recent = [one for one in of_person(conn, person_id) if one.organisation_id == organisation.id]
    if any(now - one.created_at < timedelta(days=1) and one.used_at is None for one in recent):
        return 0
    kept = name if organisation.keeps_names else ""
    # The secret is of no use to anybody: this link must not be found by guessing.
    made = invitation_making.create(
        conn, codes.new_nonce().encode(), organisation.id, "teacher", now=now, valid=VALID, name=kept
    )
    hers = update(invitation).where(invitation.c.id == made.id)
    conn.execute(hers.values(person_id=person_id, answer=APPLIED))
    audit.record(conn, person_id, "invitation.apply", now, str(made.id))
    return made.id


def application(conn: Connection, invitation_id: int, now: datetime) -> Invitation | None:
    """An application that waits for an answer."""
    one = by_id(conn, invitation_id)
    waits = one is not None and one.answer == APPLIED and one.used_at is None and one.revoked_at is None
    return one if one is not None and waits and one.expires_at > now else None


def waiting(conn: Connection, organisation_id: int, now: datetime) -> tuple[Invitation, ...]:
    """The applications to an organisation that wait, oldest first."""
    asked = every(conn, (invitation.c.organisation_id == organisation_id) & (invitation.c.answer == APPLIED))
    return tuple(one for one in asked if application(conn, one.id, now) is not None)


def of_person(conn: Connection, person_id: int) -> tuple[Invitation, ...]:
    """Her applications, answered ones too."""
    return every(conn, (invitation.c.person_id == person_id) & (invitation.c.answer == APPLIED))


def called(conn: Connection, one: Invitation) -> str:
    """Whom the coordinator sees: the name she gave, else her code."""
    person = people.by_id(conn, one.person_id or 0)
    return one.name or (person.code if person else "")


def coordinators(conn: Connection, organisation_id: int) -> tuple[int, ...]:
    """Who answers an application: the coordinators of the nearest organisation up the tree that has any."""
    for place in organisations.above(conn, organisation_id):
        found = memberships.people_of(conn, place, "coordinator")
        if found:
            return tuple(one.person_id for one in found)
    return ()


def _hashes(secret: bytes, one: Organisation) -> Iterator[str]:
    if short := code(secret, one):
        yield codes.sha256(codes.plain(short))
        yield codes.sha256(token(secret, one))


def _set(conn: Connection, organisation: Organisation, nonce: str, now: datetime, by: int) -> Organisation:
    settings = {key: value for key, value in organisation.settings.items() if key != KEY}
    if nonce:
        settings[KEY] = nonce
    organisations.save_settings(conn, organisation.id, settings)
    audit.record(conn, by, "organisation.door", now, str(organisation.id))
    return replace(organisation, settings=settings)
