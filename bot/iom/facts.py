"""What is known of one route, and the changes that rules ask storage to make.

`Facts` is a frozen photograph: answers by (row, question key) and the rows of every table. Row 0 is the
route itself. Rules return changes; `storage.routes.apply` stores them in the transaction of the update.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from bot.iom.regulation import Key

# What an answer holds, by the kind of its question (see `bot.iom.regulation.Kind`).
Value: TypeAlias = "str | int | float | bool | list[str] | dict[str, Value] | None"

ROUTE = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """One stored answer. `skipped`: left as a line for the pen on purpose; its value is None. `by`: whose
    it is (a person's id), 0 while unknown; two answers are equal whoever gave them."""

    value: Value
    skipped: bool = False
    by: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a table: a point of growth, a task, a plan line, a course…

    `links` are ids of rows of other tables it belongs to (task → points of growth, plan line → points);
    `event` is the id of the catalogue event it was chosen from, 0 for an own one.
    """

    id: int
    table: Key
    links: frozenset[int] = frozenset()
    event: int = 0


class State(StrEnum):
    """States of a route (domain.md §4.2); stored contracts. `bot.iom.life` says who moves it where.

    DRAFT is everything before sending: registered, diagnostics, self-analysis, goals, planning are phases
    that follow from the answers (`bot.iom.life.phase`), because sections are filled in any order.
    """

    DRAFT = "draft"
    ON_REVIEW = "on_review"
    RETURNED = "returned"
    APPROVED = "approved"
    ACTIVE = "active"
    FINALIZING = "finalizing"
    CONCLUSION = "conclusion"
    AUDIT = "audit"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Facts:
    """A route and all that was answered. Entries are in the order they were added.

    `regulation_hash` names the version of the regulation the route is pinned to; `keeps_names` False:
    the organisation works by code, nothing marked personal is asked or stored. `step`: the approval step it
    waits at; `track`, `model`: 004 1.3; `trial`: a coordinator's sandbox, in no report.
    """

    route_id: int
    person_id: int
    organisation_id: int | None
    slug: str
    regulation_hash: str
    state: State
    version: int
    started_at: datetime
    keeps_names: bool = True
    answers: Mapping[tuple[int, Key], Answer] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    state_since: datetime | None = None
    step: int = 0
    track: str = ""
    model: str = ""
    shares_reflections: bool = False
    trial: bool = False

    def answer(self, key: Key, row: int = ROUTE) -> Answer | None:
        """The stored answer, a skipped one included; None when the question was not reached."""
        return self.answers.get((row, key))

    def value(self, key: Key, row: int = ROUTE) -> Value:
        """The answered value, None when skipped or not asked."""
        answer = self.answers.get((row, key))
        return answer.value if answer else None

    def text(self, key: Key, row: int = ROUTE) -> str:
        """The value when it is a string, else ""."""
        value = self.value(key, row)
        return value if isinstance(value, str) else ""

    def rows(self, table: Key) -> tuple[Entry, ...]:
        """Rows of one table, oldest first."""
        return tuple(entry for entry in self.entries if entry.table == table)

    def entry(self, entry_id: int) -> Entry | None:
        """A row by id, None when it is gone or was never of this route."""
        return next((entry for entry in self.entries if entry.id == entry_id), None)

    def linked(self, table: Key, to: int) -> tuple[Entry, ...]:
        """Rows of `table` that belong to row `to`."""
        return tuple(entry for entry in self.rows(table) if to in entry.links)


@dataclass(frozen=True, slots=True)
class SetAnswer:
    """Store an answer (value None and skipped=True for a line for the pen)."""

    key: Key
    value: Value
    row: int = ROUTE
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class ForgetAnswer:
    """Take an answer back, as if it was never asked."""

    key: Key
    row: int = ROUTE


@dataclass(frozen=True, slots=True)
class AddEntry:
    """Add a row with its first answers (None is a skipped one); `links` as in `Entry`."""

    table: Key
    answers: Mapping[Key, Value] = field(default_factory=dict)
    links: frozenset[int] = frozenset()
    event: int = 0


@dataclass(frozen=True, slots=True)
class RemoveEntry:
    """Delete a row, its answers, the links to it, and rows that only it needed stay."""

    row: int


@dataclass(frozen=True, slots=True)
class SetLinks:
    """Replace what a row belongs to, among rows of `table`."""

    row: int
    table: Key
    links: frozenset[int]


Change = SetAnswer | ForgetAnswer | AddEntry | RemoveEntry | SetLinks
