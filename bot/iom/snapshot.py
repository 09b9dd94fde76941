"""A plan as it was: facts as JSON, and what changed since («было / стало»).

The form of the JSON is a stored contract (table `snapshot`): {"form": 1, "version", "answers": [[row, key,
value, skipped]…], "entries": [[id, table, [links], event]…]}.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from bot.iom.facts import ROUTE, Answer, Entry, Facts
from bot.iom.interview import Step, current
from bot.iom.regulation import Key, Kind, Question, Regulation
from bot.iom.summary import in_words, row_name

FORM = 1
# What lists rows of a table says nothing that the rows don't say.
_LISTS = {Kind.ROWS, Kind.EVENTS}


@dataclass(frozen=True, slots=True)
class Changed:
    """One difference in words; "" for what was not there. `about` names the row, "" for the whole route.

    `kind`: an answer "changed", or a row was "added" or "removed" (its name is in `now` or `was`).
    """

    label: str
    was: str
    now: str
    about: str = ""
    kind: Literal["changed", "added", "removed"] = "changed"


def frozen(facts: Facts) -> dict[str, Any]:
    """Answers and rows of a route as JSON, in the order they are stored."""
    answers = [[row, key, one.value, one.skipped] for (row, key), one in facts.answers.items()]
    entries = [[one.id, one.table, sorted(one.links), one.event] for one in facts.entries]
    return {"form": FORM, "version": facts.version, "answers": answers, "entries": entries}


def thawed(content: Mapping[str, Any], facts: Facts) -> Facts:
    """The route as it was: `facts` with the answers, the rows and the version of then.

    Raises ValueError for a form this program does not know.
    """
    if content.get("form") != FORM:
        raise ValueError(f"a snapshot of the form {content.get('form')!r}")
    answers = {(row, key): Answer(value, skipped) for row, key, value, skipped in content["answers"]}
    entries = tuple(
        Entry(row, table, frozenset(links), event) for row, table, links, event in content["entries"]
    )
    return replace(facts, version=content["version"], answers=answers, entries=entries)


def difference(regulation: Regulation, old: Facts, new: Facts) -> tuple[Changed, ...]:
    """What changed, in the order of the regulation: an answer of the route where it is asked, the rows of a
    table where its first question is. What is not asked now is not compared."""
    two = _Two(regulation, current(regulation, old), current(regulation, new))
    return tuple(two.changes())


@dataclass(frozen=True, slots=True)
class _Two:
    """The same route twice."""

    regulation: Regulation
    old: Facts
    new: Facts

    def changes(self) -> Iterator[Changed]:
        told: set[Key] = set()
        for question in self.regulation.question:
            if not question.each:
                yield from self.answer(question, ROUTE)
            elif question.each not in told:
                told.add(question.each)
                yield from self.rows(question.each)

    def rows(self, table: Key) -> Iterator[Changed]:
        """Rows that went, rows that changed and rows that came, each in the order they were added."""
        was = {entry.id: entry for entry in self.old.rows(table)}
        now = {entry.id: entry for entry in self.new.rows(table)}
        one = self.regulation.tables[table].one
        for entry in (entry for row, entry in was.items() if row not in now):
            yield Changed(one, row_name(self.regulation, self.old, entry), "", kind="removed")
        for entry in now.values():
            name = row_name(self.regulation, self.new, entry)
            if entry.id not in was:
                yield Changed(one, "", name, kind="added")
                continue
            for question in self.regulation.fields(table):
                yield from self.answer(question, entry.id, name)

    def answer(self, question: Question, row: int, about: str = "") -> Iterator[Changed]:
        if question.kind in _LISTS:
            return
        was, now = (self.words(facts, question, row) for facts in (self.old, self.new))
        if was != now or self.unseen(question, row):
            yield Changed(question.title, was, now, about)

    def words(self, facts: Facts, question: Question, row: int) -> str:
        answer = facts.answer(question.key, row)
        links = question.kind is Kind.LINKS
        return in_words(self.regulation, facts, Step(question.key, row)) if answer or links else ""

    def unseen(self, question: Question, row: int) -> bool:
        """Results by difficulty of the items may change while the words, which name the totals, do not."""
        was, now = (facts.value(question.key, row) for facts in (self.old, self.new))
        return question.kind is Kind.SCORES and was != now
