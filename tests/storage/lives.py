"""A whole life between people, a row in every table: what the export must show and the erasing find."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, insert

from bot.iom.facts import Facts
from storage import tables
from tests.storage.house import NOW

DAY = date(2026, 10, 1)


def put(conn: Connection, table: Table, **row: Any) -> int:
    """A row as it is; its id."""
    made = conn.execute(insert(table).values(row).returning(*table.primary_key))
    return int(made.scalar_one())


def happen(conn: Connection, facts: Facts, who: int, word: str) -> None:
    """Everything that can happen to a route, done and signed by `who`; `word` marks each secret."""
    route, entry = {"route_id": facts.route_id}, facts.entries[0].id
    of_entry = {**route, "entry_id": entry}
    done = {**of_entry, "person_id": who, "at": NOW}
    signed = {"role": "mentor", "name": f"{word}-имени", "post": f"{word}-должности"}
    put(conn, tables.snapshot, **route, version=1, at=NOW, content={"цель": f"{word}-снимка"})
    put(conn, tables.line, **of_entry, state="not_done", since=NOW, reason=f"{word}-причины", left="")
    file = {"file_id": f"{word}-файла", "file_unique": "u", "file_name": "", "mime": "", "size": 1}
    put(conn, tables.evidence, **of_entry, kind="text", number="", text=f"{word}-слов", at=NOW, **file)
    change = {"kind": "move", "changes": {}, "reason": f"{word}-переноса", "state": "draft", "step": 0}
    fix = put(conn, tables.correction, **of_entry, **change, created_by=who, created_at=NOW)
    say = {"kind": "returned", "step": "", "remark": f"{word}-замечания", "version": 1}
    put(conn, tables.decision, **done, **signed, **say, correction_id=fix)
    longer = {"kind": "offered", "months": 1, "old_end": DAY, "new_end": DAY, "reason": f"{word}-срока"}
    put(conn, tables.extension, **route, **longer, person_id=who, at=NOW)
    put(conn, tables.pause, **route, starts_on=DAY, reason=f"{word}-паузы")
    advice = {"level": "school", "key": "plan", "text": f"{word}-совета"}
    put(conn, tables.recommendation, **done, **signed, **advice)
    asked = {"text": f"{word}-вопроса", "answer": f"{word}-ответа", "answered_by": who, "at": NOW}
    put(conn, tables.inquiry, **of_entry, **asked)
    visit = {"kind": "visit", "hours": 1.5, "held_on": DAY, "note": f"{word}-часов"}
    put(conn, tables.hours, **route, **visit, person_id=who, at=NOW)
    looked = {
        "key": f"monitoring/{facts.route_id}/{DAY}",
        "kind": "monitoring",
        "due_on": DAY,
        "asked_at": NOW,
    }
    drawn = {"text": f"{word}-мысли", "verdict": "enough", "form": "fits", "recommendation": f"{word}-вывода"}
    point = put(conn, tables.checkpoint, **of_entry, **looked, **drawn, **signed, person_id=who)
    told = {"progress": "told", "result": f"{word}-итога", "hinders": f"{word}-помехи", "needs_help": "yes"}
    put(conn, tables.interim, **of_entry, checkpoint_id=point, **told, question=f"{word}-помощи")
    seen = {"role": "mentor", "name": f"{word}-зрителя"}
    put(conn, tables.viewing, **route, **seen, person_id=who, at=NOW)


def notify(conn: Connection, person_id: int, route_id: int) -> None:
    """Something planned to be told to her."""
    told = {
        "key": f"done/{person_id}/{route_id}",
        "kind": "line",
        "subject": {"entry": 1},
        "state": "waiting",
    }
    times = {"due_at": NOW, "created_at": NOW, "attempts": 0, "token": "", "error": ""}
    put(conn, tables.notice, person_id=person_id, route_id=route_id, **told, **times)
