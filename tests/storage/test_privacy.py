"""Everything stored about Anna is shown to her, and deleted when she asks."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, select

from bot.iom.facts import AddEntry, Change, Facts, SetAnswer
from bot.iom.people import Person
from storage import audit, consents, cursors, events, organisations, printed, privacy, routes, updates
from storage.cursors import Cursor
from storage.tables import audit as audit_table
from storage.tables import metadata
from tests.storage.house import FORGED, LATER, LESSON, NOW, Store, begin_route, only_sqlite
from tests.storage.test_consents import STORAGE

# Tables with nobody's data: removing Anna leaves them as they are.
IMPERSONAL = {"organisation": 1, "regulation_version": 1, "event": 1, "seen_update": 1}


def live(conn: Connection, person_id: int) -> Facts:
    """Everything that can be stored of a person, secrets marked."""
    school = organisations.create(conn, "Школа № 1", NOW)
    organisations.join(conn, person_id, school.id, "teacher", NOW)
    consents.give(conn, person_id, STORAGE)
    events.put(conn, [LESSON])
    cursors.save(conn, Cursor(person_id, {"step": "тайна-места"}, rev=1))
    updates.take(conn, 1, 1, NOW)
    printed.keep(conn, "card/1", "тайна-файла", NOW, person_id)
    audit.record(conn, person_id, "export", NOW, "тайна-журнала")
    facts = begin_route(conn, person_id, school.id)
    changes: list[Change] = [SetAnswer("goal", "тайна-цели"), AddEntry("points", {"text": "тайна-строки"})]
    facts = routes.apply(conn, facts, changes, person_id, NOW, personal=())
    task = AddEntry("tasks", {"text": "тайна-задачи"}, frozenset({facts.entries[0].id}), event=1)
    return routes.apply(conn, facts, [task], person_id, NOW, personal=())


async def test_everything_of_hers_is_shown(store: Store, anna: Person) -> None:
    facts = await store.write(live, anna.id)
    shown = await store.read(privacy.export, anna.id)
    words = json.dumps(shown, ensure_ascii=False)
    assert words.count("тайна-") == 6
    (route,) = shown["routes"]
    assert [row["id"] for row in route["entries"]] == [row.id for row in facts.entries]
    assert route["entries"][1]["links"] == [facts.entries[0].id]


async def test_every_table_that_knows_her_is_shown_whole(store: Store, anna: Person) -> None:
    await store.write(live, anna.id)
    shown = await store.read(privacy.export, anna.id)
    for table in metadata.sorted_tables:
        if {key.column.table.name for key in table.foreign_keys} & {"person", "route"}:
            assert columns_in(shown, set(table.columns.keys())), table.name


def columns_in(shown: Any, columns: set[str]) -> bool:
    """Is there a dict in `shown` with all these columns?"""
    if isinstance(shown, list):
        return any(columns_in(item, columns) for item in shown)
    return isinstance(shown, dict) and (columns <= set(shown) or columns_in(list(shown.values()), columns))


async def test_the_export_reads_well(store: Store, anna: Person) -> None:
    await store.write(live, anna.id)
    shown = await store.read(privacy.export, anna.id)
    assert shown["person"]["code"] == anna.code
    assert shown["memberships"][0]["organisation"] == "Школа № 1"
    assert shown["consents"][0]["given_at"] == "2026-09-01T09:00:00+00:00"
    assert shown["consents"][0]["withdrawn_at"] is None
    assert shown["routes"][0]["answers"][0]["value"] == "тайна-цели"


async def test_nothing_of_others_is_shown(store: Store, anna: Person, vera: Person) -> None:
    await store.write(live, anna.id)
    shown = await store.read(privacy.export, vera.id)
    assert "тайна" not in json.dumps(shown, ensure_ascii=False)
    assert shown["routes"] == shown["audit"] == shown["written"] == []


async def test_a_mentor_is_shown_what_he_wrote(store: Store, boris: Person, route: Facts) -> None:
    remark = [SetAnswer("remark", "хорошо")]
    await store.write(routes.apply, route, remark, boris.id, NOW, personal=())
    (written,) = (await store.read(privacy.export, boris.id))["written"]
    assert (written["key"], written["value"]) == ("remark", "хорошо")


async def test_nobody_has_nothing_to_show_or_erase(store: Store, anna: Person) -> None:
    for forged in FORGED:
        assert await store.read(privacy.export, forged) == {}
        assert await store.write(privacy.erase, forged) is False


async def test_erasing_leaves_only_what_is_of_nobody(store: Store, anna: Person) -> None:
    await store.write(live, anna.id)
    assert set(await store.counts()) == set(metadata.tables)
    assert await store.write(privacy.erase, anna.id) is True
    assert await store.counts() == IMPERSONAL | {"audit": 1}
    assert await store.read(privacy.export, anna.id) == {}


async def test_our_tables_are_all_the_tables(store: Store) -> None:
    """So that the count above has forgotten none."""
    names = await store.read(lambda conn: inspect(conn).get_table_names())
    assert set(names) - {"sqlite_sequence"} == set(metadata.tables)


async def test_the_journal_forgets_who_and_what(store: Store, anna: Person) -> None:
    await store.write(live, anna.id)
    await store.write(privacy.erase, anna.id)
    row = select(audit_table.c.person_id, audit_table.c.action, audit_table.c.detail)
    assert list(await store.read(Connection.execute, row)) == [(None, "export", "")]


async def test_erasing_anna_leaves_vera(store: Store, anna: Person, vera: Person, route: Facts) -> None:
    veras = await store.write(begin_route, vera.id)
    veras = await store.answers(veras, SetAnswer("goal", "моя"))
    await store.write(privacy.erase, anna.id)
    assert await store.sees(veras) == veras


async def test_what_an_erased_mentor_wrote_stays_with_the_teacher(
    store: Store, boris: Person, route: Facts
) -> None:
    remark = [SetAnswer("remark", "хорошо")]
    facts = await store.write(routes.apply, route, remark, boris.id, LATER, personal=())
    await store.write(privacy.erase, boris.id)
    assert await store.sees(route) == facts == replace(facts, version=2)


@only_sqlite
async def test_the_file_itself_forgets_her_words(store: Store, anna: Person, database_url: str) -> None:
    file = Path(database_url.removeprefix("sqlite+aiosqlite:///"))
    await store.write(live, anna.id)
    await store.write(privacy.erase, anna.id)
    await store.database.close()
    left = b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
    assert "тайна".encode() not in left


async def test_the_journal_shows_what_a_person_did(store: Store, anna: Person, vera: Person) -> None:
    await store.write(audit.record, anna.id, "consent", NOW, "storage 1")
    await store.write(audit.record, vera.id, "start", NOW)
    await store.write(audit.record, anna.id, "withdraw", LATER)
    first, second = await store.read(audit.of_person, anna.id)
    assert first == audit.Record("consent", NOW, "storage 1")
    assert second == audit.Record("withdraw", LATER, "")
