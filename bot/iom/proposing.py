"""Proposing one event in six questions: what each takes, and the event they make.

title → block → form → education → days → link

Days and link may be left out.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from bot.iom import period
from bot.iom.catalogue import EDUCATION, FORMS, Event
from bot.iom.catalogue_rows import LEVELS, Publisher, code_of, link_fits
from bot.iom.numbers_names import named
from bot.iom.period import PeriodError

STEPS: Final = ("title", "block", "form", "education", "days", "link")
MAY_SKIP: Final = frozenset({"days", "link"})
SKIPPED: Final = "-"
_LONGEST: Final = 200


class ProposalError(ValueError):
    """An answer that can't be taken; the reason names its words in templates/texts/propose_refused.j2."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def step_of(said: Mapping[str, str]) -> str:
    """The question that is asked now, "" when all are answered."""
    return next((step for step in STEPS if not said.get(step)), "")


def judged(
    step: str, typed: str, publisher: Publisher, words: Mapping[str, Mapping[str, str]], today: date
) -> str:
    """What an answer in words or a tapped key is stored as; raises ProposalError.

    `words`: keys of forms and kinds of education by what may be typed (`import_words`).
    """
    text = " ".join(typed.split())
    if step == "title":
        return _title(text)
    if step == "block":
        return _known(named(text, publisher.blocks), "no_block")
    if step in {"form", "education"}:
        keys = FORMS if step == "form" else EDUCATION
        return _known(
            text if text in keys else words[step].get(text.casefold().replace("ё", "е")), "no_choice"
        )
    return _days(text, today) if step == "days" else _link(text)


def event_of(said: Mapping[str, str], publisher: Publisher, organiser: str) -> Event:
    """The event of all answers, as the organisation's own."""
    first, _, last = said["days"].partition(" ") if said["days"] != SKIPPED else ("", "", "")
    starts = date.fromisoformat(first) if first else None
    ends = date.fromisoformat(last) if last else None
    event = Event(
        id=0,
        code=code_of(said["title"], organiser, starts, ends),
        title=said["title"],
        blocks=(said["block"],),
        level=LEVELS.get(publisher.kind, "regional"),
        form=said["form"],
        education=said["education"],
        organiser=organiser,
        starts_on=starts,
        ends_on=ends,
        link="" if said["link"] == SKIPPED else said["link"],
    )
    return publisher.owns(event)


def _title(text: str) -> str:
    if not 3 <= len(text) <= _LONGEST or not any(map(str.isalpha, text)):
        raise ProposalError("no_title")
    return text


def _known(found: str | None, reason: str) -> str:
    if not found:
        raise ProposalError(reason)
    return found


def _days(text: str, today: date) -> str:
    try:
        found = period.parse(text, today, deadline=True)
    except PeriodError:
        raise ProposalError("no_days") from None
    if found.ends < today:
        raise ProposalError("over")
    return f"{found.starts.isoformat()} {found.ends.isoformat()}"


def _link(text: str) -> str:
    if not link_fits(text):
        raise ProposalError("no_link")
    return text
