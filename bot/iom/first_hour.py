"""A coordinator's first hour: the questions in order, usual holidays, and who signs as it is typed."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.iom.columns import spelled
from bot.iom.period import Period

# Keys are stored in `organisation.settings`: never renamed.
STEPS: Final = (
    "title",
    "region",
    "zone",
    "year",
    "holidays",
    "names",
    "regulation",
    "signers",
    "staff",
    "digest",
)
# Asked only in the settings of the school.
LATER: Final = ("card_to",)
DONE: Final = "done"
USUAL_YEAR: Final = ("09-01", "05-31")
REQUIRED: Final = frozenset({"title", "names", "regulation"})
MOST_TITLE: Final = 200
_MOST_PART: Final = 200
_QUOTED: Final = re.compile(r"[^,«]*(?:«[^»]*»?[^,«]*)*(?:,|$)")


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, as documents print it."""

    post: str
    place: str
    name: str


class SignerError(ValueError):
    """What was typed names nobody. `reason`: no_post, no_name, too_long, digits."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def place_in_order(step: str) -> int:
    """The number of a step from 1; one past the last for "done", 1 for anything unknown."""
    if step == DONE:
        return len(STEPS) + 1
    return STEPS.index(step) + 1 if step in STEPS else 1


def following(step: str) -> str:
    """The next step, "done" after the last."""
    number = place_in_order(step)
    return STEPS[number] if number < len(STEPS) else DONE


def preceding(step: str) -> str:
    """The step before, "" before the first."""
    number = place_in_order(step)
    return STEPS[number - 2] if number > 1 else ""


def farther(reached: str, step: str) -> str:
    """The later of two steps: going back forgets nothing."""
    return step if place_in_order(step) > place_in_order(reached) else (reached or step)


def usual_holidays(today: date) -> tuple[Period, ...]:
    """Holidays most Russian schools have in the school year of a day (June begins the next): the week of
    the last Monday of October and of March with both weekends, from 31 December to the Sunday after the
    seventh of January, and summer. Offered, never assumed: each school sets its own."""
    first = today.year if today.month >= 6 else today.year - 1
    january = date(first + 1, 1, 8)
    return (
        _week(date(first, 10, 31)),
        Period(date(first, 12, 31), january + timedelta(days=6 - january.weekday())),
        _week(date(first + 1, 3, 31)),
        Period(date(first + 1, 6, 1), date(first + 1, 8, 31)),
    )


def _week(last: date) -> Period:
    """Nine days round the last Monday not after `last`."""
    monday = last - timedelta(days=last.weekday())
    return Period(monday - timedelta(days=2), monday + timedelta(days=6))


def read_signer(text: str, *, post: str, place: str, keeps_names: bool) -> Signer:
    """«директор, МБОУ «Школа № 1», Д. П. Дмитриев»: commas or lines; raises `SignerError`.

    Left out, the post is the regulation's and the place the organisation. Where names are kept the last part
    is the name, elsewhere there is none: «директор, МБОУ «Школа № 1»».
    """
    parts = _parts(text)
    if any(len(part) > _MOST_PART for part in parts):
        raise SignerError("too_long")
    name = parts.pop() if keeps_names and parts else ""
    if keeps_names and (not name or (" " not in name.strip() and "." not in name)):
        raise SignerError("no_name")
    if any(sign.isdigit() for sign in name):
        raise SignerError("digits")
    said = parts[0] if parts else post
    if not any(sign.isalpha() for sign in said):
        raise SignerError("no_post")
    return Signer(said, ", ".join(parts[1:]) or place, name)


def _parts(text: str) -> list[str]:
    lines = [line.strip(" ,;") for line in text.splitlines() if line.strip(" ,;")]
    if len(lines) > 1:
        return lines
    found = (piece.strip(" ,;\n") for piece in _QUOTED.findall(text))
    return [" ".join(piece.split()) for piece in found if piece]


def fits_title(text: str, most: int = MOST_TITLE) -> str:
    """A typed title with single spaces; "" when it has no letters or is too long."""
    title = " ".join(text.split())
    return title if any(sign.isalpha() for sign in title) and len(title) <= most else ""


def same_title(one: str, other: str) -> bool:
    """Whether two titles differ in case, ё, spaces and dashes only."""
    return spelled(one) == spelled(other)
