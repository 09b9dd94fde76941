"""Faults on purpose: calls that fail, hang or lose their reply, updates that come twice, late or swapped."""

import random
from dataclasses import dataclass

from bot.phone.clock import Clock
from bot.phone.errors import PREFIXES, ApiError, too_many
from bot.phone.updates import Update, Updates

KINDS = ("error", "html", "drop", "hang", "delay")
HTML_PAGE = (
    "<html>\r\n<head><title>{code} {words}</title></head>\r\n<body>\r\n"
    "<center><h1>{code} {words}</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n"
)


@dataclass
class Fault:
    """A rule. `after=True` performs the call and then loses the reply: the case that makes duplicates.

    `times` counts matches down (None: for ever), `p` is the chance of a match, `delay` is in real seconds
    and comes before anything else.
    """

    method: str = "*"
    kind: str = "error"
    code: int = 500
    text: str | None = None
    retry_after: int | None = None
    delay: float = 0.0
    times: int | None = 1
    p: float = 1.0
    chat: int | None = None
    after: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of fault {self.kind!r}, one of {', '.join(KINDS)}")

    def error(self) -> ApiError:
        """The refusal this rule answers with."""
        if self.retry_after is not None:
            error = too_many(self.retry_after)
            return ApiError(
                self.code if self.code != 500 else 429, self.text or error.description, error.parameters
            )
        return ApiError(self.code, self.text or PREFIXES.get(self.code, "Bad Request"))

    def page(self) -> str:
        """The page of a proxy that knows nothing of JSON."""
        code = self.code if self.code != 500 else 502
        return HTML_PAGE.format(code=code, words=PREFIXES.get(code, "Error"))


class Faults:
    """All rules in force; the chance is seeded, so a failing run can be repeated."""

    def __init__(self, clock: Clock, updates: Updates, seed: int) -> None:
        self.clock = clock
        self.updates = updates
        self.rules: list[Fault] = []
        self.random = random.Random(seed)
        self._restart_until = 0.0
        self._storm_until = 0.0
        self._storm_retry = 1
        self._next_repeats = 0
        self._next_late = 0.0
        self._swap: Update | bool = False

    def add(self, fault: Fault) -> None:
        """Put a rule in force; rules are tried in order, the first that matches acts."""
        self.rules.append(fault)

    def clear(self) -> None:
        """Drop the rules and end a restart or a storm."""
        self.rules.clear()
        self._restart_until = self._storm_until = 0.0

    def match(self, method: str, chat: int | None) -> Fault | None:
        """The rule for this call, counted down."""
        for fault in self.rules:
            named = fault.method == "*" or fault.method.lower() == method
            if not named or fault.chat not in (None, chat) or self.random.random() >= fault.p:
                continue
            if fault.times is not None:
                fault.times -= 1
                if fault.times <= 0:
                    self.rules.remove(fault)
            return fault
        return None

    def restart(self, seconds: float) -> None:
        """The server restarts: every call answers 500 `restart`; the queue is kept."""
        self._restart_until = self.clock.now() + seconds

    def storm(self, seconds: float, retry_after: int = 1) -> None:
        """Every call answers 429, getMe included."""
        self._storm_until, self._storm_retry = self.clock.now() + seconds, retry_after

    def weather(self) -> ApiError | None:
        """The refusal every call gets now, if any."""
        now = self.clock.now()
        if now < self._restart_until:
            return ApiError(500, "Internal Server Error: restart")
        return too_many(self._storm_retry) if now < self._storm_until else None

    def drop_poll(self) -> None:
        """The next getUpdates is cut off after its updates were chosen."""
        self.add(Fault("getUpdates", kind="drop", after=True))

    def duplicate(self, times: int = 1, update: Update | None = None) -> None:
        """Deliver an update again under the same id: this one, or the next that comes."""
        if update is None:
            self._next_repeats += times
            return
        for _ in range(times):
            self.updates.put_back(update)

    def redeliver_unconfirmed(self) -> None:
        """Lose the next confirmation: what was delivered comes again."""
        self.updates.lost_confirmations += 1

    def late(self, seconds: float) -> None:
        """The next update appears in the queue `seconds` later, by the emulator's clock."""
        self._next_late = seconds

    def swap(self) -> None:
        """Hold the next update until the one after it was taken: legal between queues of a webhook only."""
        self._swap = True

    def on_update(self, update: Update) -> None:
        """Apply what was asked of the next update."""
        update.repeats += self._next_repeats
        update.ready_at = self.clock.now() + self._next_late if self._next_late else 0.0
        self._next_repeats, self._next_late = 0, 0.0
        if isinstance(self._swap, Update):
            self._swap.held_by = update
            self._swap.ready_at = 0.0
            self._swap = False
        elif self._swap:
            update.ready_at = update.expires
            self._swap = update
