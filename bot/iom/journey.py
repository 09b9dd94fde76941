"""What happened to a route between people: lines done, decisions, corrections, hours. Read-only values.

`storage.journeys.load` reads one; the card prints it beside the facts, the rules of `bot.iom.life` and
`bot.iom.lines` judge by it. Times are UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.iom.checkpoint import Checkpoint
from bot.iom.regulation import Key


class LineState(StrEnum):
    """What became of a plan line (domain.md §4.2); stored contracts."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    CONFIRMED = "confirmed"
    PARTLY = "partly"
    RETURNED = "returned"
    NOT_DONE = "not_done"
    REPLACED = "replaced"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class File:
    """A file at Telegram. `unique` tells the same file sent again; `size` in bytes."""

    id: str
    unique: str
    name: str = ""
    mime: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that a line was done. `kind` is an option of the regulation's `[[evidence]]`."""

    id: int
    entry_id: int
    kind: Key
    at: datetime
    number: str = ""
    issued_on: date | None = None
    hours: float | None = None
    text: str = ""
    file: File | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of one person. `kind`: sent, agreed, returned, recalled, confirmed, partly, refused,
    acknowledged, concluded, audited, withdrawn, mark, and those of `route_model`. `step` is the key of the
    approval or correction step it belongs to."""

    id: int
    kind: str
    at: datetime
    step: str = ""
    entry_id: int = 0
    correction_id: int = 0
    person_id: int = 0
    role: Key = ""
    name: str = ""
    post: str = ""
    remark: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A plan line now. `left`: what a partly confirmed line still lacks; `reason`: why it was not done."""

    entry_id: int
    state: LineState
    since: datetime
    reason: str = ""
    left: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A change of an approved plan. `kind`: move, replace, cancel, add, other; `state`: draft, waiting,
    acknowledging, applied, rejected; `step` counts the chain's agreements."""

    id: int
    kind: str
    state: str
    step: int
    reason: str
    created_at: datetime
    entry_id: int = 0
    changes: Mapping[str, object] = field(default_factory=dict)
    created_by: int = 0
    applied_at: datetime | None = None
    acknowledged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """The term made longer. `kind`: own (004 1.9) or offered (004 1.13)."""

    id: int
    kind: str
    months: int
    old_end: date
    new_end: date
    at: datetime
    reason: str = ""
    accepted_at: datetime | None = None
    declined_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Reminders are silent from `starts_on` to `ends_on` (None: until told otherwise), both included."""

    id: int
    starts_on: date
    ends_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What others add to the plan, signed. `level`: regional, municipal, school; `key`: the section or the
    column it is for; `wanted`: the plan line it offers, as that of a correction. Open until the teacher
    accepts or declines it."""

    id: int
    level: str
    key: Key
    text: str
    at: datetime
    entry_id: int = 0
    person_id: int = 0
    role: Key = ""
    name: str = ""
    post: str = ""
    accepted_at: datetime | None = None
    declined_at: datetime | None = None
    wanted: Mapping[str, object] = field(default_factory=dict)

    @property
    def open(self) -> bool:
        """Whether the teacher has not answered yet."""
        return self.accepted_at is None and self.declined_at is None


@dataclass(frozen=True, slots=True)
class Inquiry:
    """«Спросить»: a question to the companion and the answer."""

    id: int
    text: str
    at: datetime
    entry_id: int = 0
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: int = 0


@dataclass(frozen=True, slots=True)
class Hours:
    """A consultation or a visited lesson. `kind`: consultation, visit; hours in steps of 0.5."""

    id: int
    kind: str
    hours: float
    held_on: date
    note: str = ""
    person_id: int = 0


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who holds a step of the approval chain: post and place as printed. person_id 0: not joined yet."""

    id: int
    step: Key
    post: str
    place: str
    name: str
    person_id: int = 0
    substitute: bool = False


@dataclass(frozen=True, slots=True)
class Companion:
    """Who accompanies the teacher. `open`: she agreed to the companion's access to her card."""

    pairing_id: int
    person_id: int
    name: str
    post: str
    direction: Key
    since: datetime
    open: bool = False


@dataclass(frozen=True, slots=True)
class Journey:
    """All of it; everything oldest first. `lines` by entry id: a line that is not here is planned."""

    lines: Mapping[int, Line] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    decisions: tuple[Decision, ...] = ()
    corrections: tuple[Correction, ...] = ()
    extensions: tuple[Extension, ...] = ()
    pauses: tuple[Pause, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    inquiries: tuple[Inquiry, ...] = ()
    hours: tuple[Hours, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    companions: tuple[Companion, ...] = ()
    checkpoints: tuple[Checkpoint, ...] = ()

    def state(self, entry_id: int) -> LineState:
        """What became of a plan line."""
        line = self.lines.get(entry_id)
        return line.state if line else LineState.PLANNED

    def of_line(self, entry_id: int) -> tuple[Evidence, ...]:
        """What was handed in for a line and not withdrawn."""
        return tuple(one for one in self.evidence if one.entry_id == entry_id)

    def decided(self, kind: str, *, step: str = "", entry_id: int = 0) -> Decision | None:
        """The newest decision of a kind, None when there is none in force."""
        fits = (
            one
            for one in reversed(self.decisions)
            if one.kind == kind and one.step in {step, ""} and one.entry_id == entry_id
        )
        return next(fits, None)


EMPTY = Journey()
