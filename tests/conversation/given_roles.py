"""What conversations between people begin with: a school with a coordinator, invitations, pairs.

where = await rainbow(play)                          # «Гимназия «Радуга»» with Galina
token, code = await invites(play, where, "mentor", name="Громов Борис")
boris = await helper(play, where, "mentor", "Борис", name="Громов Борис")
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection

from bot.iom.people import Consent, Organisation
from bot.phone.person import Person
from storage import consents, invitations, memberships, organisations, pairings, people
from tests.conversation.given import bring, id_of, newcomer, stored
from tests.stage import Play

VALID = timedelta(days=30)


@dataclass(frozen=True)
class School:
    """An organisation and its coordinator."""

    organisation: Organisation
    galina: Person


async def rainbow(play: Play, slug: str = "ust_ilimsk", **facts: str | bool) -> School:
    """A school that works by this regulation; Galina coordinates it and looks so."""
    galina = newcomer(play, "Галина")
    galina.user.started = True

    def unit(conn: Connection) -> Organisation:
        now = play.clock.now()
        made = organisations.create(conn, "Гимназия «Радуга»", now, slug=slug, **facts)  # type: ignore[arg-type]
        joins(conn, play, galina, made, "coordinator", "Гаврилова Галина")
        return made

    return School(await play.app.database.write(unit), galina)


def joins(
    conn: Connection, play: Play, person: Person, organisation: Organisation, role: str, name: str = ""
) -> int:
    """The person has consented, has this role there and looks with it."""
    now = play.clock.now()
    hers = people.arrive(conn, person.id, now).id
    if consents.current(conn, hers, "storage") is None:
        digest = play.app.voice._world.consent_digest
        consents.give(conn, hers, Consent("storage", "2026-11-22", digest, now))
    memberships.join(conn, hers, organisation.id, role, now, name=name)
    people.wear(conn, hers, "" if role == "teacher" else role)
    return hers


async def helper(play: Play, where: School, role: str, first: str, name: str = "") -> Person:
    """Somebody who has joined already."""
    person = newcomer(play, first)
    person.user.started = True
    await play.app.database.write(lambda conn: joins(conn, play, person, where.organisation, role, name))
    return person


async def invites(
    play: Play, where: School, role: str, *, valid: timedelta = VALID, **about: Any
) -> tuple[str, str]:
    """The link's payload and the short code of a new invitation."""
    secret = play.app.voice._world.secret

    def unit(conn: Connection) -> tuple[str, str]:
        made = invitations.create(
            conn, secret, where.organisation.id, role, now=play.clock.now(), valid=valid, **about
        )
        return invitations.token_of(secret, made), invitations.code_of(secret, made)

    return await play.app.database.write(unit)


async def paired(play: Play, where: School, anna: Person, boris: Person, *, opened: bool = False) -> int:
    """Anna and Boris are a pair in the school."""

    def unit(conn: Connection) -> int:
        now = play.clock.now()
        ids = id_of(conn, anna), id_of(conn, boris)
        pair = pairings.pair(conn, where.organisation.id, *ids, now)
        assert pair is not None
        if opened:
            pairings.open(conn, pair.id, ids[0], now)
        return pair.id

    return await play.app.database.write(unit)


async def teacher(play: Play, where: School, name: str = "Светлова Анна", until: str = "") -> Person:
    """Anna teaches in the school and has a card before the question `until`."""
    anna = newcomer(play)
    await play.app.database.write(lambda conn: joins(conn, play, anna, where.organisation, "teacher", name))
    return await bring(play, where.organisation.slug, until or "position", anna)


async def roles_of(play: Play, person: Person) -> list[str]:
    """Every role she has, as committed."""
    held = await stored(play, lambda conn: memberships.of_person(conn, id_of(conn, person)))
    return sorted(one.role for one in held)
