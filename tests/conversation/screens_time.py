"""Screens of reminders, for `test_screens`: the rooms of habits and of «Напомнить позже», every kind of
notice.

found = await drawn_time(play)      # (place, screen) of people made for it
"""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection, update

from bot.iom.facts import State
from bot.iom.habits import TOPICS, Habits
from bot.iom.journey import Line, LineState
from bot.phone.person import Person
from bot.speech.screen import Screen
from handlers import reminders, snoozing
from handlers.house import HOUSE
from handlers.notices import outcome_of
from handlers.place import Place
from handlers.turn import desk_of
from storage import journeys, people, routes
from storage.notices import Notice
from storage.tables import answer, event, route
from tests.conversation.given import id_of, newcomer
from tests.conversation.given_life import Life, carried_out, helper
from tests.stage import Play

Drawn = list[tuple[Place, Screen]]
ROOMS = frozenset(name for module in (reminders, snoozing) for name in module.ROOMS)
LONG = "Щ" * 250
TODAY = date(2026, 11, 23)  # where the clock of the stage stands, a Monday
NEAR = [
    (LONG, TODAY - timedelta(days=3)),
    *[(LONG, TODAY + timedelta(days=n)) for n in (0, 1, 1, 5, 9, 12, 13)],
]


async def drawn_time(play: Play) -> Drawn:
    """Everything this area shows, with the longest words there are."""
    boris, galina = newcomer(play, "Борис"), newcomer(play, "Галина")
    life = await carried_out(play, mentor=boris, lines=NEAR)
    await helper(play, galina, "coordinator", life.organisation)
    found = await play.app.database.write(partial(_rooms, play=play, life=life))
    found += await play.app.database.write(partial(_plan, play=play, life=life, boris=boris, galina=galina))
    one = await carried_out(play, lines=[(LONG, TODAY + timedelta(days=1))])
    late = await carried_out(play, lines=[(LONG, TODAY - timedelta(days=3))])
    for alone in (one, late):
        found += await play.app.database.write(
            partial(_told, play=play, life=alone, who=alone.teacher, kind="deadline")
        )
    over = await carried_out(play, slug="ust_ilimsk", lines=NEAR)
    return found + await play.app.database.write(partial(_route, play=play, life=over, galina=galina))


def _rooms(conn: Connection, play: Play, life: Life) -> Drawn:
    anna = life.teacher
    looks = [
        Place("reminders"),
        *(Place("reminders", view={"part": part}) for part in ("what", "when", "silence")),
    ]
    found = _seen(conn, play, anna, *looks, Place("later", row=life.lines[0]))
    all_off = Habits(off=frozenset(TOPICS), paused_to=TODAY + timedelta(days=9), weekends=True)
    people.set_habits(conn, id_of(conn, anna), all_off.stored())
    found += _seen(conn, play, anna, Place("reminders"))
    people.set_habits(conn, id_of(conn, anna), replace(all_off, paused_to=None).stored())
    found += _seen(conn, play, anna, Place("reminders"))
    people.set_habits(conn, id_of(conn, anna), {})
    return found


def _seen(conn: Connection, play: Play, person: Person, *places: Place) -> Drawn:
    found = []
    for place in places:
        desk = desk_of(conn, play.app.world, person.id, play.clock.now())
        desk.place = place
        assert HOUSE[place.name].exists(desk), place
        found.append((place, HOUSE[place.name].show(desk)))
    return found


def _plan(conn: Connection, play: Play, life: Life, boris: Person, galina: Person) -> Drawn:
    conn.execute(update(event).values(added_at=play.clock.now()))  # all of the catalogue is new
    anna = life.teacher
    found = _told(conn, play, life, anna, "deadline") + _told(conn, play, life, anna, "week")
    found += _told(conn, play, life, anna, "begins")
    conn.execute(update(event).values(added_at=None))
    week_ago = play.clock.now() - timedelta(days=9)
    facts = routes.load(conn, id_of(conn, anna), life.route_id)
    assert facts is not None
    claimed = Line(life.lines[0], LineState.CLAIMED, week_ago)
    journeys.set_line(conn, facts, claimed, LineState.PLANNED)
    return found + _told(conn, play, life, boris, "waits") + _told(conn, play, life, galina, "waits_long")


def _route(conn: Connection, play: Play, life: Life, galina: Person) -> Drawn:
    found: Drawn = []
    long_ago = play.clock.now() - timedelta(days=9)
    conn.execute(update(answer).where(answer.c.route_id == life.route_id).values(at=long_ago))
    for state, kind in (
        (State.FINALIZING, "ended"),
        (State.RETURNED, "draft"),
        (State.DRAFT, "draft"),
        (State.COMPLETED, "retention"),
    ):
        conn.execute(update(route).where(route.c.id == life.route_id).values(state=state))
        found += _told(conn, play, life, life.teacher, kind)
    return found


def _told(conn: Connection, play: Play, life: Life, who: Person, kind: str) -> Drawn:
    """A reminder to a person, which must be true and timely now."""
    desk = desk_of(conn, play.app.world, who.id, play.clock.now())
    subject: dict[str, Any] = {"day": TODAY.isoformat()}
    about = (id_of(conn, who), who.id, kind, life.route_id)
    said = outcome_of(desk, Notice(1, *about, subject, "", 1, play.clock.now()))
    assert isinstance(said, Screen), (kind, said)
    return [(Place(kind), said)]
