"""Webhooks: queues per chat and per person, retries, secrets, calls in the reply."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.phone.person import Person
from tests.phone.api import Api, Json, button, inline

Answer = Callable[[Json], Awaitable[web.StreamResponse]]


class Hook:
    """A bot behind a webhook; `answer` is replaced by the test."""

    def __init__(self) -> None:
        self.updates: list[Json] = []
        self.secrets: list[str | None] = []
        self.answer: Answer = self.agree
        self.url = ""

    async def agree(self, update: Json) -> web.StreamResponse:
        return web.Response()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        update: Json = await request.json()
        self.updates.append(update)
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        return await self.answer(update)

    def words(self) -> list[str]:
        """What came, in order: texts and press data."""
        return [
            update["message"]["text"] if "message" in update else update["callback_query"]["data"]
            for update in self.updates
        ]


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook, app = Hook(), web.Application()
    app.router.add_post("/hook", hook.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"secret_token": "x" * 257}, "secret token is too long"),
        ({"secret_token": "секрет"}, "secret token contains unallowed characters"),
        ({"url": "http://bot.ru/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://bot.ru:81/"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
    ],
)
async def test_a_webhook_is_refused(api: Api, params: dict[str, str], words: str) -> None:
    params = {"url": "https://bot.ru/"} | params
    assert await api.refusal("setWebhook", **params) == f"Bad Request: {words}"


async def test_setting_twice_a_second_is_429(api: Api, hook: Hook) -> None:
    await api("setWebhook", url=hook.url)
    assert await api.refusal("setWebhook", url=hook.url) == "Too Many Requests: retry after 1"


async def test_what_waits_is_delivered_with_the_secret(api: Api, anna: Person, hook: Hook) -> None:
    await anna.says("раз")
    await api("setWebhook", url=hook.url, secret_token="s-1", max_connections=5)
    await anna.says("два")
    await anna.settled()
    assert hook.words() == ["раз", "два"]
    assert hook.secrets == ["s-1", "s-1"]
    info = await api("getWebhookInfo")
    assert (info["url"], info["max_connections"], info["pending_update_count"]) == (hook.url, 5, 0)


async def test_pending_updates_are_dropped_when_asked(api: Api, anna: Person, hook: Hook) -> None:
    await anna.says("раз")
    await api("setWebhook", url=hook.url, drop_pending_updates=True)
    await anna.settled()
    assert hook.words() == []


async def test_a_queue_waits_for_2xx_and_others_do_not(api: Api, anna: Person, hook: Hook) -> None:
    boris = api.telegram.person(2002, "Борис")
    open_again = asyncio.Event()

    async def answer(update: Json) -> web.StreamResponse:
        if update.get("message", {}).get("text") == "раз":
            await open_again.wait()
        return web.Response()

    hook.answer = answer
    await api("sendMessage", chat_id=anna.id, text="?", reply_markup=inline([button("Да", "yes")]))
    await api("setWebhook", url=hook.url)
    await anna.says("раз")
    await anna.says("два")
    await anna.presses("Да", hurry=True)
    await boris.says("три")
    await boris.settled()
    assert sorted(hook.words()) == sorted(["раз", "yes", "три"])
    press = next(update for update in hook.updates if "callback_query" in update)
    await api("answerCallbackQuery", callback_query_id=press["callback_query"]["id"])
    open_again.set()
    await anna.settled()
    assert hook.words()[-1] == "два"


async def test_a_failure_is_tried_again_and_noted(api: Api, anna: Person, hook: Hook) -> None:
    async def answer(update: Json) -> web.StreamResponse:
        return web.Response(status=200 if len(hook.updates) > 3 else 500)

    hook.answer = answer
    await api("setWebhook", url=hook.url)
    await anna.says("раз")
    await anna.says("два")
    await anna.settled()
    assert hook.words() == ["раз"] * 4 + ["два"]
    info = await api("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"


async def test_a_bot_that_is_not_there_is_tried_until_the_update_dies(api: Api, anna: Person) -> None:
    await api("setWebhook", url="http://127.0.0.1:1/")
    await anna.says("раз")
    await anna.chat.changed.until(lambda: api.telegram.webhook.last_error is not None, 0.1)
    assert not api.telegram.core.is_quiet(anna.chat)
    api.telegram.clock.advance(86_401)
    await anna.settled()
    assert "Connection failed" in (await api("getWebhookInfo"))["last_error_message"]


async def test_410_for_23_hours_removes_the_webhook(api: Api, anna: Person, hook: Hook) -> None:
    async def answer(update: Json) -> web.StreamResponse:
        api.telegram.clock.advance(23.5 * 3600 if len(hook.updates) == 2 else 0)
        return web.Response(status=410)

    hook.answer = answer
    await api("setWebhook", url=hook.url)
    await anna.says("раз")
    await api.telegram.core.updates.added.until(lambda: not api.telegram.webhook.url, 5)
    assert (await api("getWebhookInfo"))["url"] == ""


def as_json(params: Json) -> web.Response:
    return web.json_response(params)


def as_form(params: Json) -> web.Response:
    return web.Response(body=aiohttp.FormData(params)())


def as_multipart(params: Json) -> web.Response:
    writer = aiohttp.MultipartWriter("form-data")
    for name, value in params.items():
        part = writer.append(str(value))
        part.set_content_disposition("form-data", name=name)
    return web.Response(body=writer)


@pytest.mark.parametrize("wrap", [as_json, as_form, as_multipart])
async def test_a_reply_may_carry_a_call(
    api: Api, anna: Person, hook: Hook, wrap: Callable[[Json], web.Response]
) -> None:
    async def answer(update: Json) -> web.StreamResponse:
        return wrap({"method": "sendMessage", "chat_id": str(anna.id), "text": "привет"})

    hook.answer = answer
    await api("setWebhook", url=hook.url)
    await anna.says("раз")
    await anna.sees("привет")
    assert api.telegram.calls[-1].via == "webhook"


async def test_a_reply_may_not_ask(api: Api, anna: Person, hook: Hook) -> None:
    async def answer(update: Json) -> web.StreamResponse:
        return as_json({"method": "getMe"})

    hook.answer = answer
    await api("setWebhook", url=hook.url)
    await anna.says("раз")
    await anna.settled()
    assert api.telegram.violations == ["getMe cannot be called in a reply to a webhook"]


async def test_duplicates_and_lost_confirmations_come_here_too(api: Api, anna: Person, hook: Hook) -> None:
    await api("setWebhook", url=hook.url)
    api.telegram.faults.duplicate()
    api.telegram.faults.redeliver_unconfirmed()
    update: Any = await anna.says("раз")
    await anna.settled()
    assert [found["update_id"] for found in hook.updates] == [update.id] * 3
    api.telegram.faults.duplicate(update=update)
    await anna.settled()
    assert len(hook.updates) == 4


async def test_a_press_may_overtake_the_text_before_it(api: Api, anna: Person, hook: Hook) -> None:
    await api("sendMessage", chat_id=anna.id, text="?", reply_markup=inline([button("Да", "yes")]))
    await api("setWebhook", url=hook.url)
    api.telegram.faults.swap()
    await anna.says("раз")
    await anna.presses("Да", hurry=True)
    await api.telegram.core.updates.added.until(lambda: len(hook.updates) == 2, 5)
    assert hook.words() == ["yes", "раз"]
