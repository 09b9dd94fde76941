"""The people's side over HTTP, the page, the process."""

import asyncio
import base64
import json
import signal
import sys
from typing import Any

import aiohttp
import pytest

from bot.phone.__main__ import arguments
from bot.phone.server import Telegram
from tests.phone.api import Api, button, inline


class Door:
    """Calls of the people's side."""

    def __init__(self, api: Api) -> None:
        self.api = api

    async def get(self, path: str) -> Any:
        async with self.api.session.get(self.api.telegram.url + path) as response:
            return (await response.json())["result"]

    async def post(self, path: str, body: Any = None) -> Any:
        async with self.api.session.post(self.api.telegram.url + path, json=body or {}) as response:
            return await response.json()


@pytest.fixture
def door(api: Api) -> Door:
    return Door(api)


async def test_a_person_acts_and_looks(api: Api, door: Door) -> None:
    await door.post("/sim/5/start", {"first_name": "Борис", "param": "x"})
    await door.post("/sim/5/say", {"text": "привет"})
    data = base64.b64encode(b"%PDF").decode()
    await door.post("/sim/5/send_file", {"name": "a.pdf", "base64": data})
    await api("sendMessage", chat_id=5, text="?", reply_markup=inline([button("Да", "yes")]))
    assert (await door.post("/sim/5/press", {"text": "Да", "hurry": True}))["result"]["data"] == "yes"
    screen = await door.get("/sim/5/screen")
    assert [message["text"] for message in screen["messages"]] == ["/start x", "привет", "", "?"]
    assert screen["messages"][2]["file"]["name"] == "a.pdf"
    assert screen["messages"][3]["buttons"][0][0]["text"] == "Да"
    async with api.session.get(
        f"{api.telegram.url}/sim/5/file/{screen['messages'][2]['file']['id']}"
    ) as response:
        assert await response.read() == b"%PDF"


@pytest.mark.parametrize("act", ["contact", "sticker", "block", "unblock"])
async def test_simple_acts_are_updates(api: Api, door: Door, act: str) -> None:
    assert (await door.post(f"/sim/5/{act}"))["ok"]
    assert len(await api("getUpdates")) == 1


async def test_refusals_are_409_with_words(door: Door) -> None:
    assert (await door.post("/sim/5/dance"))["error"].startswith("unknown act 'dance'")
    assert (await door.post("/sim/5/say"))["error"] == "say needs 'text'"
    assert "no button" in (await door.post("/sim/5/press", {"text": "Да", "timeout": 0}))["error"]


async def test_a_batch_keeps_order_for_one_and_mixes_people(api: Api, door: Door) -> None:
    batch = [{"user": user, "act": "say", "text": str(n)} for n in range(3) for user in (5, 6)]
    reply = await door.post("/sim/0/batch", [*batch, {"user": 5, "act": "dance"}])
    assert [item["ok"] for item in reply["result"]] == [True] * 6 + [False]
    updates = await api("getUpdates")
    said = [update["message"]["text"] for update in updates if update["message"]["from"]["id"] == 5]
    assert said == ["0", "1", "2"]


async def test_waiting_over_http(api: Api, door: Door) -> None:
    await door.post("/sim/5/start")
    await api("getUpdates", offset=-1)
    await api("sendMessage", chat_id=5, text="Готово", reply_markup=inline([button("Да")]))
    assert (await door.post("/sim/5/wait", {"text": "Готово"}))["result"]["by_bot"]
    assert (await door.post("/sim/5/wait", {"button": "Да"}))["ok"]
    assert "toast" in (await door.post("/sim/5/wait", {"toast": "x", "timeout": 0}))["error"]
    assert "waiting" in (await door.post("/sim/5/wait", {"timeout": 0}))["error"]


async def test_calls_violations_clock_and_faults(api: Api, door: Door) -> None:
    await api("getMe")
    await api.raw("sendDice")
    first, second = await door.get("/sim/0/calls")
    assert (first["method"], second["status"]) == ("getMe", 404)
    assert [call["seq"] for call in await door.get("/sim/0/calls?since=1")] == [2]
    assert len(await door.get("/sim/0/violations")) == 1
    before = api.telegram.clock.now()
    assert (await door.post("/sim/0/clock", {"advance": 100}))["result"] > before + 99
    await door.post("/sim/0/faults", {"method": "getMe", "code": 400, "text": "Bad Request: нет"})
    assert await api.refusal("getMe") == "Bad Request: нет"
    assert (await door.post("/sim/0/faults", {"do": "restart", "args": [60]}))["ok"]
    assert "restart" in await api.refusal("getMe")
    assert "unknown fault" in (await door.post("/sim/0/faults", {"do": "burn"}))["error"]
    assert "unexpected" in (await door.post("/sim/0/faults", {"colour": 1}))["error"]


async def test_the_page_is_served(api: Api) -> None:
    async with api.session.get(f"{api.telegram.url}/?user=1001") as response:
        assert response.content_type == "text/html"
        assert "/sim/${user}/screen" in await response.text()


def test_the_command_line_has_load_in_mind() -> None:
    options = arguments([])
    assert (options.flood, options.lint, options.host) == ("realistic", False, "127.0.0.1")


async def test_it_runs_as_its_own_process_without_aiogram() -> None:
    program = "import sys, bot.phone.__main__ as m; assert 'aiogram' not in sys.modules; m.main()"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, "--port", "0", "--flood", "off", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    url, token = [(await process.stdout.readline()).decode().strip() for _ in range(2)]
    async with aiohttp.ClientSession() as session, session.get(f"{url}/bot{token}/getMe") as response:
        assert json.loads(await response.text())["ok"]
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 5) == 0


async def test_options_are_named(telegram: Telegram) -> None:
    with pytest.raises(TypeError, match="colour"):
        Telegram(colour="red")
