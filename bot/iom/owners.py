"""Whose section and whose column it is: who writes, who proposes, who approves (000 п. V.5–V.7, 2.6).

An owner is named, the most exact first: a question, a column («plan.period»), its table, its section. What
nobody is named for, the teacher writes and the companion proposes. While a route is drafted (or came
back) owners write; on review nobody; later only questions of the finish, each by its owner or its
`writer`: an approved plan changes by a correction only.
"""

from collections.abc import Iterable

from bot.iom.facts import AddEntry, Change, Facts, ForgetAnswer, RemoveEntry, SetAnswer, SetLinks, State
from bot.iom.regulation import Key, Kind, Regulation
from bot.iom.regulation_life import Owner

_DRAFTED = frozenset({State.DRAFT, State.RETURNED})
_CARRIED_OUT = frozenset({State.ACTIVE, State.FINALIZING, State.CONCLUSION, State.AUDIT})


def owner(regulation: Regulation, key: Key) -> Owner:
    """The owner of a question, of a column «table.question», of a table or of a section."""
    owners = {one.key: one for one in regulation.life.owner}
    found = next((owners[name] for name in _names(regulation, key) if name in owners), None)
    return found or Owner(key=key)


def _names(regulation: Regulation, key: Key) -> tuple[Key, ...]:
    """What an owner of this may be named by, the most exact first. A question that fills a table (rows,
    events) is of that table, whatever rows it is asked of."""
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
    if question.when == "finish":
        return facts.state in _CARRIED_OUT and capability in regulation.writers[question.key]
    return facts.state in _DRAFTED and capability in owner(regulation, question_key).write


def open_to_teacher(regulation: Regulation, facts: Facts, changes: Iterable[Change]) -> bool:
    """Whether the teacher may make these changes now: anything of a draft that is hers, later only what is
    asked at the finish."""
    if facts.state in _DRAFTED and not regulation.life.owner:
        return True
    return all(_open(regulation, facts, change) for change in changes)


def _open(regulation: Regulation, facts: Facts, change: Change) -> bool:
    match change:
        case SetAnswer(key=key) | ForgetAnswer(key=key):
            return may_write(regulation, facts, key, "teacher")
        case AddEntry(table=table):
            return _fills(regulation, facts, table)
        case RemoveEntry(row=row) | SetLinks(row=row):
            entry = facts.entry(row)
            return entry is None or _fills(regulation, facts, entry.table)


def _fills(regulation: Regulation, facts: Facts, table: Key) -> bool:
    fields = regulation.fields(table)
    return any(may_write(regulation, facts, question.key, "teacher") for question in fields)


def may_propose(regulation: Regulation, facts: Facts, key: Key, capability: str) -> bool:
    """Whether she may propose words or lines here; `key` may also be a table's or a section's."""
    return facts.state in _DRAFTED and capability in owner(regulation, key).propose


def approves(regulation: Regulation, facts: Facts, key: Key, capability: str) -> bool:
    """Whether what is written here needs her yes (000 п. V.6: the deputy head's); till it is approved."""
    return facts.state in _DRAFTED | {State.ON_REVIEW} and capability in owner(regulation, key).approve
