"""Where a person is in the conversation: the cursor's value, stored with every turn.

Names of places and walks are stored contracts: never renamed without a migration.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.iom.interview import Step


@dataclass(frozen=True, slots=True)
class Place:
    """`name` is a room (`handlers.rooms`); `key`, `row`, `parent` a step or what the room shows.

    `walk`: what comes after an answer – "draft", "rest:<left>", "section:<key>", "row", "fix";
    `back`: where a row or a fix returns to; `view`: pages, filters and the part that is open.
    """

    name: str = "home"
    key: str = ""
    row: int = 0
    parent: int = 0
    walk: str = ""
    back: "Place | None" = None
    view: Mapping[str, str] = field(default_factory=dict)

    @property
    def step(self) -> Step:
        """The step asked here."""
        return Step(self.key, self.row, self.parent)

    def at(self, step: Step) -> "Place":
        """The same walk, another question."""
        return replace(self, key=step.key, row=step.row, parent=step.parent, view={})

    def seen(self, **view: str) -> "Place":
        """The same place with other parts of the view; "" closes a part."""
        merged = {**self.view, **view}
        return replace(self, view={key: value for key, value in merged.items() if value})

    def asks(self, part: str, what: str) -> "Place":
        """The same place that sends something, once more when it was sent before."""
        return self.seen(**{part: what + "+" * (self.view.get(part, "").count("+") + 1)})

    def asked(self, part: str) -> str:
        """What is sent here, "" for nothing."""
        return self.view.get(part, "").rstrip("+")

    def without_last(self, groups: Iterable[Iterable[str]]) -> "Place | None":
        """Without the first of these groups of answers that has any, newest group first; None: nothing is
        left to take back."""
        given = next((keys for keys in groups if any(self.view.get(key) for key in keys)), None)
        return None if given is None else self.seen(**dict.fromkeys(given, ""))

    def stored(self) -> dict[str, Any]:
        """As JSON for the cursor; empty parts are left out."""
        parts: dict[str, Any] = {"name": self.name, "key": self.key, "row": self.row}
        parts |= {"parent": self.parent, "walk": self.walk, "view": dict(self.view)}
        if self.back is not None:
            parts["back"] = self.back.stored()
        return {key: value for key, value in parts.items() if value}


def place_of(stored: Mapping[str, Any]) -> Place:
    """Read a cursor's JSON; an empty one is home."""
    back = stored.get("back")
    known = {key: stored[key] for key in ("name", "key", "row", "parent", "walk", "view") if key in stored}
    return Place(**known, back=place_of(back) if back else None)


def ask(step: Step, walk: str, back: Place | None = None) -> Place:
    """The place where a question is asked."""
    return Place("ask", step.key, step.row, step.parent, walk, back)
