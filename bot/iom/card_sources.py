"""Where the words of a card come from: the closed list of sources a layout may name.

A source is a question key, or one of the names below; anything else is refused when the regulation is
read (`bot.iom.regulation_check`). Every function returns plain text, "" for an empty cell.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.iom import competence, period
from bot.iom.accept_goals import route_term
from bot.iom.facts import ROUTE, Entry, Facts, Value
from bot.iom.interview import asked
from bot.iom.regulation import Key, Kind, Question, Regulation

JOIN = "; "
PLUS = "+"
NAME_PARTS = ("last_name", "first_name", "patronymic")


@dataclass(frozen=True, slots=True)
class Sources:
    """A route seen through its regulation, as text for documents and for the summary."""

    regulation: Regulation
    facts: Facts

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
            return self.regulation.blocks[str(value)].title if value in self.regulation.blocks else ""
        if isinstance(value, list):
            return JOIN.join(self._option(question, str(item)) for item in value)
        if isinstance(value, dict):
            found = period.from_value(value)
            return period.official(found) if found else ""
        if question.kind is Kind.DATE:
            return period.day_words(date.fromisoformat(str(value)))
        return self._option(question, str(value))

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
        texts = (self.answer(key, entry.id) for entry in self.facts.rows(table))
        return tuple(text for text in texts if text)

    def wording(self, point: Entry) -> str:
        """A point of growth in official words: one's own, or the block's deficit; with what hinders."""
        block = self.regulation.blocks.get(self.facts.text("growth_point", point.id))
        own = self.answer("wording", point.id)
        text = own or (block.deficit if block else "")
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
    for block in sources.regulation.block:
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


def table_rows(sources: Sources, rows: str) -> tuple[Row, ...]:
    """The rows a layout asks for, each a mapping source → text; sources that are absent are empty cells."""
    special = _ROWS.get(rows)
    if special is not None:
        return tuple(special(sources))
    return tuple(_entry_row(sources, entry, n) for n, entry in enumerate(_in_order(sources, rows), 1))


def _in_order(sources: Sources, table: Key) -> list[Entry]:
    """Rows by the day their period begins, undated ones last; else in the order they were added."""
    dated = next((q.key for q in sources.regulation.fields(table) if q.kind is Kind.PERIOD), "")

    def begins(entry: Entry) -> date:
        found = period.from_value(sources.facts.value(dated, entry.id))
        return found.starts if found else date.max

    return sorted(sources.facts.rows(table), key=begins)


def _entry_row(sources: Sources, entry: Entry, number: int) -> Row:
    fields = sources.regulation.fields(entry.table)
    row = {question.key: sources.answer(question.key, entry.id) for question in fields}
    links = [question for question in fields if question.kind is Kind.LINKS]
    row.update({question.key: sources.wordings(entry) for question in links})
    return {**row, "n": str(number), "growth.wording": sources.wordings(entry)}


def _blocks(sources: Sources) -> Iterator[Row]:
    """001 Прил. 4 §2: one row per block; percents as numbers, C06."""
    newest = _newest_scores(sources.facts)
    for block in sources.regulation.block:
        shown = {f"score.{column}": _number(value) for column, value in newest.get(block.key, {}).items()}
        yield {**shown, "block.title": block.title, "block.difficulties": _difficulties(sources, block.key)}


def _blocks_final(sources: Sources) -> Iterator[Row]:
    return ({"block.title": block.title} for block in sources.regulation.block)


def _newest_scores(facts: Facts) -> Mapping[Key, Mapping[str, float | str]]:
    newest: dict[Key, Mapping[str, float | str]] = {}
    for entry in competence.by_date(facts):
        newest.update(competence.scores(facts, entry.id))
    return newest


def _number(value: float | str) -> str:
    return f"{value:g}".replace(".", ",") if isinstance(value, (int, float)) else ""


def _difficulties(sources: Sources, block: Key) -> str:
    points = [
        row for row in sources.facts.rows("growth") if sources.facts.text("growth_point", row.id) == block
    ]
    texts = (sources.answer("hinders", row.id) or sources.answer("wording", row.id) for row in points)
    return JOIN.join(text for text in texts if text)


def _deficit_tasks(sources: Sources) -> Iterator[Row]:
    for point in sources.facts.rows("growth"):
        wording = sources.wording(point)
        tasks = sources.facts.linked("tasks", point.id)
        for task in tasks:
            texts = {key: sources.answer(key, task.id) for key in ("task", "expected")}
            yield {"growth.wording": wording, **texts}
        if not tasks:
            yield {"growth.wording": wording}


def _diagnosis_results(sources: Sources) -> Iterator[Row]:
    """004: a «+» under the level; a self-assessment is named so and never shows a percent."""
    for entry in sources.facts.rows("diagnoses"):
        name = ", ".join(
            filter(None, (sources.answer(k, entry.id) for k in ("diagnosis_name", "diagnosis_level")))
        )
        taken = sources.answer("taken_on", entry.id)
        tested = competence.scores(sources.facts, entry.id)
        levels = {block: str(score["level"]) for block, score in tested.items() if "level" in score}
        if not levels:
            levels = dict(competence.self_scores(sources.facts, entry.id))
            name = name or sources.regulation.self_title
        for block in sources.regulation.block:
            if block.key in levels:
                cell = {f"level.{levels[block.key]}": PLUS, "block.title": block.title}
                yield {**cell, "taken_on": taken, "diagnosis_name": name}


def _route(sources: Sources) -> Iterator[Row]:
    """One row of the route's own answers (the final public event)."""
    row = {q.key: sources.answer(q.key) for q in sources.regulation.question if not q.each}
    if any(row.values()):
        yield row


_ROWS: Mapping[str, Callable[[Sources], Iterator[Row]]] = {
    "blocks": _blocks,
    "blocks_final": _blocks_final,
    "deficit_tasks": _deficit_tasks,
    "diagnosis_results": _diagnosis_results,
    "route": _route,
    "": lambda sources: iter(()),
}
