"""What a list of people turns into: rows that are taken, rows that are not, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.iom.regulation_life import Capability


class RowProblem(StrEnum):
    """Why a row was not taken; words in `templates/people.toml`, filled from `Rejected.values`."""

    NO_NAME = "no_name"
    NO_CODE = "no_code"
    NAME_DIGITS = "name_digits"  # name
    NAME_SIGNS = "name_signs"  # name
    TOO_LONG = "too_long"  # column, most
    BAD_CODE = "bad_code"  # code
    BAD_EMAIL = "bad_email"  # email
    NAMES_NOT_KEPT = "names_not_kept"  # column
    UNKNOWN_ROLE = "unknown_role"  # role, known
    SAME_PERSON = "same_person"  # row: the one that was taken
    MENTOR_UNKNOWN = "mentor_unknown"  # mentor
    MENTOR_HERSELF = "mentor_herself"
    MENTOR_AMBIGUOUS = "mentor_ambiguous"  # mentor
    MENTOR_OTHER_ROLE = "mentor_other_role"  # mentor, row
    MENTOR_REJECTED = "mentor_rejected"  # row


@dataclass(frozen=True, slots=True)
class KnownMentor:
    """Somebody who may be named as a mentor already: her full name ("" where names are not kept) and code."""

    full_name: str
    code: str = ""

    @property
    def name(self) -> str:
        """What she is called by: the name, or the code."""
        return self.full_name or self.code


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person to invite. Where names are not kept `full_name` is "" and `code` is the organisation's own.

    `mentor`: the mentor's full name, or her code where names are not kept, "" for none; `mentor_code` is
    the code of one who was in the organisation before. `number`: the row of the file.
    """

    number: int
    full_name: str = ""
    code: str = ""
    position: str = ""
    subject: str = ""
    role: Capability = "teacher"
    mentor: str = ""
    mentor_code: str = ""
    email: str = ""

    @property
    def name(self) -> str:
        """What she is called by: the name, or the code."""
        return self.full_name or self.code


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was not taken: its number and cells in the file, the reason and what fills its words."""

    number: int
    cells: tuple[str, ...]
    reason: RowProblem
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Repeated:
    """A row that says the same as row `first`, word for word: passed over."""

    number: int
    first: int


@dataclass(frozen=True, slots=True)
class Judged:
    """Every row under the header is in exactly one of the three, in the order of the file."""

    header: tuple[str, ...]
    valid: tuple[PersonRow, ...]
    rejected: tuple[Rejected, ...]
    repeated: tuple[Repeated, ...]
