"""Flood control: token buckets that hold a call as TDLib does, and answer 429 only when holding is too long.

The real numbers are not published; these are the FAQ's: 30 a second in all, one a second in a chat,
20 a minute in a group.
"""

import asyncio
import math
from collections import deque
from dataclasses import dataclass, field

from bot.phone.chats import Chat
from bot.phone.clock import Clock
from bot.phone.errors import too_many

GLOBAL_RATE = 30.0
PAID_RATE = 1000.0
GROUP_LIMIT = 20
GROUP_WINDOW = 60.0
HOLD_TYPING = 2.0
FREE_OF_CHAT_LIMIT = frozenset(
    {"deletemessage", "deletemessages", "answercallbackquery", "answerinlinequery"}
)
COUNTED = ("send", "edit", "copy", "forward", "delete", "answer")


@dataclass(frozen=True)
class Profile:
    """How strict: calls in a burst to one chat, the longest silent hold in seconds; `off` counts nothing."""

    burst: float
    hold: float
    on: bool = True


PROFILES = {
    "off": Profile(0, 0, on=False),
    "realistic": Profile(burst=4, hold=8),
    "strict": Profile(burst=1, hold=0),
}


@dataclass
class Bucket:
    """Tokens that come back with time; below zero they are already promised to calls that are being held."""

    rate: float
    size: float
    tokens: float = field(init=False)
    at: float = 0.0

    def __post_init__(self) -> None:
        self.tokens = self.size

    def wait(self, now: float) -> float:
        """Seconds until a call may pass."""
        self.tokens = min(self.size, self.tokens + max(0.0, now - self.at) * self.rate)
        self.at = now
        return 0.0 if self.tokens >= 1 else (1 - self.tokens) / self.rate

    def spend(self) -> None:
        """Promise one token."""
        self.tokens -= 1


class Flood:
    """The limits of one bot."""

    def __init__(self, profile: str, clock: Clock) -> None:
        self.profile = PROFILES[profile]
        self.clock = clock
        self.whole = Bucket(GLOBAL_RATE, GLOBAL_RATE)
        self.paid = Bucket(PAID_RATE, PAID_RATE)
        self.chats: dict[int, Bucket] = {}
        self.groups: dict[int, deque[float]] = {}

    async def pass_through(self, method: str, chat: Chat | None, paid: bool = False) -> None:
        """Let the call through now or after a hold; raises 429. Calls to one chat keep their order."""
        if not self.profile.on or not method.startswith(COUNTED):
            return
        now = self.clock.now()
        limited = chat if method not in FREE_OF_CHAT_LIMIT else None
        buckets = [self.paid if paid else self.whole]
        if limited is not None:
            burst = self.profile.burst
            buckets.append(self.chats.setdefault(limited.id, Bucket(1.0, burst, at=now)))
        delay = max(bucket.wait(now) for bucket in buckets)
        if limited is not None and limited.user is None:
            delay = max(delay, self._group_wait(limited.id, now))
        hold = min(self.profile.hold, HOLD_TYPING) if method == "sendchataction" else self.profile.hold
        if delay > hold:
            raise too_many(max(1, math.ceil(delay)))
        for bucket in buckets:
            bucket.spend()
        if limited is not None and limited.user is None:
            self.groups[limited.id].append(now + delay)
        if delay > 0:
            await asyncio.sleep(delay)

    def _group_wait(self, chat_id: int, now: float) -> float:
        recent = self.groups.setdefault(chat_id, deque())
        while recent and recent[0] <= now - GROUP_WINDOW:
            recent.popleft()
        return recent[-GROUP_LIMIT] + GROUP_WINDOW - now if len(recent) >= GROUP_LIMIT else 0.0
