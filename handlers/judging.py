"""Decisions about claimed lines, one or many: stored, told to the teacher, taken back while nothing followed.

For every room that decides (`handlers.confirming`, the queue): «<route>.<decision>,…» names what was made.
"""

from collections.abc import Sequence

from bot.iom import lines
from bot.iom.access import Fact
from bot.iom.asked import Refused
from bot.iom.handed import seen_mark
from bot.iom.journey import Decision, Line, LineState
from bot.iom.lines import LineEvent
from bot.speech.screen import Remark
from handlers import line_words
from handlers.cases import Case, case_of, hand, role_for, tell
from handlers.desk import Desk
from handlers.rooms import number
from storage import decisions
from storage.changes import Stale

KINDS = {
    LineEvent.CONFIRM: "confirmed",
    LineEvent.CONFIRM_PARTLY: "partly",
    LineEvent.RETURN: "returned",
}


def claimed(case: Case) -> tuple[int, ...]:
    """Ids of the lines that wait to be confirmed, oldest first."""
    found = [one for one in case.journey.lines.values() if one.state is LineState.CLAIMED]
    return tuple(one.entry_id for one in sorted(found, key=lambda one: (one.since, one.entry_id)))


def mark(case: Case, entry_ids: Sequence[int]) -> int:
    """What is seen of these lines now."""
    return seen_mark(case.facts, case.journey, entry_ids)


def judge(case: Case, entry_id: int, event: LineEvent, said: str = "") -> Decision | Refused:
    """Decide upon one line and tell the teacher. Refused: not now, or the words lack. Stale: see `decide`."""
    role = role_for(case, Fact.CONFIRM)
    state = lines.moved(case.regulation, case.journey.state(entry_id), event, role, said)
    if isinstance(state, Refused):
        return state
    desk = case.desk
    left = said if event is LineEvent.CONFIRM_PARTLY else ""
    _, made = decisions.decide(
        desk.conn,
        case.facts,
        KINDS[event],
        hand(case, role),
        desk.now,
        remark=said,
        line=Line(entry_id, state, desk.now, left=left),
    )
    told = {"entry": entry_id, "decision": made.id}
    tell(case, [case.facts.person_id], "line_judged", str(made.id), **told)
    desk.changed = True
    return made


def changed(case: Case, entry_id: int) -> Remark:
    """What happened to the line since it was shown."""
    entry = line_words.plan_line(case, entry_id)
    assert entry is not None
    return Remark("line_changed", {"line": line_words.values(case, entry), "name": case.name})


def confirm_lines(desk: Desk, pairs: Sequence[tuple[int, int]]) -> list[str]:
    """Confirm claimed lines given as (route, row); «<route>.<decision>» of each that was, for `undo_all`."""
    made = []
    for route_id, entry_id in pairs:
        case = case_of(desk, Fact.CONFIRM, route_id)
        done = judge(case, entry_id, LineEvent.CONFIRM) if case else None
        if isinstance(done, Decision):
            made.append(f"{route_id}.{done.id}")
    return made


def undo_all(desk: Desk, pairs: str) -> int:
    """Take back decisions of «<route>.<decision>,…», those nobody has acted upon; how many."""
    parts = [pair.partition(".") for pair in pairs.split(",") if pair]
    return sum(undone(desk, number(route), number(decision)) for route, _, decision in parts)


def undone(desk: Desk, route_id: int, decision_id: int) -> bool:
    """Take one's own decision about a line back while nothing happened since; the teacher is told."""
    case = case_of(desk, Fact.CONFIRM, route_id)
    made = next((one for one in case.journey.decisions if one.id == decision_id), None) if case else None
    if case is None or made is None or not may_undo(case, made):
        return False
    line = Line(made.entry_id, LineState.CLAIMED, desk.now)
    try:
        decisions.undo(desk.conn, case.facts, made.id, desk.person.id, desk.now, line=line)
    except Stale:
        return False
    desk.changed = True
    tell(case, [case.facts.person_id], "line_again", str(made.id), entry=made.entry_id)
    return True


def may_undo(case: Case, made: Decision) -> bool:
    """Whether this is the newest decision of the person at the desk about a line that is as it left it."""
    line = case.journey.lines.get(made.entry_id)
    newer = any(one.at > made.at for one in case.journey.of_line(made.entry_id))
    return (
        made.person_id == case.desk.person.id
        and line is not None
        and line.state in lines.JUDGED
        and line_words.decision(case, made.entry_id) == made
        and not newer
    )
