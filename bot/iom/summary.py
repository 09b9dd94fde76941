"""The card in chat: every section's lines with what is stored, and what is still missing."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.iom import interview
from bot.iom.card_sources import JOIN, Sources
from bot.iom.competence import scores, self_scores
from bot.iom.facts import Entry, Facts
from bot.iom.interview import Step
from bot.iom.regulation import Key, Kind, Question, Regulation


@dataclass(frozen=True, slots=True)
class Line:
    """One question of a section: its short title and the stored answer in words; "" when there is none.

    `pen`: left as a line for the pen on purpose.
    """

    step: Step
    title: str
    value: str
    pen: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """What the finished card still lacks; answering `step` fills it. `must`: the regulation demands it."""

    step: Step
    title: str
    about: str
    must: bool


def lines(regulation: Regulation, facts: Facts, section: Key) -> tuple[Line, ...]:
    """Every line of a section that is asked now, rows of tables included."""
    mine = (s for s in interview.steps(regulation, facts) if regulation.questions[s.key].section == section)
    return tuple(_line(regulation, facts, step) for step in mine if _shown(regulation, facts, step))


def _shown(regulation: Regulation, facts: Facts, step: Step) -> bool:
    """Fields of rows are shown with their row; a table is one line, by the question that lists it."""
    question = regulation.questions[step.key]
    lists = (q for q in regulation.question if q.kind is Kind.ROWS and interview.asked(facts, q))
    listed = {question.rows for question in lists}
    if question.kind is Kind.EVENTS or question.each not in listed:
        return question.kind is not Kind.LINKS
    return False


def _line(regulation: Regulation, facts: Facts, step: Step) -> Line:
    question = regulation.questions[step.key]
    answer = facts.answer(step.key, step.row) if step.row or not question.each else None
    title = regulation.tables[question.rows].title if question.kind is Kind.ROWS else question.title
    pen = bool(answer and answer.skipped)
    return Line(step, title, "" if pen else in_words(regulation, facts, step), pen)


def in_words(regulation: Regulation, facts: Facts, step: Step) -> str:
    """A stored answer in words for the chat; of a list, its rows by name."""
    question = regulation.questions[step.key]
    if question.kind in {Kind.ROWS, Kind.EVENTS, Kind.LINKS}:
        return JOIN.join(row_name(regulation, facts, row) for row in _listed(facts, question, step))
    if question.kind is Kind.SCORES:
        return _scores_in_words(regulation, facts, step.row)
    if question.kind is Kind.SELF_SCORES:
        chats = {level.key: level.chat for level in regulation.scale.self_levels}
        levels = self_scores(facts, step.row)
        return ", ".join(
            f"{b.short} – {chats.get(levels[b.key], '')}" for b in regulation.block if b.key in levels
        )
    if question.each and not step.row:
        return ""
    return Sources(regulation, facts).official(question, facts.value(step.key, step.row), step.row)


def _listed(facts: Facts, question: Question, step: Step) -> tuple[Entry, ...]:
    if question.kind is Kind.ROWS:
        return facts.rows(question.rows)
    if question.kind is Kind.EVENTS:
        return facts.linked(question.rows, step.row)
    entry = facts.entry(step.row)
    return tuple(row for row in facts.rows(question.rows) if entry and row.id in entry.links)


def row_name(regulation: Regulation, facts: Facts, entry: Entry) -> str:
    """A row by what it says first: the course's name, the block in soft words, the task."""
    block = regulation.blocks.get(facts.text("growth_point", entry.id))
    if entry.table == "growth":
        return block.chat if block else ""
    for question in regulation.fields(entry.table):
        if text := in_words(regulation, facts, Step(question.key, entry.id)):
            return text
    return f"{regulation.tables[entry.table].one} № {entry.id}"


def _scores_in_words(regulation: Regulation, facts: Facts, row: int) -> str:
    words = {level.key: level.official for level in regulation.scale.levels}
    parts = []
    for block in regulation.block:
        score = scores(facts, row).get(block.key, {})
        total = score.get("total")
        if isinstance(total, (int, float)):
            parts.append(f"{block.short} {total:g}".replace(".", ","))
        elif "level" in score:
            parts.append(f"{block.short} {words.get(str(score['level']), '')}")
    return ", ".join(parts)


def gaps(regulation: Regulation, facts: Facts) -> tuple[Gap, ...]:
    """What to fill before sending: unanswered and skipped questions that count, in the order of asking."""
    return tuple(_gaps(regulation, facts))


def _gaps(regulation: Regulation, facts: Facts) -> Iterator[Gap]:
    for step in interview.steps(regulation, facts):
        question = regulation.questions[step.key]
        counts = question.mandatory or question.when != "later"
        if counts and _missing(regulation, facts, step, question):
            yield Gap(step, question.title, _about(regulation, facts, step), question.mandatory)


def _missing(regulation: Regulation, facts: Facts, step: Step, question: Question) -> bool:
    if question.kind is Kind.EVENTS:
        return not facts.linked("plan", step.row)
    if not interview.done(regulation, facts, step):
        return True
    answer = facts.answer(step.key, step.row)
    return answer is not None and (answer.skipped or answer.value == question.lacking != "")


def _about(regulation: Regulation, facts: Facts, step: Step) -> str:
    """The row a gap is about, e.g. the event without a date."""
    entry = facts.entry(step.row or step.parent)
    return row_name(regulation, facts, entry) if entry else ""
