"""The record of calls and the list of violations: what a test reads when everything is over."""

import json
from collections import deque
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.phone.clock import Clock
from bot.phone.params import Params


@dataclass(frozen=True)
class Call:
    """One call of the bot. `files` are (name, size); `ms` counts holds too; `via` is http or webhook."""

    seq: int
    at: float
    method: str
    params: dict[str, str]
    files: list[tuple[str, int]]
    status: int
    body: dict[str, Any]
    ms: float
    via: str = "http"

    @property
    def chat_id(self) -> int | None:
        """The chat the call is about, if it says so."""
        raw = self.params.get("chat_id", "")
        return int(raw) if raw.lstrip("-").isdigit() else None

    def json(self) -> dict[str, Any]:
        """For the HTTP side."""
        return asdict(self)


@dataclass
class Refusal:
    """A 429 that is still in force: for whom, until when, and the very call that was refused."""

    until: float
    since: float
    fingerprint: str


@dataclass
class Ledger:
    """Bounded log of calls, violations, refusals that a bot must respect."""

    clock: Clock
    keep: int
    violations: list[str] = field(default_factory=list)
    calls: deque[Call] = field(init=False)
    seq: int = 0
    refusals: dict[int | None, Refusal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.calls = deque(maxlen=self.keep)

    def violate(self, words: str) -> None:
        """Write a violation down; the reply never changes because of it."""
        self.violations.append(words)

    def record(
        self, method: str, params: Params, status: int, body: dict[str, Any], ms: float, via: str
    ) -> Call:
        """Add a finished call."""
        self.seq += 1
        files = [(upload.name, upload.size) for upload in params.files.values()]
        call = Call(self.seq, self.clock.now(), method, params.values, files, status, body, ms, via)
        self.calls.append(call)
        return call

    def refused(self, chat: int | None, method: str, params: Params, seconds: float) -> None:
        """Remember a 429."""
        now = self.clock.now()
        self.refusals[chat] = Refusal(now + seconds, now, fingerprint(method, params))

    def check_patience(self, chat: int | None, method: str, params: Params) -> None:
        """A call before retry_after has passed is a violation, unless the bot could not know yet."""
        refusal = self.refusals.get(chat)
        if refusal is None:
            return
        now = self.clock.now()
        if now >= refusal.until - 0.05:
            del self.refusals[chat]
        elif fingerprint(method, params) == refusal.fingerprint or now - refusal.since > 0.25:
            left = refusal.until - now
            self.violate(f"{method}: called again {left:.1f} s before retry_after has passed (chat {chat})")


def fingerprint(method: str, params: Params) -> str:
    """Two calls with the same words are one call tried again; keys of uploads are random and do not count."""
    values = {name: value for name, value in params.values.items() if not value.startswith("attach://")}
    return json.dumps([method, sorted(values.items())])
