"""What is told to helpers survives any death, and what they press under it counts once.

Between the commit and the notice: the next life says it. Between saying and recording: it is said twice,
never lost, and of two copies of a button one counts. Two who may agree press at once: one wins, the other
sees who.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.courier import Courier
from bot.iom.facts import State
from bot.phone.person import Person
from bot.phone.server import Telegram
from bot.speech.presenter import Speaker, Told
from bot.speech.screen import Fetch, Read
from storage import journeys, notices, signatories
from tests.conversation.given import bring, facts_of, id_of, shelf_of, stored
from tests.conversation.given_life import planned_notices
from tests.conversation.given_school import Staff, staffed
from tests.databases import Databases
from tests.processes import asleep, rebuilt
from tests.stage import Play

ASKED = "карта ждёт вашего решения"


class Died(BaseException):
    """The process is no more: no handler of exceptions sees it."""


class Dying:
    """Dies at the first word, before it or right after it."""

    def __init__(self, speaker: Speaker, *, said: bool) -> None:
        self._speaker = speaker
        self._said = said

    async def speak(self, told: Told) -> int | None:
        """Say it or not, die."""
        if self._said:
            await self._speaker.speak(told)
        raise Died

    async def fetch(self, chat_id: int, wanted: Fetch) -> Read:
        """Nobody lives long enough."""
        raise Died


class Choking:
    """Can't say one thing: a defect of a text."""

    def __init__(self, speaker: Speaker, text: str) -> None:
        self._speaker = speaker
        self._text = text

    async def speak(self, told: Told) -> int | None:
        """Everything but that."""
        if told.screen is not None and told.screen.text == self._text:
            raise ValueError(self._text)
        return await self._speaker.speak(told)

    async def fetch(self, chat_id: int, wanted: Fetch) -> Read:
        """As ever."""
        return await self._speaker.fetch(chat_id, wanted)


def courier(play: Play, speaker: Callable[[Speaker], Speaker]) -> Courier:
    """Another life of the courier on the same database."""
    voice = play.app.voice
    return Courier(play.app.database, speaker(voice._speaker), voice._world, play.clock.now)


async def sent(play: Play, slug: str = "stavropol", *, substitute: bool = False) -> Staff:
    """Anna has sent her card: it waits for Elena, and for Dmitry where he stands in for her."""
    staff = await staffed(play, slug)
    if substitute:
        await play.app.database.write(lambda conn: _stands_in(conn, play, slug, staff))
    await bring(play, slug, person=staff.anna)
    await staff.anna.presses("На согласование")
    await staff.anna.sees("Отправить на согласование")
    await staff.anna.presses("Отправить")
    await staff.anna.sees("Карта на согласовании")
    await staff.anna.settled()
    return staff


def _stands_in(conn: Connection, play: Play, slug: str, staff: Staff) -> None:
    step = shelf_of(play).volumes[slug].regulation.life.approval[0].key
    now, where = play.clock.now(), staff.school.id
    signatories.put(
        conn, where, step, now, post="заместитель", name="Дмитриев Дмитрий Ильич", substitute=True
    )
    assert signatories.bind(conn, where, step, id_of(conn, staff.dmitry), now)


def copies(person: Person) -> list[str]:
    """The data of «Согласовать» in every copy of the notice."""
    found = [(b.data or "") for m in person.messages for row in m.buttons for b in row if ASKED in m.text]
    return [data for data in found if data.startswith("f:agree:")]


async def agreements(play: Play, staff: Staff) -> list[str]:
    """Who has agreed, as the tables hold it."""
    route = (await facts_of(play, staff.anna)).route_id
    journey = await stored(play, lambda conn: journeys.load(conn, route))
    return [one.name for one in journey.decisions if one.kind == "agreed"]


@pytest.mark.parametrize("said", [False, True])
async def test_a_notice_outlives_the_courier(databases: Databases, tmp_path: Path, said: bool) -> None:
    async with databases.url("sqlite", tmp_path, empty=True) as url, asleep(url) as play, rebuilt(play):
        staff = await sent(play)
        with pytest.raises(Died):
            await courier(play, lambda speaker: Dying(speaker, said=said)).deliver()
        assert await courier(play, lambda speaker: speaker).deliver() == 0  # leased to the dead one
        play.clock.passes(seconds=notices.LEASE.total_seconds() + 1)
        assert await courier(play, lambda speaker: speaker).deliver() == 1
        await staff.elena.settled()
        assert len(copies(staff.elena)) == (2 if said else 1)
        for data in copies(staff.elena):
            await staff.elena.presses(data=data, stale=True)
            await staff.elena.settled()
        assert await agreements(play, staff) == ["Еленина Елена Сергеевна"]
        assert await courier(play, lambda speaker: speaker).deliver() > 0  # the next one is asked
        assert await courier(play, lambda speaker: speaker).deliver() == 0


async def test_what_was_decided_while_the_courier_was_dead_is_not_asked(
    databases: Databases, tmp_path: Path
) -> None:
    async with databases.url("sqlite", tmp_path, empty=True) as url, asleep(url) as play, rebuilt(play):
        staff = await sent(play)
        with pytest.raises(Died):
            await courier(play, lambda speaker: Dying(speaker, said=False)).deliver()
        await staff.anna.presses("Отозвать карту")
        await staff.anna.sees("Карта снова у вас")
        play.clock.passes(seconds=notices.LEASE.total_seconds() + 1)
        await courier(play, lambda speaker: speaker).deliver()
        await staff.elena.settled()
        assert not copies(staff.elena)


async def test_a_notice_that_can_not_be_said_keeps_nobody_else_waiting(
    databases: Databases, tmp_path: Path
) -> None:
    async with databases.url("sqlite", tmp_path, empty=True) as url, asleep(url) as play, rebuilt(play):
        staff = await sent(play)
        await courier(play, lambda speaker: Choking(speaker, "notice_review")).deliver()
        assert not copies(staff.elena)
        assert await planned_notices(play, staff.elena) == [("review", "waiting")]
        play.clock.passes(minutes=3)
        await courier(play, lambda speaker: speaker).deliver()
        await staff.elena.settled()
        assert len(copies(staff.elena)) == 1


@pytest.mark.parametrize("disturb", [Telegram.duplicate, Telegram.redeliver])
async def test_a_press_under_a_notice_that_came_twice_counts_once(
    play: Play, disturb: Callable[[Telegram], None]
) -> None:
    staff = await sent(play)
    await staff.elena.sees(ASKED)
    disturb(play.telegram)
    await staff.elena.presses("Согласовать")
    await staff.elena.sees("Согласовано")
    await staff.elena.settled()
    assert await agreements(play, staff) == ["Еленина Елена Сергеевна"]
    assert (await facts_of(play, staff.anna)).step == 1


async def test_of_two_who_may_agree_one_does_and_the_other_sees_who(play: Play) -> None:
    staff = await sent(play, "ust_ilimsk", substitute=True)
    both = (staff.elena, staff.dmitry)
    for one in both:
        await one.sees(ASKED)
    await asyncio.gather(*(one.presses("Согласовать", hurry=True) for one in both))
    for one in both:
        await one.settled()
    (winner,) = await agreements(play, staff)
    first, second = both if winner.startswith("Еленина") else both[::-1]
    await first.sees("Согласовано: Светлова")
    await second.sees(f"Уже решили: {winner}")
    facts = await facts_of(play, staff.anna)
    assert (facts.state, facts.step) == (State.ON_REVIEW, 1)


async def test_of_an_approver_and_a_teacher_who_recalls_one_wins(play: Play) -> None:
    staff = await sent(play)
    await staff.elena.sees(ASKED)
    await asyncio.gather(
        staff.elena.presses("Согласовать", hurry=True), staff.anna.presses("Отозвать карту", hurry=True)
    )
    await staff.elena.settled()
    await staff.anna.settled()
    facts, agreed = await facts_of(play, staff.anna), await agreements(play, staff)
    assert (facts.state, len(agreed)) in {(State.ON_REVIEW, 1), (State.DRAFT, 0)}
