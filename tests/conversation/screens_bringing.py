"""Screens of lists by file, of an event's life and of what is shared, drawn without being sent.

found = await drawn_bringing(play)      # (place, screen) in every look
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from sqlalchemy import Connection

from bot.bringing import KINDS, sifter
from bot.iom.catalogue import Event
from bot.iom.people import Organisation
from bot.iom.workbook import Row, TableError, TableProblem
from bot.phone.person import Person
from handlers import import_file, imports, moderating, own_events, proposing, sharing
from handlers.desk import Desk
from handlers.house import HOUSE
from handlers.notices import screen_of
from handlers.place import Place
from handlers.turn import desk_of
from storage import event_imports, events, memberships, people
from storage import imports as batches
from storage import sharing as shared
from storage.notices import Notice
from tests.conversation.coordinators import coordinator, set_up
from tests.conversation.given import bring, id_of, newcomer
from tests.conversation.screens_roles import Drawn
from tests.stage import Play

ROOMS = frozenset(
    name
    for module in (imports, import_file, own_events, proposing, moderating, sharing)
    for name in module.ROOMS
)
LONG = "Щ" * 200
EVENT = Event(
    id=0,
    code="long",
    title=LONG,
    blocks=("subject", "methodical", "ict"),
    level="municipal",
    form="mixed",
    education="nonformal",
    organiser=LONG,
    hours=12.5,
    resource="social",
    recommended_by="school",
    registration="open",
    link="https://example.org/" + "a" * 100,
)
HEADERS = {
    "catalogue": ("Название", "Компетенции", "Форма участия", "Вид образования", "Начало", "Организатор"),
    "diagnostics": ("ФИО", "Предметные"),
    "staff": ("Организация", "Педагогов"),
}


async def drawn_bringing(play: Play) -> Drawn:
    """Everything of these rooms, empty and overfull."""
    town_of = newcomer(play, "Марина")
    _, town = await coordinator(play, f"{LONG[:100]} город", town_of, kind="municipality")
    galina, school = await coordinator(play, f"{LONG[:100]} школа", parent_id=town.id)
    school = await set_up(play, galina, school, slug="stavropol")
    anna, boris = newcomer(play), newcomer(play, "Борис")
    for person in (anna, boris):
        await play.app.database.write(partial(_joins, play=play, person=person, school=school))
        await bring(play, "stavropol", "events", person=person)

    def unit(conn: Connection) -> Drawn:
        hers = _desk(conn, play, galina)
        return [
            *_shown(hers, _of_school(school)),
            *_shown(hers, _files(hers, school)),
            *_shown(hers, _events(conn, play, school)),
            *_shown(_desk(conn, play, town_of), _proposals(conn, school)),
            *_shared(conn, play, anna, boris),
        ]

    return await play.app.database.write(unit)


def _joins(conn: Connection, *, play: Play, person: Person, school: Organisation) -> None:
    now = play.clock.now()
    memberships.join(conn, people.arrive(conn, person.id, now).id, school.id, "teacher", now, name=LONG[:60])


def _desk(conn: Connection, play: Play, person: Person) -> Desk:
    return desk_of(conn, play.app.voice._world, person.id, play.clock.now())


def _shown(desk: Desk, places: Iterator[Place]) -> Drawn:
    found = []
    for place in places:  # each is drawn before the next is made
        desk.place = place
        assert HOUSE[place.name].exists(desk), place
        found.append((place, HOUSE[place.name].show(desk)))
    return found


def _of_school(school: Organisation) -> Iterator[Place]:
    row = school.id
    yield Place("events", row=row)
    yield Place("imports", row=row)
    for kind in KINDS:
        yield from (Place("imports", kind, row), Place("imports", kind, row).seen(file="1"))
    said: dict[str, str] = {}
    for step, word in (
        ("title", LONG),
        ("block", "ict"),
        ("form", "online"),
        ("education", "formal"),
        ("days", "-"),
        ("link", "-"),
        ("", ""),
    ):
        yield Place("propose", row=row, view={**said})
        yield Place("propose", row=row, view={**said, "example": "1"})
        said |= {step: word}


def _files(desk: Desk, school: Organisation) -> Iterator[Place]:
    """A list at each of its states."""
    for kind in KINDS:
        place = Place("import_file", kind, school.id)
        for found in (None, TableError(TableProblem.TOO_BIG, {"most": 20}), HEADERS[kind]):
            made = batches.begin(desk.conn, school.id, desk.person.id, kind, "id", f"{LONG}.xlsx", desk.now)
            here = desk.place = replace(place, parent=made)
            if isinstance(found, TableError):
                import_file.looked(desk, made, found, 0)
            elif found is not None:
                rows = (Row(1, found), *(Row(n, (LONG, LONG, LONG)) for n in range(2, 9)))
                good = (LONG, "Предметные", "очно", "курсы", "12.04.2027", "ИРО")
                more = (Row(9, good), Row(10, (f"{LONG[:-1]}1", *good[1:])), Row(11, good))
                judge = sifter(desk.conn, kind, imports.bringer(desk), desk.today)
                read = judge((*rows, *more) if kind == "catalogue" else rows)
                import_file.looked(desk, made, read, 0)
                yield from (here, here.seen(file="1"), here.seen(go="1"))
                import_file.written(desk, made, read, 0)
            yield here


def _events(conn: Connection, play: Play, school: Organisation) -> Iterator[Place]:
    """Ten events in every state."""
    states = ("proposed", "published", "declined", "withdrawn")
    made = [
        replace(
            EVENT, code=f"{school.id}/{n}", state=states[n % 4], organisation=school.id, proposer=school.id
        )
        for n in range(40)
    ]
    event_imports.take(conn, made, play.clock.now())
    yield from (Place("events", row=school.id), Place("events", row=school.id).seen(page="8"))
    for one in [one for one in events.every(conn) if one.proposer == school.id][:6]:
        here = Place("own_event", row=school.id, parent=one.id)
        yield from (here, here.seen(sure="1"))


def _proposals(conn: Connection, school: Organisation) -> Iterator[Place]:
    here = Place("moderation", row=school.id, back=Place("queue"))
    yield from (here, here.seen(page="8"), here.seen(sure="1"), Place("queue"))
    waits = next(one for one in events.every(conn) if one.proposer == school.id and one.state == "proposed")
    yield replace(here, parent=waits.id)


def _shared(conn: Connection, play: Play, anna: Person, boris: Person) -> Drawn:
    """Boris shares as much as he may; Anna is offered it and asks."""
    his, hers, now = id_of(conn, boris), id_of(conn, anna), play.clock.now()
    desk = _desk(conn, play, boris)
    empty = [Place("resources"), Place("resources", view={"title": LONG})]
    found = _shown(desk, iter([*empty, Place("resources", view={"title": LONG, "kind": "social"})]))
    ids = [shared.add(conn, his, f"{LONG[:148]}{n}", "social", "subject", now) for n in range(shared.LIMIT)]
    for id_ in ids[:5]:
        shared.show(conn, his, id_, now)
    found += _shown(desk, iter([Place("resources"), *(Place("resource", row=id_) for id_ in ids[4:6])]))
    asked = {"resource": ids[0], "asker": hers}
    for person, kind, subject in (
        (boris, "resource_asked", asked),
        (anna, "resource_answer", {"resource": ids[0], "answer": "yes"}),
        (anna, "resource_answer", {"resource": ids[0], "answer": "no"}),
    ):
        one = _desk(conn, play, person)
        told = Notice(1, one.person.id, person.id, kind, 0, subject, "t", 1, now)
        screen = screen_of(one, told)
        assert screen is not None
        found.append((Place("home"), screen))
    return found
