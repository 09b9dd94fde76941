"""What conversations begin with: people who are already on their way, and what the tables hold of them.

    anna = await bring(play, "stavropol", "experience")   # she sees «Сколько полных лет вы в педагогике?»
    await anna.says("сто")
    assert await facts_of(play, anna) == before

Each test makes people of its own, so that a whole module can play on one stage.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from typing import TypeVar

import pytest
from sqlalchemy import Connection, Table, func, select

from bot.iom import accept, interview
from bot.iom.asked import Accepted, Said
from bot.iom.facts import Facts
from bot.iom.interview import Step
from bot.iom.people import Consent, Organisation
from bot.iom.regulation import Kind, Question, Regulation
from bot.phone.chats import Button, Message
from bot.phone.person import Person
from bot.shelf import Shelf, Volume
from handlers.place import Place, ask
from storage import consents, cursors, organisations, people, regulations, routes
from storage.db import Database
from storage.tables import metadata
from tests.regulations.given import usual
from tests.stage import Play

T = TypeVar("T")
TABLES = metadata.sorted_tables
ONE_LOOP = pytest.mark.asyncio(loop_scope="module")  # a module on one stage (see `stages`)
OWN_LOOP = pytest.mark.asyncio(loop_scope="function")  # a test in it that takes `play`
_ids = count(7001)


def newcomer(play: Play, name: str = "Анна") -> Person:
    """Somebody who has never written to the bot."""
    return play.telegram.person(next(_ids), first_name=name, language_code="ru")


async def stored(play: Play, unit: Callable[[Connection], T]) -> T:
    """What a second session finds, so that only what is committed counts."""
    second = Database.open(play.settings.database_url)
    try:
        return await second.read(unit)
    finally:
        await second.close()


async def facts_of(play: Play, person: Person) -> Facts:
    """The route of a person, as it is in the tables."""
    found = await stored(play, lambda conn: routes.current(conn, id_of(conn, person)))
    assert found is not None
    return found


def id_of(conn: Connection, person: Person) -> int:
    """The person's id in our tables, 0 when she is not there."""
    table = metadata.tables["person"]
    found = conn.execute(select(table.c.id).where(table.c.telegram_id == person.id)).scalar_one_or_none()
    return found or 0


def counted(conn: Connection) -> dict[str, int]:
    """How many rows every table holds; empty ones are left out."""
    rows = {t.name: conn.execute(select(func.count()).select_from(t)).scalar_one() for t in TABLES}
    return {name: number for name, number in rows.items() if number}


def of_hers(conn: Connection, person: Person) -> dict[str, int]:
    """How many rows every table holds of this person; empty ones are left out."""
    rows = {table.name: len(_hers(conn, table, id_of(conn, person))) for table in TABLES}
    return {name: number for name, number in rows.items() if number}


def in_words(conn: Connection) -> str:
    """Every cell of every table, for words that must not be in any."""
    return "\n".join(str(row) for table in TABLES for row in conn.execute(select(table)))


def _hers(conn: Connection, table: Table, person_id: int) -> Sequence[object]:
    """Rows that lead to the person, by whatever column."""
    if table.name == "person":
        return conn.execute(select(table).where(table.c.id == person_id)).all()
    if table.name in {"entry", "answer"}:
        route = metadata.tables["route"]
        mine = select(route.c.id).where(route.c.person_id == person_id)
        return conn.execute(select(table).where(table.c.route_id.in_(mine))).all()
    if "person_id" in table.c:
        return conn.execute(select(table).where(table.c.person_id == person_id)).all()
    return ()


def shape(facts: Facts) -> object:
    """What a route says, without ids: two people who did the same have the same shape."""
    place = {0: ("route", 0)}
    for table in {entry.table for entry in facts.entries}:
        place |= {entry.id: (table, n) for n, entry in enumerate(facts.rows(table))}
    answers = {(place[row], key): answer for (row, key), answer in facts.answers.items()}
    links = {place[entry.id]: sorted(place[to] for to in entry.links) for entry in facts.entries}
    return answers, links, {place[entry.id]: entry.event for entry in facts.entries}


def here(person: Person) -> Message:
    """The message with the screen she is at, which is not always the newest: a notice of the courier may come
    below it at any moment. The buttons of a notice name facts, those of a screen belong to a room."""
    by_bot = [message for message in person.messages if message.by_bot]
    rooms = [message for message in by_bot if any(_of_a_room(b) for row in message.buttons for b in row)]
    assert by_bot, f"{person.user.first_name} was told nothing yet\n{person.screen}"
    return (rooms or by_bot)[-1]


def texts(person: Person) -> list[str]:
    """The words on the buttons of the screen she is at."""
    return [button.text for row in here(person).buttons for button in row]


def forged(person: Person, verb: str, arg: str = "") -> str:
    """A press nobody offered her, with the revision of the screen she has."""
    data = next(b.data for row in here(person).buttons for b in row if _of_a_room(b))
    return f"c:{(data or '').split(':')[1]}:{verb}:{arg}"


def _of_a_room(button: Button) -> bool:
    return (button.data or "").startswith("c:")


async def bring(
    play: Play,
    slug: str,
    until: str = "",
    person: Person | None = None,
    answers: Mapping[str, str] | None = None,
    **more: str,
) -> Person:
    """A teacher before the question `until`; everything before it is answered, by `answers` where given.

    `until` "" brings her home with nothing left to answer.
    """
    told = {**(answers or {}), **more}
    teacher = person or newcomer(play)
    volume = shelf_of(play).volumes[slug]

    def unit(conn: Connection) -> None:
        facts = _begun(conn, play, teacher, volume)
        facts, step = _answered(conn, play, volume.regulation, facts, until, told)
        _stands_at(conn, facts.person_id, _place(volume.regulation, facts, until, step))

    await play.app.database.write(unit)
    await show(play, teacher)
    return teacher


async def puts(play: Play, person: Person, place: Place) -> None:
    """Move a person there, and let her see it."""
    await play.app.database.write(lambda conn: _stands_at(conn, id_of(conn, person), place))
    await show(play, person)


async def show(play: Play, person: Person) -> None:
    """Show what is owed, as a restarted bot does."""
    person.user.started = True
    await play.app.voice.pay_debts()


def shelf_of(play: Play) -> Shelf:
    """The regulations this bot has."""
    return play.app.voice._world.shelf


async def school(play: Play, person: Person, **facts: str | bool) -> Organisation:
    """An organisation in which the person teaches."""

    def unit(conn: Connection) -> Organisation:
        now = play.clock.now()
        made = organisations.create(conn, "Гимназия «Радуга»", now, **facts)  # type: ignore[arg-type]
        organisations.join(conn, people.arrive(conn, person.id, now).id, made.id, "teacher", now)
        return made

    return await play.app.database.write(unit)


def _begun(conn: Connection, play: Play, person: Person, volume: Volume) -> Facts:
    now = play.clock.now()
    hers = people.arrive(conn, person.id, now).id
    regulations.remember(conn, volume.digest, volume.regulation.slug, volume.source, now)
    if consents.current(conn, hers, "storage") is None:
        consents.give(conn, hers, Consent("storage", "2026-11-22", play.app.voice._world.consent_digest, now))
    bound = organisations.of_person(conn, hers)
    organisation = bound.id if bound else None
    return routes.start(conn, hers, volume.regulation.slug, volume.digest, organisation, now)


def _answered(
    conn: Connection,
    play: Play,
    regulation: Regulation,
    facts: Facts,
    until: str,
    answers: Mapping[str, str],
) -> tuple[Facts, Step | None]:
    today = play.clock.now().date()
    while step := _next(regulation, facts):
        if step.key == until:
            return facts, step
        outcome = judged(regulation, facts, step, answers, today)
        facts = routes.apply(conn, facts, outcome.changes, facts.person_id, play.clock.now(), personal=())
    return facts, None


def _next(regulation: Regulation, facts: Facts) -> Step | None:
    """As one is asked: the draft, then the rest."""
    step = interview.next_of_draft(regulation, facts)
    return step or next(iter(interview.remaining(regulation, facts)), None)


def judged(
    regulation: Regulation, facts: Facts, step: Step, answers: Mapping[str, str], today: date
) -> Accepted:
    """A likely answer to a step: the given words, else a usual one of its kind."""
    said = next(_likely(regulation, facts, step, answers, today))
    outcome = accept.accept(regulation, facts, step, said, today)
    assert isinstance(outcome, Accepted), (step, said, outcome)
    return outcome


def _likely(
    regulation: Regulation, facts: Facts, step: Step, answers: Mapping[str, str], today: date
) -> Iterator[Said]:
    question = regulation.questions[step.key]
    if step.key in answers:
        yield Said(text=answers[step.key])
    elif question.kind is Kind.SELF_SCORES:
        yield Said(text=regulation.scale.self_levels[0].chat)
    elif question.kind is Kind.SCORES and regulation.scale.kind == "level":
        word = regulation.scale.levels[0].official
        yield Said(text=", ".join(f"{block.short} {word}" for block in usual(regulation).values()))
    elif question.kind is Kind.SCORES:
        yield Said(
            text=", ".join(f"{b.short} {49 + 7 * n}" for n, b in enumerate(usual(regulation).values()))
        )
    elif question.kind is Kind.POINT:
        yield Said(choice=regulation.block[0].key)
    yield _usual(question, regulation, today)


def _usual(question: Question, regulation: Regulation, today: date) -> Said:
    if question.kind in {Kind.ROWS, Kind.EVENTS}:
        return Said(choice="done")
    if question.kind is Kind.TERM:
        return Said(choice=regulation.term.options[-1].key)
    if question.kind is Kind.PERIOD and question.min:
        return Said(text=f"15.01.{today.year + 1} – 14.09.{today.year + 1}")
    if question.kind is Kind.PERIOD:
        return Said(text=f"15.03.{today.year + 1}")
    if question.kind is Kind.DATE:
        return Said(text="вчера")
    if question.kind is Kind.TASK:
        return Said(text=regulation.block[0].tasks[0])
    if question.kind is Kind.EMAIL:
        return Said(text="anna@example.org")
    if question.kind is Kind.PHONE:
        return Said(text="8 900 000-00-00")
    if question.options:
        return Said(choice=question.options[0].key)
    return Said(text=question.example or next(iter(question.suggestions), "ответ"))


def _place(regulation: Regulation, facts: Facts, until: str, step: Step | None) -> Place:
    if step is not None:
        return ask(step, "draft" if regulation.questions[until].when == "draft" else "rest:3")
    if not until:
        return Place("home")
    question = regulation.questions[until]
    row = facts.rows(question.each)[0].id if question.each else 0
    return ask(Step(until, row), "fix", Place("summary"))


def _stands_at(conn: Connection, person_id: int, place: Place) -> None:
    cursor = cursors.load(conn, person_id)
    new = cursors.Cursor(person_id, place.stored(), cursor.rev + 1, cursor.shown_rev, cursor.message_id)
    cursors.save(conn, new)
