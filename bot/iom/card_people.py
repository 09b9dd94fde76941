"""People on a card: who agreed and when, who accompanies, who acted in which capability.

Names are printed where the organisation keeps names, a code always, else it is a line for the pen.
"""

import re
from dataclasses import dataclass
from typing import get_args

from bot.iom import period
from bot.iom.card_sources import Sources
from bot.iom.journey import Decision, Signatory
from bot.iom.life import CONCLUSION_STEP
from bot.iom.regulation import Capability, Key, Regulation

CODE = re.compile(r"П-[0-9A-ZА-ЯЁ]+")
_AFRESH = frozenset({"sent", "returned", "recalled"})  # agreements before it are of another plan


@dataclass(frozen=True, slots=True)
class Signed:
    """One column of the approval head: who holds the step, and the day it was agreed; "" when unknown."""

    post: str = ""
    place: str = ""
    name: str = ""
    day: str = ""


def signed(sources: Sources, head: int) -> Signed:
    """The column of the approval head number `head`: its step's decision in force, else its signatory."""
    return _signed(
        sources, next((one.key for one in sources.regulation.life.approval if one.head == head), "")
    )


def _signed(sources: Sources, step: Key) -> Signed:
    decision = _in_force(sources, step)
    holder = _holder(sources, step, decision.person_id if decision else 0)
    post = (decision.post if decision else "") or (holder.post if holder else "")
    name = (decision.name if decision else "") or (holder.name if holder else "")
    day = period.day_words(sources.day(decision.at)) if decision else ""
    return Signed(post, holder.place if holder else "", person(sources, name), day)


def approved(sources: Sources) -> str:
    """Who gave the last agreement of the chain, and when; "" before. For forms without an approval head."""
    chain = sources.regulation.life.approval
    last = _signed(sources, chain[-1].key) if chain else Signed()
    return ", ".join(filter(None, (last.post, last.name, last.day))) if last.day else ""


def _holder(sources: Sources, step: Key, person_id: int) -> Signatory | None:
    """Who holds a step: the one who agreed, else not a substitute."""
    holders = [one for one in sources.journey.signatories if step and one.step == step]
    holders.sort(key=lambda one: (not person_id or one.person_id != person_id, one.substitute))
    return holders[0] if holders else None


def _in_force(sources: Sources, step: Key) -> Decision | None:
    """The agreement of a step to the plan as it was sent the last time."""
    found = None
    of_plan = (one for one in sources.journey.decisions if not one.correction_id and not one.entry_id)
    for one in of_plan:
        if one.kind in _AFRESH and one.step != CONCLUSION_STEP:
            found = None
        elif one.kind == "agreed" and step and one.step == step:
            found = one
    return found


def person(sources: Sources, name: str) -> str:
    """A name to print: nobody's where the organisation keeps none, but for a code."""
    return name if sources.facts.keeps_names or CODE.fullmatch(name) else ""


def names_of(regulation: Regulation) -> set[Key]:
    """The sources that name people: holders of steps, and who acted in a capability."""
    steps = {f"signatory.{step.key}" for step in regulation.life.approval}
    directions = {f"companion.{one.key}" for one in regulation.life.companion.direction}
    return steps | directions | {f"by.{capability}" for capability in get_args(Capability)}


def named(sources: Sources, source: str) -> str | None:
    """What such a source prints, None when it is none of them."""
    first, _, rest = source.partition(".")
    if first == "signatory":
        holder = _holder(sources, rest, 0)
        return person(sources, holder.name if holder else "")
    if first == "companion":
        return _companions(sources, rest)
    return person(sources, _who(sources, rest)) if first == "by" else None


def _companions(sources: Sources, direction: Key) -> str:
    """002 «Курирующий тьютор»: the companions of one direction, with their posts."""
    found = (one for one in sources.journey.companions if one.direction == direction)
    known = ((person(sources, one.name), one.post) for one in found)
    return "; ".join(", ".join(filter(None, pair)) for pair in known if pair[0])


def _who(sources: Sources, capability: str) -> str:
    """Who acted last in a capability; the mentor is known before she acts."""
    acted = [one.name for one in sources.journey.decisions if one.role == capability and one.name]
    if capability == "mentor" and sources.journey.companions:
        return sources.journey.companions[0].name
    return acted[-1] if acted else ""


def companion_post(sources: Sources) -> str:
    """The post of the companion whose name is printed."""
    return next((one.post for one in sources.journey.companions), "")


def acknowledged(sources: Sources) -> str:
    """The teacher's name once she has read the conclusion."""
    decisions = sources.journey.decisions
    read = any(one.kind == "acknowledged" and one.step == CONCLUSION_STEP for one in decisions)
    return sources.scalar("full_name") if read else ""
