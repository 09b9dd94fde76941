"""Long polling: offsets confirm, conflicts end polls, the queue survives the bot."""

import asyncio
from typing import Any

import pytest

from bot.phone.person import Person
from bot.phone.server import Telegram
from bot.phone.updates import NOT_BY_DEFAULT
from tests.phone.api import Api

OTHER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


async def texts(api: Api, **params: Any) -> list[str]:
    return [update["message"]["text"] for update in await api("getUpdates", **params)]


async def says(anna: Person, *words: str) -> int:
    updates = [await anna.says(word) for word in words]
    assert updates[0] is not None
    return updates[0].id


async def test_ids_start_at_random_and_go_up_by_one(api: Api, anna: Person) -> None:
    first = await says(anna, "раз", "два")
    assert first > 2_000_000
    assert [update["update_id"] for update in await api("getUpdates")] == [first, first + 1]


async def test_an_offset_confirms_what_is_below_it(api: Api, anna: Person) -> None:
    first = await says(anna, "раз", "два", "три")
    assert await texts(api) == ["раз", "два", "три"]
    assert await texts(api, offset=first + 1) == ["два", "три"]
    assert await texts(api, offset=first + 2, limit=1) == ["три"]
    assert await texts(api) == ["три"]


async def test_a_negative_offset_keeps_the_last(api: Api, anna: Person) -> None:
    await says(anna, "раз", "два", "три")
    assert await texts(api, offset=-1) == ["три"]


@pytest.mark.parametrize("shift", [20, -100_001])
async def test_an_offset_of_another_server_confirms_nothing(api: Api, anna: Person, shift: int) -> None:
    first = await says(anna, "раз")
    assert await texts(api, offset=first + shift) == ["раз"]


async def test_a_killed_bot_gets_again_what_it_had_not_confirmed(telegram: Telegram, anna: Person) -> None:
    await says(anna, "раз")
    async with Api(telegram) as first:
        assert await texts(first) == ["раз"]
    async with Api(telegram) as second:
        assert await texts(second, offset=-100) == ["раз"]


async def test_a_quick_repetition_gets_one_update(api: Api, anna: Person) -> None:
    await says(anna, "раз", "два")
    first = (await api("getUpdates"))[0]["update_id"]
    assert len(await texts(api, offset=first)) == 2
    assert len(await texts(api, offset=first)) == 1


async def test_a_poll_waits_for_the_message(api: Api, anna: Person) -> None:
    poll = asyncio.create_task(texts(api, timeout=20))
    await telegram_polls(api.telegram)
    await says(anna, "раз")
    assert await poll == ["раз"]


async def test_a_second_poll_ends_the_first(api: Api, anna: Person) -> None:
    first = asyncio.create_task(api.refusal("getUpdates", timeout=20))
    await telegram_polls(api.telegram)
    second = asyncio.create_task(texts(api, timeout=20, offset=5))
    assert await first == OTHER
    await says(anna, "раз")
    assert await second == ["раз"]


async def test_repeated_conflicts_are_answered_later(api: Api) -> None:
    answers = []
    for offset in (5, 6, 7):
        answers.append(asyncio.create_task(api.raw("getUpdates", timeout=20, offset=offset)))
        await telegram_polls(api.telegram, offset)
    await asyncio.gather(*answers[:2])
    first, second = api.telegram.calls_of("getUpdates")
    assert second.ms - first.ms >= -1000
    assert second.at - first.at >= 0.015


async def test_a_webhook_ends_and_forbids_polling(api: Api) -> None:
    poll = asyncio.create_task(api.refusal("getUpdates", timeout=20))
    await telegram_polls(api.telegram)
    await api("setWebhook", url="http://127.0.0.1:1/hook")
    assert await poll == "Conflict: terminated by setWebhook request"
    assert await api.refusal("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    await api("deleteWebhook")
    assert await api("getUpdates", offset=1) == []


async def test_allowed_updates_stick_and_broken_ones_are_ignored(api: Api, anna: Person) -> None:
    await api("getUpdates", allowed_updates=["callback_query"])
    assert await anna.says("раз") is None
    await api("getUpdates", allowed_updates="[broken", offset=1)
    assert await anna.says("два") is None
    await api("getUpdates", allowed_updates=[], offset=2)
    assert await anna.says("три") is not None
    assert "message_reaction" in NOT_BY_DEFAULT


async def test_messages_live_a_day(api: Api, anna: Person) -> None:
    await says(anna, "раз")
    api.telegram.clock.advance(86_401)
    assert await texts(api) == []


async def test_a_stop_ends_the_poll_at_once(anna: Person, api: Api) -> None:
    poll = asyncio.create_task(api.raw("getUpdates", timeout=50))
    await telegram_polls(api.telegram)
    async with asyncio.timeout(2):
        await api.telegram.stop()
        await asyncio.gather(poll, return_exceptions=True)


async def telegram_polls(telegram: Telegram, offset: int | None = None) -> None:
    """Wait until a poll with this offset hangs on the emulator."""
    core = telegram.core
    assert await core.polled.until(lambda: core.poll is not None and offset in (None, core.last_poll[0]), 5)
