"""Whose section and whose column it is: who writes, who proposes, who approves (000 п. V.5–V.7, 2.6).

An owner is named, the most exact first: an option («plan.column.municipal», where the answer says in which
column a line stands), a question, a column («plan.period»), its table, its section. What nobody is named for,
the teacher writes and the companion proposes. While a route is drafted (or came back) owners write; on review
nobody; later only questions of the finish, each by its owner or its `writer`: an approved plan changes by a
correction only. A line that the teacher put where she may only propose is a proposal until an owner takes it
(`bot.iom.filling`).
"""

from collections.abc import Iterable, Mapping

from bot.iom.facts import (
    AddEntry,
    Change,
    Entry,
    Facts,
    ForgetAnswer,
    RemoveEntry,
    SetAnswer,
    SetLinks,
    State,
    Value,
)
from bot.iom.interview import TEACHER
from bot.iom.regulation import Key, Kind, Question, Regulation
from bot.iom.regulation_life import Owner

_DRAFTED = frozenset({State.DRAFT, State.RETURNED})
_CARRIED_OUT = frozenset({State.ACTIVE, State.FINALIZING, State.CONCLUSION, State.AUDIT})


def owner(regulation: Regulation, key: Key) -> Owner:
    """The owner of an option «table.question.option», of a question, a column «table.question», a table or
    a section."""
    owners = {one.key: one for one in regulation.life.owner}
    found = next((owners[name] for name in _names(regulation, key) if name in owners), None)
    return found or Owner(key=key)


def _names(regulation: Regulation, key: Key) -> tuple[Key, ...]:
    """What an owner of this may be named by, the most exact first. A question that fills a table (rows,
    events) is of that table, whatever rows it is asked of."""
    if key.count(".") > 1:
        return (key, *_names(regulation, key.rpartition(".")[0]))
    table, _, name = key.rpartition(".")
    question = regulation.questions.get(name)
    if question is None or (table and table != question.each):
        spec = regulation.tables.get(key)
        return (key, spec.section) if spec else (key,)
    of = question.rows if question.kind in {Kind.ROWS, Kind.EVENTS} else question.each
    return (name, f"{of}.{name}", of, question.section) if of else (name, question.section)


def may_write(regulation: Regulation, facts: Facts, question_key: Key, capability: str) -> bool:
    """Whether somebody of this capability may answer the question now; False for an unknown question."""
    question = regulation.questions.get(question_key.rpartition(".")[2])
    if question is None:
        return False
    open_now = _CARRIED_OUT if question.when == "finish" else _DRAFTED
    return facts.state in open_now and capability in regulation.writers[question.key]


def may_choose(regulation: Regulation, question: Question, value: Value, capability: str) -> bool:
    """Whether she may give this answer, where options have owners: an owner writes; the teacher also what she
    may propose. Elsewhere whoever answers the question chooses freely."""
    if question.key not in regulation.owned_options:
        return True
    found = owner(regulation, f"{question.each}.{question.key}.{value}")
    return capability in found.write or (capability == TEACHER and capability in found.propose)


def column_of(regulation: Regulation, answers: Mapping[Key, Value]) -> Key:
    """The key of the column these answers of a row stand in («plan.column.municipal»), "" for none that has
    an owner of its own."""
    for key in regulation.owned_options:
        if answers.get(key) is not None:
            return f"{regulation.questions[key].each}.{key}.{answers[key]}"
    return ""


def proposed(regulation: Regulation, facts: Facts, entry: Entry) -> Key:
    """The column in which the teacher merely proposes this row, "" when somebody entitled put it there."""
    fields = regulation.fields(entry.table)
    column = column_of(regulation, {q.key: facts.value(q.key, entry.id) for q in fields})
    if not column or TEACHER in owner(regulation, column).write:
        return ""
    said = (facts.answer(key, entry.id) for key in (fields[0].key, column.split(".")[1]))
    return column if any(one is not None and one.by in {0, facts.person_id} for one in said) else ""


def open_to_teacher(regulation: Regulation, facts: Facts, changes: Iterable[Change]) -> bool:
    """Whether the teacher may make these changes now: anything of a draft that is hers, later only what is
    asked at the finish."""
    if facts.state in _DRAFTED and not regulation.life.owner:
        return True
    return all(_open(regulation, facts, change) for change in changes)


def _open(regulation: Regulation, facts: Facts, change: Change) -> bool:
    match change:
        case SetAnswer(key=key, value=value):
            fits = value is None or _may_say(regulation, key, value)
            return fits and may_write(regulation, facts, key, TEACHER)
        case ForgetAnswer(key=key):
            return may_write(regulation, facts, key, TEACHER)
        case AddEntry(table=table, answers=answers):
            fits = all(_may_say(regulation, key, value) for key, value in answers.items())
            return fits and _fills(regulation, facts, table)
        case RemoveEntry(row=row) | SetLinks(row=row):
            entry = facts.entry(row)
            return entry is None or _fills(regulation, facts, entry.table)


def _may_say(regulation: Regulation, key: Key, value: Value) -> bool:
    question = regulation.questions.get(key)
    return question is None or may_choose(regulation, question, value, TEACHER)


def _fills(regulation: Regulation, facts: Facts, table: Key) -> bool:
    fields = regulation.fields(table)
    return any(may_write(regulation, facts, question.key, TEACHER) for question in fields)


def may_propose(regulation: Regulation, facts: Facts, key: Key, capability: str) -> bool:
    """Whether she may propose words or lines here; `key` may also be a table's or a section's."""
    return facts.state in _DRAFTED and capability in owner(regulation, key).propose


def approves(regulation: Regulation, facts: Facts, key: Key, capability: str) -> bool:
    """Whether what is written here needs her yes (000 п. V.6: the deputy head's); till it is approved."""
    return facts.state in _DRAFTED | {State.ON_REVIEW} and capability in owner(regulation, key).approve
