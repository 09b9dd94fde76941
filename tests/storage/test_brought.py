"""Results of diagnoses and staff numbers as a list brings them."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection, func, select

from bot.iom.corrections import wanted_of
from bot.iom.diagnosis_rows import DiagnosisRow
from bot.iom.facts import AddEntry, Facts, State, Value
from bot.iom.imported import Counts
from bot.iom.people import Organisation, Person
from bot.iom.school import settings_of
from bot.iom.staff_rows import StaffRow
from storage import (
    diagnosis_imports,
    exchanges,
    journeys,
    memberships,
    organisations,
    routes,
    staff_imports,
)
from storage.decisions import Hand
from storage.tables import notice
from tests.storage.house import LATER, NOW, Store, begin_route

HAND = Hand(0, "coordinator", "", "координатор")
SCORES: Value = {"subject": {"total": 49.0}}


@pytest.fixture
async def route(store: Store, anna: Person, school: Organisation) -> Facts:
    """Anna's route in her school, where she is known by name."""

    def begin(conn: Connection) -> Facts:
        memberships.join(conn, anna.id, school.id, "teacher", NOW, name="Светлова Анна")
        return begin_route(conn, anna.id, school.id)

    return await store.write(begin)


def result(facts: Facts, taken_on: str = "2026-09-12", scores: Value = SCORES) -> DiagnosisRow:
    return DiagnosisRow(2, facts.route_id, {"scores": scores, "taken_on": taken_on}, f"Входная: {scores}")


async def brings(store: Store, place: Organisation, *rows: DiagnosisRow, dry: bool = False) -> Counts:
    return await store.write(diagnosis_imports.take, rows, place.id, HAND, "school", NOW, dry=dry)


def notices(conn: Connection) -> int:
    counted = select(func.count()).select_from(notice).where(notice.c.kind == "recommended")
    return conn.execute(counted).scalar_one()


async def test_who_may_be_named_in_a_list(
    store: Store, city: Organisation, school: Organisation, route: Facts, anna: Person, boris: Person
) -> None:
    await store.write(lambda conn: begin_route(conn, boris.id))
    for place in (school, city):
        (one,) = await store.read(diagnosis_imports.examined, place.id)
        assert (one.route_id, one.name, one.code) == (route.route_id, "Светлова Анна", anna.code)
    newer = await store.write(lambda conn: begin_route(conn, anna.id, school.id))
    (one,) = await store.read(diagnosis_imports.examined, school.id)
    assert one.route_id == newer.route_id


async def test_names_are_not_told_where_they_are_not_kept(store: Store, anna: Person) -> None:
    place = await store.write(organisations.create, "Сад", NOW, keeps_names=False)
    facts = await store.write(lambda conn: begin_route(conn, anna.id, place.id))
    answered = AddEntry("courses_3y", {})
    await store.answers(facts, answered)
    (one,) = await store.read(diagnosis_imports.examined, place.id)
    assert (one.name, one.code) == ("", anna.code)


async def test_results_are_a_recommendation_and_a_notice_and_the_card_is_as_it_was(
    store: Store, school: Organisation, route: Facts
) -> None:
    assert await brings(store, school, result(route), dry=True) == Counts(1, 0, 0)
    assert await store.read(exchanges.given, route.route_id) is False
    assert await brings(store, school, result(route)) == Counts(1, 0, 0)
    now = await store.sees(route)
    assert now is not None
    assert (now.answers, now.entries) == (route.answers, route.entries)
    assert now.version == route.version + 1
    journey = await store.read(journeys.load, route.route_id)
    (one,) = journey.recommendations
    assert (one.key, one.level, one.post) == ("diagnoses", "school", "координатор")
    assert one.wanted == {"answers": {"scores": SCORES, "taken_on": "2026-09-12"}}
    assert await store.read(notices) == 1


async def test_the_same_list_again_says_nothing_new(store: Store, school: Organisation, route: Facts) -> None:
    await brings(store, school, result(route))
    assert await brings(store, school, result(route)) == Counts(0, 0, 1)
    assert await store.read(notices) == 1


async def test_mended_results_replace_what_was_not_answered_yet(
    store: Store, school: Organisation, route: Facts
) -> None:
    await brings(store, school, result(route))
    better: Value = {"subject": {"total": 60.0}}
    assert await brings(store, school, result(route, scores=better)) == Counts(0, 1, 0)
    (one,) = (await store.read(journeys.load, route.route_id)).recommendations
    assert wanted_of(one.wanted).answers["scores"] == better
    assert await brings(store, school, result(route, "2026-10-01")) == Counts(1, 0, 0)


async def test_what_she_answered_is_not_asked_again(store: Store, school: Organisation, route: Facts) -> None:
    await brings(store, school, result(route))
    (one,) = (await store.read(journeys.load, route.route_id)).recommendations
    now = await store.sees(route)
    assert now is not None
    await store.write(exchanges.decline_recommendation, now, one.id, LATER)
    assert await brings(store, school, result(route)) == Counts(0, 0, 1)
    assert await brings(store, school, result(route, scores={"subject": {"total": 1.0}})) == Counts(1, 0, 0)


@pytest.mark.parametrize("taken_on", ["2026-09-12", ""])
async def test_results_she_wrote_herself_are_known(
    store: Store, school: Organisation, route: Facts, taken_on: str
) -> None:
    await store.answers(route, AddEntry("diagnoses", {"scores": SCORES, "taken_on": "2026-09-12"}))
    assert await brings(store, school, replace(result(route), answers=_dated(taken_on))) == Counts(0, 0, 1)


def _dated(taken_on: str) -> dict[str, Value]:
    return {"scores": SCORES, "taken_on": taken_on} if taken_on else {"scores": SCORES}


async def test_routes_of_others_are_passed_over(
    store: Store, school: Organisation, other_school: Organisation, route: Facts
) -> None:
    assert await brings(store, other_school, result(route)) == Counts()
    await store.write(lambda conn: routes.move(conn, route, State.WITHDRAWN, 0, NOW))
    assert await brings(store, school, result(route)) == Counts()
    assert await store.read(diagnosis_imports.examined, school.id) == ()
    assert await store.read(exchanges.given, route.route_id) is False


async def test_staff_numbers_of_an_organisation_and_those_below(
    store: Store, city: Organisation, school: Organisation
) -> None:
    outside = await store.write(organisations.create, "Чужая", NOW)
    rows = [StaffRow(2, school.id, "", 45), StaffRow(3, city.id, "", 900), StaffRow(4, outside.id, "", 1)]
    assert await store.write(staff_imports.take, rows, city.id, dry=True) == Counts(2, 0, 0)
    assert await store.write(staff_imports.take, rows, city.id) == Counts(2, 0, 0)
    assert await store.write(staff_imports.take, rows, city.id) == Counts(0, 0, 2)
    assert await store.write(staff_imports.take, [replace(rows[0], staff=46)], school.id) == Counts(0, 1, 0)
    found = {
        one.title: settings_of(one.settings).staff for one in await store.read(staff_imports.known, city.id)
    }
    assert found == {city.title: 900, school.title: 46}
    same = await store.read(organisations.by_id, outside.id)
    assert same is not None
    assert same.settings == {}
