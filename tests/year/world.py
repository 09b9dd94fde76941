"""A school year of many routes: who they are, what is planned, and what people do with it meanwhile."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.app import App
from bot.iom.facts import AddEntry, Change, Facts, SetAnswer, State, Value
from bot.iom.journey import Line, LineState
from bot.iom.people import Consent, Organisation
from storage import (
    consents,
    journeys,
    memberships,
    organisations,
    pairings,
    people,
    planning,
    regulations,
    routes,
    versions,
)

SLUG = "stavropol"
BEGINS, ENDS = date(2026, 9, 1), date(2027, 5, 31)
ZONES = ("Europe/Kaliningrad", "Europe/Moscow", "Asia/Yekaterinburg", "Asia/Irkutsk", "Asia/Kamchatka")
SCHOOL = 50  # teachers of one school, with a mentor and a coordinator each
LINES = 5
HOLIDAYS = [{"from": "2026-10-26", "to": "2026-11-03"}, {"from": "2026-12-29", "to": "2027-01-10"}]


@dataclass
class Teacher:
    """A teacher and her plan: the lines by title, with their deadlines while they are open."""

    telegram_id: int
    zone: str
    person_id: int = 0
    route_id: int = 0
    lines: dict[str, int] = field(default_factory=dict)
    due: dict[str, date] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)
    blocked: bool = False
    paused: tuple[date, date] | None = None
    most: int = 5


@dataclass
class World:
    """Everybody. `disturbed` are lines whose plans somebody changed: what was said of them is theirs."""

    teachers: list[Teacher]
    mentors: list[int]
    chance: random.Random
    disturbed: set[str] = field(default_factory=set)

    def by_id(self, person_id: int) -> Teacher | None:
        """The teacher of this person, None for a helper."""
        return next((one for one in self.teachers if one.person_id == person_id), None)


def founded(conn: Connection, app: App, count: int, now: datetime, seed: int) -> World:
    """So many teachers in schools of `SCHOOL`, their plans approved and not begun yet."""
    chance = random.Random(seed)
    world = World([], [], chance)
    volume = app.world.shelf.volumes[SLUG]
    regulations.remember(conn, volume.digest, SLUG, volume.source, now)
    for number in range(count):
        if number % SCHOOL == 0:
            school, mentor = _school(conn, app, number // SCHOOL, now)
            world.mentors.append(mentor)
        one = Teacher(100_000 + number, chance.choice(ZONES))
        _teacher(conn, app, one, school, mentor, now)
        _plan(conn, one, chance, volume.digest, school, now)
        world.teachers.append(one)
    return world


def _school(conn: Connection, app: App, number: int, now: datetime) -> tuple[Organisation, int]:
    school = organisations.create(conn, f"Школа {number}", now, slug=SLUG, settings={"holidays": HOLIDAYS})
    mentor = _agreed(conn, app, 50_000 + number, now)
    memberships.join(conn, mentor, school.id, "mentor", now, name="Ольхов Борис Игнатьевич")
    coordinator = _agreed(conn, app, 70_000 + number, now)
    memberships.join(conn, coordinator, school.id, "coordinator", now)
    people.wear(conn, coordinator, "coordinator")
    people.wear(conn, mentor, "mentor")
    return school, mentor


def _agreed(conn: Connection, app: App, telegram_id: int, now: datetime) -> int:
    hers = people.arrive(conn, telegram_id, now).id
    consents.give(conn, hers, Consent("storage", "1", app.world.consent_digest, now))
    return hers


def _teacher(
    conn: Connection, app: App, one: Teacher, school: Organisation, mentor: int, now: datetime
) -> None:
    one.person_id = _agreed(conn, app, one.telegram_id, now)
    people.set_timezone(conn, one.person_id, one.zone)
    memberships.join(conn, one.person_id, school.id, "teacher", now)
    pair = pairings.pair(conn, school.id, one.person_id, mentor, now)
    assert pair is not None
    pairings.open(conn, pair.id, one.person_id, now)


def _plan(
    conn: Connection, one: Teacher, chance: random.Random, digest: str, school: Organisation, now: datetime
) -> None:
    facts = routes.start(conn, one.person_id, SLUG, digest, school.id, now)
    changes: list[Change] = [SetAnswer("term", {"from": BEGINS.isoformat(), "to": ENDS.isoformat()})]
    for number in range(LINES):
        title = f"Дело {one.telegram_id}-{number}"
        one.due[title] = _deadline(chance)
        changes.append(AddEntry("plan", {"title": title, "period": _period(one.due[title], chance)}))
    facts = routes.apply(conn, facts, changes, one.person_id, now, personal=())
    one.route_id = facts.route_id
    one.lines = {facts.text("title", row.id): row.id for row in facts.rows("plan")}
    one.open = set(one.lines)
    versions.move(conn, facts, State.APPROVED, 0, now)


def _deadline(chance: random.Random) -> date:
    return date(2026, 9, 20) + timedelta(days=chance.randrange(230))


def _period(due: date, chance: random.Random) -> Value:
    first = due.replace(day=1) if chance.random() < 0.4 else due
    return {"from": first.isoformat(), "to": due.isoformat()}


def lived(conn: Connection, world: World, day: date, now: datetime) -> None:
    """What people do on a day: hand in, confirm, move a deadline, go away, change a zone or their habits."""
    for one in world.teachers:
        for title in sorted(one.open):
            if one.due[title] - timedelta(days=6) <= day and world.chance.random() < 0.06:
                _done(conn, one, title, now)
        if world.chance.random() < 0.004 and one.open:
            _moved(conn, world, one, day, now)
        if world.chance.random() < 0.002:
            one.zone = world.chance.choice(ZONES)
            people.set_timezone(conn, one.person_id, one.zone)
            planning.again(conn, person_id=one.person_id)
        if world.chance.random() < 0.001:
            one.most = world.chance.choice((2, 3, 5))
            people.set_habits(conn, one.person_id, {"most": one.most, "hour": 9})
            planning.again(conn, person_id=one.person_id)


def _facts(conn: Connection, one: Teacher) -> Facts:
    found = routes.whole(conn, one.route_id)
    assert found is not None
    return found


def _done(conn: Connection, one: Teacher, title: str, now: datetime) -> None:
    row = one.lines[title]
    facts = journeys.set_line(conn, _facts(conn, one), Line(row, LineState.CLAIMED, now), LineState.PLANNED)
    journeys.set_line(conn, facts, Line(row, LineState.CONFIRMED, now), LineState.CLAIMED)
    one.open.discard(title)


def _moved(conn: Connection, world: World, one: Teacher, day: date, now: datetime) -> None:
    title = world.chance.choice(sorted(one.open))
    one.due[title] = min(ENDS, max(day, one.due[title]) + timedelta(days=world.chance.randrange(3, 40)))
    world.disturbed.add(title)
    period: Value = {"from": one.due[title].isoformat(), "to": one.due[title].isoformat()}
    changes = [SetAnswer("period", period, one.lines[title])]
    routes.apply(conn, _facts(conn, one), changes, one.person_id, now, personal=())


def local(one: Teacher, now: datetime) -> datetime:
    """The clock on her wall."""
    return now.astimezone(ZoneInfo(one.zone))


def days() -> Iterator[date]:
    """Every day of the school year and the two weeks after it."""
    day = BEGINS
    while day <= ENDS + timedelta(days=14):
        yield day
        day += timedelta(days=1)


__all__ = ["BEGINS", "ENDS", "World", "days", "founded", "lived", "local"]
