"""A school with something to say: Galina coordinates, Boris accompanies Anna, a line of hers is late.

school = await looked_after(play)
await school.galina.says("/digest")
text = await said(play, school.galina, "digest", organisation=school.place.id)
"""

from dataclasses import dataclass

from sqlalchemy import Connection, update

from bot.iom.people import Organisation
from bot.phone.person import Person
from bot.speech.screen import Screen
from handlers.notices import screen_of
from handlers.turn import desk_of
from storage import organisations, tables
from storage.notices import Notice
from tests.conversation.given import id_of, newcomer
from tests.conversation.given_life import Life, carried_out, helper
from tests.stage import Play

GALINA = "Галкина Галина Олеговна"


@dataclass(frozen=True)
class Watched:
    """The school, who looks after it, and the life of one route in it."""

    place: Organisation
    galina: Person
    boris: Person
    life: Life

    @property
    def anna(self) -> Person:
        """The teacher."""
        return self.life.teacher


async def looked_after(play: Play, *, keeps_names: bool = True, opened: bool = True) -> Watched:
    """Boris has been let in unless `opened` is False."""
    boris, galina = newcomer(play, "Борис"), newcomer(play, "Галина")
    life = await carried_out(play, mentor=boris, keeps_names=keeps_names, opened=opened)
    name = GALINA if keeps_names else ""
    await helper(play, galina, "coordinator", life.organisation, name=name, post="завуч")
    return Watched(life.organisation, galina, boris, life)


async def under_a_town(play: Play, watched: Watched, role: str = "methodist") -> tuple[Person, Organisation]:
    """Mila looks after the town that the school is in now."""
    mila = newcomer(play, "Мила")

    now = play.clock.now()
    town = await play.app.database.write(
        lambda conn: organisations.create(conn, "Город", now, kind="municipality")
    )
    await beneath(play, town, watched)
    await helper(play, mila, role, town)
    return mila, town


async def beneath(play: Play, town: Organisation, watched: Watched) -> None:
    """The school belongs to the town from now on."""
    which = update(tables.organisation).where(tables.organisation.c.id == watched.place.id)
    await play.app.database.write(lambda conn: conn.execute(which.values(parent_id=town.id)))


async def said(play: Play, person: Person, kind: str, route_id: int = 0, **subject: object) -> Screen | None:
    """A notice as it would be drawn now."""

    def unit(conn: Connection) -> Screen | None:
        desk = desk_of(conn, play.app.voice._world, person.id, play.clock.now())
        about = (id_of(conn, person), person.id, kind, route_id)
        return screen_of(desk, Notice(1, *about, subject, "", 1, play.clock.now()))

    return await play.app.database.write(unit)
