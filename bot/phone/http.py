"""The bot's side over HTTP: `/bot{token}/{method}` and `/file/bot{token}/{path}`."""

import asyncio
import contextlib
import json
import re
from typing import Any

from aiohttp import web

from bot.phone.core import Core
from bot.phone.files import MAX_UPLOAD
from bot.phone.gate import Gate, Reply
from bot.phone.params import Params, Upload

TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{3,}")
BODY_SLACK = 2 * 1024 * 1024


class Http:
    """Reads requests, lets the gate perform them, writes envelopes."""

    def __init__(self, core: Core, gate: Gate) -> None:
        self.core = core
        self.gate = gate
        self.closing = asyncio.Event()

    def app(self) -> web.Application:
        """The routes; other sides mount theirs on it."""
        app = web.Application(client_max_size=MAX_UPLOAD + BODY_SLACK)
        app.router.add_route("*", "/bot{token}/{method}", self.method)
        app.router.add_get("/file/bot{token}/{path:.+}", self.file)
        app.router.add_route("*", "/{rest:bot.*}", self.nowhere)
        return app

    async def method(self, request: web.Request) -> web.StreamResponse:
        """One call."""
        refusal = self._wrong_token(request.match_info["token"])
        if refusal is not None:
            return refusal
        try:
            params = await read(request)
        except web.HTTPRequestEntityTooLarge:
            return envelope(413, "Request Entity Too Large")
        except ValueError:
            return envelope(400, "Bad Request: can't parse request")
        reply = await self.gate.call(request.match_info["method"], params)
        if reply.lost is not None:
            return await self._lose(request, reply.lost)
        return _response(reply)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Download by the path of getFile."""
        refusal = self._wrong_token(request.match_info["token"])
        if refusal is not None:
            return refusal
        found = self.core.world.shelf.by_path(request.match_info["path"])
        if found is None:
            return envelope(404, "Not Found")
        return web.Response(body=found.data, content_type="application/octet-stream")

    async def nowhere(self, request: web.Request) -> web.StreamResponse:
        """A path with a token and no method."""
        return envelope(404, "Not Found")

    def _wrong_token(self, token: str) -> web.Response | None:
        if not TOKEN.fullmatch(token):
            return envelope(401, "Unauthorized: invalid token specified")
        return None if token == self.core.token else envelope(401, "Unauthorized")

    async def _lose(self, request: web.Request, how: str) -> web.StreamResponse:
        """`drop` cuts the connection at once, `hang` keeps silent until the bot or the emulator gives up."""
        if how == "hang":
            self.core.in_flight += 1
            while not self.closing.is_set() and request.transport is not None:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(0.1):
                        await self.closing.wait()
            self.core.in_flight -= 1
        if request.transport is not None:
            request.transport.abort()
        return web.Response()


async def read(request: web.Request) -> Params:
    """Parameters from the query and the body: form, multipart or JSON. Raises ValueError for bad JSON."""
    params = Params(dict(request.query))
    if request.content_type == "application/json":
        raw = await request.text()
        body = json.loads(raw) if raw else {}
        if not isinstance(body, dict):
            raise ValueError("the body must be an object")
        params.values |= Params.of(body).values
        return params
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            with value.file:
                params.files[name] = Upload(value.filename, value.file.read(), value.content_type)
        else:
            params.values[name] = value if isinstance(value, str) else bytes(value).decode("utf-8", "replace")
    return params


def envelope(code: int, description: str) -> web.Response:
    """A refusal that never reached a method."""
    return _json({"ok": False, "error_code": code, "description": description}, code)


def _response(reply: Reply) -> web.Response:
    if reply.html is not None:
        return web.Response(text=reply.html, status=reply.status, content_type="text/html")
    response = _json(reply.body, reply.status)
    retry_after = reply.body.get("parameters", {}).get("retry_after")
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


def _json(body: dict[str, Any], status: int) -> web.Response:
    return web.Response(
        text=json.dumps(body, ensure_ascii=False), status=status, content_type="application/json"
    )
