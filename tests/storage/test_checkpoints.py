"""Checkpoints: begun once, answered piece by piece, sent once, judged once; who waits for them."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection

from bot.iom.checkpoint import Checkpoint, CheckpointKind, Interim
from bot.iom.facts import AddEntry, Facts, RemoveEntry, State
from bot.iom.monitoring import Due
from bot.iom.people import Organisation, Person
from storage import checkpoints, journeys, memberships, notices, people, queues, regulations, routes
from storage.changes import Stale
from storage.decisions import Hand
from tests.storage.house import FORGED, LATER, NOW, Store

MARCH = Due(
    "monitoring/1/2027-03-01", CheckpointKind.MONITORING, date(2027, 3, 1), date(2027, 4, 30), reflects=True
)
RULES = """[life]
confirm = ["mentor"]
[life.monitoring]
judges = ["methodist", "curator"]
"""


@pytest.fixture
async def plan(store: Store, anna: Person, school: Organisation) -> Facts:
    """Anna's route in her school, in work, with two lines."""

    def begin(conn: Connection) -> Facts:
        regulations.remember(conn, "m" * 64, "x", RULES, NOW)
        facts = routes.start(conn, anna.id, "x", "m" * 64, school.id, NOW)
        lines = [AddEntry("plan", {"title": "Курс"}), AddEntry("plan", {"title": "Урок"})]
        facts = routes.apply(conn, facts, lines, anna.id, NOW, personal=())
        return routes.move(conn, facts, State.ACTIVE, 0, NOW)

    return await store.write(begin)


async def begun(store: Store, plan: Facts) -> tuple[Facts, Checkpoint]:
    return await store.write(checkpoints.begin, plan, MARCH, NOW)


async def sent(store: Store, plan: Facts) -> tuple[Facts, int]:
    facts, one = await begun(store, plan)
    return await store.write(checkpoints.send, facts, one.id, LATER), one.id


async def known(store: Store, plan: Facts) -> Checkpoint:
    (one,) = (await store.read(journeys.load, plan.route_id)).checkpoints
    return one


async def test_it_is_begun_once(store: Store, plan: Facts) -> None:
    facts, one = await begun(store, plan)
    assert facts.version == plan.version + 1
    assert await store.write(checkpoints.begin, facts, MARCH, LATER) == (facts, one)
    assert await known(store, plan) == one
    assert (one.key, one.kind, one.due_on, one.text) == (MARCH.key, "monitoring", MARCH.on, None)


async def test_of_two_who_open_it_at_once_one_is_stale(store: Store, plan: Facts) -> None:
    both = [store.write(checkpoints.begin, plan, MARCH, NOW) for _ in range(2)]
    found = await asyncio.gather(*both, return_exceptions=True)
    assert sum(isinstance(one, Stale) for one in found) <= 1
    assert (await known(store, plan)).key == MARCH.key


async def test_answers_are_kept_one_by_one(store: Store, plan: Facts) -> None:
    first, second = (row.id for row in plan.rows("plan"))
    facts, one = await begun(store, plan)
    said = Interim(second, "told", "почти готово", None, None)
    facts = await store.write(checkpoints.tell, facts, one.id, said)
    said = replace(said, hinders="", help="yes", question="С чего начать?")
    facts = await store.write(checkpoints.tell, facts, one.id, said)
    facts = await store.write(checkpoints.tell, facts, one.id, Interim(first, "have"))
    await store.write(checkpoints.say, facts, one.id, "Стало спокойнее")
    found = await known(store, plan)
    assert found == replace(one, answers=(Interim(first, "have"), said), text="Стало спокойнее")
    assert found.of(first).progress == "have"
    assert found.of(999) == Interim(999)


async def test_what_was_sent_is_changed_no_more(store: Store, plan: Facts) -> None:
    facts, id_ = await sent(store, plan)
    row = plan.rows("plan")[0].id
    with pytest.raises(Stale):
        await store.write(checkpoints.tell, facts, id_, Interim(row, "have"))
    with pytest.raises(Stale):
        await store.write(checkpoints.say, facts, id_, "ещё")
    with pytest.raises(Stale):
        await store.write(checkpoints.send, facts, id_, LATER)
    assert (await known(store, plan)).answered_at == LATER


async def test_what_is_seen_late_or_is_not_there_is_stale(store: Store, plan: Facts) -> None:
    facts, one = await begun(store, plan)
    row = plan.rows("plan")[0].id
    with pytest.raises(Stale):
        await store.write(checkpoints.tell, plan, one.id, Interim(row, "have"))
    with pytest.raises(Stale):
        await store.write(checkpoints.tell, facts, one.id, Interim(10**6, "have"))
    with pytest.raises(Stale):
        await store.write(checkpoints.say, facts, one.id + 1, "чужое")
    other = replace(facts, route_id=facts.route_id + 1)
    with pytest.raises(Stale):
        await store.write(checkpoints.send, other, one.id, NOW)
    assert await known(store, plan) == one


async def test_it_is_judged_once_and_only_when_it_was_sent(store: Store, plan: Facts, boris: Person) -> None:
    hand = Hand(boris.id, "methodist", "Борис Петров", "методист")
    facts, one = await begun(store, plan)
    with pytest.raises(Stale):
        await store.write(checkpoints.judge, facts, one.id, "enough", "fits", hand, NOW)
    row = plan.rows("plan")[1].id
    facts = await store.write(checkpoints.send, facts, one.id, LATER)

    def judge(conn: Connection, entry_id: int = row) -> Facts:
        said = ("lacking", "unfit", hand, LATER)
        return checkpoints.judge(conn, facts, one.id, *said, recommendation="Перенести", entry_id=entry_id)

    with pytest.raises(Stale):
        await store.write(judge, 10**6)
    judged = await store.write(judge)
    found = await known(store, plan)
    assert (found.verdict, found.form, found.recommendation, found.entry_id) == (
        "lacking",
        "unfit",
        "Перенести",
        row,
    )
    assert (found.person_id, found.name, found.judged_at) == (boris.id, "Борис Петров", LATER)
    with pytest.raises(Stale):
        await store.write(checkpoints.judge, judged, one.id, "enough", "fits", hand, LATER)
    assert await known(store, plan) == found


async def test_a_line_that_goes_takes_its_answers_with_it(store: Store, plan: Facts) -> None:
    facts, one = await begun(store, plan)
    row = plan.rows("plan")[0].id
    facts = await store.write(checkpoints.tell, facts, one.id, Interim(row, "have"))
    await store.answers(facts, RemoveEntry(row))
    assert (await known(store, plan)).answers == ()


async def test_the_route_of_a_checkpoint(store: Store, plan: Facts) -> None:
    _, one = await begun(store, plan)
    assert await store.read(checkpoints.route_of, one.id) == plan.route_id
    for id_ in FORGED:
        assert await store.read(checkpoints.route_of, id_) == 0


# --- Who waits ------------------------------------------------------------------------------------------


async def waiting(store: Store, person: Person) -> list[tuple[str, int]]:
    return [(one.kind, one.checkpoint_id) for one in await store.read(queues.waiting, person.id)]


async def test_it_waits_for_whom_the_regulation_lets_judge(
    store: Store,
    plan: Facts,
    boris: Person,
    vera: Person,
    dmitry: Person,
    city: Organisation,
    school: Organisation,
) -> None:
    await store.write(memberships.join, boris.id, city.id, "methodist", NOW)
    await store.write(memberships.join, dmitry.id, school.id, "curator", NOW)
    await store.write(memberships.join, vera.id, school.id, "head", NOW)
    facts, one = await begun(store, plan)
    assert await waiting(store, boris) == []
    facts = await store.write(checkpoints.send, facts, one.id, LATER)
    assert await waiting(store, boris) == await waiting(store, dmitry) == [("monitoring", one.id)]
    assert await waiting(store, vera) == []
    over = await store.write(routes.move, facts, State.FINALIZING, 0, LATER)
    assert await waiting(store, boris) == []
    back = await store.write(routes.move, over, State.ACTIVE, 0, LATER)
    await store.write(checkpoints.judge, back, one.id, "enough", "fits", Hand(boris.id, "methodist"), LATER)
    assert await waiting(store, boris) == await waiting(store, dmitry) == []


async def test_a_judge_never_judges_herself(
    store: Store, plan: Facts, anna: Person, school: Organisation
) -> None:
    await store.write(memberships.join, anna.id, school.id, "methodist", NOW)
    await sent(store, plan)
    assert await waiting(store, anna) == []


# --- What was asked -------------------------------------------------------------------------------------


async def test_what_reached_her_and_on_which_day(store: Store, plan: Facts, anna: Person) -> None:
    def unit(conn: Connection) -> None:
        people.by_id(conn, anna.id)
        for key, kind in (("monitoring/1/a", "monitoring"), ("transfer/1/b", "transfer"), ("x", "claimed")):
            notices.plan(conn, anna.id, key, kind, NOW, NOW, route_id=plan.route_id)
        notices.plan(conn, anna.id, "reflection/1/c", "reflection", NOW + timedelta(days=9), NOW)
        for one in notices.claim(conn, NOW, 9):
            assert notices.sent(conn, one.id, one.token, 5, NOW.replace(hour=22))

    await store.write(unit)
    asked = await store.read(checkpoints.asked, anna.id, ZoneInfo("Asia/Irkutsk"))
    assert asked == {"monitoring/1/a": date(2026, 9, 2), "transfer/1/b": date(2026, 9, 2)}
