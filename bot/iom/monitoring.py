"""When a route is looked at on its way, by the regulation's rhythm (001 Прил. 3, этап 5; S17, S20, C22).

    monitoring   every `monitoring_months` from the first day of the term   monitoring/<route>/<date>
    reflection   so many times a year, counted alike                        reflection/<route>/<date>
    activity     the day after a line was confirmed                         reflection/<route>/line-<entry>
    transfer     `transfer_weeks` after a course was confirmed              transfer/<route>/line-<entry>

The keys are stored contracts: they name the notices. Nothing is asked in the last month of the term, which
has questions enough of its own, nor of what was due before the plan was agreed. A reflection that falls near
a monitoring is asked in it. `bot.iom.monitoring_week` lets one question a week be asked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from bot.iom.accept_goals import route_term
from bot.iom.checkpoint import Checkpoint, CheckpointKind
from bot.iom.conclusion import REFLECTION
from bot.iom.extensions import ends_on
from bot.iom.facts import Entry, Facts, State
from bot.iom.handed import judged, kind_of
from bot.iom.interview import asked as is_asked
from bot.iom.journey import Journey, Line, LineState
from bot.iom.lines import OPEN, alone
from bot.iom.period import add_months
from bot.iom.regulation import Question, Regulation

NEAR = timedelta(days=14)  # a reflection so near a monitoring is asked in it
PATIENCE = timedelta(days=21)  # so long one remembers what an activity gave
TRANSFER = timedelta(days=7)  # three to four weeks after a course
WEEK = timedelta(days=7)
_YEAR = 12
_CARRIED_OUT = frozenset({State.APPROVED, State.ACTIVE})

# The kind of the notice that asks it.
NOTICES: Mapping[CheckpointKind, str] = {
    CheckpointKind.MONITORING: "monitoring",
    CheckpointKind.REFLECTION: "reflection",
    CheckpointKind.ACTIVITY: "reflection",
    CheckpointKind.TRANSFER: "transfer",
}


@dataclass(frozen=True, slots=True)
class Due:
    """A question of the rhythm: asked on `on` at the soonest, on `last` at the latest. `reflects`: a
    monitoring that asks for the half-year's reflection too."""

    key: str
    kind: CheckpointKind
    on: date
    last: date
    entry_id: int = 0
    reflects: bool = False

    @property
    def notice(self) -> str:
        """The kind of the notice that asks it."""
        return NOTICES[self.kind]

    @property
    def subject(self) -> Mapping[str, object]:
        """What that notice needs to find its facts again."""
        return {"entry": self.entry_id} if self.entry_id else {"on": self.on.isoformat()}


def checkpoints(regulation: Regulation, facts: Facts, journey: Journey, zone: tzinfo) -> tuple[Due, ...]:
    """Everything the rhythm asks of an approved route and was not answered, by the day it is due. `zone`: on
    whose clock a decision had its day. A trial is asked nothing; of a route of no organisation nobody could
    judge a monitoring, so there is none."""
    if facts.state not in _CARRIED_OUT or facts.trial:
        return ()
    found = [*_dated(regulation, facts, journey, zone), *_of_lines(regulation, facts, journey, zone)]
    done = {one.key for one in journey.checkpoints if one.answered_at}
    return tuple(sorted((one for one in found if one.key not in done), key=lambda one: (one.on, one.key)))


def _dated(regulation: Regulation, facts: Facts, journey: Journey, zone: tzinfo) -> Iterator[Due]:
    term, end = route_term(facts), ends_on(facts, journey)
    if term is None or end is None:
        return
    rhythm, limit, agreed = regulation.rhythm, add_months(end, -1), _agreed_on(facts, journey, zone)
    months = 0 if alone(facts) else rhythm.monitoring_months
    looks = [day for day in _days(term.starts, limit, months) if day > agreed]
    every = _days(term.starts, limit, _YEAR, rhythm.reflection_per_year)
    thoughts = [day for day in every if day > agreed]
    near = {day: {one for one in thoughts if abs(one - day) <= NEAR} for day in looks}
    alone_standing = [day for day in thoughts if not any(day in merged for merged in near.values())]
    for day, last in _until_the_next(looks, limit):
        yield _on_a_day(facts, CheckpointKind.MONITORING, day, last, reflects=bool(near[day]))
    for day, last in _until_the_next(alone_standing, limit):
        yield _on_a_day(facts, CheckpointKind.REFLECTION, day, last)


def _days(starts: date, limit: date, months: int, times: int = 1) -> list[date]:
    """`times` in so many months, evenly, counted from the first day each time: 31.08 + 6 is the end of
    February, + 12 is 31.08 again. None for 0."""
    found = list[date]()
    while months * times and (day := add_months(starts, months * (len(found) + 1) // times)) <= limit:
        found.append(day)
    return found


def _on_a_day(facts: Facts, kind: CheckpointKind, day: date, last: date, *, reflects: bool = False) -> Due:
    return Due(f"{NOTICES[kind]}/{facts.route_id}/{day.isoformat()}", kind, day, last, reflects=reflects)


def _agreed_on(facts: Facts, journey: Journey, zone: tzinfo) -> date:
    """The day on which the plan was agreed; `date.min` where nobody had to."""
    said = (one.at for one in journey.decisions if one.kind in {"sent", "agreed"} and not one.correction_id)
    return max((at.astimezone(zone).date() for at in said), default=date.min)


def _until_the_next(dates: list[date], limit: date) -> Iterator[tuple[date, date]]:
    """Each with the last day on which it makes sense: the next one takes its place."""
    following = [day - timedelta(days=1) for day in dates[1:]]
    return zip(dates, [*following, limit], strict=False)


def _of_lines(regulation: Regulation, facts: Facts, journey: Journey, zone: tzinfo) -> Iterator[Due]:
    question, weeks = activity_question(regulation, facts), regulation.rhythm.transfer_weeks
    for entry in facts.rows("plan"):
        line = journey.lines.get(entry.id)
        if line is None or line.state is not LineState.CONFIRMED:
            continue
        day = line.since.astimezone(zone).date()
        if question is not None and facts.answer(question.key, entry.id) is None:
            yield _of_line(facts, entry, CheckpointKind.ACTIVITY, day + timedelta(days=1), PATIENCE)
        if weeks and course(regulation, journey, line):
            yield _of_line(facts, entry, CheckpointKind.TRANSFER, day + weeks * WEEK, TRANSFER)


def _of_line(facts: Facts, entry: Entry, kind: CheckpointKind, day: date, patience: timedelta) -> Due:
    key = f"{NOTICES[kind]}/{facts.route_id}/line-{entry.id}"
    return Due(key, kind, day, day + patience, entry.id)


def activity_question(regulation: Regulation, facts: Facts) -> Question | None:
    """The question about what an activity gave, where the rhythm asks it of every one (004 п. 2.5): its
    answer is one of the plan line's, as at the end of the route."""
    if not regulation.rhythm.reflection_per_activity:
        return None
    fields = (one for one in regulation.fields("plan") if one.key.startswith(REFLECTION))
    return next((one for one in fields if is_asked(facts, one)), None)


def course(regulation: Regulation, journey: Journey, line: Line) -> bool:
    """Whether what was confirmed is a course: by the kind of its evidence, or by its hours."""
    shown = judged(journey, line.entry_id)
    return any(one.hours or ((kind := kind_of(regulation, one.kind)) and kind.course) for one in shown)


def open_lines(facts: Facts, journey: Journey) -> tuple[Entry, ...]:
    """The plan lines that a monitoring asks about: those that still wait for the teacher."""
    return tuple(entry for entry in facts.rows("plan") if journey.state(entry.id) in OPEN)


def asked_now(
    regulation: Regulation, facts: Facts, journey: Journey, zone: tzinfo, today: date
) -> tuple[Due, ...]:
    """What may be answered today: due, not over, and of a monitoring there is something to say."""
    if facts.state is not State.ACTIVE:
        return ()
    return tuple(
        one
        for one in checkpoints(regulation, facts, journey, zone)
        if one.on <= today <= _end(one, journey)
        and (one.kind is not CheckpointKind.MONITORING or open_lines(facts, journey))
    )


def _end(one: Due, journey: Journey) -> date:
    """What was begun, or is about a line, may be answered later than it is asked."""
    begun = any(known.key == one.key for known in journey.checkpoints)
    return date.max if one.entry_id or begun else one.last


def may_be_due(regulation: Regulation, facts: Facts, today: date) -> bool:
    """Whether a monitoring can be due, by the term alone: saves reading a whole journey at every turn."""
    term, months = route_term(facts), regulation.rhythm.monitoring_months
    if term is None or not months or facts.state is not State.ACTIVE or alone(facts):
        return False
    return add_months(term.starts, months) <= today


def begun(journey: Journey, key: str) -> Checkpoint | None:
    """The checkpoint of this key, None until somebody opened it."""
    return next((one for one in journey.checkpoints if one.key == key), None)
