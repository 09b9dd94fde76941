"""The card in chat: every section's lines with what is stored, and what is still missing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.iom import interview, own_competences
from bot.iom.branch import blocks_of
from bot.iom.card_sources import JOIN, Sources
from bot.iom.competence import scores, self_scores
from bot.iom.facts import Entry, Facts
from bot.iom.interview import Step
from bot.iom.regulation import Key, Kind, Question, Regulation

NAME = 300  # characters of a row's name: results of many competences are long


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
            f"{b.short} – {chats.get(levels[b.key], '')}"
            for b in blocks_of(regulation, facts).values()
            if b.key in levels
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
    """A row by what it says first: the course's name, the competence in soft words, the task."""
    if entry.table == "growth":
        return own_competences.chat(regulation, facts.text("growth_point", entry.id))
    for question in regulation.fields(entry.table):
        if text := in_words(regulation, facts, Step(question.key, entry.id)):
            return text if len(text) <= NAME else f"{text[: NAME - 1]}…"
    return f"{regulation.tables[entry.table].one} № {entry.id}"


def _scores_in_words(regulation: Regulation, facts: Facts, row: int) -> str:
    found = scores(facts, row)
    said = {block.short: found.get(block.key, {}) for block in blocks_of(regulation, facts).values()}
    said |= {f"{name} –": found[name] for name in own_competences.of(regulation, found)}
    words = {name: score_words(regulation, score) for name, score in said.items()}
    return ", ".join(f"{name} {told}" for name, told in words.items() if told)


def score_words(regulation: Regulation, score: Mapping[str, float | str]) -> str:
    """A result as one would type it: «49», «средний», «средний 64 %»; "" when there is none."""
    total, percent = score.get("total"), score.get("percent")
    if isinstance(total, (int, float)):
        return f"{total:g}".replace(".", ",")
    word = next((lv.official for lv in regulation.scale.levels if lv.key == score.get("level")), "")
    beside = f" {percent:g}\u00a0%".replace(".", ",") if isinstance(percent, (int, float)) else ""
    return f"{word}{beside}" if word else ""


def gaps(regulation: Regulation, facts: Facts) -> tuple[Gap, ...]:
    """What to fill before sending: unanswered and skipped questions that count, in the order of asking."""
    return tuple(_gaps(regulation, facts))


def _gaps(regulation: Regulation, facts: Facts) -> Iterator[Gap]:
    for step in interview.steps(regulation, facts):
        question = regulation.questions[step.key]
        counts = question.mandatory or question.when in {"draft", "sending"}
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
