"""The life of a route: which event moves it where, and whose event it is (domain.md §4.2).

                  SEND              AGREE, step by step; no chain: SEND
       draft --------------> on_review ----------------------> approved
         ^      RECALL         |    ^                             |
         +---------------------+    |                             | START
                        RETURN |    | SEND                        v
                               v    |        TO_FINISH          active <----+
                              returned          +-----------------+         |
                                                v                   PROLONG |
                                            finalizing ---------------------+
                                                | TO_CONCLUSION
                                                v   CONCLUDE, AGREE_CONCLUSION of each, ACKNOWLEDGE
                                            conclusion ------------+
                                                |                  v   where the regulation has one
                                                |                audit
                                                v      AUDIT       |
                                            completed <------------+
                                                | ARCHIVE
                                                v
                                            archived

    WITHDRAW: from every state before completed to withdrawn; a route is voluntary (004 п. 1.6).

A correction and a pause never move the state. Who holds which step of the chain is asked of
`bot.iom.access`; here an approver is the one of the waiting step. Rules of a draft are in `phase` and
`owners`; everybody else imports them from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

from bot.iom.asked import Refused
from bot.iom.facts import Facts, State
from bot.iom.journey import EMPTY, Decision, Journey
from bot.iom.owners import approves, may_propose, may_write
from bot.iom.phase import Phase, phase
from bot.iom.regulation import Capability, Regulation

__all__ = [
    "CONCLUSION_STEP",
    "By",
    "Event",
    "Moved",
    "Phase",
    "Refused",
    "Stage",
    "actors",
    "approves",
    "conclusion_stage",
    "may_propose",
    "may_write",
    "move",
    "phase",
]

By: TypeAlias = Capability | Literal["system"]

# The key under which decisions about the conclusion are stored, as those of approval are under their step.
CONCLUSION_STEP = "conclusion"


class Event(StrEnum):
    """What may happen to a route."""

    SEND = "send"
    RECALL = "recall"
    AGREE = "agree"
    RETURN = "return"
    START = "start"
    TO_FINISH = "to_finish"
    TO_CONCLUSION = "to_conclusion"
    CONCLUDE = "conclude"
    AGREE_CONCLUSION = "agree_conclusion"
    ACKNOWLEDGE = "acknowledge"
    AUDIT = "audit"
    PROLONG = "prolong"
    WITHDRAW = "withdraw"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Moved:
    """Where the route is now. `step` is the number of the approval step it waits at, 0 off review."""

    state: State
    step: int = 0


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a conclusion is: the event it waits for and who may do it; None when all is done.
    `last`: the decision that brought it here."""

    event: Event | None
    by: tuple[Capability, ...] = ()
    last: Decision | None = None


_FROM: Mapping[Event, frozenset[State]] = {
    Event.SEND: frozenset({State.DRAFT, State.RETURNED}),
    Event.RECALL: frozenset({State.ON_REVIEW}),
    Event.AGREE: frozenset({State.ON_REVIEW}),
    Event.RETURN: frozenset({State.ON_REVIEW}),
    Event.START: frozenset({State.APPROVED}),
    Event.TO_FINISH: frozenset({State.ACTIVE}),
    Event.TO_CONCLUSION: frozenset({State.FINALIZING}),
    **dict.fromkeys(
        (Event.CONCLUDE, Event.AGREE_CONCLUSION, Event.ACKNOWLEDGE), frozenset({State.CONCLUSION})
    ),
    Event.AUDIT: frozenset({State.AUDIT}),
    Event.PROLONG: frozenset({State.FINALIZING}),
    Event.WITHDRAW: frozenset(State) - {State.COMPLETED, State.WITHDRAWN, State.ARCHIVED},
    Event.ARCHIVE: frozenset({State.COMPLETED}),
}
_TO: Mapping[Event, State] = {
    Event.RECALL: State.DRAFT,
    Event.RETURN: State.RETURNED,
    Event.START: State.ACTIVE,
    Event.TO_FINISH: State.FINALIZING,
    Event.TO_CONCLUSION: State.CONCLUSION,
    Event.AUDIT: State.COMPLETED,
    Event.PROLONG: State.ACTIVE,
    Event.WITHDRAW: State.WITHDRAWN,
    Event.ARCHIVE: State.ARCHIVED,
}
_BY: Mapping[Event, tuple[By, ...]] = {
    Event.SEND: ("teacher",),
    Event.RECALL: ("teacher",),
    Event.AGREE: ("approver",),
    Event.RETURN: ("approver",),
    Event.START: ("teacher", "system"),
    Event.TO_FINISH: ("teacher", "system"),
    Event.TO_CONCLUSION: ("teacher", "system"),
    Event.ACKNOWLEDGE: ("teacher",),
    Event.AUDIT: ("curator", "coordinator"),
    Event.PROLONG: ("teacher",),
    Event.WITHDRAW: ("teacher", "coordinator"),
    Event.ARCHIVE: ("system",),
}
_NOT_DONE: Mapping[Event, str] = {
    **dict.fromkeys((Event.SEND, Event.TO_CONCLUSION, Event.CONCLUDE), "not_complete"),
    Event.START: "too_early",
}


def move(
    regulation: Regulation,
    facts: Facts,
    event: Event,
    by: By,
    *,
    done: bool = True,
    begun: bool = False,
    reason: str = "",
    journey: Journey = EMPTY,
) -> Moved | Refused:
    """Where an event leads, or why not: not_now, not_yours, not_complete, too_early, review_begun,
    no_extension, reason_needed.

    `done`: what the event needs is there – SEND: what is mandatory; START: the first day of the term;
    TO_CONCLUSION: the completion (C18); CONCLUDE: the text and the outcome. `begun`: an approver opened
    the card, so it can't be recalled. `reason`: why a coordinator withdraws somebody's route. `journey`:
    the decisions before this one; the stage of a conclusion follows from them.
    """
    if facts.state not in _FROM[event]:
        return Refused("not_now")
    if by not in actors(regulation, event):
        return Refused("not_yours")
    if not done and event in _NOT_DONE:
        return Refused(_NOT_DONE[event])
    if event is Event.RECALL and (begun or facts.step):
        return Refused("review_begun")
    if event is Event.PROLONG and regulation.life.extension is None:
        return Refused("no_extension")
    if event is Event.WITHDRAW and by != "teacher" and not reason.strip():
        return Refused("reason_needed")
    if event is Event.SEND:
        return _on_review(regulation, 0)
    if event is Event.AGREE:
        return _on_review(regulation, facts.step + 1)
    if facts.state is State.CONCLUSION and event is not Event.WITHDRAW:
        return _in_conclusion(regulation, journey, event, by)
    return Moved(_TO[event])


def actors(regulation: Regulation, event: Event) -> tuple[By, ...]:
    """Whose event this is by the regulation."""
    life = regulation.life
    own: Mapping[Event, tuple[Capability, ...]] = {
        Event.RETURN: life.quality,
        Event.TO_CONCLUSION: life.conclusion.writers,
        Event.CONCLUDE: life.conclusion.writers,
        Event.AGREE_CONCLUSION: life.conclusion.agree,
    }
    return (*_BY.get(event, ()), *own.get(event, ()))


def _on_review(regulation: Regulation, step: int) -> Moved:
    if step < len(regulation.life.approval):
        return Moved(State.ON_REVIEW, step)
    return Moved(State.APPROVED)


def _in_conclusion(regulation: Regulation, journey: Journey, event: Event, by: By) -> Moved | Refused:
    """A conclusion may be written anew until it is settled: who agreed to other words agrees again."""
    now = conclusion_stage(regulation, journey)
    again = event is Event.CONCLUDE and now.event is not None
    if not again and (now.event is not event or by not in now.by):
        return Refused("not_now")
    agreed = 0 if again else _agreements(journey) + 1
    if event is not Event.ACKNOWLEDGE and _awaited(regulation, agreed).event:
        return Moved(State.CONCLUSION)
    return Moved(State.AUDIT if regulation.life.conclusion.audit else State.COMPLETED)


def conclusion_stage(regulation: Regulation, journey: Journey) -> Stage:
    """What the conclusion waits for: to be written, agreed by each in the order of the regulation, and
    acknowledged. Decisions: "concluded"; "agreed" and "acknowledged" with the step "conclusion"."""
    since = _since_written(journey)
    if not since:
        return Stage(Event.CONCLUDE, regulation.life.conclusion.writers)
    if any(one.kind == "acknowledged" for one in since):
        return Stage(None, last=since[-1])
    stage = _awaited(regulation, _agreements(journey))
    return Stage(stage.event, stage.by, since[-1])


def _awaited(regulation: Regulation, agreed: int) -> Stage:
    """What a written conclusion waits for after so many agreements."""
    rule = regulation.life.conclusion
    if agreed < len(rule.agree):
        return Stage(Event.AGREE_CONCLUSION, (rule.agree[agreed],))
    return Stage(Event.ACKNOWLEDGE, ("teacher",)) if rule.acknowledge else Stage(None)


def _since_written(journey: Journey) -> tuple[Decision, ...]:
    """The newest writing of the conclusion and what was decided about it; empty when it is not written."""
    about = [one for one in journey.decisions if one.kind == "concluded" or one.step == CONCLUSION_STEP]
    written = [number for number, one in enumerate(about) if one.kind == "concluded"]
    return tuple(about[written[-1] :]) if written else ()


def _agreements(journey: Journey) -> int:
    return sum(one.kind == "agreed" for one in _since_written(journey))
