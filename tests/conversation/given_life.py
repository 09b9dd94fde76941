"""What conversations between people begin with: a school, its helpers, a route that is being carried out.

    boris = newcomer(play, "Борис")
    life = await carried_out(play, mentor=boris)          # Anna is at home, Boris too
    await life.teacher.presses("План")                    # three lines: life.lines are their ids
    await told(play, boris)                               # what the courier owed him has come

Each test makes people of its own; `life.organisation` may be given to the next `carried_out`, so that two
teachers have one school.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Connection, select

from bot.iom.facts import AddEntry, Change, Facts, RemoveEntry, State, Value
from bot.iom.journey import Journey
from bot.iom.people import Consent, Organisation
from bot.iom.regulation import Kind, Regulation
from bot.iom.snapshot import frozen
from bot.phone.person import Person
from handlers.place import Place
from storage import (
    consents,
    decisions,
    journeys,
    memberships,
    notices,
    organisations,
    pairings,
    people,
    routes,
    snapshots,
)
from storage.decisions import Hand
from storage.tables import metadata
from tests.conversation.given import bring, id_of, newcomer, puts, shelf_of, stored
from tests.stage import Play

# Titles and days of the three lines; the clock of the stage stands at 23 November 2026.
LINES = (
    ("Курсы «Функциональная грамотность»", date(2026, 12, 15)),
    ("Открытый урок по дробям", date(2027, 2, 10)),
    ("Статья о диагностике", date(2026, 11, 20)),
)


@dataclass(frozen=True)
class Life:
    """A route that is being carried out, and who is around it."""

    play: Play
    teacher: Person
    mentor: Person | None
    organisation: Organisation
    route_id: int
    lines: tuple[int, ...]
    pairing_id: int = 0
    titles: tuple[str, ...] = field(default=tuple(title for title, _ in LINES))

    async def journey(self) -> Journey:
        """What happened between people, as the tables have it."""
        return await stored(self.play, lambda conn: journeys.load(conn, self.route_id))

    async def state(self, number: int = 0) -> str:
        """What became of a line."""
        return (await self.journey()).state(self.lines[number]).value

    async def facts(self) -> Facts:
        """The route, as the tables have it."""
        return await stored(self.play, self._load)

    def _load(self, conn: Connection) -> Facts:
        found = routes.load(conn, id_of(conn, self.teacher), self.route_id)
        assert found is not None
        return found


async def carried_out(
    play: Play,
    teacher: Person | None = None,
    mentor: Person | None = None,
    *,
    slug: str = "stavropol",
    lines: Sequence[tuple[str, date]] = LINES,
    state: State = State.ACTIVE,
    opened: bool = True,
    organisation: Organisation | None = None,
    keeps_names: bool = True,
) -> Life:
    """An approved route in this state, with a mentor whose pair is open (unless `opened` is False); without
    `mentor` nobody accompanies her. The teacher stands at home, her mentor at her queue."""
    anna = teacher or newcomer(play)
    school = await play.app.database.write(
        lambda conn: _school(conn, play, anna, organisation, slug, keeps_names)
    )
    await bring(play, slug, "", anna)
    if mentor is not None:
        await helper(play, mentor, "mentor", school, name="Ольхов Борис Игнатьевич", post="учитель")

    def unit(conn: Connection) -> Life:
        facts = routes.current(conn, id_of(conn, anna))
        assert facts is not None
        regulation = shelf_of(play).volumes[slug].regulation
        facts = _planned(conn, play, regulation, facts, lines)
        facts = _approved(conn, play, regulation, facts, state)
        pair = _paired(conn, play, facts, mentor, opened) if mentor is not None else 0
        ids = tuple(entry.id for entry in facts.rows("plan"))
        told = tuple(title for title, _ in lines)
        return Life(play, anna, mentor, school, facts.route_id, ids, pair, told)

    life = await play.app.database.write(unit)
    await puts(play, anna, Place("home"))
    return life


async def own_route(
    play: Play, teacher: Person | None = None, *, slug: str = "stavropol", state: State = State.ACTIVE
) -> Life:
    """A route of no organisation: nobody accompanies the teacher and nobody checks."""
    anna = teacher or newcomer(play)
    await bring(play, slug, "", anna)

    def unit(conn: Connection) -> Life:
        facts = routes.current(conn, id_of(conn, anna))
        assert facts is not None
        regulation = shelf_of(play).volumes[slug].regulation
        facts = _approved(conn, play, regulation, _planned(conn, play, regulation, facts, LINES), state)
        ids = tuple(entry.id for entry in facts.rows("plan"))
        return Life(play, anna, None, Organisation(0, ""), facts.route_id, ids)

    life = await play.app.database.write(unit)
    await puts(play, anna, Place("home"))
    return life


async def helper(
    play: Play,
    person: Person,
    role: str,
    organisation: Organisation,
    *,
    name: str = "",
    post: str = "",
    place: str = "queue",
) -> Person:
    """Give a person a role in the organisation; she agreed to storage and looks at the bot in that role."""

    def unit(conn: Connection) -> None:
        now = play.clock.now()
        hers = people.arrive(conn, person.id, now).id
        if consents.current(conn, hers, "storage") is None:
            digest = play.app.voice._world.consent_digest
            consents.give(conn, hers, Consent("storage", "2026-11-22", digest, now))
        memberships.join(conn, hers, organisation.id, role, now, name=name, post=post)
        people.wear(conn, hers, role)

    await play.app.database.write(unit)
    await puts(play, person, Place(place))
    return person


async def closes(life: Life) -> None:
    """The teacher takes back her consent to the mentor's access."""

    def unit(conn: Connection) -> None:
        assert pairings.close(conn, life.pairing_id, id_of(conn, life.teacher), life.play.clock.now())

    await life.play.app.database.write(unit)


async def told(play: Play, *persons: Person) -> None:
    """Everything that was due has been sent, and these people have seen it."""
    for person in persons:
        await person.settled()
    await play.app.courier.deliver()
    for person in persons:
        await person.settled()


async def planned_notices(play: Play, person: Person) -> list[tuple[str, str]]:
    """(kind, state) of all notices of a person, oldest first."""
    table = metadata.tables["notice"]

    def find(conn: Connection) -> list[tuple[str, str]]:
        hers = select(table.c.kind, table.c.state).where(table.c.person_id == id_of(conn, person))
        return [(row.kind, row.state) for row in conn.execute(hers.order_by(table.c.id))]

    return await stored(play, find)


async def without_notices(play: Play, person: Person) -> None:
    """Forget what was planned to be told to a person."""
    await play.app.database.write(
        lambda conn: notices.drop(conn, play.clock.now(), person_id=id_of(conn, person))
    )


def fact_press(person: Person, caption: str) -> str:
    """The data of the newest button with this caption that hangs under a notice."""
    found = [
        button.data
        for message in person.messages
        for row in message.buttons
        for button in row
        if button.text == caption and (button.data or "").startswith("f:")
    ]
    assert found, f"no button {caption!r} under a notice\n{person.screen}"
    return found[-1] or ""


def _school(
    conn: Connection, play: Play, anna: Person, known: Organisation | None, slug: str, keeps_names: bool
) -> Organisation:
    now = play.clock.now()
    made = known or organisations.create(conn, "Гимназия «Радуга»", now, slug=slug, keeps_names=keeps_names)
    organisations.join(conn, people.arrive(conn, anna.id, now).id, made.id, "teacher", now)
    return made


def _planned(
    conn: Connection,
    play: Play,
    regulation: Regulation,
    facts: Facts,
    lines: Sequence[tuple[str, date]],
) -> Facts:
    """Exactly these lines, each for the first point of growth."""
    point = facts.rows("growth")[0].id
    changes: list[Change] = [RemoveEntry(entry.id) for entry in facts.rows("plan")]
    period = next(q.key for q in regulation.fields("plan") if q.kind is Kind.PERIOD)
    for title, day in lines:
        when: Value = {"from": day.isoformat(), "to": day.isoformat()}
        changes.append(AddEntry("plan", {"title": title, period: when}, frozenset({point})))
    return routes.apply(conn, facts, changes, facts.person_id, play.clock.now(), personal=())


def _approved(conn: Connection, play: Play, regulation: Regulation, facts: Facts, state: State) -> Facts:
    """Sent, agreed at every step of the chain, frozen, and put into the state."""
    now = play.clock.now()
    facts, _ = decisions.decide(
        conn, facts, "sent", Hand(facts.person_id, "teacher"), now, to=(State.ON_REVIEW, 0)
    )
    for number, step in enumerate(regulation.life.approval):
        last = number + 1 == len(regulation.life.approval)
        to = (State.APPROVED, 0) if last else (State.ON_REVIEW, number + 1)
        hand = Hand(0, "approver", "Еланская Вера Львовна", step.post or "директор")
        facts, _ = decisions.decide(conn, facts, "agreed", hand, now, step=step.key, to=to)
    facts = replace(facts, state=State.APPROVED)
    snapshots.keep(conn, facts, frozen(facts), now)
    return facts if state is State.APPROVED else routes.move(conn, facts, state, 0, now)


def _paired(conn: Connection, play: Play, facts: Facts, mentor: Person, opened: bool) -> int:
    assert facts.organisation_id is not None
    now = play.clock.now()
    made = pairings.pair(conn, facts.organisation_id, facts.person_id, id_of(conn, mentor), now)
    assert made is not None
    if opened:
        assert pairings.open(conn, made.id, facts.person_id, now)
    return made.id
