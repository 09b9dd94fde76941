"""Everything stored about Anna is shown to her, and deleted when she asks."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, select

from bot.iom.facts import AddEntry, Change, Facts, SetAnswer
from bot.iom.people import Person
from storage import (
    audit,
    certificates,
    consents,
    cursors,
    events,
    imports,
    invitations,
    organisations,
    pairings,
    people,
    print_jobs,
    printed,
    privacy,
    routes,
    sharing,
    signatories,
    snoozes,
    updates,
    viewings,
)
from storage.cursors import Cursor
from storage.tables import audit as audit_table
from storage.tables import metadata
from tests.storage.house import BORIS, FORGED, LATER, LESSON, NOW, Store, begin_route, only_sqlite
from tests.storage.lives import happen, notify
from tests.storage.test_consents import STORAGE

SECRET = b"s" * 32
# Rows that stay when Anna is gone: nobody's, her mentor, the school's free step.
LEFT = {"organisation": 1, "regulation_version": 1, "event": 1, "seen_update": 1, "person": 1, "signatory": 1}


def live(conn: Connection, person_id: int) -> Facts:
    """Everything that can be stored of a person, secrets marked."""
    school = organisations.create(conn, "Школа № 1", NOW)
    invited = invitations.create(
        conn,
        SECRET,
        school.id,
        "teacher",
        now=NOW,
        valid=timedelta(days=7),
        step="agree",
        name="тайна-приглашения",
        post="тайна-поста",
        mentor="тайна-наставника",
    )
    signatories.put(conn, school.id, "agree", NOW, post="Завуч", name="тайна-подписи")
    assert invitations.accept(conn, invited, person_id, NOW)
    pairings.pair(conn, school.id, person_id, people.arrive(conn, BORIS, NOW).id, NOW)
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
    facts = routes.apply(conn, facts, [task], person_id, NOW, personal=())
    happen(conn, facts, person_id, "тайна")
    notify(conn, person_id, facts.route_id)
    snoozes.put(conn, facts.route_id, facts.entries[0].id, date(2026, 12, 1), NOW)
    certificates.issue(conn, SECRET, facts.route_id, NOW, person_id)
    print_jobs.ask(conn, person_id, school.id, "cards", NOW)
    imports.begin(conn, school.id, person_id, "people", "тайна-списка", "", NOW)
    sharing.add(conn, person_id, "тайна-ресурса", "material", "subject", NOW)
    return facts


async def test_everything_of_hers_is_shown(store: Store, anna: Person) -> None:
    facts = await store.write(live, anna.id)
    shown = await store.read(privacy.export, anna.id)
    words = json.dumps(shown, ensure_ascii=False)
    assert words.count("тайна-") == 38
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
    counts = await store.counts()
    assert counts.pop("audit") > 1
    assert counts == LEFT
    assert await store.read(privacy.export, anna.id) == {}


async def test_our_tables_are_all_the_tables(store: Store) -> None:
    """So that the count above has forgotten none."""
    names = await store.read(lambda conn: inspect(conn).get_table_names())
    assert set(names) - {"sqlite_sequence", "alembic_version"} == set(metadata.tables)


async def test_the_journal_forgets_who_and_what(store: Store, anna: Person) -> None:
    await store.write(live, anna.id)
    await store.write(privacy.erase, anna.id)
    row = select(audit_table.c.person_id, audit_table.c.detail).where(audit_table.c.action == "export")
    assert list(await store.read(Connection.execute, row)) == [(None, "")]


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


async def test_a_mentor_is_shown_what_he_did_in_routes_of_others(
    store: Store, boris: Person, route: Facts
) -> None:
    facts = await store.answers(route, AddEntry("points", {"text": "моё"}))
    await store.write(happen, facts, boris.id, "слово")
    written = (await store.read(privacy.export, boris.id))["written"]
    tables = [row["table"] for row in written]
    of_others = ["decision", "recommendation", "correction", "extension", "hours", "inquiry", "viewing"]
    assert tables == [*of_others, "checkpoint"]
    words = json.dumps(written, ensure_ascii=False)
    assert "слово-замечания" in words
    assert "слово-ответа" in words
    assert "слово-вывода" in words
    for of_the_teacher in ("слово-вопроса", "слово-мысли", "слово-итога", "слово-помощи"):
        assert of_the_teacher not in words


async def test_what_an_erased_mentor_did_stays_without_his_name(
    store: Store, boris: Person, route: Facts
) -> None:
    facts = await store.answers(route, AddEntry("points", {"text": "моё"}))
    await store.write(happen, facts, boris.id, "слово")
    before = await store.counts()
    await store.write(privacy.erase, boris.id)
    after = await store.counts()
    assert {
        name: before[name] - after.get(name, 0) for name in before if before[name] != after.get(name)
    } == {"person": 1}
    (shown,) = (await store.read(privacy.export, route.person_id))["routes"]
    words = json.dumps(shown, ensure_ascii=False)
    assert "слово-замечания" in words
    assert "слово-ответа" in words
    assert "слово-вывода" in words
    for name in ("слово-имени", "слово-должности", "слово-зрителя"):
        assert name not in words
    assert await store.read(viewings.of_route, facts.route_id) == (viewings.Viewing(0, "mentor", "", NOW),)


async def test_an_erased_mentor_is_forgotten_in_invitations_of_his_teachers(
    store: Store, boris: Person
) -> None:
    def invite(conn: Connection) -> int:
        school = organisations.create(conn, "Школа № 1", NOW)
        wanted = [
            invitations.Wanted("mentor", name="Борис"),
            invitations.Wanted("teacher", name="Анна", mentor="Борис", mentor_row=0),
        ]
        his, _hers = invitations.create_many(
            conn, SECRET, school.id, wanted, now=NOW, valid=timedelta(days=7), created_by=boris.id
        )
        assert invitations.accept(conn, his, boris.id, NOW)
        return school.id

    school_id = await store.write(invite)
    shown = await store.read(privacy.export, boris.id)
    assert [row["name"] for row in shown["invitations"]] == ["Борис"]
    assert [row["role"] for row in shown["invited"]] == ["mentor", "teacher"]
    assert "Анна" not in json.dumps(shown, ensure_ascii=False)
    await store.write(privacy.erase, boris.id)
    (left,) = await store.read(invitations.of_organisation, school_id)
    assert (left.name, left.mentor, left.mentor_invitation_id, left.created_by) == ("Анна", "", None, None)


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
