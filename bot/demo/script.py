"""Scripts of the demonstration as values: «when I see this, I do that», for one person or for a whole cast.

A card script (templates/demo/<slug>.toml) is one teacher's way from /start to her card. A life script
(templates/demo/life_<slug>.toml) has many people: each phase says who acts, and may be borrowed from the card
script. Months are relative to today, so scripts never grow old.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from bot.iom.period import Period, add_months, month_end, words


@dataclass(frozen=True, slots=True)
class Reply:
    """What is done when `sees` is on screen: say, press, send a file, or tap that many suggestions.

    `row` is a button by its place, for lists whose words depend on the day: 1 is the topmost.
    A reply that is good `once` is over after that, so that the same screen may be answered differently.
    """

    sees: str
    says: str = ""
    presses: str = ""
    sends: str = ""
    row: int = 0
    chooses: int = 0
    once: bool = False


@dataclass(frozen=True, slots=True)
class Phase:
    """Replies until a text is on screen, or until so many files came in this phase.

    `who` acts. She begins by what she `says`, or by the `link` found on another's phone («galina: Светлова»
    is the newest link that Galina was shown beside that word); else by what is on her screen.
    """

    title: str
    reply: tuple[Reply, ...]
    until: str = ""
    until_files: int = 0
    who: str = ""
    says: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """One teacher: name, Telegram id, phases."""

    name: str
    id: int
    phases: tuple[Phase, ...]

    @property
    def length(self) -> int:
        """About how many acts there are, for a progress line."""
        return length(self.phases)


@dataclass(frozen=True, slots=True)
class Life:
    """A whole cast: name and Telegram id of each, who works by the card, phases, tables that are sent.

    `operator` is who makes the organisation (`ADMIN_IDS`).
    """

    people: Mapping[str, tuple[str, int]]
    teacher: str
    operator: str
    phases: tuple[Phase, ...]
    tables: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)

    @property
    def length(self) -> int:
        """About how many acts there are, for a progress line."""
        return length(self.phases)


def length(phases: tuple[Phase, ...]) -> int:
    """About how many acts these phases have."""
    return sum(len(phase.reply) for phase in phases)


def read(source: str, today: date) -> Script:
    """Read a card script; `{month2}` is the month two months from today, `{today}` today's date."""
    raw = tomllib.loads(source)
    return Script(raw["name"], raw["id"], tuple(_phase(phase, today) for phase in raw["phase"]))


def read_life(source: str, card: Script, today: date) -> Life:
    """Read a life script; a phase with `same` is the card script's one of that title, own replies first."""
    raw = tomllib.loads(source)
    known = {phase.title: phase for phase in card.phases}
    phases = tuple(_borrowed(one, known, today) for one in raw["phase"])
    people = {key: (one["name"], one["id"]) for key, one in raw["people"].items()}
    tables = {one["name"]: tuple(map(tuple, one["rows"])) for one in raw.get("table", ())}
    return Life(people, raw["teacher"], raw["operator"], phases, tables)


def _borrowed(raw: dict[str, Any], known: Mapping[str, Phase], today: date) -> Phase:
    if "same" not in raw:
        return _phase(raw, today)
    same, own = known[raw["same"]], _replies(raw, today)
    return replace(same, who=raw["who"], reply=(*own, *same.reply))


def _phase(raw: dict[str, Any], today: date) -> Phase:
    return Phase(**{**raw, "reply": _replies(raw, today)})


def _replies(raw: dict[str, Any], today: date) -> tuple[Reply, ...]:
    dated = ({key: _dated(value, today) for key, value in one.items()} for one in raw.get("reply", ()))
    return tuple(Reply(**one) for one in dated)


def _dated(value: Any, today: date) -> Any:
    if not isinstance(value, str) or "{" not in value:
        return value
    for number in range(10):
        first = add_months(today.replace(day=1), number)
        value = value.replace(f"{{month{number}}}", words(Period(first, month_end(first))))
        value = value.replace(f"{{day{number}}}", f"{today + timedelta(days=number):%d.%m.%Y}")
    return value.replace("{today}", f"{today:%d.%m.%Y}")
