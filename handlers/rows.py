"""Rows of a table: courses, diagnostics, points of growth, plan lines – add, edit, delete one."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.iom import interview
from bot.iom.facts import RemoveEntry
from bot.iom.interview import TEACHER, Step, asked
from bot.iom.regulation import Key, Kind
from bot.iom.summary import in_words, row_name
from bot.speech.screen import Button, Remark, Screen
from handlers.desk import Desk
from handlers.place import Place, ask
from handlers.rooms import Room, number

PAGE = 8
LINES = 6


def look(desk: Desk, table: Key) -> tuple[Mapping[str, Any], Sequence[tuple[Button, ...]]]:
    """The rows as buttons, «Добавить», «Готово»."""
    spec = desk.regulation.tables[table]
    found = desk.facts.rows(table)
    start = number(desk.place.view.get("page", "0"))
    shown = found[start : start + PAGE]
    buttons = [
        (Button("row", str(row.id), label=row_name(desk.regulation, desk.facts, row)),) for row in shown
    ]
    if len(found) > start + PAGE or start:
        buttons.append((Button("more", str(start + PAGE if len(found) > start + PAGE else 0)),))
    values = {"rows_title": spec.title, "count": len(found)}
    return values, [*buttons, *_adding(desk, table, len(found)), (Button("done", word="ready"),)]


def _adding(desk: Desk, table: Key, count: int) -> Sequence[tuple[Button, ...]]:
    """«Добавить»; a row that is kept per row of another table says for which of them."""
    spec = desk.regulation.tables[table]
    if count >= spec.at_most or interview.creator(desk.regulation, desk.facts, table) is None:
        return ()
    parents = desk.facts.rows(spec.per) if spec.per else ()
    if not spec.per:
        return ((Button("add", table),),)
    names = [(parent, row_name(desk.regulation, desk.facts, parent)) for parent in parents]
    return [(Button("add", f"{table}.{parent.id}", label=f"＋ {name}"),) for parent, name in names]


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
    fields = [
        q
        for q in desk.regulation.fields(entry.table)
        if asked(desk.facts, q) and q.kind is not Kind.EVENTS and TEACHER in desk.regulation.writers[q.key]
    ]
    lines = [(q.title, in_words(desk.regulation, desk.facts, Step(q.key, entry.id))) for q in fields]
    buttons = [Button("fix", q.key, label=q.title) for q in fields]
    rows = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    last = (Button("back"), Button("delete"))
    values = {"title": row_name(desk.regulation, desk.facts, entry), "lines": lines}
    return Screen("row", {**values, "sure": bool(desk.place.view.get("sure"))}, (*rows, _last(desk, last)))


def _last(desk: Desk, usual: tuple[Button, ...]) -> tuple[Button, ...]:
    if not desk.place.view.get("sure"):
        return usual
    return (Button("keep_row"), Button("really_delete"))


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
        title = row_name(desk.regulation, desk.facts, entry)
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
