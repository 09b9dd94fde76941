"""A list of people brought by a coordinator, judged row by row: the good are taken, the rest said why not.

Row… ── heading ──► where the columns are ── people_person.person ──► PersonRow | Rejected
     ── people_mentors.Guides ──► PersonRow with a mentor | Rejected ──► Judged

Never all or nothing: a school that mistyped one line still invites the others.
"""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.iom.columns import Heading, Places, cells, heading, same_words, spelled
from bot.iom.people_mentors import Guides, Miss
from bot.iom.people_person import Named, person
from bot.iom.people_rows import Judged, KnownMentor, PersonRow, Rejected, Repeated, RowProblem
from bot.iom.people_words import ColumnKey, PeopleWords
from bot.iom.workbook import Row


def judge(
    rows: Sequence[Row],
    words: PeopleWords,
    *,
    keeps_names: bool,
    known_mentors: Sequence[KnownMentor] = (),
) -> Judged:
    """Judge every row under the header; raises `TableError` when there is no header, or nothing under it.

    Columns are found by their captions in any order, others are passed over. The same person is told by
    her name (or code) whatever its case, ё/е and spaces; the first row that is good stays.
    """
    found = _heading(rows, words, keeps_names)
    body = rows[found.place + 1 :]
    taken: dict[str, Named] = {}
    rejected: dict[int, Rejected] = {}
    repeated: list[Repeated] = []
    for row in body:
        outcome = person(row, cells(row, found.columns), words, keeps_names=keeps_names)
        if isinstance(outcome, Rejected):
            rejected[row.number] = outcome
            continue
        first = taken.setdefault(outcome.key, outcome)
        if first is outcome:
            continue
        if same_words(first.source, row):
            repeated.append(Repeated(row.number, first.row.number))
        else:
            values: dict[str, str | int] = {"row": first.row.number}
            rejected[row.number] = Rejected(row.number, row.cells, RowProblem.SAME_PERSON, values)
    valid = _accompanied(tuple(taken.values()), words, known_mentors, rejected)
    return Judged(
        found.row.cells, valid, tuple(rejected[number] for number in sorted(rejected)), tuple(repeated)
    )


def _heading(rows: Sequence[Row], words: PeopleWords, keeps_names: bool) -> Heading:
    """The first row that names the columns without which nobody can be told."""
    named: tuple[ColumnKey, ...] = ("last_name", "first_name")

    def enough(columns: Places) -> bool:
        return ({*named} <= {*columns} or "full_name" in columns) if keeps_names else "code" in columns

    needed: tuple[ColumnKey, ...] = named if keeps_names else ("code",)
    return heading(rows, words.columns, enough, [words.caption(key) for key in needed])


def _accompanied(
    people: Sequence[Named],
    words: PeopleWords,
    known: Sequence[KnownMentor],
    rejected: dict[int, Rejected],
) -> tuple[PersonRow, ...]:
    """People with their mentors. Those who are left without one go to `rejected`, and so do those who
    named a mentor that went there."""
    guides = Guides(known, people, words.guides)
    valid: dict[int, PersonRow] = {}
    followers: defaultdict[int, list[Named]] = defaultdict(list)
    fallen: deque[int] = deque()
    for one in people:
        found = None if spelled(one.mentor) in words.blanks else guides.find(one)
        if isinstance(found, Miss):
            rejected[one.row.number] = _rejected(one, found.reason, found.values)
            fallen.append(one.row.number)
            continue
        valid[one.row.number] = one.row
        if found:
            valid[one.row.number] = replace(one.row, mentor=found.name, mentor_code=found.code)
            followers[found.number].append(one)
    while fallen:
        number = fallen.popleft()
        for one in followers[number]:
            if valid.pop(one.row.number, None):
                rejected[one.row.number] = _rejected(one, RowProblem.MENTOR_REJECTED, {"row": number})
                fallen.append(one.row.number)
    return tuple(valid.values())


def _rejected(one: Named, reason: RowProblem, values: Mapping[str, str | int]) -> Rejected:
    return Rejected(one.row.number, one.source.cells, reason, values)
