"""What was asked on the way of a route and what was said: interim monitoring, reflections, transfer.

Stored contracts: kinds and the words of `Interim` and of a conclusion. Read-only values, times are UTC.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.iom.regulation import Key


class CheckpointKind(StrEnum):
    """What a checkpoint asks about. ACTIVITY has no row of its own: its answer is one of the plan line."""

    MONITORING = "monitoring"
    REFLECTION = "reflection"
    ACTIVITY = "activity"
    TRANSFER = "transfer"


# How far a plan line is (`Interim.progress`); TOLD: in own words.
HAVE, GOING, NOT_YET, TOLD = "have", "going", "not_yet", "told"
PROGRESS = (HAVE, GOING, NOT_YET)
NOTHING = "nothing"  # hinders; else an option of `life.not_done`, or own words
YES, NO = "yes", "no"  # whether help is needed
SKIPPED = ""

# What the judge says: of the result, and of the form in which it is presented (001 Прил. 3, этап 5).
ENOUGH, LACKING = "enough", "lacking"
FITS, UNFIT = "fits", "unfit"
VERDICTS, FORMS = (ENOUGH, LACKING), (FITS, UNFIT)


@dataclass(frozen=True, slots=True)
class Interim:
    """What the teacher says of an open line: three short answers. None: not asked yet, "": skipped.

    `result` are her words when `progress` is TOLD; `question` what help is needed with, "" for no words.
    """

    entry_id: int
    progress: str | None = None
    result: str = ""
    hinders: str | None = None
    help: str | None = None
    question: str = ""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One of them, begun. `text`: the reflection or what came to a lesson; None: not asked yet, "": skipped.

    `entry_id`: the line it is about, of a monitoring the one its recommendation is about; 0 for none.
    `verdict`, `form`: "" until it is judged; name and post of who judged, as documents print them.
    """

    id: int
    key: str
    kind: str
    due_on: date
    asked_at: datetime
    entry_id: int = 0
    answers: tuple[Interim, ...] = ()
    text: str | None = None
    answered_at: datetime | None = None
    judged_at: datetime | None = None
    verdict: str = ""
    form: str = ""
    recommendation: str = ""
    person_id: int = 0
    role: Key = ""
    name: str = ""
    post: str = ""

    @property
    def waits(self) -> bool:
        """Whether a conclusion is waited for."""
        return self.kind == CheckpointKind.MONITORING and bool(self.answered_at) and not self.judged_at

    def of(self, entry_id: int) -> Interim:
        """What was said of a line so far."""
        return next((one for one in self.answers if one.entry_id == entry_id), Interim(entry_id))
