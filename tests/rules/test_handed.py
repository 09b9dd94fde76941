"""Pieces of evidence as documents, and the mark by which a changed line is known."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.iom.account import line_hours
from bot.iom.facts import SetAnswer
from bot.iom.handed import handed, judged, seen_mark
from bot.iom.journey import EMPTY, Evidence, File, Journey, Line, LineState
from tests.rules.between import NOW, carried_out, line

FILE = File("id", "unique", "a.pdf")


def piece(id_: int, row: int, text: str = "", file: File | None = None, **told: Any) -> Evidence:
    given = Evidence(id_, row, "certificate", NOW, text=text, file=file)
    return replace(given, **told)


def test_pages_of_one_document_are_one() -> None:
    told: dict[str, Any] = {"number": "5", "issued_on": date(2026, 11, 12), "hours": 36.0}
    pieces = [piece(1, 1, **told), piece(2, 1, "лист 1", FILE, **told), piece(3, 1, "см. сайт", **told)]
    found = handed([*pieces, piece(4, 1)])
    assert [one.ids for one in found] == [(1, 2, 3), (4,)]
    assert (found[0].words, found[0].captions, found[0].files) == (("см. сайт",), ("лист 1",), (FILE,))
    assert [one.empty for one in found] == [False, True]


def test_what_is_collected_after_a_part_was_accepted_does_not_count_yet() -> None:
    anna = carried_out()
    row = anna.adds("plan", title="Курсы")
    later = piece(2, row, hours=72.0, number="6", at=NOW + timedelta(days=1))
    journey = replace(line(row, LineState.PARTLY), evidence=(piece(1, row, hours=36.0, number="5"), later))
    assert [one.id for one in judged(journey, row)] == [1]
    assert line_hours(journey, anna.facts.rows("plan")[0], {}) == 36
    confirmed = replace(journey, lines={row: Line(row, LineState.CONFIRMED, NOW + timedelta(days=2))})
    assert line_hours(confirmed, anna.facts.rows("plan")[0], {}) == 108


def test_a_mark_changes_with_the_line_and_with_nothing_else() -> None:
    anna = carried_out()
    row, other = anna.adds("plan", title="Курсы"), anna.adds("plan", title="Урок")
    journey = line(row, LineState.CLAIMED)
    was = seen_mark(anna.facts, journey, [row])
    assert was == seen_mark(replace(anna.facts, version=99), journey, [row])
    of_other = Journey(lines={**journey.lines, other: Line(other, LineState.CLAIMED, NOW)})
    assert was == seen_mark(anna.facts, of_other, [row])
    again = Journey(lines={row: Line(row, LineState.CLAIMED, NOW + timedelta(milliseconds=1))})
    assert was != seen_mark(anna.facts, again, [row])
    assert was != seen_mark(anna.facts, replace(journey, evidence=(piece(1, row),)), [row])
    assert was != seen_mark(anna.facts, EMPTY, [row])
    assert was != seen_mark(anna.facts, journey, [row, other])
    edited = anna.does(SetAnswer("title", "Другие курсы", row))
    assert was != seen_mark(edited, journey, [row])
