"""A bad day of the network: the bot goes on, says the screen, and what was stored stays stored.

Waiting is the bot's own (backoff, the seconds of a 429); its pause after a failed poll is shortened.
"""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from structlog.testing import capture_logs

from bot.phone.person import Person
from bot.phone.server import Fault, Telegram
from tests.conversation.given import bring, facts_of
from tests.databases import Databases
from tests.phone.api import Api
from tests.processes import asleep, rebuilt
from tests.stage import Play

Trouble = Callable[[Telegram], None]


@pytest.fixture
async def play(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Play]:
    """A running bot with short pauses, on SQLite: networks don't care about databases."""
    folder = tmp_path_factory.mktemp("faults")
    async with (
        databases.url("sqlite", folder, empty=True) as url,
        asleep(url, conflict_delay=0.02) as sleeping,
        rebuilt(sleeping),
    ):
        yield sleeping


def trouble(name: str, **facts: object) -> object:
    """A fault as a parameter with a name."""

    def make(telegram: Telegram) -> None:
        telegram.faults.add(Fault(**facts))  # type: ignore[arg-type]

    return pytest.param(make, id=name)


async def goes_on(play: Play, anna: Person) -> None:
    """One answer more is stored and its next question seen; every press is answered."""
    await anna.says("учитель")
    await anna.sees("Какой предмет", timeout=20)
    await anna.says("физика")
    await anna.sees("Есть результат диагностики?", timeout=20)
    await anna.presses("Пока нет", timeout=20)
    await anna.sees("(1 из 5)", timeout=20)
    await anna.settled()
    facts = await facts_of(play, anna)
    assert (facts.text("position"), facts.text("subject")) == ("учитель", "физика")
    assert facts.value("has_diagnosis") is not None


@pytest.mark.parametrize(
    "make",
    [
        trouble("a reply is lost", method="sendMessage", kind="drop", after=True),
        trouble("an edit's reply is lost", method="editMessageText", kind="drop", after=True),
        trouble("an answer's reply is lost", method="answerCallbackQuery", kind="drop", after=True),
        trouble("a message is lost", method="sendMessage", kind="drop"),
        trouble("an edit is lost", method="editMessageText", kind="drop"),
        trouble("a 500", method="sendMessage", code=500),
        trouble("a 502", method="editMessageText", code=502),
        trouble("a 429", method="sendMessage", code=429, retry_after=1),
        trouble("a poll is cut", method="getUpdates", kind="drop", after=True),
        trouble("a poll is a 500", method="getUpdates", code=500),
        trouble("a poll is a 429", method="getUpdates", code=429, retry_after=1),
        trouble("a poll is a proxy's page", method="getUpdates", kind="html"),
        trouble("a message is a proxy's page", method="sendMessage", kind="html"),
        trouble("an edit is a proxy's page", method="editMessageText", kind="html"),
    ],
)
async def test_she_sees_the_next_question_although(play: Play, make: Trouble) -> None:
    anna = await bring(play, "stavropol", "position")
    make(play.telegram)
    await goes_on(play, anna)


async def test_she_sees_the_next_question_after_a_storm_of_429(play: Play) -> None:
    anna = await bring(play, "stavropol", "position")
    play.telegram.faults.storm(1.5, retry_after=1)
    await goes_on(play, anna)


async def test_she_sees_the_next_question_after_a_restart_of_the_server(play: Play) -> None:
    anna = await bring(play, "stavropol", "position")
    await anna.says("учитель")
    play.telegram.faults.restart(0.7)
    await anna.sees("Какой предмет")
    await anna.settled()
    assert (await facts_of(play, anna)).text("position") == "учитель"


async def test_a_reply_lost_says_the_screen_twice_and_its_buttons_count_once(play: Play) -> None:
    vera = await bring(play, "ust_ilimsk", "position")
    play.telegram.faults.add(Fault("sendMessage", kind="drop", after=True))
    await vera.says("воспитатель")
    await vera.wait(lambda screen: sum("С какой возрастной" in m.text for m in screen.messages) == 2)
    first, second = (m for m in vera.messages if "С какой возрастной" in m.text)
    data = first.buttons[0][0].data
    assert second.buttons[0][0].data == data
    await vera.presses(data=data, message_id=first.message_id)
    await vera.sees("Есть результат диагностики?")
    stored = await facts_of(play, vera)
    await vera.presses(data=data, message_id=second.message_id)
    await vera.settled()
    assert await facts_of(play, vera) == stored


async def test_another_process_with_the_same_token_takes_nothing_away(play: Play) -> None:
    anna = await bring(play, "stavropol", "position")
    async with Api(play.telegram) as stranger:
        theirs = asyncio.create_task(stranger.raw("getUpdates", timeout=5))
        await play.telegram.core.polled.wait(1)
        await anna.says("учитель")
        await anna.sees("Какой предмет")
        await theirs
    await anna.settled()
    assert (await facts_of(play, anna)).text("position") == "учитель"


async def test_a_screen_that_never_arrived_comes_with_the_next_thing_she_does(play: Play) -> None:
    """Telegram refused it: what she said is stored, the screen is owed, nobody tries for ever."""
    anna = await bring(play, "stavropol", "position")
    play.telegram.faults.add(Fault("sendMessage", code=400, text="Bad Request: нет"))
    with capture_logs():
        await anna.says("учитель")
        await anna.settled()
    assert "Кем вы работаете?" in anna.screen.text
    assert (await facts_of(play, anna)).text("position") == "учитель"
    await anna.sends_sticker()
    await anna.sees("Какой предмет")
    await anna.settled()
    assert await play.app.voice.pay_debts() == 0


async def test_a_screen_that_never_arrived_comes_with_the_next_start(play: Play) -> None:
    anna = await bring(play, "stavropol", "position")
    play.telegram.faults.add(Fault("sendMessage", code=400, text="Bad Request: нет"))
    with capture_logs():
        await anna.says("учитель")
        await anna.settled()
    assert await play.app.voice.pay_debts() == 1
    await anna.sees("Какой предмет")
    assert await play.app.voice.pay_debts() == 0
