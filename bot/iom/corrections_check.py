"""Whether a correction still makes sense: asked before it is sent, and again before it is applied."""

from collections.abc import Iterator

from bot.iom.accept_goals import route_term
from bot.iom.asked import Refused
from bot.iom.corrections import ON_ITS_WAY, CorrectionKind, Wanted, wanted
from bot.iom.extensions import ends_on
from bot.iom.facts import Facts, State
from bot.iom.interview import creator
from bot.iom.journey import Correction, Journey, LineState
from bot.iom.lines import BY_CORRECTION, OPEN, LineEvent, line_move, period_key
from bot.iom.period import Period, from_value, words
from bot.iom.regulation import Regulation

CORRECTABLE = frozenset({State.APPROVED, State.ACTIVE, State.FINALIZING})
_NEW = {CorrectionKind.ADD, CorrectionKind.REPLACE}


def problem(regulation: Regulation, facts: Facts, journey: Journey, correction: Correction) -> Refused | None:
    """Why a correction can't be sent or applied now, None when it can.

    Reasons: "not_approved", "reason_needed", "correction_waits" (another one of the line), "not_plan_line",
    "line_moved_on", "nothing_changes", "no_title", "unknown_column", "plan_full", "not_period",
    "outside_term" (values as `accept_goals.inside_term` gives them).
    """
    return next(_problems(regulation, facts, journey, correction), None)


def may_correct(facts: Facts, journey: Journey, kind: CorrectionKind, entry_id: int) -> bool:
    """Whether to offer such a correction of a line at all."""
    if facts.state not in CORRECTABLE or _another(journey, entry_id):
        return False
    return _line_fits(facts, journey, kind, entry_id) is None


def _problems(
    regulation: Regulation, facts: Facts, journey: Journey, correction: Correction
) -> Iterator[Refused]:
    kind, change = CorrectionKind(correction.kind), wanted(correction)
    if facts.state not in CORRECTABLE:
        yield Refused("not_approved")
    if not any(map(str.isalnum, correction.reason)):
        yield Refused("reason_needed")
    if _another(journey, correction.entry_id, correction.id):
        yield Refused("correction_waits")
    if refused := _line_fits(facts, journey, kind, correction.entry_id):
        yield refused
    yield from _columns(regulation, facts, kind, correction, change)
    if key := period_key(regulation):
        yield from _period(facts, journey, change, key)


def _another(journey: Journey, entry_id: int, but: int = 0) -> bool:
    """A line waits for one correction at a time."""
    return bool(entry_id) and any(
        one.entry_id == entry_id and one.id != but and one.state in ON_ITS_WAY for one in journey.corrections
    )


def _line_fits(facts: Facts, journey: Journey, kind: CorrectionKind, entry_id: int) -> Refused | None:
    """A new line names no old one; «другое» may be words alone."""
    if kind is CorrectionKind.ADD or (kind is CorrectionKind.OTHER and not entry_id):
        return Refused("not_plan_line") if entry_id else None
    entry = facts.entry(entry_id)
    if entry is None or entry.table != "plan":
        return Refused("not_plan_line")
    state = journey.state(entry_id)
    return None if _state_fits(kind, state) else Refused("line_moved_on", {"state": state.value})


def _state_fits(kind: CorrectionKind, state: LineState) -> bool:
    events = {CorrectionKind.REPLACE: LineEvent.REPLACE, CorrectionKind.CANCEL: LineEvent.CANCEL}
    event = events.get(kind)
    return line_move(state, event, BY_CORRECTION) is not None if event else state in OPEN


def _columns(
    regulation: Regulation, facts: Facts, kind: CorrectionKind, correction: Correction, change: Wanted
) -> Iterator[Refused]:
    if set(change.answers) - {question.key for question in regulation.fields("plan")}:
        yield Refused("unknown_column")
    if kind in _NEW:
        first = creator(regulation, facts, "plan")
        if first is None or not change.answers.get(first.key):
            yield Refused("no_title")
        if len(facts.rows("plan")) >= regulation.tables["plan"].at_most:
            yield Refused("plan_full")
    elif _same(regulation, facts, kind, correction.entry_id, change):
        yield Refused("nothing_changes")


def _same(regulation: Regulation, facts: Facts, kind: CorrectionKind, row: int, change: Wanted) -> bool:
    """A move without a date, or answers that are there already. To cancel, and to say, nothing is written."""
    if kind is CorrectionKind.MOVE and period_key(regulation) not in change.answers:
        return True
    told = change.answers.items()
    return bool(told) and all(facts.value(key, row) == value for key, value in told)


def _period(facts: Facts, journey: Journey, change: Wanted, key: str) -> Iterator[Refused]:
    """A new date must be one, inside the term with its extensions."""
    if change.answers.get(key) is None:
        return
    found = from_value(change.answers[key])
    if found is None or found.ends < found.starts:
        yield Refused("not_period", {"problem": "not_understood"})
        return
    term, end = route_term(facts), ends_on(facts, journey)
    whole = Period(term.starts, end) if term and end else None
    if whole is not None and not found.within(whole):
        yield Refused("outside_term", {"term": words(whole), "said": words(found)})
