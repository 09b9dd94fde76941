"""An event of the catalogue, as rules and storage pass it around."""

from dataclasses import dataclass
from datetime import date

LEVELS = ("federal", "regional", "municipal", "institutional")
FORMS = ("onsite", "online", "mixed", "self")
EDUCATION = ("formal", "nonformal", "informal")
# Kinds of resources (001 Прил. 3, алгоритм 3), who recommends, and whether one may still register.
RESOURCES = ("information", "communication", "activity", "social", "material", "people")
RECOMMENDED = ("cnppm", "mms", "school")
REGISTRATION = ("open", "closed")
# proposed ──publish──► published ──(its last day is over)──► expired, which is never stored
#     └────decline────► declined     └──withdraw──► withdrawn;   what is changed is proposed again
STATES = ("proposed", "published", "declined", "withdrawn")


@dataclass(frozen=True, slots=True)
class Event:
    """Something a teacher can take part in (000 V.3, 001 Прил. 1, 004 2.5).

    `code` is the natural key of imports; `blocks` are competence block keys; `starts_on`/`ends_on` are
    None for an undated form («открытый урок»); `hours` are academic hours; `result` is the usual form of
    presenting the result; `topics` are words for the search; `audience`: "school", "preschool" or "" (all).

    `organisation`: where it is offered, with all that is below; 0 is everywhere. `proposer`: the organisation
    that brought it, 0 is the operator. `recommended_by`, `resource`, `registration`: "" when nobody said;
    `link` was looked at for its form only.
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
    resource: str = ""
    recommended_by: str = ""
    registration: str = ""
    link: str = ""
    state: str = "published"
    organisation: int = 0
    proposer: int = 0
