"""A fictional teacher who answers what is on her screen: a script of «when I see this, I say that».

She reacts only to a screen with new buttons, so a screen shown twice after a crash is answered once.
Scripts are data (templates/demo/<slug>.toml); months are relative to today, so they never grow old.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.iom.period import Period, add_months, month_end, words
from bot.phone.person import Person
from bot.phone.screen import Screen

ADD = "＋"
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What is done when `sees` is on screen: say, press, or tap that many suggestions one after another."""

    sees: str
    says: str = ""
    presses: str = ""
    chooses: int = 0


@dataclass(frozen=True, slots=True)
class Phase:
    """Replies until a text is on screen, or until so many files were received."""

    title: str
    reply: tuple[Reply, ...]
    until: str = ""
    until_files: int = 0


@dataclass(frozen=True, slots=True)
class Script:
    """One teacher: name, Telegram id, phases."""

    name: str
    id: int
    phases: tuple[Phase, ...]

    @property
    def length(self) -> int:
        """About how many acts there are, for a progress line."""
        return sum(len(phase.reply) for phase in self.phases)


class Lost(AssertionError):
    """Nothing on screen is known to the script: the screen is in the message."""


def read(source: str, today: date) -> Script:
    """Read a script; `{month2}` is the month two months from today, `{day1}` a day next month."""
    raw = tomllib.loads(source)
    phases = tuple(_phase(phase, today) for phase in raw["phase"])
    return Script(raw["name"], raw["id"], phases)


def _phase(raw: dict[str, Any], today: date) -> Phase:
    replies = tuple(
        Reply(**{key: _dated(value, today) for key, value in one.items()}) for one in raw["reply"]
    )
    return Phase(raw["title"], replies, raw.get("until", ""), raw.get("until_files", 0))


def _dated(value: Any, today: date) -> Any:
    if not isinstance(value, str) or "{month" not in value:
        return value
    for number in range(1, 10):
        first = add_months(today.replace(day=1), number)
        value = value.replace(f"{{month{number}}}", words(Period(first, month_end(first))))
    return value


class Walker:
    """Walks a script with one person."""

    def __init__(
        self, person: Person, script: Script, on_act: Callable[[str], None] = lambda _: None
    ) -> None:
        self._person = person
        self._script = script
        self._on_act = on_act
        self._seen: tuple[str, ...] | None = None

    async def walk(self) -> None:
        """From /start to the last phase. Raises `Lost` when a screen is not in the script."""
        await self._person.start()
        for phase in self._script.phases:
            self._on_act(phase.title)
            while not await self._over(phase):
                await self._act(phase)

    async def _over(self, phase: Phase) -> bool:
        screen = await self._next_screen(phase)
        if phase.until_files:
            return len(self._person.documents) >= phase.until_files
        return phase.until in screen.text

    async def _next_screen(self, phase: Phase) -> Screen:
        """Wait for a screen with other buttons than the one acted on, that the phase can answer."""

        def ready(screen: Screen) -> bool:
            known = phase.until and phase.until in screen.text
            enough = phase.until_files and len(self._person.documents) >= phase.until_files
            fresh = signature(screen) != self._seen and _reply(phase, screen) is not None
            return bool(fresh or (known and signature(screen) != self._seen) or enough)

        try:
            await self._person.wait(ready, PATIENCE)
        except AssertionError as error:
            raise Lost(f"«{phase.title}»: {error}") from None
        return self._person.screen

    async def _act(self, phase: Phase) -> None:
        screen = self._person.screen
        reply = _reply(phase, screen)
        assert reply is not None
        self._seen = signature(screen)
        self._on_act(reply.says or reply.presses or reply.sees)
        if reply.says:
            await self._person.says(reply.says)
        else:
            await self._person.presses(data=_wanted(reply, screen))


def signature(screen: Screen) -> tuple[str, ...]:
    """The buttons' data: they carry the revision, so the same screen sent twice has the same signature."""
    return tuple(button.data or "" for row in screen.buttons for button in row)


def _reply(phase: Phase, screen: Screen) -> Reply | None:
    if not screen.buttons:
        return None
    return next(
        (reply for reply in phase.reply if reply.sees in screen.text and _possible(reply, screen)), None
    )


def _possible(reply: Reply, screen: Screen) -> bool:
    return bool(reply.says or _wanted(reply, screen))


def _wanted(reply: Reply, screen: Screen) -> str:
    """The data of the button to press; "" when it is not there."""
    buttons = [button for row in screen.buttons for button in row]
    if reply.chooses:
        taken = sum(not button.text.startswith(ADD) and button.text.startswith("✓") for button in buttons)
        free = [button.data or "" for button in buttons if button.text.startswith(ADD)]
        return free[0] if free and taken < reply.chooses else ""
    fits = (button.data or "" for button in buttons if button.text.startswith(reply.presses))
    return next(fits, "") if reply.presses else ""
