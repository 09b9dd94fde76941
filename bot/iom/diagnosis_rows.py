"""A row of a list of diagnoses: whose it is, what it found, and why it can't be taken.

Captions of the blocks are those of the regulation of each person's own card, so one list may hold people of
different regulations. Percent and levels are read as the teacher herself would type them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.iom import numbers, period
from bot.iom.columns import lettered
from bot.iom.facts import Value
from bot.iom.import_words import ImportForm
from bot.iom.imported import SHORT, Cells, No, Sifted, day, sift, text
from bot.iom.numbers import ScoresError
from bot.iom.people_person import person_key
from bot.iom.regulation import CompetenceBlock, Key, Regulation
from bot.iom.workbook import Row

TABLE: Final = "diagnoses"
_BLOCK: Final = "block:"  # before the caption of a block's column


@dataclass(frozen=True, slots=True)
class Examined:
    """Somebody who may be named in the list: her route, how she is called, and her regulation's slug."""

    route_id: int
    name: str
    code: str
    slug: str


@dataclass(frozen=True, slots=True)
class DiagnosisRow:
    """One diagnosis of a route: answers of a row of `diagnoses`, and the same in words."""

    number: int
    route_id: int
    answers: Mapping[Key, Value]
    words: str


def diagnoses_of(
    rows: Sequence[Row],
    form: ImportForm,
    people: Sequence[Examined],
    regulations: Mapping[Key, Regulation],
    today: date,
) -> Sifted[DiagnosisRow]:
    """Every row that says who it is about and at least one result. Raises TableError."""
    known = _known(people)

    def judge(row: Row, said: Cells) -> tuple[str, DiagnosisRow]:
        who = _who(form, said, known)
        regulation = regulations.get(who.slug)
        if regulation is None:
            raise No("no_regulation")
        found = _diagnosis(row, said, form, who, regulation, today)
        return f"{who.route_id} {found.answers.get('taken_on', '')}", found

    return sift(rows, form, judge, block_columns(regulations.values()))


def block_columns(regulations: Iterable[Regulation]) -> Mapping[str, str]:
    """Keys of the columns of blocks by their captions: the title, the short and the soft name of a block."""
    return {
        lettered(word): _BLOCK + lettered(word)
        for regulation in regulations
        for block in regulation.block
        for word in (block.title, block.short, block.chat)
    }


def _known(people: Sequence[Examined]) -> Mapping[str, list[Examined]]:
    found: defaultdict[str, list[Examined]] = defaultdict(list)
    for one in people:
        for word in {person_key(one.name), person_key(one.code)} - {""}:
            found[word].append(one)
    return found


def _who(form: ImportForm, said: Cells, known: Mapping[str, list[Examined]]) -> Examined:
    typed = text(form, "person", said)
    found = known.get(person_key(typed), [])
    if not found:
        raise No("nobody", word=typed[:SHORT])
    if len(found) > 1:
        raise No("several", word=typed[:SHORT])
    return found[0]


def _diagnosis(
    row: Row, said: Cells, form: ImportForm, who: Examined, regulation: Regulation, today: date
) -> DiagnosisRow:
    scores: dict[str, Value] = {}
    words = []
    for block in regulation.block:
        typed = _cell(said, block)
        if typed:
            scores |= _score(typed, block, regulation)
            words.append(f"{block.title} – {typed}")
    if not scores:
        raise No("no_results")
    title, taken = text(form, "title", said), _taken(form, said, today)
    answers: dict[Key, Value] = {"scores": scores}
    answers |= {"taken_on": taken.isoformat()} if taken else {}
    answers |= {"diagnosis_name": title} if title else {}
    when = period.day_words(taken) if taken else ""
    return DiagnosisRow(
        row.number, who.route_id, answers, f"{', '.join(filter(None, (title, when)))}: {'; '.join(words)}"
    )


def _cell(said: Cells, block: CompetenceBlock) -> str:
    keys = (_BLOCK + lettered(word) for word in (block.title, block.short, block.chat))
    return next((said[key] for key in keys if said.get(key)), "")


def _score(typed: str, block: CompetenceBlock, regulation: Regulation) -> dict[str, Value]:
    try:
        return numbers.scores_value(typed, (block,), regulation.scale)
    except ScoresError:
        known = ", ".join(level.official for level in regulation.scale.levels)
        percent = regulation.scale.kind == "percent"
        reason = "not_percent" if percent else "not_level"
        raise No(reason, column=block.title, word=typed[:SHORT], known=known) from None


def _taken(form: ImportForm, said: Cells, today: date) -> date | None:
    found = day(form, "taken_on", said, today, prefer="past")
    if found is not None and found > today:
        raise No("future", word=said["taken_on"][:SHORT])
    return found
