"""What a list of changes makes of a route, in memory: pure, so that a forged press is found out before
anything is written, and the database gets the difference in a few batches."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.iom.facts import (
    ROUTE,
    AddEntry,
    Answer,
    Change,
    Entry,
    Facts,
    ForgetAnswer,
    RemoveEntry,
    SetAnswer,
    SetLinks,
)
from bot.iom.regulation import Key


class Stale(Exception):
    """The route is not as it was seen: another version, a row that is gone or was never of this route.

    Raised before anything is written, so the transaction may go on and show what is there now.
    """


def after(facts: Facts, changes: Sequence[Change], ids: Iterator[int], author_id: int = 0) -> Facts:
    """The route when `changes` are done in order, of the next version; `ids` are for the added rows.

    An answer that was set is a new object even when it is equal. Stale: a change names a row that the
    route doesn't have, or that an earlier change removed.
    """
    draft = _Draft(facts, ids, author_id)
    for change in changes:
        draft.take(change)
    return replace(
        facts, version=facts.version + 1, answers=draft.answers, entries=tuple(draft.entries.values())
    )


def keys(changes: Sequence[Change]) -> frozenset[Key]:
    """Keys of all the answers that these changes would store."""
    single = {change.key for change in changes if isinstance(change, SetAnswer)}
    added = {key for change in changes if isinstance(change, AddEntry) for key in change.answers}
    return frozenset(single | added)


class _Draft:
    def __init__(self, facts: Facts, ids: Iterator[int], author_id: int) -> None:
        self.answers = dict(facts.answers)
        self.entries = {entry.id: entry for entry in facts.entries}
        # Rows added here are not for the other changes to name: who made those can't know the ids.
        self._old = frozenset(self.entries)
        self._ids = ids
        self._by = author_id

    def take(self, change: Change) -> None:
        match change:
            case SetAnswer(key, value, row, skipped):
                self._must_have(row, or_route=True)
                self.answers[row, key] = Answer(value, skipped, self._by)
            case ForgetAnswer(key, row):
                self._must_have(row, or_route=True)
                self.answers.pop((row, key), None)
            case AddEntry():
                self._add(change)
            case RemoveEntry(row):
                self._remove(row)
            case SetLinks(row, table, links):
                self._link(row, table, links)

    def _add(self, change: AddEntry) -> None:
        for target in change.links:
            self._must_have(target)
        row = next(self._ids)
        self.entries[row] = Entry(row, change.table, change.links, change.event)
        self.answers |= {
            (row, key): Answer(value, value is None, self._by) for key, value in change.answers.items()
        }

    def _remove(self, row: int) -> None:
        self._must_have(row)
        del self.entries[row]
        self.answers = {place: answer for place, answer in self.answers.items() if place[0] != row}
        self.entries = {
            entry.id: replace(entry, links=entry.links - {row}) for entry in self.entries.values()
        }

    def _link(self, row: int, table: Key, links: frozenset[int]) -> None:
        self._must_have(row)
        for target in links:
            self._must_have(target)
            if self.entries[target].table != table:
                raise Stale(f"row {target} is not of {table}")
        entry = self.entries[row]
        others = {target for target in entry.links if self.entries[target].table != table}
        self.entries[row] = replace(entry, links=links | others)

    def _must_have(self, row: int, *, or_route: bool = False) -> None:
        if (or_route and row == ROUTE) or (row in self._old and row in self.entries):
            return
        raise Stale(f"no row {row}")
