"""What is still asked at the end of a route, and of whom: exit diagnosis, reflections, marks, verdicts."""

from datetime import date, timedelta

from bot.iom import interview
from bot.iom.conclusion import took_place
from bot.iom.extensions import ends_on
from bot.iom.facts import Facts
from bot.iom.interview import TEACHER, Step
from bot.iom.journey import Journey
from bot.iom.lines import CLOSED
from bot.iom.regulation import Regulation

CONCLUSION = "conclusion"  # has a room of its own
SOON = timedelta(days=30)


def left(regulation: Regulation, facts: Facts, journey: Journey) -> tuple[Step, ...]:
    """What the teacher has not answered yet, in the order the regulation asks it, one row after another; of
    plan lines, only of those that took place."""
    order = [question.key for question in regulation.question if question.when == "finish"]

    def turn(step: Step) -> tuple[int, int]:
        table = regulation.questions[step.key].each
        first = next(
            key for key in order if key == step.key or (table and regulation.questions[key].each == table)
        )
        return order.index(first), step.row

    found = [step for step in interview.remaining(regulation, facts) if step.key in order]
    return tuple(sorted((one for one in found if took_place(facts, journey, one)), key=turn))


def marks(regulation: Regulation, facts: Facts, writer: str) -> tuple[Step, ...]:
    """What a helper of this capability answers instead of the teacher (the final event's mark, a product's
    verdict), answered or not, without the conclusion."""
    return tuple(
        step
        for step in interview.steps(regulation, facts, writer)
        if regulation.questions[step.key].when == "finish"
        and TEACHER not in regulation.writers[step.key]
        and step.key != CONCLUSION
    )


def due(facts: Facts, journey: Journey, today: date) -> bool:
    """Whether it is time for the results: the term ends within a month, or every line is closed."""
    end, plan = ends_on(facts, journey), facts.rows("plan")
    closed = bool(plan) and all(journey.state(row.id) in CLOSED for row in plan)
    return closed or (end is not None and end - SOON <= today)
