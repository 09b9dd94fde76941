"""The state of the emulator and the rules that span methods; HTTP and people stand around it."""

import re
from dataclasses import dataclass, field
from typing import Any

from bot.phone.calls import Ledger
from bot.phone.chats import Chat, Message, Query, User
from bot.phone.clock import Clock
from bot.phone.faults import Faults
from bot.phone.flood import Flood
from bot.phone.params import Params
from bot.phone.signal import Signal
from bot.phone.updates import Update, Updates
from bot.phone.world import BOT_ID, World

ANSWER_AGE = 15.0
TOKEN = f"{BOT_ID}:TEST-emulator-token-of-35-characters"
MAX_QUERIES = 20_000


@dataclass
class Options:
    """Switches. Real time: `webhook_retry`, `conflict_delay`; the rest is about strictness."""

    flood: str = "off"
    lint: bool = True
    seed: int = 0
    keep_calls: int = 10_000
    max_edits: int = 3
    webhook_retry: float = 1.0
    webhook_timeout: float = 60.0
    conflict_delay: float = 3.0
    allow_http_loopback: bool = True
    refuse_second_answer: bool = True
    username: str = "iom_test_bot"
    quiet: float = 0.05
    """Seconds of silence that count as quiet: a handler may think between its update and its first call."""


@dataclass
class WebhookInfo:
    """What setWebhook left: an empty url means polling."""

    url: str = ""
    secret: str | None = None
    max_connections: int = 40
    set_at: float | None = None
    last_error_at: float | None = None
    last_error: str | None = None
    gone_since: float | None = None


@dataclass
class Profile:
    """What the bot says of itself: commands by (scope, language), menu buttons by chat, names by language."""

    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    menus: dict[int, dict[str, Any]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)


class Core:
    """All state of one bot's Telegram."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.clock = Clock()
        self.world = World(self.clock, options.username, options.seed)
        self.updates = Updates(self.clock, self.world.random.randrange(2_000_001, 10**9))
        self.updates.on_drop = self._ring
        self.flood = Flood(options.flood, self.clock)
        self.faults = Faults(self.clock, self.updates, options.seed)
        self.ledger = Ledger(self.clock, options.keep_calls)
        self.webhook = WebhookInfo()
        self.profile = Profile()
        self.token = TOKEN
        self.poll: object | None = None
        self.poll_end = ""
        self.polled = Signal()
        self.last_conflict = 0.0
        self.last_poll: tuple[int, float] = (0, 0.0)
        self.in_flight = 0

    def _ring(self, actor: int) -> None:
        if actor in self.world.chats:
            self.world.chats[actor].changed.ring()

    # -- people's side

    def deliver(self, kind: str, payload: dict[str, Any], actor: User) -> Update | None:
        """Make an update. Under a webhook a person has one queue for presses and one for the rest."""
        key = f"{kind}:{actor.id}" if kind in ("callback_query", "my_chat_member") else f"chat:{actor.id}"
        update = self.updates.add(kind, payload, key, actor.id)
        if update is not None:
            self.faults.on_update(update)
            self.updates.added.ring()
        return update

    def press(self, user: User, chat: Chat, message: Message, data: str) -> Query:
        """A press becomes a callback_query; a deleted message comes along as an inaccessible one."""
        query = Query(
            self.world.next_query_id(), user, chat, message.message_id, data, self.clock.now(), None
        )
        inaccessible = {"chat": chat.json(), "message_id": message.message_id, "date": 0}
        payload = {
            "id": query.id,
            "from": user.json(),
            "message": inaccessible if message.deleted else message.json(),
            "chat_instance": str(chat.id * 7919),
            "data": data,
        }
        query.update = self.deliver("callback_query", payload, user)
        self.world.queries[query.id] = query
        chat.presses.append(query)
        while len(self.world.queries) > MAX_QUERIES:
            self.world.queries.pop(next(iter(self.world.queries)))
        return query

    def is_quiet(self, chat: Chat) -> bool:
        """Nothing of this person's is on its way: no update, press or call, no "typing…"."""
        if self.updates.by_actor.get(chat.id, 0):
            self.updates.expire()
        waiting = self.updates.by_actor.get(chat.id, 0)
        pressed = any(query.open for query in chat.presses)
        typing = chat.typing_until > self.clock.now()
        return not (waiting or pressed or typing or chat.in_flight or self.in_flight)

    # -- the bot's side

    def known_chat(self, params: Params) -> Chat | None:
        """The chat a call names, without judging; a callback answer belongs to the chat of its press."""
        raw = params.text("chat_id") or ""
        if raw:
            return self.world.chats.get(int(raw)) if re.fullmatch(r"-?\d+", raw) else None
        query = self.world.queries.get(params.text("callback_query_id") or "")
        return query.chat if query else None

    def count_edit(self, chat: Chat, message_id: int) -> None:
        """Note an edit against the last press in the chat; over `max_edits` of one message is a violation."""
        query = chat.presses[-1] if chat.presses else None
        if query is None or self.clock.now() - query.at > ANSWER_AGE:
            return
        count = query.edits[message_id] = query.edits.get(message_id, 0) + 1
        if count == self.options.max_edits + 1:
            self.ledger.violate(
                f"message {message_id} edited more than {self.options.max_edits} times per press"
            )

    def count_refusal(self, chat: Chat) -> None:
        """The first message to a person who blocked the bot is news, the second a violation."""
        if chat.user is None or not chat.user.blocked:
            return
        chat.user.refusals += 1
        if chat.user.refusals > 1:
            self.ledger.violate(f"message to {chat.id} repeated although the person blocked the bot")

    def check(self, final: bool = False) -> list[str]:
        """All violations so far, presses unanswered for 15 s included; with `final`, any unanswered one."""
        self.updates.expire()
        now = self.clock.now()
        for query in self.world.queries.values():
            seen = query.update.delivered_at if query.update else None
            if query.tried or query.reported or seen is None:
                continue
            if final or now - seen > ANSWER_AGE:
                query.reported = True
                words = "never" if final else f"not within {ANSWER_AGE:.0f} s"
                self.ledger.violate(f"press {query.data!r} of {query.user.id} was {words} answered")
        return self.ledger.violations
