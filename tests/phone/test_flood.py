"""Flood control by profile, and the impatience of bots."""

from collections.abc import AsyncIterator

import pytest

from bot.phone.faults import Fault
from bot.phone.person import Person
from bot.phone.server import Telegram
from tests.phone.api import Api


@pytest.fixture(params=["strict"])
async def telegram(request: pytest.FixtureRequest) -> AsyncIterator[Telegram]:
    async with Telegram(flood=request.param, lint=False) as running:
        yield running


async def test_the_second_message_in_a_second_is_429(api: Api, anna: Person) -> None:
    await api("sendMessage", chat_id=anna.id, text="раз")
    envelope = await api.raw("sendMessage", chat_id=anna.id, text="два")
    assert envelope["description"] == "Too Many Requests: retry after 1"
    assert envelope["parameters"] == {"retry_after": 1}
    api.telegram.clock.advance(1)
    await api("sendMessage", chat_id=anna.id, text="два")
    assert api.telegram.violations == []


async def test_429_has_the_header_too(api: Api, anna: Person) -> None:
    api.telegram.faults.add(Fault("getMe", retry_after=7))
    async with api.session.get(api.url("getMe")) as response:
        assert (response.status, response.headers["Retry-After"]) == (429, "7")


async def test_trying_again_too_early_is_a_violation(api: Api, anna: Person) -> None:
    for _ in range(3):
        await api.raw("sendMessage", chat_id=anna.id, text="раз")
    [violation] = api.telegram.violations
    assert violation.startswith("sendMessage: called again")


async def test_edits_count_and_deletions_do_not(api: Api, anna: Person) -> None:
    number = (await api("sendMessage", chat_id=anna.id, text="раз"))["message_id"]
    words = await api.refusal("editMessageText", chat_id=anna.id, message_id=number, text="два")
    assert words == "Too Many Requests: retry after 1"
    await api("deleteMessage", chat_id=anna.id, message_id=number)


async def test_a_group_takes_20_a_minute(api: Api) -> None:
    api.telegram.group(-5, "Отдел")
    for _ in range(20):
        await api("sendMessage", chat_id=-5, text="x")
        api.telegram.clock.advance(1)
    assert "retry after 4" in await api.refusal("sendMessage", chat_id=-5, text="x")
    api.telegram.clock.advance(41)
    await api("sendMessage", chat_id=-5, text="x")


async def test_30_a_second_to_all_and_more_when_paid(api: Api) -> None:
    for number in range(31):
        telegram_user = api.telegram.person(number + 1)
        telegram_user.user.started = True
    api.telegram.clock.now = lambda: 1000.0  # type: ignore[method-assign]
    for number in range(30):
        await api("sendMessage", chat_id=number + 1, text="x")
    assert "retry after 1" in await api.refusal("sendMessage", chat_id=31, text="x")
    await api("sendMessage", chat_id=31, text="x", allow_paid_broadcast=True)


@pytest.mark.parametrize("telegram", ["realistic"], indirect=True)
async def test_a_short_limit_looks_like_latency_and_keeps_order(api: Api, anna: Person) -> None:
    for number in range(5):
        await api("sendMessage", chat_id=anna.id, text=str(number))
    held = api.telegram.calls[-1]
    assert held.status == 200
    assert held.ms > 500
    assert [message.text for message in anna.messages[1:]] == list("01234")


@pytest.mark.parametrize("telegram", ["realistic"], indirect=True)
async def test_a_long_limit_is_429_even_there(api: Api, anna: Person) -> None:
    await api("sendMessage", chat_id=anna.id, text="x")
    api.telegram.core.flood.chats[anna.id].tokens = -20
    assert "Too Many Requests" in await api.refusal("sendMessage", chat_id=anna.id, text="x")


@pytest.mark.parametrize("telegram", ["off"], indirect=True)
async def test_off_counts_nothing(api: Api, anna: Person) -> None:
    for _ in range(40):
        await api("sendMessage", chat_id=anna.id, text="x")
