"""The report of a school year with its numbers filled in (003 Пол. 4.1.2, I16; I01–I04 once a year).

A tree of blocks like a card, so the same printers print it. What is not known is an empty cell, never zero.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Final

from bot.documents.places import templates
from bot.iom import period
from bot.iom.blocks import Block, Column, Document, Items, Pairs, Signature, Signatures, Table, Text, Title
from bot.iom.profile import Beside
from bot.iom.profile import Block as Profiled

COVERAGE: Final = (
    "staff",
    "people",
    "approved",
    "share",
    "diagnosed",
    "diagnosed_approved",
    "quota",
    "quota_share",
)
LINES: Final = ("due", "confirmed", "done", "overdue", "unpaired")
HOURS: Final = ("studied", "consultations", "visits")
CHANGES: Final = ("corrections", "extensions")
RESULTS: Final = ("achieved", "partly", "not", "positive")
OF_ORGANISATION: Final = ("people", "approved", "diagnosed", "done", "overdue", "unpaired")
FINDINGS: Final = 4  # lines for the pen

Number = float | None


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of a year. `numbers` by the keys of the rows, None or left out: unknown; `states` and
    `causes`: (title, number); `profiles`: (regulation, blocks); `organisations`: (title, numbers or None
    where they are hidden)."""

    organisation: str
    year: str
    day: date
    numbers: Mapping[str, Number]
    states: Sequence[tuple[str, int]] = ()
    causes: Sequence[tuple[str, int]] = ()
    profiles: Sequence[tuple[str, Sequence[Profiled]]] = ()
    pupils: Sequence[Beside] = ()
    organisations: Sequence[tuple[str, Mapping[str, Number] | None]] = ()
    signers: Sequence[tuple[str, str]] = field(default_factory=tuple)


@cache
def words() -> Mapping[str, Any]:
    """The words of `templates/report.toml`, read once."""
    return tomllib.loads((templates() / "report.toml").read_text(encoding="utf-8"))


def document(report: Report) -> Document:
    """The report as blocks; sections with nothing in them but numbers are there all the same."""
    own = words()
    parts: tuple[tuple[str, Iterable[Block]], ...] = (
        ("coverage", [_numbers(COVERAGE, report.numbers)]),
        ("states", [_counts(("state", "routes"), report.states)]),
        ("deficits", _deficits(report)),
        ("lines", [_numbers(LINES, report.numbers)]),
        ("hours", [_numbers(HOURS, report.numbers)]),
        ("changes", _changes(report)),
        ("results", [_numbers(RESULTS, report.numbers)]),
        ("pupils", [_pupils(report), Text(text=own["note"]["pupils"])]),
        ("organisations", _organisations(report)),
    )
    title = own["title"].format(year=report.year)
    blocks: list[Block] = [Title(title)]
    blocks += [Pairs(((own["column"]["organisation"], report.organisation),))]
    blocks += [Text(text=own["on"].format(day=period.official(period.Period(report.day, report.day))))]
    for section, found in parts:
        here = tuple(found)
        blocks += [Title(own["section"][section], 2), *here] if here else []
    blocks += [Title(own["section"]["findings"], 2), Items((), FINDINGS), _signatures(report)]
    return Document(title, tuple(blocks), footer=own["footer"])


def said(number: Number) -> str:
    """A number as it is printed: «12», «12,5»; "" when it is not known."""
    return "" if number is None else f"{number:.1f}".removesuffix(".0").replace(".", ",")


def _table(columns: Sequence[str], rows: Iterable[tuple[str, ...]]) -> Table:
    titles = words()["column"]
    first, *others = columns
    wide = Column((titles.get(first, first),), 3.0)
    narrow = tuple(Column((titles.get(one, one),), 1.0, "center") for one in others)
    return Table((wide, *narrow), tuple(rows))


def _numbers(keys: Sequence[str], numbers: Mapping[str, Number]) -> Table:
    rows = ((words()["row"][key], said(numbers.get(key))) for key in keys)
    return _table(("figure", "value"), rows)


def _counts(columns: tuple[str, str], rows: Sequence[tuple[str, int]]) -> Table:
    return _table(columns, ((title, said(number)) for title, number in rows))


def _deficits(report: Report) -> Iterable[Block]:
    for title, blocks in report.profiles:
        known = [one for one in blocks if one.known]
        if title:
            yield Text(text=title)
        levels = [level.official for level, _ in blocks[0].levels] if blocks else []
        rows = ((one.title, said(one.people), *(said(n) for _, n in one.levels)) for one in known)
        yield _table(("block", "diagnosed", *levels), rows)
    if not report.profiles:
        yield _table(("block", "diagnosed"), ())
    yield Text(text=words()["note"]["deficits"])


def _changes(report: Report) -> Iterable[Block]:
    yield _numbers(CHANGES, report.numbers)
    if report.causes:
        yield Text(words()["note"]["causes"])
        yield _counts(("reason", "times"), report.causes)


def _pupils(report: Report) -> Table:
    rows = ((one.name, said(one.pupils), said(one.teachers)) for one in report.pupils)
    return _table(("name", "pupils", "teachers"), rows)


def _organisations(report: Report) -> Iterable[Block]:
    if not report.organisations:
        return
    own = words()
    few = (own["note"]["few"],) * len(OF_ORGANISATION)
    rows = (
        (title, *(few if numbers is None else (said(numbers.get(key)) for key in OF_ORGANISATION)))
        for title, numbers in report.organisations
    )
    yield _table(("organisation", *(own["short"][key] for key in OF_ORGANISATION)), rows)
    yield Text(text=own["note"]["hidden"])


def _signatures(report: Report) -> Signatures:
    own = words()["signature"]
    signers = report.signers or (("", ""),)
    lines = (Signature(post, name, own["sign"], own["name"]) for post, name in signers)
    return Signatures(tuple(lines), date_line=True)
