"""The queue of updates: it lives here, so a bot killed with -9 gets again what it had not confirmed."""

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.phone.clock import Clock
from bot.phone.signal import Signal

TTL = {"callback_query": 150.0, "inline_query": 30.0}
DEFAULT_TTL = 86_400.0
MAX_QUEUE = 100_000
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
FAR_AHEAD = 10
FAR_BEHIND = 100_000


@dataclass(eq=False)
class Update:
    """One update. `key` names its queue under a webhook, `actor` is the person who caused it."""

    id: int
    kind: str
    payload: dict[str, Any]
    key: str
    actor: int
    expires: float
    ready_at: float = 0.0
    held_by: "Update | None" = None
    repeats: int = 0
    fresh: bool = False
    """Put back by a fault: no offset confirms it before it was delivered once more."""
    delivered_at: float | None = None
    done: bool = False

    def json(self) -> dict[str, Any]:
        """The Update object of the Bot API."""
        return {"update_id": self.id, self.kind: self.payload}


class Updates:
    """Ids start at random and go up by one; an offset confirms everything below it."""

    def __init__(self, clock: Clock, first_id: int) -> None:
        self.clock = clock
        self.pending: dict[int, Update] = {}
        self.allowed: frozenset[str] | None = None
        self.added = Signal()
        self.lost_confirmations = 0
        self.by_actor: dict[int, int] = {}
        self.on_drop: Callable[[int], None] = lambda actor: None
        self._ids = itertools.count(first_id)
        self.tail = first_id - 1

    def add(self, kind: str, payload: dict[str, Any], key: str, actor: int) -> Update | None:
        """Put an update in the queue; None when the bot did not ask for this kind or the queue is full."""
        wanted = kind in self.allowed if self.allowed is not None else kind not in NOT_BY_DEFAULT
        if not wanted or len(self.pending) >= MAX_QUEUE:
            return None
        self.tail = next(self._ids)
        expires = self.clock.now() + TTL.get(kind, DEFAULT_TTL)
        update = Update(self.tail, kind, payload, key, actor, expires)
        self.pending[update.id] = update
        self.by_actor[actor] = self.by_actor.get(actor, 0) + 1
        return update

    def put_back(self, update: Update) -> None:
        """Deliver a taken update again under its old id."""
        if update.id in self.pending:
            update.repeats += 1
            return
        update.done, update.fresh = False, True
        self.by_actor[update.actor] = self.by_actor.get(update.actor, 0) + 1
        self.pending[update.id] = update
        self.pending = dict(sorted(self.pending.items()))
        self.added.ring()

    def allow(self, raw: str | None) -> None:
        """Remember allowed_updates; JSON that is not a list is ignored, an empty list means the default."""
        if raw is None:
            return
        try:
            names = json.loads(raw)
        except ValueError:
            return
        if isinstance(names, list):
            self.allowed = frozenset(map(str, names)) or None

    def confirm(self, offset: int) -> list[Update]:
        """Forget what `offset` confirms and return it; a negative one keeps the last N."""
        if offset < 0:
            ids = list(self.pending)[:offset]
        elif offset == 0 or self._is_foreign(offset):
            return []
        else:
            ids = [number for number, update in self.pending.items() if number < offset and not update.fresh]
        if ids and self.lost_confirmations > 0:
            self.lost_confirmations -= 1
            return []
        return [update for number in ids if (update := self.take(self.pending[number])) is not None]

    def take(self, update: Update) -> Update | None:
        """The bot has it: drop it from the queue, unless it must be delivered once more."""
        if update.repeats > 0:
            update.repeats -= 1
            update.fresh = True
            return None
        self._drop(update)
        return update

    def delivered(self, update: Update) -> None:
        """It is on its way to the bot."""
        update.fresh = False
        if update.delivered_at is None:
            update.delivered_at = self.clock.now()

    def ready(self, limit: int) -> list[Update]:
        """What a poll may return now, oldest first."""
        self.expire()
        now = self.clock.now()
        waiting = (update for update in self.pending.values() if not is_held(update, now))
        return list(itertools.islice(waiting, limit))

    def expire(self) -> list[Update]:
        """Drop what lived too long: presses 150 s, messages a day."""
        now = self.clock.now()
        old = [update for update in self.pending.values() if update.expires <= now]
        for update in old:
            self._drop(update)
        return old

    def clear(self) -> None:
        """drop_pending_updates."""
        for update in list(self.pending.values()):
            self._drop(update)

    def next_ready(self) -> float:
        """Seconds until a late update may come out, 60 when there is none."""
        now = self.clock.now()
        return min(
            (update.ready_at - now for update in self.pending.values() if update.ready_at > now), default=60.0
        )

    def _is_foreign(self, offset: int) -> bool:
        head = next(iter(self.pending), self.tail)
        return offset > self.tail + FAR_AHEAD or offset < head - FAR_BEHIND

    def _drop(self, update: Update) -> None:
        if self.pending.pop(update.id, None) is not None:
            self.by_actor[update.actor] -= 1
        update.done = True
        self.on_drop(update.actor)


def is_held(update: Update, now: float) -> bool:
    """Whether a fault keeps the update back: late, or swapped with one not yet taken."""
    return update.ready_at > now or (update.held_by is not None and not update.held_by.done)
