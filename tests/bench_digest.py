"""What a digest over many routes costs: part of `make bench`, on SQLite and, where one is given, PostgreSQL.

    .venv/bin/python -m tests.bench_digest [--parts]

The rows are made by hand, in bulk, as a year of a region leaves them: ten schools of a thousand teachers, on
each route forty answers, eight plan lines, half of them decided upon. `GROWTH` runs a tenth of it beside it.
"""

import asyncio
import gc
import json
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, text

from bot.documents.places import templates
from storage import figures, regulations, waits
from storage.counted import LISTS
from storage.db import Database
from storage.migrate import migrate
from storage.tables import (
    answer,
    decision,
    entry,
    evidence,
    line,
    membership,
    notice,
    organisation,
    pairing,
    person,
    route,
)
from tests.databases import SERVER, Databases

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
ROUTES, SCHOOLS, LINES, OTHERS = 10_000, 10, 8, 12
ANSWERS = 30  # of the route itself
GROWTH = 10
ROUNDS = 5
ZONE = ZoneInfo("Europe/Moscow")
COORDINATOR = 1
STATES = ("draft", "on_review", "approved", "active", "active", "active", "finalizing", "completed")
LINE_STATES = ("confirmed", "confirmed", "claimed", "partly")
SLUG = "stavropol"


def fill(conn: Connection, many: int) -> None:
    """A region of schools, `many` teachers and their routes, a coordinator above them all."""
    source = (templates() / "regulations" / SLUG / "regulation.toml").read_text(encoding="utf-8")
    regulations.remember(conn, "d" * 64, SLUG, source, NOW)
    put(conn, organisation, _organisations())
    put(
        conn, person, ({"id": n, "telegram_id": n, "code": f"П-{n}", **OF_PERSON} for n in range(1, many + 2))
    )
    put(conn, membership, _memberships(many))
    put(conn, route, _routes(many))
    put(conn, entry, _entries(many))
    put(conn, answer, _answers(many))
    put(conn, line, _lines(many))
    put(conn, evidence, _evidence(many))
    put(conn, decision, _decisions(many))
    put(conn, pairing, _pairings(many))
    put(conn, notice, _notices(many))


def put(conn: Connection, table: Any, rows: Iterator[dict[str, Any]]) -> None:
    """Rows by the thousand."""
    some: list[dict[str, Any]] = []
    for row in rows:
        some.append(row)
        if len(some) == 5000:
            conn.execute(insert(table), some)
            some = []
    if some:
        conn.execute(insert(table), some)


OF_PERSON = {"timezone": "", "created_at": NOW}


def _organisations() -> Iterator[dict[str, Any]]:
    for n in range(1, SCHOOLS + 2):
        yield {
            "id": n,
            "parent_id": None if n == 1 else 1,
            "title": f"Школа № {n}",
            "region": "",
            "slug": SLUG,
            "timezone": "",
            "keeps_names": True,
            "created_at": NOW,
            "kind": "region" if n == 1 else "school",
            "settings": {},
        }


def _memberships(many: int) -> Iterator[dict[str, Any]]:
    for n in range(1, many + 2):
        role, place = ("coordinator", 1) if n == COORDINATOR else ("teacher", school(n - 1))
        yield {
            "person_id": n,
            "organisation_id": place,
            "role": role,
            "created_at": NOW,
            "name": f"Имя {n}",
            "post": "учитель",
        }


def school(number: int) -> int:
    """The organisation of a teacher."""
    return 2 + number % SCHOOLS


def _routes(many: int) -> Iterator[dict[str, Any]]:
    for n in range(1, many + 1):
        yield {
            "id": n,
            "person_id": n + 1,
            "organisation_id": school(n),
            "slug": SLUG,
            "regulation_hash": "d" * 64,
            "state": STATES[n % len(STATES)],
            "version": 9,
            "started_at": NOW - timedelta(days=90),
            "state_since": NOW - timedelta(days=n % 60),
        }


def _entries(many: int) -> Iterator[dict[str, Any]]:
    each = LINES + OTHERS
    for n in range(1, many + 1):
        for k in range(each):
            key = "plan" if k < LINES else ("diagnoses" if k == LINES else "growth")
            yield {"id": (n - 1) * each + k + 1, "route_id": n, "table_key": key, "created_at": NOW}


def _answers(many: int) -> Iterator[dict[str, Any]]:
    each = LINES + OTHERS
    for n in range(1, many + 1):
        said = {"route_id": n, "skipped": False, "author_id": n + 1, "at": NOW - timedelta(days=n % 90)}
        for k in range(ANSWERS):
            yield {**said, "entry_id": None, "key": f"q{k}", "value": "ответ на вопрос карты"}
        for k in range(each):
            of_entry = {**said, "entry_id": (n - 1) * each + k + 1}
            yield {**of_entry, "key": "title", "value": "Курсы повышения квалификации"}
            if k < LINES:
                last = date(2026, 10, 1) + timedelta(days=(n + 17 * k) % 120)
                period = {"from": last.isoformat(), "to": last.isoformat()}
                yield {**of_entry, "key": "period", "value": period}
            elif k == LINES:
                level = "regional" if n % 3 else "institutional"
                yield {**of_entry, "key": "diagnosis_level", "value": level}


def _decided(many: int) -> Iterator[tuple[int, int, str]]:
    """(route, plan line, its state) of every second line."""
    for n in range(1, many + 1):
        for k in range(0, LINES, 2):
            yield n, (n - 1) * (LINES + OTHERS) + k + 1, LINE_STATES[(n + k) % len(LINE_STATES)]


def _lines(many: int) -> Iterator[dict[str, Any]]:
    for n, entry_id, state in _decided(many):
        since = NOW - timedelta(days=n % 80)
        yield {"entry_id": entry_id, "route_id": n, "state": state, "since": since, "reason": "", "left": ""}


def _evidence(many: int) -> Iterator[dict[str, Any]]:
    paper = {"text": "", "file_id": "f", "file_unique": "u", "file_name": "", "mime": "", "size": 1}
    for n, entry_id, _ in _decided(many):
        about = {"entry_id": entry_id, "route_id": n, "kind": "certificate", "number": f"№ {entry_id}"}
        yield {**about, **paper, "hours": 36.0, "at": NOW - timedelta(days=85)}


def _decisions(many: int) -> Iterator[dict[str, Any]]:
    for n in range(1, many + 1):
        for step in ("agree", "approve"):
            signed = {"role": "approver", "name": "", "post": "", "remark": "", "version": 1, "person_id": 1}
            yield {**signed, "route_id": n, "kind": "agreed", "step": step, "at": NOW - timedelta(days=70)}


def _pairings(many: int) -> Iterator[dict[str, Any]]:
    for n in range(1, many + 1):
        if n % 20:
            pair = {"teacher_id": n + 1, "companion_id": COORDINATOR, "direction": ""}
            yield {**pair, "organisation_id": school(n), "since": NOW, "opened_at": NOW}


def _notices(many: int) -> Iterator[dict[str, Any]]:
    """Thirty of a route, nearly all of them sent."""
    for n in range(1, many * 30 + 1):
        ended = NOW - timedelta(days=n % 60)
        state = "failed" if n % 997 == 0 else "sent"
        times = {"due_at": ended, "created_at": ended, "claimed_until": ended}
        about = {"person_id": n % many + 2, "key": f"k{n}", "kind": "line", "subject": {}}
        yield {**about, **times, "state": state, "token": "", "attempts": 1, "error": ""}


def digest(conn: Connection) -> int:
    """Everything a digest's text needs."""
    terms = figures.terms_of(conn, COORDINATOR, 1, ZONE, NOW)
    found = figures.of(conn, terms)
    states = figures.by_text(conn, terms, "states")
    turns = waits.by_turn(conn, terms)
    return len(found) + len(states) + len(turns)


def parts(conn: Connection) -> dict[str, float]:
    """Milliseconds of each list, the dearest first."""
    terms = figures.terms_of(conn, COORDINATOR, 1, ZONE, NOW)
    spent = {}
    for name in LISTS:
        began = time.perf_counter()
        figures.of(conn, terms, [name])
        spent[name] = 1000 * (time.perf_counter() - began)
    return dict(sorted(spent.items(), key=lambda one: -one[1]))


@asynccontextmanager
async def region(url: str, many: int) -> AsyncIterator[Database]:
    """A filled database, as a nightly vacuum leaves it."""
    await migrate(url)
    database = Database.open(url)
    try:
        await database.write(lambda conn: fill(conn, many))
        await database.write(lambda conn: conn.execute(text("ANALYZE")))
        yield database
    finally:
        await database.close()


async def measure(url: str, many: int) -> tuple[float, float]:
    """Milliseconds of one digest and of our CPU in it, medians of some; PostgreSQL works elsewhere."""
    async with region(url, many) as database:
        spent, busy = list[float](), list[float]()
        for _ in range(ROUNDS):
            gc.collect()
            began, worked = time.perf_counter(), time.process_time()
            await database.read(digest)
            spent.append(1000 * (time.perf_counter() - began))
            busy.append(1000 * (time.process_time() - worked))
        if "--parts" in sys.argv:
            print(json.dumps(await database.read(parts), indent=1))
        return statistics.median(spent), statistics.median(busy)


async def main() -> None:
    """Both databases, both sizes, and how it grows."""
    for kind in ("sqlite", *(["postgresql"] if SERVER else [])):
        small, large = [await measure_on(kind, many) for many in (ROUTES // GROWTH, ROUTES)]
        print(f"digest on {kind:10} of {ROUTES} routes {large[0]:6.0f} ms, CPU of ours {large[1]:6.0f} ms")
        print(f"  {GROWTH} times the routes cost {large[0] / small[0]:.1f} times as much")


async def measure_on(kind: str, many: int) -> tuple[float, float]:
    """`measure` in a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        async with Databases(Path(folder)).url(kind, Path(folder), empty=True) as url:
            return await measure(url, many)


if __name__ == "__main__":
    asyncio.run(main())
