"""What becomes of a plan line, and who may say so (domain.md §4.2, 001 Карта.Пр1 §2).

    planned ──claim──► claimed ──confirm───────► confirmed ─┐
       │  ▲               │ ├───confirm_partly─► partly ────┤ undo ──► claimed
       │  └─withdraw_claim┘ └───return─────────► returned ──┘
       │                        partly, returned, not_done ──claim──► claimed
       ├──not_done, also from returned──► not_done ──undo──► planned
       └──replace, cancel, also from returned and not_done──► replaced, cancelled: for good

The teacher claims, withdraws and says that a line was not done; those whom the regulation names in
`life.confirm` judge; a line is replaced and cancelled only by a correction (`bot.iom.corrections`). Nothing
is compared with the deadline: earlier and later than planned are both fine (C32).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from bot.iom.asked import Refused
from bot.iom.facts import Entry, Facts
from bot.iom.journey import Journey, LineState
from bot.iom.period import Period, from_value
from bot.iom.regulation import Key, Kind, Regulation


class LineEvent(StrEnum):
    """What happens to a line."""

    CLAIM = "claim"
    WITHDRAW_CLAIM = "withdraw_claim"
    CONFIRM = "confirm"
    CONFIRM_PARTLY = "confirm_partly"
    RETURN = "return"
    NOT_DONE = "not_done"
    REPLACE = "replace"
    CANCEL = "cancel"
    UNDO = "undo"


# Who replaces and cancels: an agreed correction, never a person by herself.
BY_CORRECTION = "correction"

JUDGED = frozenset({LineState.CONFIRMED, LineState.PARTLY, LineState.RETURNED})
# Nobody owes anything for the route's end. A partly confirmed line is: what it lacks is written in `left`.
CLOSED = frozenset(
    {
        LineState.CONFIRMED,
        LineState.PARTLY,
        LineState.NOT_DONE,
        LineState.REPLACED,
        LineState.CANCELLED,
    }
)
# The teacher still has something to do: these are reminded of and become overdue.
OPEN = frozenset({LineState.PLANNED, LineState.RETURNED, LineState.PARTLY})
# No longer part of the plan.
GONE = frozenset({LineState.REPLACED, LineState.CANCELLED})

# What must be said with it, and how a refusal names its absence.
WORDS: Mapping[LineEvent, str] = {
    LineEvent.NOT_DONE: "reason_needed",
    LineEvent.CONFIRM_PARTLY: "no_left",
    LineEvent.RETURN: "no_remark",
}

_CLAIMABLE = (LineState.PLANNED, LineState.PARTLY, LineState.RETURNED, LineState.NOT_DONE)
_REPLACEABLE = (LineState.PLANNED, LineState.RETURNED, LineState.NOT_DONE)
_TEACHER: Mapping[tuple[LineState, LineEvent], LineState] = {
    **{(state, LineEvent.CLAIM): LineState.CLAIMED for state in _CLAIMABLE},
    (LineState.CLAIMED, LineEvent.WITHDRAW_CLAIM): LineState.PLANNED,
    (LineState.PLANNED, LineEvent.NOT_DONE): LineState.NOT_DONE,
    (LineState.RETURNED, LineEvent.NOT_DONE): LineState.NOT_DONE,
    (LineState.NOT_DONE, LineEvent.UNDO): LineState.PLANNED,
}
_CONFIRMER: Mapping[tuple[LineState, LineEvent], LineState] = {
    (LineState.CLAIMED, LineEvent.CONFIRM): LineState.CONFIRMED,
    (LineState.CLAIMED, LineEvent.CONFIRM_PARTLY): LineState.PARTLY,
    (LineState.CLAIMED, LineEvent.RETURN): LineState.RETURNED,
    **{(state, LineEvent.UNDO): LineState.CLAIMED for state in JUDGED},
}
_CORRECTION: Mapping[tuple[LineState, LineEvent], LineState] = {
    **{(state, LineEvent.REPLACE): LineState.REPLACED for state in _REPLACEABLE},
    **{(state, LineEvent.CANCEL): LineState.CANCELLED for state in _REPLACEABLE},
}


def line_move(
    state: LineState, event: LineEvent, by: str, confirm: Iterable[str] = ("mentor",)
) -> LineState | None:
    """The state a line comes to, None when `by` may not do this to a line in this state.

    `by` is a capability or `BY_CORRECTION`; `confirm` is the regulation's `life.confirm`.
    """
    if by == BY_CORRECTION:
        return _CORRECTION.get((state, event))
    if by == "teacher":
        return _TEACHER.get((state, event))
    return _CONFIRMER.get((state, event)) if by in confirm else None


def moved(
    regulation: Regulation, state: LineState, event: LineEvent, by: str, words: str = ""
) -> LineState | Refused:
    """`line_move` under a regulation, with the words some events demand («не выполнено» – the reason).

    Refused: "line_moved_on", "reason_needed", "no_left", "no_remark".
    """
    came = line_move(state, event, by, regulation.life.confirm)
    if came is None:
        return Refused("line_moved_on", {"state": state.value})
    if event in WORDS and not words.strip():
        return Refused(WORDS[event])
    return came


def alone(facts: Facts) -> bool:
    """Whether nobody can ever check this route: it is of no organisation, or a trial."""
    return facts.organisation_id is None or facts.trial


def claimed_state(facts: Facts) -> LineState:
    """What «Сделано» makes of a line. Where nobody can check it the teacher's word is enough: the line is
    done at once, without any decision, so that a card prints it without who confirmed."""
    return LineState.CONFIRMED if alone(facts) else LineState.CLAIMED


def overdue(state: LineState, period: Period | None, today: date) -> bool:
    """Whether the teacher is late with a line: its last day is past and it waits for her. A claimed line
    waits for somebody else, one without a period is never late."""
    return state in OPEN and period is not None and period.due < today


def period_key(regulation: Regulation) -> Key:
    """The question that asks for the period of a plan line, "" when the regulation has none."""
    fields = regulation.fields("plan")
    return next((question.key for question in fields if question.kind is Kind.PERIOD), "")


def period_of(regulation: Regulation, facts: Facts, entry_id: int) -> Period | None:
    """When a plan line is due, None when it has no period."""
    return from_value(facts.value(period_key(regulation), entry_id))


def overdue_lines(regulation: Regulation, facts: Facts, journey: Journey, today: date) -> tuple[int, ...]:
    """Ids of the overdue plan lines, in the order they were added."""
    return tuple(
        entry.id
        for entry in facts.rows("plan")
        if overdue(journey.state(entry.id), period_of(regulation, facts, entry.id), today)
    )


def next_line(regulation: Regulation, facts: Facts, journey: Journey) -> Entry | None:
    """The plan line that waits for the teacher: what came back first, then by its last day, undated last."""
    open_ = [entry for entry in facts.rows("plan") if journey.state(entry.id) in OPEN]

    def order(entry: Entry) -> tuple[bool, date]:
        term = period_of(regulation, facts, entry.id)
        return journey.state(entry.id) is LineState.PLANNED, term.due if term else date.max

    return min(open_, key=order, default=None)


def counted(facts: Facts, journey: Journey) -> Mapping[LineState, int]:
    """How many plan lines are in each state; states of no line are left out."""
    states = [journey.state(entry.id) for entry in facts.rows("plan")]
    return {state: states.count(state) for state in LineState if state in states}
