"""Faults on purpose: what the bot meets on a bad day."""

import asyncio

import aiohttp
import pytest

from bot.phone.faults import Fault
from bot.phone.person import Person
from tests.phone.api import Api


async def test_an_error_comes_so_many_times(api: Api, anna: Person) -> None:
    api.telegram.faults.add(Fault("sendMessage", code=429, retry_after=3, times=2))
    for _ in range(2):
        envelope = await api.raw("sendMessage", chat_id=anna.id, text="x")
        assert envelope["parameters"] == {"retry_after": 3}
        api.telegram.clock.advance(3)
    await api("sendMessage", chat_id=anna.id, text="x")


async def test_a_rule_is_about_a_chat_and_has_words(api: Api, anna: Person) -> None:
    api.telegram.faults.add(Fault(code=400, text="Bad Request: нет", chat=anna.id, times=None))
    await api("getMe")
    assert await api.refusal("sendMessage", chat_id=anna.id, text="x") == "Bad Request: нет"
    api.telegram.faults.clear()
    await api("sendMessage", chat_id=anna.id, text="x")


async def test_a_page_of_a_proxy_is_not_json(api: Api) -> None:
    api.telegram.faults.add(Fault("getMe", kind="html"))
    async with api.session.get(api.url("getMe")) as response:
        assert (response.status, response.content_type) == (502, "text/html")
        assert "nginx" in await response.text()


@pytest.mark.parametrize(("after", "arrived"), [(False, 0), (True, 1)])
async def test_a_cut_connection_may_have_done_the_work(
    api: Api, anna: Person, after: bool, arrived: int
) -> None:
    api.telegram.faults.add(Fault("sendMessage", kind="drop", after=after))
    with pytest.raises(aiohttp.ClientError):
        await api("sendMessage", chat_id=anna.id, text="x")
    assert len([message for message in anna.messages if message.by_bot]) == arrived


async def test_a_hanging_call_ends_with_the_emulator(api: Api, anna: Person) -> None:
    api.telegram.faults.add(Fault("sendMessage", kind="hang", after=True))
    call = asyncio.create_task(api.raw("sendMessage", chat_id=anna.id, text="x"))
    await anna.wait(lambda screen: screen.text == "x")
    with pytest.raises(AssertionError, match="still waited for"):
        await anna.settled(timeout=0.1)
    await api.telegram.stop()
    with pytest.raises(aiohttp.ClientError):
        await call


async def test_a_delay_comes_before_the_work(api: Api, anna: Person) -> None:
    api.telegram.faults.add(Fault("sendMessage", kind="delay", delay=0.03))
    await api("sendMessage", chat_id=anna.id, text="x")
    assert api.telegram.calls[-1].ms >= 30


def test_a_kind_must_be_known() -> None:
    with pytest.raises(ValueError, match="unknown kind"):
        Fault(kind="explosion")


async def test_chance_is_seeded(api: Api) -> None:
    api.telegram.faults.add(Fault("getMe", p=0.5, times=None))
    answers = [(await api.raw("getMe"))["ok"] for _ in range(20)]
    assert 3 < sum(answers) < 17


async def test_a_restart_answers_500_and_keeps_the_queue(api: Api, anna: Person) -> None:
    await anna.says("раз")
    api.telegram.faults.restart(5)
    assert await api.refusal("getUpdates") == "Internal Server Error: restart"
    api.telegram.clock.advance(6)
    assert len(await api("getUpdates")) == 1


async def test_a_storm_refuses_even_get_me(api: Api) -> None:
    api.telegram.faults.storm(10, retry_after=5)
    assert await api.refusal("getMe") == "Too Many Requests: retry after 5"


async def poll(api: Api, offset: int = 0) -> list[int]:
    return [update["update_id"] for update in await api("getUpdates", offset=offset)]


async def test_an_update_is_delivered_again_under_its_id(api: Api, anna: Person) -> None:
    api.telegram.faults.duplicate()
    update = await anna.says("раз")
    assert update is not None
    assert await poll(api) == [update.id]
    assert await poll(api, update.id + 1) == [update.id]
    assert await poll(api, update.id + 2) == []
    api.telegram.duplicate(update)
    assert await poll(api, update.id + 3) == [update.id]


async def test_a_lost_confirmation_brings_everything_again(api: Api, anna: Person) -> None:
    update = await anna.says("раз")
    assert update is not None
    await poll(api)
    api.telegram.redeliver()
    assert await poll(api, update.id + 1) == [update.id]


async def test_a_dropped_poll_loses_nothing(api: Api, anna: Person) -> None:
    await anna.says("раз")
    api.telegram.faults.drop_poll()
    with pytest.raises(aiohttp.ClientError):
        await poll(api)
    assert len(await poll(api, 1)) == 1


async def test_a_late_update_waits_for_the_clock(api: Api, anna: Person) -> None:
    api.telegram.faults.late(60)
    await anna.says("раз")
    assert await poll(api) == []
    api.telegram.clock.advance(61)
    assert len(await poll(api, 1)) == 1
