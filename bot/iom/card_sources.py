"""Where the words of a card come from: the closed list of sources a layout may name.

A source is a question key, or one of the names below; anything else is refused when the regulation is
read (`bot.iom.regulation_check`). Rows of tables are in `card_rows`, what happened between people in
`card_journey`. Every function returns plain text, "" for an empty cell.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.iom import competence, own_competences, period
from bot.iom.accept_goals import route_term
from bot.iom.branch import blocks_of
from bot.iom.facts import ROUTE, Entry, Facts, Value
from bot.iom.interview import asked
from bot.iom.journey import EMPTY, Journey
from bot.iom.regulation import Key, Kind, Question, Regulation

JOIN = "; "
RISE = re.compile(r"[\d,.]+ % → [\d,.]+ %")  # as `accept_goals.expected` stores it
NAME_PARTS = ("last_name", "first_name", "patronymic")


@dataclass(frozen=True, slots=True)
class Sources:
    """A route seen through its regulation, as text for documents and for the summary."""

    regulation: Regulation
    facts: Facts
    journey: Journey = EMPTY

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which moments become days."""
        return ZoneInfo(self.regulation.timezone)

    def day(self, at: datetime) -> date:
        """The day of a moment."""
        return at.astimezone(self.zone).date()

    def scalar(self, source: str) -> str:
        """A source of the whole route."""
        special = _SCALARS.get(source)
        if special is not None:
            return special(self)
        if source == "full_name" and source not in self.regulation.questions:
            return " ".join(filter(None, (self.answer(part) for part in NAME_PARTS)))
        return self.listed(source) if source in self.regulation.tables else self.answer(source)

    def listed(self, table: Key) -> str:
        """The rows of a table in one cell: their fields after commas, the rows on lines of their own."""
        fields = self.regulation.fields(table)
        rows = ((self.answer(q.key, row.id) for q in fields) for row in self.facts.rows(table))
        return "\n".join(text for row in rows if (text := ", ".join(filter(None, row))))

    def answer(self, key: Key, row: int = ROUTE) -> str:
        """An answer in official words; "" when unknown, skipped, or the question is no longer asked."""
        question = self.regulation.questions.get(key)
        if question is None or not asked(self.facts, question):
            return ""
        return self.official(question, self.facts.value(key, row), row)

    def official(self, question: Question, value: Value, row: int = ROUTE) -> str:
        """A value as documents print it."""
        if value is None:
            return ""
        if question.kind is Kind.POINT:
            return own_competences.title(self.regulation, str(value))
        if isinstance(value, list):
            return JOIN.join(self._option(question, str(item)) for item in value)
        if isinstance(value, dict):
            found = period.from_value(value)
            return period.official(found) if found else ""
        if question.kind is Kind.DATE:
            return period.day_words(date.fromisoformat(str(value)))
        said = self._option(question, str(value))
        return f"{said} {question.unit}" if question.unit else said

    def _option(self, question: Question, value: str) -> str:
        option = question.option(value)
        if option is not None:
            return option.official or option.title
        if question.key == "competences" and value in self.regulation.blocks:
            return self.regulation.blocks[value].title
        return value

    def items(self, source: str) -> tuple[str, ...]:
        """«table.field»: one text per row that has one."""
        table, _, key = source.partition(".")
        texts = (self._item(self.answer(key, entry.id), entry) for entry in self.facts.rows(table))
        return tuple(text for text in texts if text)

    def _item(self, text: str, entry: Entry) -> str:
        """A bare rise («49 % → 70 %») with what is to rise: in a list nothing beside it tells."""
        points = (row for row in self.facts.rows("growth") if row.id in entry.links)
        of = next((self.answer("growth_point", row.id) for row in points), "")
        return f"{of}: {text}" if of and RISE.fullmatch(text) else text

    def wording(self, point: Entry) -> str:
        """A point of growth in official words: one's own, or the competence's deficit; with what hinders."""
        own = self.answer("wording", point.id)
        key = self.facts.text("growth_point", point.id)
        text = own or own_competences.deficit(self.regulation, key)
        hinders = self.answer("hinders", point.id)
        return f"{text.rstrip('.')} ({hinders})" if hinders and not own else text

    def wordings(self, entry: Entry) -> str:
        """The points of growth a row belongs to, in official words."""
        return JOIN.join(
            self.wording(point) for point in self.facts.rows("growth") if point.id in entry.links
        )


def _term_day(which: str) -> Callable[[Sources], str]:
    def words(sources: Sources) -> str:
        term = route_term(sources.facts)
        return period.day_words(getattr(term, which)) if term else ""

    return words


def _academic_year(sources: Sources) -> str:
    term = route_term(sources.facts)
    return period.school_year(term) if term else ""


def _self_assessment(sources: Sources) -> str:
    found = []
    for block in blocks_of(sources.regulation, sources.facts).values():
        level = competence.self_level(sources.regulation, sources.facts, block.key)
        if level is not None:
            found.append(f"{block.title} – {level.official}")
    return JOIN.join(found)


_SCALARS: Mapping[str, Callable[[Sources], str]] = {
    "term.from": _term_day("starts"),
    "term.to": _term_day("ends"),
    "term.academic_year": _academic_year,
    "self_assessment": _self_assessment,
}

Row = Mapping[str, str]
