"""Every screen of a coordinator and of the operator, drawn from the tables without being sent."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import chain

from sqlalchemy import Connection

from bot.iom import first_hour
from bot.iom.people import Organisation
from bot.iom.regulation_life import ApprovalStep
from bot.iom.workbook import Row, TableError, TableProblem
from bot.speech.screen import Screen
from handlers import (
    coordinating,
    exports,
    invitation,
    invitations,
    operator,
    people_file,
    people_list,
    school,
    setup,
    trial,
)
from handlers.desk import Desk
from handlers.house import HOUSE
from handlers.place import Place
from handlers.turn import desk_of
from storage import first_links, imports, memberships, organisations, people, print_jobs, signatories
from storage import invitations as links
from tests.conversation.coordinators import coordinator, set_up
from tests.conversation.given import newcomer
from tests.stage import Play

ROOMS = frozenset(
    name
    for module in (setup, school, people_list, people_file, invitations, invitation, operator, exports)
    for name in module.ROOMS
)
# Said by a mark or by the transport, not by a screen or a `Remark("…")`.
MARKS = frozenset({"trial_mark"})
# Captions that are words in other texts.
WORDS = frozenset({"trial_stamp", "substitute", "invite_all"})
PREFIXES = ("day_", "step_", "role_", "stage_", "kind_")
LONG = "Щ" * 120
HEADER = Row(1, ("ФИО", "Должность", "Роль", "Наставник"))


async def screens(play: Play) -> list[tuple[Place, Screen]]:
    """All of them, for schools from empty to overfull."""
    found: list[tuple[Place, Screen]] = []
    kinds: tuple[dict[str, object], ...] = ({}, {"keeps_names": False}, {"slug": "stavropol"})
    for number, facts in enumerate(kinds):
        galina, made = await coordinator(play, f"{LONG} {number}", newcomer(play, "Галина"), **facts)
        found += await _drawn(play, galina.id, made, operator_too=False)
        made = await set_up(play, galina, made, region=LONG, slug="stavropol" if number else "ust_ilimsk")
        await play.app.database.write(partial(_fill, play=play, made=made))
        found += await _drawn(play, galina.id, made, operator_too=True)
    found += await _of_two_schools(play)
    return found


async def _of_two_schools(play: Play) -> list[tuple[Place, Screen]]:
    """She coordinates a town and a school in it, whose signers are named; then she tries to be a teacher."""
    galina, town = await coordinator(play, f"{LONG} город", slug="stavropol", kind="municipality")
    _, made = await coordinator(play, f"{LONG} школа", galina, parent_id=town.id)
    found = await _drawn(play, galina.id, made, operator_too=False)
    _, made = await coordinator(play, f"{LONG} сад", galina, parent_id=town.id)
    made = await set_up(play, galina, made)

    def unit(conn: Connection) -> list[tuple[Place, Screen]]:
        desk = desk_of(conn, play.app.voice._world, galina.id, play.clock.now())
        for step in _chain(desk, made):
            signatories.put(conn, made.id, step.key, desk.now, post="директор", name="Д. П. Дмитриев")
        shown = [_shown(desk, Place("school", row=made.id))]
        links.create(conn, desk.world.secret, made.id, "teacher", now=desk.now, valid=coordinating.VALID)
        shown.append(_shown(desk, Place("school", row=made.id)))
        trial.begin(desk, "")
        return [*shown, _shown(desk, Place("home")), _shown(desk, Place("menu"))]

    return [*found, *await play.app.database.write(unit)]


def _shown(desk: Desk, place: Place) -> tuple[Place, Screen]:
    desk.place = place
    return place, HOUSE[place.name].show(desk)


def _fill(conn: Connection, play: Play, made: Organisation) -> None:
    """Forty people at every stage, with the longest names there can be."""
    secret, now = play.app.voice._world.secret, play.clock.now()
    mentor = links.Wanted("mentor", name=f"М{LONG[:110]}-1", post=LONG)
    teachers = [
        links.Wanted("teacher", name=f"{LONG[:110]}-{n}", post=LONG, subject=LONG, mentor=LONG, mentor_row=0)
        for n in range(40)
    ]
    every = links.create_many(conn, secret, made.id, [mentor, *teachers], now=now, valid=timedelta(days=90))
    for one in every[1:5]:
        person = people.arrive(conn, 10**9 + one.id, now)
        links.accept(conn, one, person.id, now)
    links.answer(conn, every[2].id, people.arrive(conn, 10**9 + every[2].id, now).id, "declined", now)
    memberships.leave(conn, people.arrive(conn, 10**9 + every[3].id, now).id, made.id, now)
    links.revoke(conn, every[6].id, now)


async def _drawn(
    play: Play, telegram_id: int, made: Organisation, *, operator_too: bool
) -> list[tuple[Place, Screen]]:
    def unit(conn: Connection) -> list[tuple[Place, Screen]]:
        world = play.app.voice._world
        world = replace(world, admins=frozenset({telegram_id})) if operator_too else world
        desk = desk_of(conn, world, telegram_id, play.clock.now())
        found = []
        for place in chain(_places(desk, made), _files(desk, made)):  # each is drawn before the next is made
            desk.place = place
            if HOUSE[place.name].exists(desk):
                found.append(_shown(desk, place))
        return found

    return await play.app.database.write(unit)


def _places(desk: Desk, made: Organisation) -> Iterator[Place]:
    row = made.id
    for step in first_hour.STEPS:
        here = Place("setup", step, row)
        yield from (here, here.seen(example="1"), replace(here, walk="fix"))
    for part in ("curator", *(step.key for step in _chain(desk, made))):
        yield Place("setup", "signers", row).seen(part=part, example="1")
    yield from (Place("school", row=row), Place("school_settings", row=row))
    yield from (Place("people", row=row), Place("people", row=row).seen(example="1"))
    here = Place("invitations", row=row)
    yield from (here, here.seen(page="8"), here.seen(only="remind"), here.seen(q="Щ" * 60))
    for one in links.of_organisation(desk.conn, row):
        at = Place("invitation", row=row, parent=one.id)
        yield from (at, at.seen(sure="1"), at.seen(roles="1"), at.seen(message="1"))
    yield Place("exports", row=row)
    print_jobs.ask(desk.conn, desk.person.id, row, "cards", desk.now)
    yield Place("exports", row=row)
    yield Place("menu")
    yield from (Place("organisations"), Place("organisations").seen(q="Щ" * 60, page="8"))
    for one in first_links.links(desk.conn, made):
        links.revoke(desk.conn, one.id, desk.now)
    yield Place("organisation", row=row)
    first_links.first_link(desk.conn, desk.world.secret, made, desk.now, coordinating.VALID)
    yield from (Place("organisation", row=row), Place("organisation", row=row).seen(message="1"))
    new = Place("new_organisation")
    yield from (new, new.seen(title=LONG), new.seen(title=LONG, kind="school"))


def _chain(desk: Desk, made: Organisation) -> tuple[ApprovalStep, ...]:
    regulation = coordinating.regulation(desk, made)
    return regulation.life.approval if regulation else ()


def _files(desk: Desk, made: Organisation) -> Iterator[Place]:
    """A list at each of its states."""
    keeps = organisations.by_id(desk.conn, made.id)
    assert keeps is not None
    header = HEADER if keeps.keeps_names else Row(1, ("Код", "Должность", "Роль", "Наставник"))
    name = f"{LONG[:58]} {LONG[:58]}" if keeps.keeps_names else "П-01"
    bad = [Row(n, ("1", LONG, LONG, LONG)) for n in range(3, 9)]
    for found in (None, TableError(TableProblem.TOO_BIG, {"most": 20}), (header, Row(2, (name, LONG)), *bad)):
        number = imports.begin(desk.conn, made.id, desk.person.id, "people", "id", f"{LONG}.xlsx", desk.now)
        place = Place("people_file", row=made.id, parent=number)
        desk.place = place
        if found is not None:
            people_file.fetched(desk, number, found)
        yield place
    people_file.invite_all(desk, "")
    yield place
