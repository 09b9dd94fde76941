"""The account of hours: courses, other forms, consultations, visited lessons (002 Бланк «Методический аудит»,
R40; 000 V.4 «Консультационные часы»)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.iom.catalogue import Event
from bot.iom.facts import Entry, Facts
from bot.iom.handed import judged
from bot.iom.journey import Evidence, Journey, LineState

Events = Mapping[int, Event]  # by id: the catalogue events the plan lines were chosen from

_COURSE = re.compile(
    r"\bкурсы?\b|\bкурс(?:ов|ах|ам|е)\b|повышени[еяю] квалификации|переподготовк|\bдпп\b", re.I
)


@dataclass(frozen=True, slots=True)
class Totals:
    """Academic hours, in the order of the four rows of the audit."""

    courses: float = 0.0
    other: float = 0.0
    consultations: float = 0.0
    visits: float = 0.0

    @property
    def total(self) -> float:
        """All of them."""
        return self.courses + self.other + self.consultations + self.visits


EVENT_KIND, COURSE = "event_kind", "course"  # a question of the plan about it, and the option that says so


def is_course(facts: Facts, entry: Entry, events: Events) -> bool:
    """Whether a plan line is formal education: as it was said, else by its event, an own one by its name."""
    said = facts.text(EVENT_KIND, entry.id)
    if said:
        return said == COURSE
    event = events.get(entry.event)
    if event is not None:
        return event.education == "formal"
    return bool(_COURSE.search(facts.text("title", entry.id)))


def line_hours(journey: Journey, entry: Entry, events: Events, planned: float = 0.0) -> float:
    """Hours of one plan line: what its evidence says; of a confirmed line without any, what the event lasts,
    else what was planned.

    Nothing before the companion confirmed. Several files of one document («удостоверение № 5», two pages)
    count once, at the most they say.
    """
    state = journey.state(entry.id)
    if state not in {LineState.CONFIRMED, LineState.PARTLY}:
        return 0.0
    told = _told(judged(journey, entry.id))
    if told or state is LineState.PARTLY:
        return told
    event = events.get(entry.event)
    return (event.hours if event else None) or planned


def _told(evidence: Iterable[Evidence]) -> float:
    documents: dict[tuple[str, str], float] = {}
    for one in evidence:
        document = one.kind, one.number.strip().casefold()
        documents[document] = max(documents.get(document, 0.0), one.hours or 0.0)
    return sum(documents.values())


def _planned(facts: Facts, entry: Entry) -> float:
    said = facts.value("hours", entry.id)
    return float(said) if isinstance(said, (int, float)) else 0.0


def totals(facts: Facts, journey: Journey, events: Events | None = None) -> Totals:
    """The whole account of a route."""
    known = events or {}
    lines = [
        (is_course(facts, row, known), line_hours(journey, row, known, _planned(facts, row)))
        for row in facts.rows("plan")
    ]
    logged = {
        kind: sum(one.hours for one in journey.hours if one.kind == kind)
        for kind in ("consultation", "visit")
    }
    return Totals(
        sum(hours for course, hours in lines if course),
        sum(hours for course, hours in lines if not course),
        logged["consultation"],
        logged["visit"],
    )
