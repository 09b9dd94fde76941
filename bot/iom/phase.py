"""How far a draft has come. Sections are filled in any order, so the furthest thing reached decides."""

from enum import StrEnum

from bot.iom import interview
from bot.iom.facts import Facts
from bot.iom.regulation import Key, Question, Regulation


class Phase(StrEnum):
    """Phases of a draft in their order (domain.md §4.2); shown and counted, never stored."""

    REGISTERED = "registered"
    DIAGNOSTICS = "diagnostics"
    SELF_ANALYSIS = "self_analysis"
    GOAL_SETTING = "goal_setting"
    PLANNING = "planning"


def phase(regulation: Regulation, facts: Facts) -> Phase:
    """The phase of a draft: planning once there is a task and a term, goals once there is a point of growth
    or a task, self-analysis once a result is there or was skipped on purpose (001 Прил. 1 п. 5.1)."""
    now = interview.current(regulation, facts)
    tasks = any(now.text("task", row.id) for row in now.rows("tasks"))
    if tasks and now.value("term"):
        return Phase.PLANNING
    if tasks or now.rows("growth"):
        return Phase.GOAL_SETTING
    return _diagnosed(regulation, now)


def _diagnosed(regulation: Regulation, facts: Facts) -> Phase:
    asked = _diagnostic(regulation)
    known = {key for _, key in facts.answers}
    if not asked & known:
        return Phase.REGISTERED
    steps = [step for step in interview.steps(regulation, facts) if step.key in asked]
    done = all(interview.done(regulation, facts, step) for step in steps)
    return Phase.SELF_ANALYSIS if done else Phase.DIAGNOSTICS


def _diagnostic(regulation: Regulation) -> set[Key]:
    """Questions of the first draft about the diagnosis, and those that decide which of them are asked."""
    first: list[Question] = [q for q in regulation.fields("diagnoses") if q.when == "draft"]
    return {q.key for q in first} | {q.asked_if.question for q in first if q.asked_if}
