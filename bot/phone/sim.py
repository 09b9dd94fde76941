"""The people's side over HTTP: load generators and the browser page act through it.

`POST /sim/{user}/{act}` with a JSON object, `GET /sim/{user}/screen`; `/sim/0/…` is the emulator itself.
A refusal is 409 with `{"ok": false, "error": …}`: what a pytest would see as AssertionError.
"""

import asyncio
import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.phone.faults import Fault
from bot.phone.person import Person
from bot.phone.sim_acts import ACTS, Body, button_json, message_json

if TYPE_CHECKING:
    from bot.phone.server import Telegram

PAGE = Path(__file__).with_name("phone.html")
FACTS = ("first_name", "last_name", "username", "language_code")


class Sim:
    """Routes of the people's side."""

    def __init__(self, telegram: "Telegram") -> None:
        self.telegram = telegram

    def mount(self, app: web.Application) -> None:
        """Add the routes; those of the emulator itself come first."""
        app.router.add_get("/", self.page)
        app.router.add_get("/sim/0/calls", self.calls)
        app.router.add_get("/sim/0/violations", self.violations)
        app.router.add_post("/sim/0/batch", self.batch)
        app.router.add_post("/sim/0/clock", self.clock)
        app.router.add_post("/sim/0/faults", self.faults)
        app.router.add_get("/sim/{user:[1-9]\\d*}/screen", self.screen)
        app.router.add_get("/sim/{user:[1-9]\\d*}/file/{file_id}", self.file)
        app.router.add_post("/sim/{user:[1-9]\\d*}/{act}", self.act)

    async def page(self, request: web.Request) -> web.StreamResponse:
        """The phone in a browser: `/?user=1001`."""
        return web.Response(text=PAGE.read_text(encoding="utf-8"), content_type="text/html")

    async def calls(self, request: web.Request) -> web.StreamResponse:
        """The call log after `since`."""
        since = int(request.query.get("since", "0"))
        return answer([call.json() for call in self.telegram.calls if call.seq > since])

    async def violations(self, request: web.Request) -> web.StreamResponse:
        """All violations so far."""
        return answer(self.telegram.violations)

    async def clock(self, request: web.Request) -> web.StreamResponse:
        """`{"advance": seconds}`; the answer is the new time."""
        self.telegram.clock.advance(float((await _body(request)).get("advance", 0)))
        return answer(self.telegram.clock.now())

    async def faults(self, request: web.Request) -> web.StreamResponse:
        """The fields of a Fault, or `{"do": "restart" | "storm" | "late" | "duplicate" | …, "args": […]}`."""
        body, faults = await _body(request), self.telegram.faults
        kinds = (
            "restart",
            "storm",
            "late",
            "duplicate",
            "swap",
            "drop_poll",
            "redeliver_unconfirmed",
            "clear",
        )
        try:
            if "do" not in body:
                faults.add(Fault(**body))
            elif body["do"] in kinds:
                getattr(faults, body["do"])(*body.get("args", []))
            else:
                raise ValueError(f"unknown fault {body['do']!r}, one of {', '.join(kinds)}")
        except (TypeError, ValueError) as error:
            return answer(str(error), 400)
        return answer(len(faults.rules))

    async def screen(self, request: web.Request) -> web.StreamResponse:
        """What the person sees."""
        person = self._person(int(request.match_info["user"]), dict(request.query))
        screen = person.screen
        return answer(
            {
                "messages": [message_json(message) for message in screen.messages[-50:]],
                "keyboard": [[button_json(button) for button in row] for row in screen.keyboard],
                "typing": screen.typing,
                "toasts": screen.toasts[-5:],
                "blocked": person.user.blocked,
                "started": person.user.started,
            }
        )

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Download a file of the chat."""
        held = self.telegram.core.world.shelf.files.get(request.match_info["file_id"])
        if held is None:
            return answer("no such file", 404)
        response = web.Response(body=held.data, content_type="application/octet-stream")
        response.headers["Content-Disposition"] = "attachment"
        return response

    async def act(self, request: web.Request) -> web.StreamResponse:
        """One act of one person."""
        result = await self._do(
            int(request.match_info["user"]), request.match_info["act"], await _body(request)
        )
        return web.json_response(result, status=200 if result["ok"] else 409)

    async def batch(self, request: web.Request) -> web.StreamResponse:
        """A list of `{"user":…, "act":…, …}`: in order for one person, people at the same time."""
        items: list[Body] = await request.json()
        results: list[Body] = [{}] * len(items)
        by_user: dict[int, list[int]] = defaultdict(list)
        for index, item in enumerate(items):
            by_user[int(item["user"])].append(index)

        async def one(user: int, indexes: list[int]) -> None:
            for index in indexes:
                results[index] = await self._do(user, items[index]["act"], items[index])

        await asyncio.gather(*(one(user, indexes) for user, indexes in by_user.items()))
        return answer(results)

    async def _do(self, user: int, act: str, body: Body) -> Body:
        if act not in ACTS:
            return {"ok": False, "error": f"unknown act {act!r}, one of {', '.join(ACTS)}"}
        try:
            result = await ACTS[act](self._person(user, body), body)
            return {"ok": True, "result": result, "at": self.telegram.clock.now()}
        except KeyError as error:
            return {"ok": False, "error": f"{act} needs {error}"}
        except (AssertionError, ValueError) as error:
            return {"ok": False, "error": str(error)}

    def _person(self, user: int, body: Body) -> Person:
        return self.telegram.person(user, **{name: body[name] for name in FACTS if name in body})


def answer(result: Any, status: int = 200) -> web.Response:
    """The envelope of the people's side."""
    key = "result" if status == 200 else "error"
    return web.json_response({"ok": status == 200, key: result}, status=status)


async def _body(request: web.Request) -> Body:
    raw = await request.text()
    try:
        body = json.loads(raw) if raw else {}
    except ValueError:
        raise web.HTTPBadRequest(text="the body must be JSON") from None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="the body must be an object")
    return body
