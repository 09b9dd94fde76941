"""Coordinators and what they begin with.

galina, school = await coordinator(play)          # she sees «Как называется организация?»
await set_up(play, galina, school, slug="tiny")   # the first hour is over, she sees her school
"""

from dataclasses import replace

from sqlalchemy import Connection

from bot.documents import xlsx
from bot.iom import first_hour
from bot.iom.people import Consent, Organisation
from bot.iom.school import settings_of
from bot.iom.workbook import Sheet
from bot.phone.person import Person
from handlers.place import Place
from storage import consents, memberships, organisations, people, regulations
from storage import progress as stages
from storage.progress import Progress
from tests.conversation.given import newcomer, puts, shelf_of, stored
from tests.stage import Play

TITLE = "Гимназия «Радуга»"


async def coordinator(
    play: Play, title: str = TITLE, person: Person | None = None, **facts: object
) -> tuple[Person, Organisation]:
    """Galina, who has just agreed to the storage of her answers and coordinates a new school."""
    galina = person or newcomer(play, "Галина")

    def unit(conn: Connection) -> Organisation:
        now = play.clock.now()
        made = organisations.create(conn, title, now, **facts)  # type: ignore[arg-type]
        hers = people.arrive(conn, galina.id, now).id
        if consents.current(conn, hers, "storage") is None:
            digest = play.app.voice._world.consent_digest
            consents.give(conn, hers, Consent("storage", "2026-11-22", digest, now))
        memberships.join(conn, hers, made.id, "coordinator", now)
        people.wear(conn, hers, "coordinator")
        return made

    made = await play.app.database.write(unit)
    await puts(play, galina, Place("setup", first_hour.STEPS[0], made.id))
    return galina, made


async def set_up(
    play: Play, galina: Person, school: Organisation, slug: str = "ust_ilimsk", **facts: object
) -> Organisation:
    """The first hour is over: she sees her school."""

    def unit(conn: Connection) -> None:
        volume = shelf_of(play).volumes[slug]
        regulations.remember(conn, volume.digest, slug, volume.source, play.clock.now())
        settings = replace(settings_of(school.settings), setup="done").stored()
        done = replace(school, slug=slug, settings=settings, **facts)  # type: ignore[arg-type]
        organisations.save(conn, done)

    await play.app.database.write(unit)
    await puts(play, galina, Place("school", row=school.id))
    found = await organisation(play, school)
    assert found is not None
    return found


async def organisation(play: Play, school: Organisation) -> Organisation:
    """The organisation as the table holds it."""
    found = await stored(play, lambda conn: organisations.by_id(conn, school.id))
    assert found is not None
    return found


async def invited(play: Play, school: Organisation) -> tuple[Progress, ...]:
    """Everybody who was invited there, as the tables hold them."""
    return await stored(play, lambda conn: stages.progress(conn, school.id, play.clock.now()))


def table(*rows: tuple[str, ...], codes: bool = False) -> bytes:
    """A filled list: last name, first name, patronymic (or a code), post, role, mentor."""
    names = ("Код",) if codes else ("Фамилия", "Имя", "Отчество")
    return xlsx.write([Sheet("Люди", (*names, "Должность", "Роль", "Наставник"), rows)])
