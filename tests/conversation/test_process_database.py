"""The database is away: nothing is confirmed to Telegram, so everything comes again and is handled once."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import asyncpg  # type: ignore[import-untyped]
import pytest
from aiohttp import ClientSession, web
from sqlalchemy import Connection, make_url
from structlog.testing import capture_logs

from storage.db import Database, DatabaseDown
from tests.conversation.given import bring, facts_of
from tests.databases import SERVER, Databases
from tests.processes import asleep, rebuilt
from tests.stage import Play

T = TypeVar("T")
UPDATE = {
    "update_id": 77,
    "message": {
        "message_id": 5,
        "date": 1_780_000_000,
        "chat": {"id": 1001, "type": "private", "first_name": "Анна"},
        "from": {"id": 1001, "is_bot": False, "first_name": "Анна"},
        "text": "/start",
    },
}


class Flaky(Database):
    """`days` are the writes to come: "good", "away", "late" (the reply of its COMMIT is lost), "bug"."""

    days: tuple[str, ...] = ()

    async def write(self, unit: Callable[[Connection], T]) -> T:
        """As `Database.write` on a good day; after the last of `days` all are good."""
        day, self.days = (self.days or ("good",))[0], self.days[1:]
        if day == "away":
            raise DatabaseDown("no such file")
        if day == "bug":
            raise RuntimeError("a defect")
        done = await super().write(unit)
        if day == "late":
            raise DatabaseDown("the reply of COMMIT was lost")
        return done


@pytest.fixture(autouse=True)
def logged() -> Iterator[None]:
    """What the bot logs here is kept instead of printed."""
    with capture_logs():
        yield


@pytest.fixture
async def play(databases: Databases, tmp_path: Path) -> AsyncIterator[Play]:
    """Everything but a running bot."""
    async with databases.url("sqlite", tmp_path, empty=True) as url, asleep(url) as sleeping:
        yield sleeping


@pytest.fixture
async def flaky(play: Play) -> AsyncIterator[Flaky]:
    """A database that goes away when told to."""
    database = Flaky.open(play.settings.database_url)
    assert isinstance(database, Flaky)
    yield database
    await database.close()


@pytest.mark.parametrize(
    "days",
    [
        pytest.param(("away", "away", "away"), id="it was away"),
        pytest.param(("late",), id="the reply of a commit was lost"),
        pytest.param(("good", "away"), id="it went away before the screen was noted"),
        pytest.param(("good", "late"), id="it went away while the screen was noted"),
        pytest.param(("good", "bug"), id="a defect kept the screen from being noted"),
        pytest.param(("bug", "away"), id="a failure could not be recorded"),
    ],
)
async def test_what_she_wrote_is_stored_once_and_answered_although(
    play: Play, flaky: Flaky, days: tuple[str, ...]
) -> None:
    anna = await bring(play, "stavropol", "position")
    before = (await facts_of(play, anna)).version
    async with rebuilt(play, database=flaky):
        flaky.days = days
        await anna.says("учитель")
        await anna.sees("Какой предмет")
        await anna.settled()
        assert flaky.days == ()
        await anna.says("физика")
        await anna.sees("Есть результат диагностики?")
        await anna.settled()
    facts = await facts_of(play, anna)
    assert (facts.text("position"), facts.text("subject")) == ("учитель", "физика")
    assert facts.version == before + 2
    assert await play.app.voice.pay_debts() == 0


async def test_while_the_database_is_away_nobodys_update_is_confirmed(play: Play, flaky: Flaky) -> None:
    """One of a batch that can't be stored holds the whole batch; those stored are not stored again."""
    anna = await bring(play, "stavropol", "position")
    boris = await bring(play, "stavropol", "position")
    flaky.days = ("good", "away", "away")
    await anna.says("учитель")
    await boris.says("методист")
    async with rebuilt(play, database=flaky):
        for person in (anna, boris):
            await person.sees("Какой предмет")
            await person.settled()
    stored = [(await facts_of(play, person)).text("position") for person in (anna, boris)]
    assert stored == ["учитель", "методист"]


async def test_her_answers_keep_their_order_over_a_failure(play: Play, flaky: Flaky) -> None:
    anna = await bring(play, "stavropol", "position")
    flaky.days = ("away",)
    await anna.says("учитель физики")
    await anna.says("химия")
    async with rebuilt(play, database=flaky):
        await anna.sees("Есть результат диагностики?")
        await anna.settled()
    facts = await facts_of(play, anna)
    assert (facts.text("position"), facts.text("subject")) == ("учитель физики", "химия")


async def test_an_update_nobody_can_read_silences_nobody(play: Play) -> None:
    anna = await bring(play, "stavropol", "position")
    anna.core.deliver("message", {"message_id": 1, "text": "личное"}, anna.user)
    await anna.says("учитель")
    with capture_logs() as log:
        async with rebuilt(play):
            await anna.sees("Какой предмет")
            await anna.settled()
    assert "unreadable update passed over" in [line["event"] for line in log]
    assert "личное" not in str(log)


@pytest.mark.long
async def test_a_file_that_somebody_else_keeps_locked_is_waited_for(play: Play) -> None:
    anna = await bring(play, "stavropol", "position")
    file = make_url(play.settings.database_url).database
    assert file is not None
    async with rebuilt(play):
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await anna.says("учитель")
            assert not await anna.chat.changed.until(lambda: "Какой предмет" in anna.screen.text, 6)
            other.execute("ROLLBACK")
        await anna.sees("Какой предмет", timeout=20)
        await anna.settled()


@pytest.mark.skipif(not SERVER, reason="TEST_DATABASE_URL is not set")
async def test_connections_cut_by_the_server_are_made_anew(databases: Databases, tmp_path: Path) -> None:
    async with databases.url("postgresql", tmp_path, empty=True) as url, asleep(url) as play, rebuilt(play):
        anna = await bring(play, "stavropol", "position")
        administrator = await asyncpg.connect(url.replace("+asyncpg", ""))
        await administrator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        await administrator.close()
        await anna.says("учитель")
        await anna.sees("Какой предмет")
        await anna.settled()


@pytest.fixture
async def webhook(play: Play, flaky: Flaky) -> AsyncIterator[str]:
    """The address of a bot that listens; the database is the flaky one."""
    play.person("Анна").user.started = True
    async with rebuilt(play, database=flaky) as app:
        site = web.Application()
        site.router.add_post("/", app.intake.webhook("secret"))
        runner = web.AppRunner(site, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
        await runner.cleanup()
        await app.intake.finish()


async def post(url: str, body: object, secret: str = "secret") -> tuple[int, str]:
    """The status and Retry-After of one delivery."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    async with ClientSession() as session, session.post(url, json=body, headers=headers) as response:
        return response.status, response.headers.get("Retry-After", "")


async def test_a_webhook_asks_telegram_to_come_again(play: Play, flaky: Flaky, webhook: str) -> None:
    flaky.days = ("away",)
    assert await post(webhook, UPDATE) == (503, "5")
    assert play.person("Анна").screen.text == ""
    assert await post(webhook, UPDATE) == (200, "")
    await play.person("Анна").sees("Вы согласны")


@pytest.mark.parametrize("secret", ["", "Secret", "secre", "secret1", "секрет"])
async def test_a_webhook_hears_nobody_without_the_secret(play: Play, webhook: str, secret: str) -> None:
    assert await post(webhook, UPDATE, secret) == (401, "")
    assert await post(webhook, UPDATE) == (200, "")
    await play.person("Анна").sees("Вы согласны")
    assert [entry.kind for entry in play.person("Анна").screen.transcript] == ["text"]


async def test_a_webhook_bears_bytes_that_are_no_text(webhook: str) -> None:
    host, _, port = webhook.removeprefix("http://").rstrip("/").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: \xff\xfe\r\n")
    writer.write(b"Content-Length: 0\r\nConnection: close\r\n\r\n")
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    assert answer.split()[1] == b"401"


@pytest.mark.parametrize("body", [None, [], {}, {"update_id": "x"}, {"message": {"text": "/start"}}])
async def test_a_webhook_takes_only_updates(webhook: str, body: object) -> None:
    assert (await post(webhook, body))[0] == 400


async def test_a_webhook_is_not_asked_again_for_what_nobody_can_read(webhook: str) -> None:
    assert (await post(webhook, {"update_id": 78, "message": {"text": "/start"}}))[0] == 200
