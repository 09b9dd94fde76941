"""Which question comes next. The one engine that walks every regulation; it draws nothing.

A `Step` is a question asked of a row: row 0 of a table question means "the answer creates the row",
under `parent` when the table is kept per row of another one (a task per point of growth). Answers of
questions that are no longer asked are kept, ignored and never printed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.iom.branch import blocks_of, holds
from bot.iom.facts import ROUTE, Facts, State
from bot.iom.regulation import Condition, Key, Kind, Question, Regulation, TableSpec, When

TEACHER = "teacher"
SITTING = 3  # questions asked in one go once the draft is there
CARRIED_OUT = frozenset(
    {State.ACTIVE, State.FINALIZING, State.CONCLUSION, State.AUDIT, State.COMPLETED, State.ARCHIVED}
)
_ORDER: tuple[When, ...] = ("draft", "sending", "later", "finish")


@dataclass(frozen=True, slots=True)
class Step:
    """A question asked of a row."""

    key: Key
    row: int = ROUTE
    parent: int = ROUTE


def asked(facts: Facts, question: Question) -> bool:
    """Whether the question is asked at all: its condition holds, its time has come, and the organisation
    keeps names."""
    in_time = question.when != "finish" or facts.state in CARRIED_OUT
    return in_time and holds(facts, question.asked_if) and (facts.keeps_names or not question.personal)


def current(regulation: Regulation, facts: Facts) -> Facts:
    """The route without what is not asked now: answers of hidden questions, rows of hidden tables. A
    condition on a hidden question does not hold, whatever was answered while it was asked."""
    hidden = set() if facts.keeps_names else {q.key for q in regulation.question if q.personal}
    for question in regulation.conditional:  # conditions look at earlier questions of the route
        if not question.each and not _holds_now(facts, question.asked_if, hidden):
            hidden.add(question.key)
    tables = {t.key for t in regulation.table if not _holds_now(facts, t.asked_if, hidden)}
    hidden |= {question.key for table in tables for question in regulation.by_table[table]}
    hidden |= {q.key for q in regulation.conditional if q.each and not _holds_now(facts, q.asked_if, hidden)}
    if not hidden and not tables:
        return facts
    answers = {place: answer for place, answer in facts.answers.items() if place[1] not in hidden}
    entries = tuple(entry for entry in facts.entries if entry.table not in tables)
    return replace(facts, answers=answers, entries=entries)


def _holds_now(facts: Facts, condition: Condition | None, hidden: set[Key]) -> bool:
    return condition is None or (condition.question not in hidden and holds(facts, condition))


def creator(regulation: Regulation, facts: Facts, table: Key, writer: str = TEACHER) -> Question | None:
    """The question whose answer adds a row to `table`: its first that is asked now, if it is hers to answer.
    Who fills in only later columns of a row (000 п. V.6) adds none."""
    first = next((question for question in regulation.fields(table) if asked(facts, question)), None)
    return first if first is not None and writer in regulation.writers[first.key] else None


def steps(regulation: Regulation, facts: Facts, writer: str = TEACHER) -> tuple[Step, ...]:
    """Every step that applies now, answered or not, in the order of asking. `writer`: the capability of
    the one who answers; what is not hers to write (`Regulation.writers`) never comes up."""
    return tuple(_steps(regulation, facts, regulation.question, writer))


def _steps(
    regulation: Regulation, facts: Facts, questions: Iterable[Question], writer: str = TEACHER
) -> Iterator[Step]:
    now = current(regulation, facts)
    hers = (question for question in questions if writer in regulation.writers[question.key])
    return (step for question in hers for step in _steps_of(regulation, now, question, writer))


def _steps_of(regulation: Regulation, facts: Facts, question: Question, writer: str) -> Iterator[Step]:
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
    if question is creator(regulation, facts, table.key, writer):
        yield from _missing_rows(facts, table, question)


def _missing_rows(facts: Facts, table: TableSpec, question: Question) -> Iterator[Step]:
    """None when the table is full: what may not be taken must not be asked for."""
    if len(facts.rows(table.key)) >= table.at_most:
        return
    if table.per:
        for parent in facts.rows(table.per):
            if not facts.linked(table.key, parent.id):
                yield Step(question.key, ROUTE, parent.id)
    elif len(facts.rows(table.key)) < table.at_least:
        yield Step(question.key)


def applies(regulation: Regulation, facts: Facts, step: Step, writer: str = TEACHER) -> bool:
    """Whether this step may be answered by `writer` now; adding one more row to a table is allowed up to
    its limit."""
    question = regulation.questions.get(step.key)
    facts = current(regulation, facts)
    if question is None or writer not in regulation.writers[step.key] or not asked(facts, question):
        return False
    if not question.each:
        return step.row == ROUTE
    if step.row:
        entry = facts.entry(step.row)
        return entry is not None and entry.table == question.each
    table = regulation.tables[question.each]
    if len(facts.rows(table.key)) >= table.at_most or not holds(facts, table.asked_if):
        return False
    if question is not creator(regulation, facts, table.key, writer):
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
        return _linked(facts, question, step.row)
    if question.each and not step.row:
        return False
    answer = facts.answer(step.key, step.row)
    if answer is not None and question.kind is Kind.SELF_SCORES and not answer.skipped:
        return isinstance(answer.value, dict) and set(blocks_of(regulation, facts)) <= set(answer.value)
    return answer is not None


def _linked(facts: Facts, question: Question, row: int) -> bool:
    """Whether a row belongs to at least one row it could belong to."""
    targets = {entry.id for entry in facts.rows(question.rows)}
    entry = facts.entry(row)
    return entry is None or not targets or bool(entry.links & targets)


def of_draft(regulation: Regulation, facts: Facts) -> tuple[Step, ...]:
    """The steps of the first draft, answered or not."""
    return tuple(_steps(regulation, facts, regulation.draft))


def next_of_draft(regulation: Regulation, facts: Facts) -> Step | None:
    """The next question before the first draft, None when it can be printed."""
    draft = _steps(regulation, facts, regulation.draft)
    return next((step for step in draft if not done(regulation, facts, step)), None)


def remaining(
    regulation: Regulation, facts: Facts, section: Key = "", writer: str = TEACHER
) -> tuple[Step, ...]:
    """Unanswered steps, draft first, then what is needed before sending, then the rest."""
    left = [step for step in steps(regulation, facts, writer) if not done(regulation, facts, step)]
    if section:
        left = [step for step in left if regulation.questions[step.key].section == section]
    return tuple(sorted(left, key=lambda step: _turn(regulation, step)))


def _turn(regulation: Regulation, step: Step) -> tuple[int, int, int]:
    """When a step is asked, where its table stands, its row: one row is finished before the next."""
    question = regulation.questions[step.key]
    first = regulation.by_table[question.each][0] if question.each else question
    return _ORDER.index(question.when), list(regulation.questions).index(first.key), step.row


def row_steps(regulation: Regulation, facts: Facts, row: int, writer: str = TEACHER) -> tuple[Step, ...]:
    """The questions of one row, in order."""
    return tuple(step for step in steps(regulation, facts, writer) if step.row == row and row)


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
    facts = current(regulation, facts)
    keys = [question.key for question in regulation.draft if asked(facts, question)]
    if step.key not in keys:
        return Progress(0, 0)
    return Progress(keys.index(step.key) + 1, max(len(keys), _expected_total(regulation)))


def _expected_total(regulation: Regulation) -> int:
    """The draft's length when a condition has not been answered: alternatives count once."""
    alternatives = {q.asked_if.question for q in regulation.draft if q.asked_if}
    return sum(question.asked_if is None for question in regulation.draft) + len(alternatives)


def minutes_left(regulation: Regulation, facts: Facts, section: Key = "") -> int:
    """«осталось ≈ 4 мин»: about twenty seconds a question, at least a minute while anything is left."""
    left = len(remaining(regulation, facts, section))
    return -(-left // 3)
