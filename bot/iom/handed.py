"""What was handed in for a plan line: pieces of evidence as the documents they belong to.

A document is a kind with its number, date and hours; its pages, photos and words are pieces that repeat
them. What is collected before «Сделано» is sent is stored as evidence of a line that is still planned.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zlib import crc32

from bot.iom.facts import Facts
from bot.iom.journey import Evidence, File, Journey, LineState
from bot.iom.regulation import Key, Regulation
from bot.iom.regulation_life import EvidenceKind


@dataclass(frozen=True, slots=True)
class Handed:
    """A document. `ids` of its pieces, oldest first; `words` were said, `captions` came with files."""

    kind: Key
    number: str = ""
    issued_on: date | None = None
    hours: float | None = None
    ids: tuple[int, ...] = ()
    files: tuple[File, ...] = ()
    words: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether only its kind is known."""
        told = self.number or self.issued_on or self.hours
        return not (told or self.files or self.words)


def handed(evidence: Iterable[Evidence]) -> tuple[Handed, ...]:
    """Documents in the order in which they were begun."""
    groups: dict[tuple[object, ...], list[Evidence]] = {}
    for one in evidence:
        groups.setdefault((one.kind, one.number, one.issued_on, one.hours), []).append(one)
    return tuple(_document(pieces) for pieces in groups.values())


def _document(pieces: list[Evidence]) -> Handed:
    first = pieces[0]
    return Handed(
        first.kind,
        first.number,
        first.issued_on,
        first.hours,
        ids=tuple(one.id for one in pieces),
        files=tuple(one.file for one in pieces if one.file),
        words=tuple(one.text for one in pieces if one.text and not one.file),
        captions=tuple(one.text for one in pieces if one.text and one.file),
    )


def judged(journey: Journey, entry_id: int) -> tuple[Evidence, ...]:
    """The evidence that a decision was about: of a partly confirmed line not what was collected since."""
    line, given = journey.lines.get(entry_id), journey.of_line(entry_id)
    if line is None or line.state is not LineState.PARTLY:
        return given
    return tuple(one for one in given if one.at <= line.since)


def kind_of(regulation: Regulation, key: Key) -> EvidenceKind | None:
    """The regulation's kind of evidence, None when it has no such one."""
    return next((kind for kind in regulation.life.evidence if kind.key == key), None)


def seen_mark(facts: Facts, journey: Journey, entry_ids: Iterable[int]) -> int:
    """A number for lines exactly as they are now: their answers, states and evidence.

    A button carries it, so that a line which changed since is never decided upon unseen, while a change of
    any other line of the route does no harm.
    """
    said = [_as_it_is(facts, journey, entry_id) for entry_id in entry_ids]
    return crc32(json.dumps(said, sort_keys=True, default=str).encode())


def _as_it_is(facts: Facts, journey: Journey, entry_id: int) -> object:
    line = journey.lines.get(entry_id)
    answers = {key: answer.value for (row, key), answer in facts.answers.items() if row == entry_id}
    state = [line.state, line.since.timestamp()] if line else []
    return [entry_id, answers, state, [one.id for one in journey.of_line(entry_id)]]
