"""Figures of a scope on both databases: two schools, a city above them, a coordinator of each, a mentor."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, event, insert, update

from bot.documents.places import templates
from bot.iom import route_model
from bot.iom.facts import AddEntry, Change, Facts, SetAnswer, State, Value
from bot.iom.figures import Tally
from bot.iom.people import Organisation, Person
from storage import (
    behind,
    diagnosed,
    digests,
    figures,
    lost,
    memberships,
    pairings,
    people,
    regulations,
    routes,
    tables,
    waits,
)
from storage import notices as planned
from storage.counted import LISTS, OF_MENTOR
from storage.counting import Terms
from storage.notices import Planned
from tests.storage.house import FORGED, Store, only_sqlite, statements

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=90)
ZONE = ZoneInfo("Europe/Moscow")
DIGEST = "f" * 64  # not that of `house`: rules are remembered by digest for the life of a process
LATE, SOON, FAR = date(2026, 11, 20), date(2026, 11, 27), date(2027, 3, 1)


def begun(
    conn: Connection,
    person_id: int,
    organisation_id: int,
    state: State,
    now: datetime,
    slug: str = "stavropol",
    digest: str = DIGEST,
) -> Facts:
    """A route under a real regulation, in this state."""
    source = (templates() / "regulations" / slug / "regulation.toml").read_text(encoding="utf-8")
    regulations.remember(conn, digest, slug, source, now)
    facts = routes.start(conn, person_id, slug, digest, organisation_id, now)
    conn.execute(update(tables.route).where(tables.route.c.id == facts.route_id).values(state=state))
    found = routes.load(conn, person_id, facts.route_id)
    assert found is not None
    return found


def planned_lines(conn: Connection, facts: Facts, *days: date) -> Facts:
    """Plan lines with these last days, and a diagnosis at the regional level."""
    lines = [
        AddEntry("plan", {"title": "Курсы", "period": {"from": day.isoformat(), "to": day.isoformat()}})
        for day in days
    ]
    measured: dict[str, Value] = {"scores": {"subject": {"total": 49.0}}, "diagnosis_level": "regional"}
    changes: list[Change] = [*lines, AddEntry("diagnoses", measured), SetAnswer("subject", "Математика")]
    return routes.apply(conn, facts, changes, facts.person_id, facts.started_at, personal=())


async def teach(
    store: Store,
    account: int,
    place: Organisation,
    *days: date,
    state: State = State.ACTIVE,
    since: datetime = LONG_AGO,
) -> Facts:
    """A teacher there with a name and a route."""
    person = await store.write(people.arrive, account, since)
    await store.write(memberships.join, person.id, place.id, "teacher", since, name=f"Имя {account}")
    facts = await store.write(begun, person.id, place.id, state, since)
    return await store.write(planned_lines, facts, *days)


async def put(store: Store, table: object, **values: object) -> None:
    await store.write(lambda conn: conn.execute(insert(table).values(values)))  # type: ignore[arg-type]


async def decided(store: Store, facts: Facts, number: int, state: str, since: datetime = NOW) -> int:
    """A plan line becomes this; its entry."""
    entry = facts.rows("plan")[number].id
    about = {"entry_id": entry, "route_id": facts.route_id, "reason": "", "left": ""}
    await put(store, tables.line, **about, state=state, since=since)
    return entry


async def terms(store: Store, viewer: Person, place: Organisation | None) -> Terms:
    return await store.read(figures.terms_of, viewer.id, place.id if place else 0, ZONE, NOW)


async def rows(store: Store, viewer: Person, place: Organisation | None) -> dict[str, int]:
    """How many rows each list has for this viewer, those with none left out."""
    asked = await terms(store, viewer, place)
    found = figures.summed_of(await store.read(figures.of, asked, tuple(LISTS)))
    return {name: tally.rows for name, tally in found.items() if tally.rows}


@pytest.fixture
async def coordinator(store: Store, galina: Person, school: Organisation) -> Person:
    await store.write(memberships.join, galina.id, school.id, "coordinator", LONG_AGO, name="Галина")
    return galina


@pytest.fixture
async def above(store: Store, dmitry: Person, city: Organisation) -> Person:
    await store.write(memberships.join, dmitry.id, city.id, "methodist", LONG_AGO)
    return dmitry


async def test_everyone_sees_her_own_scope_only(
    store: Store,
    coordinator: Person,
    above: Person,
    vera: Person,
    city: Organisation,
    school: Organisation,
    other_school: Organisation,
) -> None:
    await store.write(memberships.join, vera.id, other_school.id, "coordinator", LONG_AGO)
    await teach(store, 201, school, LATE)
    await teach(store, 202, other_school, LATE)
    await teach(store, 203, other_school, LATE)
    assert (await rows(store, coordinator, school))["overdue"] == 1
    assert (await rows(store, vera, other_school))["overdue"] == 2
    assert (await rows(store, above, city))["overdue"] == 3
    assert await rows(store, vera, school) == {}
    assert await rows(store, coordinator, city) == {}
    assert await rows(store, coordinator, None) == {}
    asked = await terms(store, above, city)
    found = await store.read(figures.of, asked, ["people"])
    assert {place: tally.rows for place, tally in found["people"].items()} == {
        school.id: 1,
        other_school.id: 2,
    }
    titles = await store.read(behind.organisations_of, asked)
    assert titles == {school.id: "Школа № 1", other_school.id: "Школа № 2"}


async def test_trials_and_what_is_withdrawn_never_count(
    store: Store, coordinator: Person, school: Organisation
) -> None:
    trial, gone = await teach(store, 201, school, LATE), await teach(store, 202, school, LATE)
    for facts, values in ((trial, {"trial": True}), (gone, {"state": "withdrawn"})):
        which = update(tables.route).where(tables.route.c.id == facts.route_id).values(values)
        await store.write(lambda conn, which=which: conn.execute(which))  # type: ignore[misc]
    assert await rows(store, coordinator, school) == {}


async def test_lines_are_late_due_or_done(store: Store, coordinator: Person, school: Organisation) -> None:
    facts = await teach(store, 201, school, LATE, LATE, LATE, SOON, FAR)
    await decided(store, facts, 0, "confirmed")
    await decided(store, facts, 1, "cancelled")
    draft = await teach(store, 202, school, LATE, state=State.DRAFT)
    assert draft.route_id
    asked = await terms(store, coordinator, school)
    found = figures.summed_of(await store.read(figures.of, asked, ["overdue", "coming", "done"]))
    assert found == {"overdue": Tally(1, 1), "coming": Tally(1, 1), "done": Tally(1, 1, 2)}
    (late,) = await store.read(behind.page, asked, "overdue")
    assert (late.route_id, late.name, late.number, late.day) == (facts.route_id, "Имя 201", 1, LATE)


async def test_shares_count_people_and_what_was_ever_approved(
    store: Store, coordinator: Person, school: Organisation
) -> None:
    await teach(store, 201, school)
    back = await teach(store, 202, school, state=State.RETURNED)
    await put(store, tables.snapshot, route_id=back.route_id, version=1, at=NOW, content={})
    await teach(store, 203, school, state=State.DRAFT)
    found = await rows(store, coordinator, school)
    assert (found["people"], found["approved"], found["diagnosed"]) == (3, 2, 3)
    asked = await terms(store, coordinator, school)
    assert figures.summed_of(await store.read(figures.of, asked, ["diagnosed"]))["diagnosed"].number == 2
    states = await store.read(figures.by_text, asked, "states")
    assert {state: by[school.id].rows for state, by in states.items()} == {
        "active": 1,
        "returned": 1,
        "draft": 1,
    }


async def test_who_has_not_written_for_a_month_is_silent(
    store: Store, coordinator: Person, school: Organisation
) -> None:
    silent = await teach(store, 201, school, FAR)
    written = await teach(store, 202, school, FAR)
    change = SetAnswer("subject", "Физика")
    await store.write(routes.apply, written, [change], written.person_id, NOW, personal=())
    claimed = await teach(store, 203, school, FAR)
    await decided(store, claimed, 0, "claimed", NOW - timedelta(days=1))
    await teach(store, 204, school, FAR, since=NOW - timedelta(days=5))
    by_others = await teach(store, 205, school, FAR)
    await store.write(routes.apply, by_others, [change], coordinator.id, NOW, personal=())
    asked = await terms(store, coordinator, school)
    found = await store.read(behind.page, asked, "silent")
    assert {one.route_id for one in found} == {silent.route_id, by_others.route_id}


async def test_pairs_and_a_mentors_own_people(
    store: Store, coordinator: Person, boris: Person, school: Organisation
) -> None:
    alone, hers = await teach(store, 201, school, LATE), await teach(store, 202, school, LATE)
    pair = await store.write(pairings.pair, school.id, hers.person_id, boris.id, LONG_AGO)
    assert pair is not None
    asked = await terms(store, coordinator, school)
    assert [one.route_id for one in await store.read(behind.page, asked, "unpaired")] == [alone.route_id]
    own = await terms(store, boris, None)
    assert await store.read(behind.page, own, "overdue") == ()  # she has not let him in
    await store.write(pairings.open, pair.id, hers.person_id, NOW)
    assert [one.route_id for one in await store.read(behind.page, own, "overdue")] == [hers.route_id]
    found = figures.summed_of(await store.read(figures.of, own, OF_MENTOR))
    assert {name: tally.rows for name, tally in found.items()} == {"people": 1, "overdue": 1, "coming": 0}
    assert await store.read(digests.mentors, [school.id]) == ((school.id, boris.id),)


async def test_what_waits_for_whom(store: Store, coordinator: Person, school: Organisation) -> None:
    review = await teach(store, 201, school, state=State.ON_REVIEW)
    claimed = await teach(store, 202, school, FAR, FAR)
    await decided(store, claimed, 0, "claimed", NOW - timedelta(days=9))
    await decided(store, claimed, 1, "claimed", NOW - timedelta(days=2))
    await teach(store, 203, school, state=State.CONCLUSION)
    asked = await terms(store, coordinator, school)
    turns = await store.read(waits.by_turn, asked)
    assert turns["mentor"] == Tally(2, since=NOW - timedelta(days=9))
    assert turns["approver"].rows == 1
    assert sum(tally.rows for tally in turns.values()) == (await rows(store, coordinator, school))["waits"]
    listed = await store.read(behind.page, asked, "waits")
    assert {(one.text, one.route_id) for one in listed} >= {
        ("review", review.route_id),
        ("line", claimed.route_id),
    }


async def test_two_things_of_one_kind_wait_for_two_people(
    store: Store, coordinator: Person, school: Organisation
) -> None:
    for account, kind in ((201, route_model.OFFERED), (202, route_model.TAKEN)):
        person = await store.write(people.arrive, account, NOW)
        facts = await store.write(begun, person.id, school.id, State.DRAFT, NOW, "ust_ilimsk", "e" * 64)
        said = {"kind": kind, "step": "", "remark": "ais", "role": "mentor", "name": "", "post": ""}
        await put(store, tables.decision, route_id=facts.route_id, version=1, at=NOW, **said)
    turns = await store.read(waits.by_turn, await terms(store, coordinator, school))
    assert {who: tally.rows for who, tally in turns.items()} == {"teacher": 1, "coordinator": 1}


async def test_hours_are_those_of_the_account(
    store: Store, coordinator: Person, school: Organisation
) -> None:
    facts = await teach(store, 201, school, LATE, LATE, LATE)
    states = ("confirmed", "partly", "claimed")
    paper = {"text": "", "file_id": "", "file_unique": "", "file_name": "", "mime": "", "size": 0}
    for number, state in enumerate(states):
        entry = await decided(store, facts, number, state, NOW - timedelta(days=1))
        about = {"entry_id": entry, "route_id": facts.route_id, "kind": "certificate", **paper}
        for said, hours in (("№ 1", 16.0), (" № 1", 18.0), ("№ 2", 2.0)):
            at = NOW if (state, said) == ("partly", "№ 2") else NOW - timedelta(days=3)
            await put(store, tables.evidence, **about, number=said, hours=hours, at=at)
    for kind, hours, held in (("visit", 1.5, date(2026, 11, 20)), ("consultation", 9.0, date(2026, 10, 1))):
        met = {
            "route_id": facts.route_id,
            "kind": kind,
            "hours": hours,
            "held_on": held,
            "note": "",
            "at": NOW,
        }
        await put(store, tables.hours, **met)
    asked = await terms(store, coordinator, school)
    found = figures.summed_of(await store.read(figures.of, asked, ["studied", "meetings"]))
    assert found["studied"] == Tally(1, 18 + 2 + 18)
    assert found["meetings"] == Tally(1, 0, 1.5)


async def test_changes_of_the_week_with_their_reasons(
    store: Store, coordinator: Person, school: Organisation
) -> None:
    facts = await teach(store, 201, school)
    about = {"route_id": facts.route_id, "kind": "move", "changes": {}, "step": 0}
    for state, days in (("applied", 2), ("draft", 1), ("applied", 9)):
        made = NOW - timedelta(days=days)
        await put(store, tables.correction, **about, state=state, reason=f"за {days}", created_at=made)
    longer = {"route_id": facts.route_id, "kind": "own", "old_end": LATE, "new_end": FAR, "at": NOW}
    await put(store, tables.extension, **longer, months=3, reason="болезнь")
    asked = await terms(store, coordinator, school)
    assert [one.text for one in await store.read(behind.page, asked, "corrections")] == ["за 2"]
    (prolonged,) = await store.read(behind.page, asked, "extensions")
    assert (prolonged.text, prolonged.number) == ("болезнь", 3)


async def test_lost_notices_are_found_and_sent_again(
    store: Store, coordinator: Person, school: Organisation, other_school: Organisation
) -> None:
    here, elsewhere = await teach(store, 201, school), await teach(store, 202, other_school)
    for facts, state in ((here, "failed"), (here, "missed"), (here, "sent"), (elsewhere, "failed")):
        key = f"{facts.route_id}/{state}"
        notice = Planned(facts.person_id, key, "line", NOW, facts.route_id)
        await store.write(planned.plan_all, [notice], NOW)
        which = update(tables.notice).where(tables.notice.c.key == key)
        ended = which.values(state=state, claimed_until=NOW - timedelta(days=1))
        await store.write(lambda conn, ended=ended: conn.execute(ended))  # type: ignore[misc]
    asked = await terms(store, coordinator, school)
    (one,) = await store.read(behind.page, asked, "lost")
    assert (one.person_id, one.number, one.total) == (here.person_id, 1, 2)
    assert await store.write(lost.retry, asked, NOW) == 1
    assert await store.write(lost.retry, asked, NOW) == 0
    (again,) = await store.write(planned.claim, NOW, 9)
    assert again.person_id == here.person_id


async def test_out_of_reach_by_code_where_names_are_not_kept(
    store: Store, coordinator: Person, boris: Person, school: Organisation
) -> None:
    nameless = update(tables.organisation).values(keeps_names=False)
    await store.write(memberships.join, boris.id, school.id, "mentor", NOW, name="Борис")
    await store.write(people.unreachable, boris.id, NOW)
    asked = await terms(store, coordinator, school)
    (one,) = await store.read(behind.page, asked, "unreachable")
    assert (one.name, one.route_id, one.since) == ("Борис", 0, NOW)
    await store.write(lambda conn: conn.execute(nameless))
    (one,) = await store.read(behind.page, asked, "unreachable")
    assert one.name == boris.code


async def test_diagnoses_with_the_subject(store: Store, coordinator: Person, school: Organisation) -> None:
    facts = await teach(store, 201, school)
    (one,) = await store.read(diagnosed.of_scope, await terms(store, coordinator, school))
    assert (one.person_id, one.digest, one.subject) == (facts.person_id, DIGEST, "Математика")
    assert one.scores == {"subject": {"total": 49.0}}


async def test_a_digest_is_a_few_statements_and_forged_numbers_are_nobody(
    store: Store, coordinator: Person, school: Organisation
) -> None:
    def counted(conn: Connection) -> int:
        asked = figures.terms_of(conn, coordinator.id, school.id, ZONE, NOW)
        seen = statements(conn)
        figures.of(conn, asked)
        waits.by_turn(conn, asked)
        return len(seen)

    assert await store.read(counted) <= len(LISTS)
    for number in FORGED:
        asked = await store.read(figures.terms_of, coordinator.id, number or 10**6, ZONE, NOW)
        assert set((await store.read(figures.of, asked, ["people"]))["people"]) == set()
        assert await store.read(behind.page, asked, "people") == ()
    asked = await terms(store, coordinator, school)
    assert await store.read(behind.page, asked, "forged") == ()


async def test_who_gets_digests_and_when_a_place_wants_them(
    store: Store, coordinator: Person, above: Person, city: Organisation, school: Organisation
) -> None:
    await store.write(memberships.join, coordinator.id, school.id, "head", NOW)
    which = update(tables.organisation).where(tables.organisation.c.id == city.id).values(slug="stavropol")
    await store.write(lambda conn: conn.execute(which))
    assert await store.read(digests.overseers, [city.id, school.id, 99]) == (
        (city.id, above.id),
        (school.id, coordinator.id),
    )
    places = {place.id: place for place in await store.read(digests.places)}
    assert places[school.id].slug == "stavropol"
    assert places[school.id].settings.digest_hour is None


@only_sqlite
@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("overdue", "ix_entry_route_id_table_key (route_id=? AND table_key=?)"),
        ("diagnosed", "ix_entry_route_id_table_key (route_id=? AND table_key=?)"),
        ("silent", "ix_answer_route_id_at (route_id=? AND at>?)"),
        ("people", "ix_route_organisation_id (organisation_id=?)"),
    ],
)
async def test_lists_go_by_their_indexes(
    store: Store, coordinator: Person, school: Organisation, name: str, index: str
) -> None:
    asked = await terms(store, coordinator, school)

    def plan(conn: Connection) -> str:
        met: list[tuple[str, Any]] = []
        event.listen(conn, "before_cursor_execute", lambda _c, _k, sql, told, *_: met.append((sql, told)))
        conn.execute(LISTS[name](asked)).all()
        sql, told = met[-1]
        return "\n".join(row[3] for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", told))

    assert index in await store.read(plan)
