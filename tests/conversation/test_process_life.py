"""How the process lives: it ends in peace, starts again, fails on one update and not on the next one."""

from collections.abc import AsyncIterator, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select
from structlog.testing import capture_logs

from bot.demo.run import environment
from bot.phone.person import Person
from bot.phone.server import Fault, Telegram
from bot.shelf import Shelf, Volume
from handlers.desk import World
from storage.tables import metadata
from tests.conversation.given import bring, facts_of, newcomer, stored
from tests.databases import Databases
from tests.processes import Start, asleep, from_scratch, nursery, on_webhook, rebuilt
from tests.stage import Play


@pytest.fixture(scope="module")
def forked() -> Iterator[Start]:
    """A quick way to start the real bot."""
    with nursery() as start:
        yield start


@pytest.fixture
async def play(databases: Databases, tmp_path: Path) -> AsyncIterator[Play]:
    """Everything but a running bot."""
    async with databases.url("sqlite", tmp_path, empty=True) as url, asleep(url) as sleeping:
        yield sleeping


@pytest.fixture(autouse=True)
def logged() -> Iterator[list[MutableMapping[str, Any]]]:
    """What the bot logs here is kept instead of printed."""
    with capture_logs() as entries:
        yield entries


# -- the process


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_asked_to_end_it_finishes_what_it_has_in_hand_and_a_second_start_goes_on(
    databases: Databases, forked: Start, tmp_path: Path, mode: str
) -> None:
    async with databases.url("sqlite", tmp_path, empty=True) as url, Telegram(webhook_retry=0.1) as telegram:
        settings = environment(telegram, url, **(on_webhook() if mode == "webhook" else {}))
        anna = telegram.person(1001, first_name="Анна", language_code="ru")
        life = await (from_scratch if mode == "polling" else forked)(settings)
        await anna.start()
        await anna.sees("Вы согласны", timeout=60)
        telegram.faults.add(Fault("editMessageText", kind="delay", delay=1.0))
        await anna.presses("Согласен")
        await anna.wait(lambda _: anna.chat.in_flight > 0)
        assert await life.ended() == 0
        assert "По какому положению" in anna.screen.text
        await anna.presses("Карта ИОМ, Усть-Илимск")
        telegram.clock.advance(1)  # setWebhook is allowed once a second
        life = await forked(settings)
        await anna.sees("Кем вы работаете?", timeout=30)
        await anna.settled()
        assert await life.ended() == 0
    assert telegram.violations == []


# -- people beside each other


async def test_one_persons_slow_telegram_keeps_nobody_else_waiting(play: Play) -> None:
    """Anna's screens hang; she goes on tapping, and Boris is answered all the same."""
    anna = await bring(play, "stavropol", "position")
    boris = await bring(play, "stavropol", "position")
    play.telegram.faults.add(Fault("sendMessage", kind="delay", delay=3.0, chat=anna.id))
    async with rebuilt(play):
        await anna.says("учитель")
        await play.telegram.core.polled.wait(5)
        await anna.says("физика")
        await play.telegram.core.polled.wait(5)
        await boris.says("методист")
        await boris.sees("Какой предмет", timeout=2)
        assert "Какой предмет" not in anna.screen.text
        await anna.sees("Есть результат диагностики?")
        await anna.settled()
    facts = await facts_of(play, anna)
    assert (facts.text("position"), facts.text("subject")) == ("учитель", "физика")


async def test_her_screens_come_in_the_order_of_what_she_said(play: Play) -> None:
    """The first screen is slow, the second is not: the second waits for it."""
    anna = await bring(play, "stavropol", "position")
    play.telegram.faults.add(Fault("sendMessage", kind="delay", delay=0.5, chat=anna.id))
    async with rebuilt(play):
        await anna.says("учитель")
        await anna.says("физика")
        await anna.sees("Есть результат диагностики?")
        await anna.settled()
    said = [entry.text for entry in anna.screen.transcript if entry.who == "bot"]
    assert ["Какой предмет" in said[-2], "Есть результат" in said[-1]] == [True, True]


async def test_a_press_beside_her_words_shows_the_newest_screen_below_all_others(play: Play) -> None:
    """Her words are still being answered when she taps an old button: the old message stays as it was."""
    anna = await bring(play, "stavropol", "position")
    old = anna.screen.message
    assert old is not None
    play.telegram.faults.add(Fault("sendMessage", kind="delay", delay=0.5, chat=anna.id))
    async with rebuilt(play):
        await anna.says("учитель")
        await play.telegram.core.polled.wait(5)
        await anna.presses(data=old.buttons[0][0].data, message_id=old.message_id, hurry=True)
        await anna.sees("Какой предмет")
        await anna.settled()
        assert "Кем вы работаете" in old.text
        await anna.presses("математика")
        await anna.sees("Есть результат диагностики?")
        await anna.settled()
    facts = await facts_of(play, anna)
    assert (facts.text("position"), facts.text("subject")) == ("учитель", "математика")


# -- a defect


@dataclass(frozen=True)
class Broken(Mapping[str, Volume]):
    """A shelf that falls on whoever looks along it, so many times."""

    volumes: Mapping[str, Volume]
    falls: list[str] = field(default_factory=list)

    def __getitem__(self, slug: str) -> Volume:
        return self.volumes[slug]

    def __len__(self) -> int:
        return len(self.volumes)

    def __iter__(self) -> Iterator[str]:
        if self.falls:
            raise RuntimeError(self.falls.pop())
        return iter(self.volumes)


def breaking(falls: list[str], world: World) -> World:
    """The world with the broken shelf: the room that offers regulations can't be shown."""
    return replace(world, shelf=Shelf(Broken(world.shelf.volumes, falls)))


def failures(conn: Connection) -> list[bool]:
    """Of every update handled, whether it failed; oldest first."""
    seen = metadata.tables["seen_update"]
    return list(conn.execute(select(seen.c.failed).order_by(seen.c.update_id)).scalars())


async def consents(play: Play) -> Person:
    """A newcomer before her consent."""
    anna = newcomer(play)
    await anna.start()
    await anna.sees("Вы согласны")
    return anna


async def test_an_update_that_breaks_the_bot_is_undone_told_and_the_next_one_works(play: Play) -> None:
    falls = ["defect"]
    async with rebuilt(play, world=lambda world: breaking(falls, world)):
        anna = await consents(play)
        await anna.presses("Согласен")
        await anna.sees("что-то сломалось")
        await anna.settled()
        assert await stored(play, failures) == [False, True]
        assert not await stored(play, lambda conn: conn.execute(select(metadata.tables["consent"])).all())
        await anna.says("согласна")
        await anna.sees("По какому положению")
        await anna.settled()
    assert not play.telegram.core.updates.pending


async def test_an_update_that_always_breaks_the_bot_is_confirmed_and_others_go_on(play: Play) -> None:
    falls = ["defect"] * 50
    async with rebuilt(play, world=lambda world: breaking(falls, world)):
        anna = await consents(play)
        for _ in range(3):
            await anna.says("да")
            await anna.sees("что-то сломалось")
        boris = await bring(play, "stavropol", "position")
        await boris.says("методист")
        await boris.sees("Какой предмет")
        for person in (anna, boris):
            await person.settled()
    assert not play.telegram.core.updates.pending


async def test_a_broken_debt_at_start_keeps_no_bot_from_starting(play: Play) -> None:
    """One person's screen can't be drawn: the others are shown theirs, and updates are taken."""
    anna, boris = newcomer(play), newcomer(play)
    play.telegram.faults.add(Fault("editMessageText", code=400, text="Bad Request: нет", chat=anna.id))
    async with rebuilt(play):
        await anna.start()
        await anna.sees("Вы согласны")
        await anna.presses("Согласен")
        await anna.settled()
    await bring(play, "stavropol", "position", person=boris)
    falls = ["defect"] * 50
    async with rebuilt(play, world=lambda world: breaking(falls, world)) as app:
        await app.voice.pay_debts()
        await boris.says("методист")
        await boris.sees("Какой предмет")
        await boris.settled()


# -- who blocks the bot


def unreachable(conn: Connection) -> list[int]:
    """Who can't be written to."""
    person = metadata.tables["person"]
    return list(
        conn.execute(select(person.c.telegram_id).where(person.c.unreachable_at.is_not(None))).scalars()
    )


async def test_who_blocks_the_bot_is_not_written_to_until_she_is_back(play: Play) -> None:
    anna = await bring(play, "stavropol", "position")
    async with rebuilt(play) as app:
        await anna.blocks_bot()
        await anna.settled()
        assert await stored(play, unreachable) == [anna.id]
        assert await app.voice.pay_debts() == 0
        await anna.unblocks_bot()
        await anna.settled()
        assert await stored(play, unreachable) == []
        await anna.says("учитель")
        await anna.sees("Какой предмет")
        await anna.settled()


async def test_who_blocks_the_bot_while_it_thinks_is_noticed_when_it_speaks(play: Play) -> None:
    """Her answer is stored; the screen is not said, and the bot does not try twice."""
    anna = await bring(play, "stavropol", "position")
    play.telegram.core.updates.allow('["message", "callback_query"]')
    async with rebuilt(play) as app:
        await anna.says("учитель")
        anna.user.blocked = True
        await anna.settled()
        assert await stored(play, unreachable) == [anna.id]
        assert await app.voice.pay_debts() == 0
        anna.user.blocked, anna.user.refusals = False, 0
    assert (await facts_of(play, anna)).text("position") == "учитель"


async def test_who_comes_back_by_writing_is_shown_what_she_missed(play: Play) -> None:
    anna = await bring(play, "stavropol", "position")
    async with rebuilt(play):
        await anna.says("учитель")
        await anna.blocks_bot()
        await anna.settled()
        await anna.start()
        await anna.settled()
        assert await stored(play, unreachable) == []
        assert anna.screen.text


async def test_blocking_that_is_told_twice_counts_once(play: Play) -> None:
    """The old news come again after she is back."""
    anna = await bring(play, "stavropol", "position")
    async with rebuilt(play):
        news = await anna.blocks_bot()
        await anna.settled()
        await anna.unblocks_bot()
        await anna.settled()
        play.telegram.duplicate(news)
        await anna.settled()
    assert await stored(play, unreachable) == []
