"""Judging an answer: the changes to store, or a refusal with a reason the texts can explain.

A typed title of an option counts as pressing it. A refusal stores nothing and stays on the same question.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from bot.iom import accept_goals, accept_scores, accept_words
from bot.iom.asked import Accepted, Asked, Outcome, Refused, Said
from bot.iom.facts import AddEntry, Facts, SetAnswer
from bot.iom.interview import TEACHER, Step, applies, current
from bot.iom.owners import may_choose
from bot.iom.regulation import Kind, Question, Regulation

_JUDGES: Mapping[Kind, Callable[[Asked, Said], Outcome]] = {
    Kind.LINE: accept_words.plain,
    Kind.TEXT: accept_words.plain,
    Kind.INTEGER: accept_words.integer,
    Kind.DATE: accept_words.day,
    Kind.EMAIL: accept_words.email,
    Kind.PHONE: accept_words.phone,
    Kind.CHOICE: accept_words.choice,
    Kind.CHIPS: accept_words.chips,
    Kind.ROWS: accept_words.mark,
    Kind.EVENTS: accept_words.mark,
    Kind.SCORES: accept_scores.scores,
    Kind.SELF_SCORES: accept_scores.self_scores,
    Kind.POINT: accept_goals.point,
    Kind.TASK: accept_goals.task,
    Kind.EXPECTED: accept_goals.expected,
    Kind.TERM: accept_goals.term,
    Kind.PERIOD: accept_goals.inside_term,
    Kind.LINKS: accept_goals.links,
}


def accept(
    regulation: Regulation, facts: Facts, step: Step, said: Said, today: date, writer: str = TEACHER
) -> Outcome:
    """Judge an answer of `writer` to `step`. A step that does not apply to her now is refused as "gone"."""
    if not applies(regulation, facts, step, writer):
        return Refused("gone")
    question = regulation.questions[step.key]
    asked = Asked(regulation, current(regulation, facts), step, question, today)
    offered = allowed(regulation, question, writer)
    return _JUDGES[question.kind](asked if offered is question else replace(asked, question=offered), said)


def allowed(regulation: Regulation, question: Question, writer: str = TEACHER) -> Question:
    """The question with the options that this person may choose; all of them where nobody owns any."""
    if question.key not in regulation.owned_options:
        return question
    fits = [one for one in question.options if may_choose(regulation, question, one.key, writer)]
    return question.model_copy(update={"options": tuple(fits)})


def skip(regulation: Regulation, facts: Facts, step: Step, writer: str = TEACHER) -> Outcome:
    """Leave a question as a line for the pen; of a new row, the row itself with that line.

    Of results by block only what is not there yet is left: those already given stay.
    """
    if not applies(regulation, facts, step, writer):
        return Refused("gone")
    question = regulation.questions[step.key]
    if question.required:
        return Refused("required")
    if question.each and not step.row:
        return Accepted((AddEntry(question.each, {step.key: None}, frozenset({step.parent} - {0})),))
    had = facts.value(step.key, step.row)
    if question.kind in {Kind.SCORES, Kind.SELF_SCORES} and had:
        return Accepted((SetAnswer(step.key, had, step.row),))
    return Accepted((SetAnswer(step.key, None, step.row, skipped=True),))
