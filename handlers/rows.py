"""Rows of a table: courses, diagnostics, points of growth, plan lines – add, edit, delete one."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.iom import interview
from bot.iom.card_sources import Sources
from bot.iom.facts import Entry, Facts, RemoveEntry
from bot.iom.interview import Step
from bot.iom.regulation import Key, Kind, Regulation
from bot.speech.screen import Button, Remark, Screen
from handlers.desk import Desk
from handlers.place import Place, ask
from handlers.rooms import Room

PAGE = 8
LINES = 6


def name_of(regulation: Regulation, facts: Facts, entry: Entry) -> str:
    """A row by what it says first: the course's name, the block, the task."""
    if entry.table == "growth":
        block = regulation.blocks.get(facts.text("growth_point", entry.id))
        return block.chat if block else ""
    sources = Sources(regulation, facts)
    texts = (sources.answer(question.key, entry.id) for question in regulation.fields(entry.table))
    found = next((text for text in texts if text), "")
    return found or f"{regulation.tables[entry.table].one} № {entry.id}"


def number(arg: str) -> int:
    """A row id of a button; 0 for anything else."""
    return int(arg) if arg.isascii() and arg.isdigit() and len(arg) < 19 else 0


def look(desk: Desk, table: Key) -> tuple[Mapping[str, Any], Sequence[tuple[Button, ...]]]:
    """The rows as buttons, «Добавить», «Готово»."""
    spec = desk.regulation.tables[table]
    found = desk.facts.rows(table)
    start = number(desk.place.view.get("page", "0"))
    shown = found[start : start + PAGE]
    buttons = [
        (Button("row", str(row.id), label=name_of(desk.regulation, desk.facts, row)),) for row in shown
    ]
    if len(found) > start + PAGE or start:
        buttons.append((Button("more", str(start + PAGE if len(found) > start + PAGE else 0)),))
    last = [Button("done", word="ready")]
    if len(found) < spec.at_most and interview.creator(desk.regulation, desk.facts, table):
        last.insert(0, Button("add", table))
    return {"rows_title": spec.title, "count": len(found)}, [*buttons, tuple(last)]


def add(desk: Desk, arg: str) -> Remark | None:
    """Begin a new row: its first question, then the others, then back here."""
    table, _, parent = arg.partition(".")
    spec = desk.regulation.tables.get(table)
    creator = interview.creator(desk.regulation, desk.facts, table) if spec else None
    if spec is None or creator is None or len(desk.facts.rows(table)) >= spec.at_most:
        return None
    step = Step(creator.key, 0, number(parent))
    if interview.applies(desk.regulation, desk.facts, step):
        desk.go(ask(step, "row", desk.place.seen(page="")))
    return None


def open_row(desk: Desk, arg: str) -> Remark | None:
    """Look at one row."""
    entry = desk.facts.entry(number(arg))
    if entry is not None:
        desk.go(Place("row", row=entry.id, back=desk.place.seen(page="")))
    return None


def show(desk: Desk) -> Screen:
    """One row, a button for each field, «Удалить»."""
    entry = desk.facts.entry(desk.place.row)
    if entry is None:
        return Screen("row_gone", {}, ((Button("back"),),))
    sources = Sources(desk.regulation, desk.facts)
    fields = [q for q in desk.regulation.fields(entry.table) if q.kind is not Kind.EVENTS]
    lines = [(q.title, _value(sources, q.kind, q.key, entry)) for q in fields]
    buttons = [Button("fix", q.key, label=q.title) for q in fields]
    rows = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    last = (Button("back"), Button("delete"))
    values = {"title": name_of(desk.regulation, desk.facts, entry), "lines": lines}
    return Screen("row", {**values, "sure": bool(desk.place.view.get("sure"))}, (*rows, _last(desk, last)))


def _last(desk: Desk, usual: tuple[Button, ...]) -> tuple[Button, ...]:
    if not desk.place.view.get("sure"):
        return usual
    return (Button("keep_row"), Button("really_delete"))


def _value(sources: Sources, kind: Kind, key: Key, entry: Entry) -> str:
    return sources.wordings(entry) if kind is Kind.LINKS else sources.answer(key, entry.id)


def fix(desk: Desk, key: str) -> Remark | None:
    """Ask one field again, then come back to the row."""
    step = Step(key, desk.place.row)
    if interview.applies(desk.regulation, desk.facts, step):
        desk.go(ask(step, "fix", desk.place))
    return None


def sure(desk: Desk, _: str) -> Remark | None:
    """Deleting asks once more."""
    desk.go(desk.place.seen(sure="1"))
    return None


def keep_row(desk: Desk, _: str) -> Remark | None:
    """Not deleted after all."""
    desk.go(desk.place.seen(sure=""))
    return None


def delete(desk: Desk, _: str) -> Remark | None:
    """Delete the row; what only linked to it stays."""
    entry = desk.facts.entry(desk.place.row)
    if entry is not None and desk.place.view.get("sure"):
        title = name_of(desk.regulation, desk.facts, entry)
        desk.keep([RemoveEntry(entry.id)])
        back(desk, "")
        return Remark("deleted", {"title": title})
    return None


def back(desk: Desk, _: str) -> Remark | None:
    """Where the row was opened from."""
    desk.go(desk.place.back or Place("home"))
    return None


PRESSED = {
    "fix": fix,
    "delete": sure,
    "keep_row": keep_row,
    "really_delete": delete,
    "back": back,
}

ROOMS = {"row": Room(show, None, PRESSED, needs_route=True)}
