"""Getting updates: long polling with its conflicts, and the settings of a webhook."""

import asyncio
import re
import time
from typing import Any
from urllib.parse import urlsplit

from bot.phone.core import Core, WebhookInfo
from bot.phone.errors import bad, conflict, too_many
from bot.phone.params import Params

WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
PORTS = (443, 80, 88, 8443)
SECRET = re.compile(r"[A-Za-z0-9_-]*")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


async def get_updates(core: Core, params: Params) -> Any:
    """Confirm by offset, then wait. A second poll ends the first with 409; stop() ends all with nothing."""
    if core.webhook.url:
        raise conflict(WEBHOOK_ACTIVE)
    core.updates.allow(params.text("allowed_updates"))
    offset = params.integer("offset")
    limit, timeout = _guard(core, offset, params)
    end_poll(core, f"Conflict: {OTHER_POLL}")
    core.updates.confirm(offset)
    mine = core.poll = object()
    core.polled.ring()
    found = await _wait(core, mine, timeout)
    if core.poll is not mine and not core.poll_end:
        return []
    if core.poll is not mine:
        await _conflict_pause(core)
        raise conflict(core.poll_end.removeprefix("Conflict: "))
    core.poll = None
    chosen = found[:limit]
    for update in chosen:
        core.updates.delivered(update)
    return [update.json() for update in chosen]


def end_poll(core: Core, reason: str) -> None:
    """Let the poll in progress return at once with `reason`."""
    if core.poll is not None:
        core.poll, core.poll_end = None, reason
        core.updates.added.ring()


async def set_webhook(core: Core, params: Params) -> Any:
    """An empty url deletes. More often than once a second is refused."""
    url = params.text("url")
    if url is None:
        return await delete_webhook(core, params)
    secret = params.text("secret_token")
    _check_webhook(core, url, secret)
    now = core.clock.now()
    if core.webhook.set_at is not None and now - core.webhook.set_at < 1:
        raise too_many(1)
    core.updates.allow(params.text("allowed_updates"))
    if params.flag("drop_pending_updates"):
        core.updates.clear()
    connections = min(max(params.integer("max_connections", 40), 1), 100)
    core.webhook = WebhookInfo(url, secret, connections, set_at=now)
    end_poll(core, "Conflict: terminated by setWebhook request")
    core.updates.added.ring()
    return True


async def delete_webhook(core: Core, params: Params) -> Any:
    """Back to polling; the queue stays unless asked otherwise."""
    if params.flag("drop_pending_updates"):
        core.updates.clear()
    core.webhook = WebhookInfo(set_at=core.webhook.set_at)
    core.updates.added.ring()
    return True


async def get_webhook_info(core: Core, params: Params) -> Any:
    """The state of the webhook and the length of the queue."""
    core.updates.expire()
    hook = core.webhook
    info: dict[str, Any] = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(core.updates.pending),
    }
    if hook.url:
        info["max_connections"] = hook.max_connections
    if hook.last_error_at is not None:
        info |= {"last_error_date": int(hook.last_error_at), "last_error_message": hook.last_error}
    if core.updates.allowed is not None:
        info["allowed_updates"] = sorted(core.updates.allowed)
    return info


def _guard(core: Core, offset: int, params: Params) -> tuple[int, float]:
    """The same offset again within 3 s waits 3 s; within 0.5 s it gets one update only."""
    limit = params.integer("limit", 100)
    limit = limit if 1 <= limit <= 100 else 100
    timeout = min(max(params.integer("timeout"), 0), 50)
    now = time.monotonic()
    previous, at = core.last_poll
    if offset == previous and at and now < at + 3:
        timeout = max(timeout, 3)
        limit = 1 if now < at + 0.5 else limit
    core.last_poll = (offset, now)
    return limit, float(timeout)


async def _wait(core: Core, mine: object, seconds: float) -> list[Any]:
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while core.poll is mine:
        found = core.updates.ready(100)
        left = deadline - loop.time()
        if found or left <= 0:
            return found
        await core.updates.added.wait(min(left, core.updates.next_ready()))
    return []


async def _conflict_pause(core: Core) -> None:
    """Repeated conflicts are answered after 3 s, so that two copies of a bot do not spin."""
    now = time.monotonic()
    repeated = core.last_conflict and now - core.last_conflict < core.options.conflict_delay
    core.last_conflict = now
    if repeated:
        await asyncio.sleep(core.options.conflict_delay)


def _check_webhook(core: Core, url: str, secret: str | None) -> None:
    if secret is not None and len(secret) > 256:
        raise bad("secret token is too long")
    if secret is not None and not SECRET.fullmatch(secret):
        raise bad("secret token contains unallowed characters")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise bad("invalid webhook URL specified") from None
    if core.options.allow_http_loopback and host in LOOPBACK:
        return
    if parts.scheme != "https":
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if (port or 443) not in PORTS:
        raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
