"""A longer term, where the regulation has one (004 п. 1.9, 1.13; C02), and pauses, which move no date.

The teacher extends by herself (004 п. 1.9) or is offered it and accepts (004 п. 1.13: there is no positive
dynamic – people judge that, the program does not). Months of all accepted extensions are added up.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.iom.accept_goals import route_term
from bot.iom.asked import Refused
from bot.iom.facts import Facts, State
from bot.iom.journey import Extension, Journey
from bot.iom.period import add_months, month_end
from bot.iom.regulation import Regulation
from bot.iom.regulation_life import ExtensionRule

# The route is carried out: there is a term to be made longer.
_CARRIED_OUT = frozenset({State.APPROVED, State.ACTIVE, State.FINALIZING})
_OFFERERS = frozenset({"mentor", "coordinator"})


@dataclass(frozen=True, slots=True)
class Allowed:
    """At most so many months, to this day. `kind` is the `Extension.kind` it would be."""

    months: int
    end: date
    kind: Literal["own", "offered"] = "own"
    clause: str = ""


def accepted(journey: Journey) -> tuple[Extension, ...]:
    """The extensions in force; one's own is accepted when it is made."""
    return tuple(one for one in journey.extensions if one.accepted_at and not one.declined_at)


def waiting(journey: Journey) -> Extension | None:
    """The offer that the teacher has neither accepted nor declined."""
    open_ones = (one for one in reversed(journey.extensions) if not one.accepted_at and not one.declined_at)
    return next(open_ones, None)


def ends_on(facts: Facts, journey: Journey) -> date | None:
    """The last day of the term with what was added to it; None while the term is not known."""
    term = route_term(facts)
    return max([term.ends, *(one.new_end for one in accepted(journey))]) if term else None


def later(end: date, months: int) -> date:
    """An end so many months on; the end of a month stays the end of a month (31.05 + 6 = 30.11)."""
    moved = add_months(end, months)
    return month_end(moved) if end == month_end(end) else moved


def may_extend(
    regulation: Regulation, facts: Facts, journey: Journey, today: date, by: str = "teacher"
) -> Allowed | Refused:
    """Whether the teacher may extend, or a mentor or coordinator (`by`) may offer it to her, and how far.

    Refused with the "clause" that says so: "no_extension" (the regulation has none), "not_yours", "not_now"
    (the route is not carried out), "no_term", "extension_waits", "extension_used", "extension_late".
    """
    rule = regulation.life.extension
    if rule is None:
        return _refused("no_extension", regulation.term.clause)
    kind = _kind(rule, by)
    if kind is None:
        return _refused("not_yours", rule.clause)
    if waiting(journey) is not None:
        return _refused("extension_waits", rule.offered_clause)
    return _allowed(rule, facts, journey, today, kind)


def may_accept(
    regulation: Regulation, facts: Facts, journey: Journey, today: date, offer: Extension
) -> Allowed | Refused:
    """Whether the teacher may accept an offer now; its `new_end` is what `later` gives for its months."""
    rule = regulation.life.extension
    if rule is None:
        return _refused("no_extension", regulation.term.clause)
    if waiting(journey) != offer:
        return _refused("extension_waits", rule.offered_clause)
    allowed = _allowed(rule, facts, journey, today, "offered")
    if isinstance(allowed, Allowed) and offer.months > allowed.months:
        return _refused("extension_used", allowed.clause)
    return allowed


def _refused(reason: str, clause: str) -> Refused:
    return Refused(reason, {"clause": clause})


def _kind(rule: ExtensionRule, by: str) -> Literal["own", "offered"] | None:
    if by == "teacher":
        return "own" if rule.own else None
    return "offered" if rule.offered and by in _OFFERERS else None


def _allowed(
    rule: ExtensionRule, facts: Facts, journey: Journey, today: date, kind: Literal["own", "offered"]
) -> Allowed | Refused:
    clause = rule.clause if kind == "own" else rule.offered_clause or rule.clause
    if facts.state not in _CARRIED_OUT:
        return _refused("not_now", clause)
    end = ends_on(facts, journey)
    if end is None:
        return _refused("no_term", clause)
    had = accepted(journey)
    months = rule.months - sum(one.months for one in had)
    if months <= 0 or len(had) >= rule.count:
        return _refused("extension_used", clause)
    if later(end, months) < today:
        return _refused("extension_late", clause)
    return Allowed(months, later(end, months), kind, clause)


def paused(journey: Journey, today: date) -> bool:
    """Whether reminders are silent today (illness, leave); without an end, until told otherwise."""
    return any(
        one.starts_on <= today and (one.ends_on is None or today <= one.ends_on) for one in journey.pauses
    )
