"""A correction of an approved plan: what it asks, who agrees in which order, what it changes.

    draft ──sent──► waiting(0) ──agree──► waiting(1) ──…──► acknowledging ──agree (teacher)──► applied
                       └──────reject──────┴──► rejected

The chain is the regulation's `life.correction.steps` (001 этап 5, Карта.Пр1 §1: mentor and curator, then the
regional methodist, then the teacher acknowledges with a date). An empty chain applies at once, or after the
acknowledgement. Who sends is not asked to agree with herself: leading steps that are hers are passed.

`Correction.changes` is a `Wanted` as JSON; both are stored contracts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from enum import StrEnum
from typing import Any

from bot.iom.asked import Refused
from bot.iom.facts import AddEntry, Change, Facts, SetAnswer, Value
from bot.iom.journey import Correction, Decision, Journey
from bot.iom.lines import LineEvent
from bot.iom.period import Period, to_value
from bot.iom.regulation import Key
from bot.iom.regulation_life import CorrectionRule


class CorrectionKind(StrEnum):
    """What is done to the plan; stored contracts. OTHER: another column of a line, or words alone."""

    MOVE = "move"
    REPLACE = "replace"
    CANCEL = "cancel"
    ADD = "add"
    OTHER = "other"


class CorrectionState(StrEnum):
    """Where a correction is; stored contracts."""

    DRAFT = "draft"
    WAITING = "waiting"
    ACKNOWLEDGING = "acknowledging"
    APPLIED = "applied"
    REJECTED = "rejected"


ON_ITS_WAY = frozenset({CorrectionState.WAITING, CorrectionState.ACKNOWLEDGING})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a correction writes: answers of the line (of the new line when one is added or replaces), the
    rows a new line belongs to, the catalogue event it was chosen from."""

    answers: Mapping[Key, Value] = field(default_factory=dict)
    links: frozenset[int] = frozenset()
    event: int = 0

    def stored(self) -> dict[str, object]:
        """As JSON; what is empty is left out."""
        every = {"answers": dict(self.answers), "links": sorted(self.links), "event": self.event}
        return {key: value for key, value in every.items() if value}


def wanted(correction: Correction) -> Wanted:
    """What a stored correction writes; what can't be read is left out."""
    return wanted_of(correction.changes)


def wanted_of(changes: Mapping[str, Any]) -> Wanted:
    """What was stored as a `Wanted`; what can't be read is left out."""
    answers, links, event = (changes.get(key) for key in ("answers", "links", "event"))
    return Wanted(
        dict(answers) if isinstance(answers, Mapping) else {},
        frozenset(link for link in links if isinstance(link, int))
        if isinstance(links, list)
        else frozenset(),
        event if isinstance(event, int) else 0,
    )


def moved_to(period: Period, key: Key = "period") -> dict[str, object]:
    """`changes` of a move; `key` is `bot.iom.lines.period_key`."""
    return Wanted({key: to_value(period)}).stored()


def drafted(
    kind: CorrectionKind,
    entry_id: int,
    changes: Mapping[str, object],
    reason: str,
    *,
    now: datetime,
    by: int = 0,
) -> Correction:
    """A correction nobody has seen yet, without an id; `entry_id` 0 for a line to be added."""
    words = " ".join(reason.split())
    return Correction(0, kind, CorrectionState.DRAFT, 0, words, now, entry_id, changes, by)


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a correction comes to: its `state` and how many steps of the chain have agreed."""

    state: CorrectionState
    step: int


def sent(rule: CorrectionRule, correction: Correction, by: str) -> Moved | Refused:
    """A draft sets out; `by` is the capability in which it is sent."""
    if correction.state != CorrectionState.DRAFT:
        return Refused("correction_moved_on")
    passed = next((n for n, step in enumerate(rule.steps) if step != by), len(rule.steps))
    return _arrived(rule, passed)


def _arrived(rule: CorrectionRule, step: int) -> Moved:
    if step < len(rule.steps):
        return Moved(CorrectionState.WAITING, step)
    return Moved(CorrectionState.ACKNOWLEDGING if rule.acknowledge else CorrectionState.APPLIED, step)


def waits_for(rule: CorrectionRule, correction: Correction) -> str:
    """The capability whose turn it is, "" when it is nobody's."""
    if correction.state == CorrectionState.ACKNOWLEDGING:
        return "teacher"
    waiting = correction.state == CorrectionState.WAITING and correction.step < len(rule.steps)
    return rule.steps[correction.step] if waiting else ""


def agree(rule: CorrectionRule, correction: Correction, by: str) -> Moved | Refused:
    """One step agrees, or the teacher acknowledges. Refused: "correction_moved_on", "not_yours"."""
    refused = _not_now(rule, correction, by)
    if refused is not None:
        return refused
    if correction.state == CorrectionState.ACKNOWLEDGING:
        return Moved(CorrectionState.APPLIED, correction.step)
    return _arrived(rule, correction.step + 1)


def reject(rule: CorrectionRule, correction: Correction, by: str, remark: str) -> Moved | Refused:
    """Whose step it is says no, and why. An acknowledgement can't be refused: it is no agreement."""
    refused = _not_now(rule, correction, by)
    if refused is not None:
        return refused
    if correction.state == CorrectionState.ACKNOWLEDGING:
        return Refused("not_yours")
    return Moved(CorrectionState.REJECTED, correction.step) if remark.strip() else Refused("no_remark")


def withdraw(correction: Correction, person_id: int) -> Moved | Refused:
    """Who sent it takes it back while the chain has not come to its end."""
    if correction.state not in {CorrectionState.DRAFT, CorrectionState.WAITING}:
        return Refused("correction_moved_on")
    if not person_id or correction.created_by != person_id:
        return Refused("not_yours")
    return Moved(CorrectionState.REJECTED, correction.step)


def _not_now(rule: CorrectionRule, correction: Correction, by: str) -> Refused | None:
    turn = waits_for(rule, correction)
    if not turn:
        return Refused("correction_moved_on")
    return None if turn == by else Refused("not_yours")


def apply(facts: Facts, correction: Correction) -> tuple[Change, ...]:
    """The changes of the plan once everybody agreed; `line_event` is what becomes of the old line.

    A replaced or cancelled line keeps its row and its answers. The new line belongs to what the old one
    belonged to and to what was asked. Judge by `bot.iom.corrections_check.problem` first: the plan may have
    moved on while people agreed.
    """
    change, entry = wanted(correction), facts.entry(correction.entry_id)
    if correction.kind in {CorrectionKind.MOVE, CorrectionKind.OTHER}:
        return (
            tuple(SetAnswer(key, value, entry.id) for key, value in change.answers.items()) if entry else ()
        )
    if correction.kind == CorrectionKind.CANCEL:
        return ()
    links = change.links | (entry.links if entry else frozenset())
    known = {row.id for row in facts.entries}
    return (AddEntry("plan", change.answers, links & known, change.event),)


def line_event(correction: Correction) -> LineEvent | None:
    """What an applied correction does to the line itself, by `lines.BY_CORRECTION`."""
    events = {CorrectionKind.REPLACE: LineEvent.REPLACE, CorrectionKind.CANCEL: LineEvent.CANCEL}
    return next((event for kind, event in events.items() if kind == correction.kind), None)


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One row of «Сведения о корректировке» (001 Карта.Пр1 §1). `agreed`: who, oldest first."""

    correction: Correction
    changed_on: date
    reason: str
    agreed: tuple[Decision, ...]
    acknowledged_on: date | None


def rows(journey: Journey, zone: tzinfo = UTC) -> tuple[CorrectionRow, ...]:
    """The corrections that were applied, oldest first, with days as they were in `zone`."""
    made = (one for one in journey.corrections if one.state == CorrectionState.APPLIED and one.applied_at)
    ordered = sorted(made, key=lambda one: (one.applied_at or one.created_at, one.id))
    return tuple(_row(journey, one, zone) for one in ordered)


def _row(journey: Journey, one: Correction, zone: tzinfo) -> CorrectionRow:
    said = (decision for decision in journey.decisions if decision.correction_id == one.id)
    seen = one.acknowledged_at
    return CorrectionRow(
        one,
        (one.applied_at or one.created_at).astimezone(zone).date(),
        one.reason,
        tuple(decision for decision in said if decision.kind == "agreed"),
        seen.astimezone(zone).date() if seen else None,
    )
