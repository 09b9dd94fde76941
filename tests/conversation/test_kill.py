"""kill -9 of the real process at random instants of the walk: the card is that of an undisturbed bot.

The seed is in the failure; `KILL_SEED=<seed>` repeats the same delays.
"""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random, SystemRandom

import pytest

from bot.demo.run import environment, load_catalogue
from bot.demo.walk import Walker
from bot.phone.person import Person
from bot.phone.server import Telegram
from storage.migrate import migrate
from tests.databases import Databases
from tests.processes import Life, Outcome, Start, from_scratch, nursery, on_webhook, outcome, to_the_word_card
from tests.stage import Clock, bot

SLUGS = ("stavropol", "ust_ilimsk")
LONGEST_DELAY = 0.08
SEED = int(os.environ.get("KILL_SEED", "0"))
AGAIN = 0.3  # how often it dies a second time: while it starts and says what it owes


@dataclass
class Mortal:
    """A bot that is killed some moments after every so many acts, and started again at once."""

    start: Start
    telegram: Telegram
    settings: dict[str, str]
    person: Person
    random: Random
    every: int
    acts: int = 0
    kills: int = 0
    deaths: list[asyncio.Task[None]] = field(default_factory=list)
    silenced: set[str] = field(default_factory=set)
    _life: Life | None = None
    _dying: asyncio.Lock = field(default_factory=asyncio.Lock)

    @asynccontextmanager
    async def living(self) -> AsyncIterator[None]:
        """Alive until the block ends, with interruptions; then asked to end."""
        self._life = await self.start(self.settings)
        yield
        await asyncio.gather(*self.deaths)
        # The newest life may be so young that it had no time to learn what SIGTERM asks of it.
        assert await self._life.ended() in {0, -signal.SIGTERM}

    def act(self, _: str) -> None:
        """The teacher is about to act: perhaps the bot will not survive it."""
        self.acts += 1
        if self.acts % self.every == 0:
            self.deaths.append(asyncio.create_task(self._die(self.random.uniform(0, LONGEST_DELAY))))

    async def _die(self, delay: float) -> None:
        async with self._dying:
            await self._die_once(delay)
            if self.random.random() < AGAIN:
                await self._die_once(self.random.random())

    async def _die_once(self, delay: float) -> None:
        assert self._life is not None
        await asyncio.sleep(delay)  # the random instant
        await self._life.killed()
        self.silenced |= {query.data for query in self.person.chat.presses if query.open}
        self.kills += 1
        self.telegram.clock.advance(1)  # setWebhook is allowed once a second, and a start takes four
        self._life = await self.start(self.settings)

    def inherent(self, violation: str) -> bool:
        """A press that was open when the bot died: confirmed after its commit, so it never comes again."""
        return any(violation.startswith(f"press {data!r} of {self.person.id} was") for data in self.silenced)


class References:
    """Walks of bots that nobody disturbed, one per regulation."""

    def __init__(self, databases: Databases, folder: Path) -> None:
        self._databases = databases
        self._folder = folder
        self._known: dict[str, Outcome] = {}

    async def of(self, slug: str) -> Outcome:
        """Walked at the first question."""
        if slug not in self._known:
            async with self._databases.url("sqlite", self._folder, empty=True) as url:
                self._known[slug] = await self._walked(slug, url)
        return self._known[slug]

    async def _walked(self, slug: str, url: str) -> Outcome:
        await prepare(url)
        script = to_the_word_card(slug, today())
        async with Telegram() as telegram, bot(telegram, url, Clock(datetime.now(UTC))):
            person = telegram.person(script.id, first_name=script.name, language_code="ru")
            await Walker(person, script).walk()
            await person.settled()
        telegram.check()
        return await outcome(person, slug, url)


@pytest.fixture(scope="module")
def forked() -> Iterator[Start]:
    """A quick way to start the real bot."""
    with nursery() as start:
        yield start


@pytest.fixture(scope="session")
def references(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> References:
    return References(databases, tmp_path_factory.mktemp("references"))


def today() -> date:
    return datetime.now(UTC).date()


async def prepare(url: str) -> None:
    """The same tables and the same catalogue, in the same order, for every walk."""
    await migrate(url)
    await load_catalogue(url)


async def walk_with_a_mortal(start: Start, slug: str, mode: str, url: str, every: int) -> Outcome:
    """The whole walk with a bot that is killed after every so many acts; it ends with the card."""
    seed = SEED or SystemRandom().randrange(1, 1_000_000)
    await prepare(url)
    async with Telegram(webhook_retry=0.1) as telegram:
        script = to_the_word_card(slug, today())
        person = telegram.person(script.id, first_name=script.name, language_code="ru")
        settings = environment(telegram, url, **(on_webhook() if mode == "webhook" else {}))
        mortal = Mortal(start, telegram, settings, person, Random(seed), every)
        try:
            async with mortal.living():
                await Walker(person, script, mortal.act).walk()
            found = await outcome(person, slug, url)
        except BaseException as error:
            error.add_note(f"KILL_SEED={seed}, killed {mortal.kills} times")
            raise
    print(f"{slug}, {mode}: killed {mortal.kills} times, KILL_SEED={seed}")
    assert [words for words in telegram.violations if not mortal.inherent(words)] == []
    return found


@pytest.mark.parametrize(("mode", "slug"), [("polling", "stavropol"), ("webhook", "ust_ilimsk")])
async def test_a_teacher_whose_bot_is_killed_again_and_again_gets_the_same_card(
    references: References, databases: Databases, forked: Start, tmp_path: Path, mode: str, slug: str
) -> None:
    async with databases.url("sqlite", tmp_path, empty=True) as url:
        found = await walk_with_a_mortal(forked, slug, mode, url, every=12)
    assert found == await references.of(slug)


@pytest.mark.long
@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_fifty_deaths_and_more_change_no_word_of_the_card(
    references: References, empty_url: str, mode: str, slug: str
) -> None:
    found = await walk_with_a_mortal(from_scratch, slug, mode, empty_url, every=4)
    assert found == await references.of(slug)
