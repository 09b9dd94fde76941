"""An event of the catalogue, as rules and storage pass it around."""

from dataclasses import dataclass
from datetime import date

LEVELS = ("federal", "regional", "municipal", "institutional")
FORMS = ("onsite", "online", "mixed", "self")
EDUCATION = ("formal", "nonformal", "informal")


@dataclass(frozen=True, slots=True)
class Event:
    """Something a teacher can take part in (000 V.3, 001 Прил. 1, 004 2.5).

    `code` is the natural key of imports; `blocks` are competence block keys; `starts_on`/`ends_on` are
    None for an undated form («открытый урок»); `hours` are academic hours; `result` is the usual form of
    presenting the result; `topics` are words for the search; `audience`: "school", "preschool" or "" (all).
    """

    id: int
    code: str
    title: str
    blocks: tuple[str, ...]
    level: str
    form: str
    education: str
    organiser: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    hours: float | None = None
    result: str = ""
    topics: str = ""
    audience: str = ""
