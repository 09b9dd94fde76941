"""The card in chat: every section's lines with what is stored, and what is still missing."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.iom import interview
from bot.iom.card_sources import Sources
from bot.iom.competence import scores, self_scores
from bot.iom.facts import Facts
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
    """Rows of long tables are opened through their own list; a row's links are shown with the row."""
    question = regulation.questions[step.key]
    listed = {q.rows for q in regulation.question if q.kind in {Kind.ROWS, Kind.EVENTS}}
    return question.kind is not Kind.LINKS and (
        not question.each or question.each not in listed or not step.row
    )


def _line(regulation: Regulation, facts: Facts, step: Step) -> Line:
    question = regulation.questions[step.key]
    answer = facts.answer(step.key, step.row) if step.row or not question.each else None
    value = in_words(regulation, facts, step) if answer and not answer.skipped else ""
    return Line(step, question.title, value, pen=bool(answer and answer.skipped))


def in_words(regulation: Regulation, facts: Facts, step: Step) -> str:
    """A stored answer in words for the chat."""
    question = regulation.questions[step.key]
    if question.kind in {Kind.ROWS, Kind.EVENTS}:
        rows = facts.rows(question.rows) if question.kind is Kind.ROWS else facts.linked("plan", step.row)
        return str(len(rows)) if rows else ""
    if question.kind is Kind.SCORES:
        return _scores_in_words(regulation, facts, step.row)
    if question.kind is Kind.SELF_SCORES:
        chats = {level.key: level.chat for level in regulation.scale.self_levels}
        levels = self_scores(facts, step.row)
        return ", ".join(
            f"{b.short} – {chats.get(levels[b.key], '')}" for b in regulation.block if b.key in levels
        )
    return Sources(regulation, facts).official(question, facts.value(step.key, step.row), step.row)


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
    row = step.row or step.parent
    entry = facts.entry(row)
    if entry is None:
        return ""
    if entry.table == "growth":
        block = regulation.blocks.get(facts.text("growth_point", row))
        return block.chat if block else ""
    sources = Sources(regulation, facts)
    return next((t for q in regulation.fields(entry.table) if (t := sources.answer(q.key, row))), "")
