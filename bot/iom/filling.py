"""What others fill in while the teacher drafts: columns that are theirs, and her proposals in those columns.

000 п. V.5–V.7: each column of the plan has who fills it; the teacher chooses (IV.6), so a line she put into a
column of somebody else's is a proposal until one of its owners takes it.
"""

from collections.abc import Iterator

from bot.iom import interview
from bot.iom.facts import ROUTE, Entry, Facts, SetAnswer, State
from bot.iom.interview import TEACHER, Step
from bot.iom.owners import owner, proposed
from bot.iom.regulation import Regulation

DRAFTED = frozenset({State.DRAFT, State.RETURNED})


def steps(regulation: Regulation, facts: Facts, capability: str) -> tuple[Step, ...]:
    """What this capability answers instead of the teacher, answered or not; nothing once the card is sent. A
    table of theirs may always have one more row."""
    if facts.state not in DRAFTED:
        return ()
    return tuple(dict.fromkeys(_steps(regulation, facts, capability)))


def _steps(regulation: Regulation, facts: Facts, capability: str) -> Iterator[Step]:
    for step in interview.steps(regulation, facts, capability):
        question = regulation.questions[step.key]
        if question.when == "finish" or TEACHER in regulation.writers[question.key]:
            continue
        yield step
        if question.each and question is interview.creator(regulation, facts, question.each, capability):
            yield from _more(regulation, facts, question.each, step, capability)


def _more(regulation: Regulation, facts: Facts, table: str, step: Step, capability: str) -> Iterator[Step]:
    """Another row under each row that rows of this table are kept for."""
    per = regulation.tables[table].per
    more = [Step(step.key, ROUTE, parent.id) for parent in facts.rows(per)] if per else [Step(step.key)]
    return (one for one in more if interview.applies(regulation, facts, one, capability))


def proposals(regulation: Regulation, facts: Facts, capability: str) -> tuple[Entry, ...]:
    """Rows that the teacher proposes in columns of this capability, oldest first."""
    if facts.state not in DRAFTED:
        return ()
    found = ((entry, proposed(regulation, facts, entry)) for entry in facts.entries)
    return tuple(entry for entry, column in found if column and _owns(regulation, column, capability))


def _owns(regulation: Regulation, column: str, capability: str) -> bool:
    return capability in owner(regulation, column).write


def waiting(regulation: Regulation, facts: Facts) -> tuple[Entry, ...]:
    """Every proposal that nobody has taken yet."""
    return tuple(entry for entry in facts.entries if proposed(regulation, facts, entry))


def owners_of(regulation: Regulation, facts: Facts) -> frozenset[str]:
    """Who can take what waits: capabilities that own its columns."""
    columns = {proposed(regulation, facts, entry) for entry in facts.entries} - {""}
    return frozenset(one for column in columns for one in owner(regulation, column).write)


def taken(regulation: Regulation, facts: Facts, entry: Entry) -> tuple[SetAnswer, ...]:
    """What an owner writes to take a proposal: the same answers, from now on hers."""
    known = ((q.key, facts.answer(q.key, entry.id)) for q in regulation.fields(entry.table))
    return tuple(SetAnswer(key, one.value, entry.id) for key, one in known if one and not one.skipped)
