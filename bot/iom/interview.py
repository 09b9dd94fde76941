"""Which question comes next. The one engine that walks every regulation; it draws nothing.

A `Step` is a question asked of a row: row 0 of a table question means "the answer creates the row",
under `parent` when the table is kept per row of another one (a task per point of growth). Answers of
questions that are no longer asked are kept, ignored and never printed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.iom.facts import ROUTE, Facts
from bot.iom.regulation import Condition, Key, Kind, Question, Regulation, TableSpec, When

SITTING = 3  # questions asked in one go once the draft is there
_ORDER: tuple[When, ...] = ("draft", "sending", "later")


@dataclass(frozen=True, slots=True)
class Step:
    """A question asked of a row."""

    key: Key
    row: int = ROUTE
    parent: int = ROUTE


def holds(facts: Facts, condition: Condition | None) -> bool:
    """Whether "asked if question X was answered Y" is true now."""
    return condition is None or facts.value(condition.question) == condition.answer


def asked(facts: Facts, question: Question) -> bool:
    """Whether the question is asked at all: its condition holds and the organisation keeps names."""
    return holds(facts, question.asked_if) and (facts.keeps_names or not question.personal)


def creator(regulation: Regulation, facts: Facts, table: Key) -> Question | None:
    """The question whose answer adds a row to `table`: its first that is asked now."""
    return next((question for question in regulation.fields(table) if asked(facts, question)), None)


def steps(regulation: Regulation, facts: Facts) -> tuple[Step, ...]:
    """Every step that applies now, answered or not, in the order of asking."""
    return tuple(step for question in regulation.question for step in _steps_of(regulation, facts, question))


def _steps_of(regulation: Regulation, facts: Facts, question: Question) -> Iterator[Step]:
    if not asked(facts, question):
        return
    if not question.each:
        yield Step(question.key)
        return
    table = regulation.tables[question.each]
    if not holds(facts, table.asked_if):
        return
    for entry in facts.rows(table.key):
        yield Step(question.key, entry.id)
    if question == creator(regulation, facts, table.key):
        yield from _missing_rows(facts, table, question)


def _missing_rows(facts: Facts, table: TableSpec, question: Question) -> Iterator[Step]:
    if table.per:
        for parent in facts.rows(table.per):
            if not facts.linked(table.key, parent.id):
                yield Step(question.key, ROUTE, parent.id)
    elif len(facts.rows(table.key)) < table.at_least:
        yield Step(question.key)


def applies(regulation: Regulation, facts: Facts, step: Step) -> bool:
    """Whether this step may be answered now; adding one more row to a table is allowed up to its limit."""
    question = regulation.questions.get(step.key)
    if question is None or not asked(facts, question):
        return False
    if not question.each:
        return step.row == ROUTE
    if step.row:
        entry = facts.entry(step.row)
        return entry is not None and entry.table == question.each
    table = regulation.tables[question.each]
    if len(facts.rows(table.key)) >= table.at_most:
        return False
    parent = facts.entry(step.parent)
    return parent.table in _parents(regulation, table) if parent else not step.parent


def _parents(regulation: Regulation, table: TableSpec) -> set[Key]:
    """Tables whose rows a new row may be born under: its `per`, and what its links point at."""
    return {table.per} | {q.rows for q in regulation.fields(table.key) if q.kind is Kind.LINKS}


def done(regulation: Regulation, facts: Facts, step: Step) -> bool:
    """Whether the step needs no answer any more: answered, skipped, or made by another answer."""
    question = regulation.questions[step.key]
    if question.kind is Kind.LINKS:
        return True
    if question.each and not step.row:
        return False
    return facts.answer(step.key, step.row) is not None


def of_draft(regulation: Regulation, facts: Facts) -> tuple[Step, ...]:
    """The steps of the first draft, answered or not."""
    return tuple(step for step in steps(regulation, facts) if regulation.questions[step.key].when == "draft")


def next_of_draft(regulation: Regulation, facts: Facts) -> Step | None:
    """The next question before the first draft, None when it can be printed."""
    return next((s for s in of_draft(regulation, facts) if not done(regulation, facts, s)), None)


def remaining(regulation: Regulation, facts: Facts, section: Key = "") -> tuple[Step, ...]:
    """Unanswered steps, draft first, then what is needed before sending, then the rest."""
    left = [step for step in steps(regulation, facts) if not done(regulation, facts, step)]
    if section:
        left = [step for step in left if regulation.questions[step.key].section == section]
    return tuple(sorted(left, key=lambda step: _ORDER.index(regulation.questions[step.key].when)))


def row_steps(regulation: Regulation, facts: Facts, row: int) -> tuple[Step, ...]:
    """The questions of one row, in order."""
    return tuple(step for step in steps(regulation, facts) if step.row == row and row)


def before(regulation: Regulation, facts: Facts, step: Step) -> Step | None:
    """Where «Назад» leads inside the draft: the step asked before this one."""
    order = of_draft(regulation, facts)
    if step not in order:
        return None
    position = order.index(step)
    return order[position - 1] if position else None


@dataclass(frozen=True, slots=True)
class Progress:
    """«шаг 4 из 12»."""

    number: int
    total: int


def progress(regulation: Regulation, facts: Facts, step: Step) -> Progress:
    """Where a step stands in the draft. Steps that appear with their row (hindrances of a point of growth
    not chosen yet) are counted before they exist, so the total does not grow while one answers."""
    keys = [q.key for q in regulation.question if q.when == "draft" and asked(facts, q)]
    if step.key not in keys:
        return Progress(0, 0)
    return Progress(keys.index(step.key) + 1, max(len(keys), _expected_total(regulation)))


def _expected_total(regulation: Regulation) -> int:
    """The draft's length when a condition has not been answered: alternatives count once."""
    draft = [question for question in regulation.question if question.when == "draft"]
    alternatives = {q.asked_if.question for q in draft if q.asked_if}
    return sum(question.asked_if is None for question in draft) + len(alternatives)


def minutes_left(regulation: Regulation, facts: Facts, section: Key = "") -> int:
    """«осталось ≈ 4 мин»: about twenty seconds a question, at least a minute while anything is left."""
    left = len(remaining(regulation, facts, section))
    return -(-left // 3)
