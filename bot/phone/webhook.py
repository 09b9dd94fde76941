"""Delivery to a webhook: a queue per chat for messages, another per person for presses; serial inside.

The next update of a queue goes out only after a 2xx for the one before; a failing queue blocks only itself.
"""

import asyncio
import json
from collections import deque
from typing import Any
from urllib.parse import parse_qsl

import aiohttp

from bot.phone.core import Core, WebhookInfo
from bot.phone.gate import Gate
from bot.phone.params import Params, Upload
from bot.phone.updates import Update, is_held

MAX_PAUSE = 60.0
MAX_RETRY_AFTER = 3600.0
GONE_AFTER = 23 * 3600
NOT_IN_A_REPLY = ("get", "setwebhook", "deletewebhook", "close", "logout")


class Delivery:
    """Watches the queue of updates while a webhook is set, one worker task per queue key."""

    def __init__(self, core: Core, gate: Gate) -> None:
        self.core = core
        self.gate = gate
        self._hook: WebhookInfo | None = None
        self._queues: dict[str, deque[Update]] = {}
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._seen = 0
        self._slots = asyncio.Semaphore(40)
        self._session: aiohttp.ClientSession | None = None

    async def run(self) -> None:
        """Serve for ever; cancel to stop."""
        try:
            while True:
                if self._hook is not self.core.webhook:
                    await self._switch()
                if self.core.webhook.url:
                    self._spread()
                await self.core.updates.added.wait(min(60.0, max(self.core.updates.next_ready(), 0.001)))
        finally:
            await self._stop_workers()
            if self._session is not None:
                await self._session.close()

    async def _switch(self) -> None:
        await self._stop_workers()
        self._hook = self.core.webhook
        self._seen = 0
        self._slots = asyncio.Semaphore(self._hook.max_connections)
        if self._session is None and self._hook.url:
            timeout = aiohttp.ClientTimeout(total=self.core.options.webhook_timeout)
            self._session = aiohttp.ClientSession(timeout=timeout)

    async def _stop_workers(self) -> None:
        workers = list(self._workers.values())
        self._workers.clear()
        self._queues.clear()
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)

    def _spread(self) -> None:
        """Move new updates into their queues and see that each has a worker."""
        self.core.updates.expire()
        for update in list(self.core.updates.pending.values()):
            if update.id > self._seen or update.fresh:
                update.fresh = False
                self._queues.setdefault(update.key, deque()).append(update)
        self._seen = max(self._seen, self.core.updates.tail)
        for key, queue in self._queues.items():
            if queue and (key not in self._workers or self._workers[key].done()):
                self._workers[key] = asyncio.create_task(self._work(queue))

    async def _work(self, queue: deque[Update]) -> None:
        while queue:
            update = queue[0]
            if await self._deliver(update):
                queue.popleft()

    async def _deliver(self, update: Update) -> bool:
        """Post until a 2xx or the end of the update's life; True when the queue may go on."""
        pause, updates = self.core.options.webhook_retry, self.core.updates
        while not update.done:
            if update.expires <= self.core.clock.now():
                updates.expire()
                return True
            if is_held(update, self.core.clock.now()):
                await updates.added.wait(min(1.0, self.core.updates.next_ready()))
                continue
            updates.delivered(update)
            wanted = await self._post(update)
            if wanted is None:
                if self._confirmed(update):
                    return True
                continue
            await asyncio.sleep(max(pause, wanted))
            pause = min(pause * 2, MAX_PAUSE)
        return True

    def _confirmed(self, update: Update) -> bool:
        updates = self.core.updates
        if updates.lost_confirmations:
            updates.lost_confirmations -= 1
            return False
        taken = updates.take(update) is not None
        updates.added.ring()
        return taken

    async def _post(self, update: Update) -> float | None:
        """None after a 2xx, else the pause the bot asked for (0 when it did not)."""
        hook = self.core.webhook
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
        assert self._session is not None
        try:
            async with (
                self._slots,
                self._session.post(hook.url, json=update.json(), headers=headers) as response,
            ):
                if response.status // 100 == 2:
                    hook.gone_since = None
                    await self._perform_reply(response)
                    return None
                self._failed(hook, f"Wrong response from the webhook: {response.status} {response.reason}")
                self._note_gone(hook, response.status)
                return _retry_after(response)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            self._failed(hook, f"Connection failed: {type(error).__name__}")
            return 0.0

    def _failed(self, hook: WebhookInfo, words: str) -> None:
        hook.last_error_at, hook.last_error = self.core.clock.now(), words

    def _note_gone(self, hook: WebhookInfo, status: int) -> None:
        """410 for 23 hours removes the webhook."""
        now = self.core.clock.now()
        hook.gone_since = (hook.gone_since or now) if status == 410 else None
        if hook.gone_since is not None and now - hook.gone_since > GONE_AFTER:
            self.core.webhook = WebhookInfo()
            self.core.updates.added.ring()

    async def _perform_reply(self, response: aiohttp.ClientResponse) -> None:
        """A 2xx may carry a call — JSON, form or multipart; its result is never seen by the bot."""
        params = await _read_reply(response)
        method = params.values.pop("method", "")
        if not method:
            return
        if method.lower().startswith(NOT_IN_A_REPLY):
            self.core.ledger.violate(f"{method} cannot be called in a reply to a webhook")
            return
        await self.gate.call(method, params, via="webhook")


def _retry_after(response: aiohttp.ClientResponse) -> float:
    raw = response.headers.get("Retry-After", "")
    return min(float(raw), MAX_RETRY_AFTER) if raw.isdigit() else 0.0


async def _read_reply(response: aiohttp.ClientResponse) -> Params:
    kind = response.content_type
    if kind.startswith("multipart/"):
        return await _read_multipart(response)
    text = await response.text()
    if kind == "application/x-www-form-urlencoded":
        return Params(dict(parse_qsl(text)))
    try:
        body: Any = json.loads(text)
    except ValueError:
        return Params()
    return Params.of(body) if isinstance(body, dict) else Params()


async def _read_multipart(response: aiohttp.ClientResponse) -> Params:
    params = Params()
    reader = aiohttp.MultipartReader.from_response(response)
    while (part := await reader.next()) is not None:
        if not isinstance(part, aiohttp.BodyPartReader) or part.name is None:
            continue
        data = bytes(await part.read(decode=True))
        if part.filename is not None:
            params.files[part.name] = Upload(part.filename, data)
        else:
            params.values[part.name] = data.decode("utf-8", "replace")
    return params
