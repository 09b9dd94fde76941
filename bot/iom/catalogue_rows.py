"""A row of a list of events: what the catalogue takes, and why it takes a row not.

The key of an event is its code, or a hash of title, organiser and dates; an organisation's own codes are
kept apart from everybody else's, so that no list can change another's event.
"""

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Final

from bot.iom.catalogue import Event
from bot.iom.columns import spelled
from bot.iom.import_words import ImportForm
from bot.iom.imported import SHORT, Cells, No, Sifted, choice, day, sift, text
from bot.iom.numbers_names import Names, named, squeezed
from bot.iom.workbook import Row

_LINK: Final = re.compile(r"https?://[^\s/@:]+\.[^\s/@:]{2,}(?::\d{1,5})?(?:/\S*)?", re.IGNORECASE)
_LONGEST_LINK: Final = 300
_SEVERAL: Final = re.compile(r"[;,/\n]")
_MOST_HOURS: Final = 1000.0
_TOLD: Final = 3  # pairs of rows that overlap
LEVELS: Final = {"school": "institutional", "municipality": "municipal", "region": "regional"}
# Who may say that it is recommended, and by whom: a school speaks for itself only.
MAY_RECOMMEND: Final = {"school": ("school",), "municipality": ("school", "mms")}


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who brings events: the organisation (0 is the operator) and its kind, "" for the operator.

    `waits`: somebody above looks at them first. `blocks`: how blocks of competences may be called there.
    """

    organisation: int
    kind: str
    waits: bool
    blocks: Names

    def owns(self, event: Event) -> Event:
        """The event as hers: key, scope and state."""
        code = f"{self.organisation}/{event.code}" if self.organisation else event.code
        state = "proposed" if self.waits else "published"
        return replace(
            event, code=code, state=state, organisation=self.organisation, proposer=self.organisation
        )


def link_fits(link: str) -> bool:
    """Whether it looks like an address of the web; it is never opened."""
    return len(link) <= _LONGEST_LINK and bool(_LINK.fullmatch(link))


def events_of(
    rows: Sequence[Row], form: ImportForm, publisher: Publisher, today: date
) -> Sifted[tuple[int, Event]]:
    """Every row as (number of the row, event). Raises TableError."""

    def judge(row: Row, said: Cells) -> tuple[str, tuple[int, Event]]:
        event = _event(row, said, form, publisher, today)
        return event.code, (row.number, publisher.owns(event))

    found = sift(rows, form, judge)
    return replace(found, told=_overlapping(found.valid))


def code_of(title: str, organiser: str, starts: date | None, ends: date | None) -> str:
    """The key of an event that has no code of its own."""
    days = "|".join(one.isoformat() if one else "" for one in (starts, ends))
    return "h-" + sha256(f"{spelled(title)}|{spelled(organiser)}|{days}".encode()).hexdigest()[:20]


def _event(row: Row, said: Cells, form: ImportForm, publisher: Publisher, today: date) -> Event:
    title, organiser = text(form, "title", said), text(form, "organiser", said)
    if len(title) < 3:
        raise No("short_title", title=title)
    starts, ends = _days(form, said, today)
    code = spelled(text(form, "code", said)) or code_of(title, organiser, starts, ends)
    return Event(
        id=row.number,
        code=code,
        title=title,
        blocks=_blocks(form, said, publisher.blocks),
        level=choice(form, "level", said) or LEVELS.get(publisher.kind, "regional"),
        form=choice(form, "form", said),
        education=choice(form, "education", said),
        organiser=organiser,
        starts_on=starts,
        ends_on=ends,
        hours=_hours(form, said),
        result=text(form, "result", said),
        topics=text(form, "topics", said),
        audience=choice(form, "audience", said),
        resource=choice(form, "resource", said),
        recommended_by=_recommended(form, said, publisher),
        registration=choice(form, "registration", said),
        link=_link(form, said),
    )


def _blocks(form: ImportForm, said: Cells, names: Names) -> tuple[str, ...]:
    typed = text(form, "blocks", said)
    whole = any(squeezed(typed) in spellings for spellings in names.values())
    words = [typed] if whole else [word.strip() for word in _SEVERAL.split(typed) if word.strip()]
    found = []
    for word in words:
        key = named(word, names)
        if key is None:
            raise No("unknown_block", word=word[:SHORT])
        found.append(key)
    return tuple(dict.fromkeys(found))


def _days(form: ImportForm, said: Cells, today: date) -> tuple[date | None, date | None]:
    """First and last day; both None for an undated event."""
    first, last = day(form, "starts", said, today), day(form, "ends", said, today)
    if first is None:
        if last is not None:
            raise No("no_beginning")
        return None, None
    last = last or first
    if last < first:
        raise No("backwards", first=_told(first), last=_told(last))
    if last < today:
        raise No("expired", last=_told(last))
    return first, last


def _told(when: date) -> str:
    return when.strftime("%d.%m.%Y")


def _hours(form: ImportForm, said: Cells) -> float | None:
    typed = text(form, "hours", said)
    if not typed:
        return None
    try:
        hours = float(typed.replace(",", ".").split(" ")[0])
    except ValueError:
        hours = 0.0
    if not 0 < hours <= _MOST_HOURS:
        raise No("not_hours", word=typed[:SHORT])
    return hours


def _recommended(form: ImportForm, said: Cells, publisher: Publisher) -> str:
    found = choice(form, "recommended", said)
    allowed = MAY_RECOMMEND.get(publisher.kind)
    if found and allowed is not None and found not in allowed:
        column = form.columns["recommended"]
        raise No("not_yours", word=form.title_of(column.choices, found))
    return found


def _link(form: ImportForm, said: Cells) -> str:
    typed = text(form, "link", said)
    if typed and not link_fits(typed):
        raise No("not_a_link", word=typed[:SHORT])
    return typed


def _overlapping(valid: Sequence[tuple[int, Event]]) -> Mapping[str, object]:
    """Events of one organiser on the same days: how many pairs of neighbours, and the first of them."""
    dated = [(event.organiser, event.starts_on, event.ends_on, number) for number, event in valid]
    inline = sorted(one for one in dated if one[0] and one[1] is not None)
    pairs = []
    for before, after in itertools.pairwise(inline):
        if before[0] == after[0] and before[2] is not None and after[1] is not None and after[1] <= before[2]:
            pairs.append(sorted((before[3], after[3])))
    return {"overlapping": len(pairs), "pairs": sorted(pairs)[:_TOLD]}
