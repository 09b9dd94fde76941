"""«Ждут вас»: Boris, Dmitry and the others are shown what waits for them, and nothing else."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, insert, update

from bot.iom.facts import AddEntry, Facts, SetAnswer, State
from bot.iom.journey import Evidence, Line, LineState
from bot.iom.people import Organisation, Person
from storage import journeys, memberships, organisations, pairings, people, queues, regulations, routes
from storage.journeys import Hand
from storage.queues import Waiting
from storage.tables import organisation, signatory
from tests.storage.house import FORGED, NOW, Store, statements

DMITRY, GALINA, MARINA = 105, 104, 106
RULES = """
[life]
confirm = ["mentor", "curator"]
approval = [{ key = "agree", title = "Согласование" }, { key = "approve", title = "Утверждение" }]
correction = { steps = ["mentor", "methodist"], acknowledge = true }
conclusion = { writers = ["mentor", "methodist"], agree = ["head"], acknowledge = true, audit = true }
"""
VERSION = "e" * 64
DAY = timedelta(days=1)


@pytest.fixture
async def region(store: Store) -> Organisation:
    return await store.write(lambda conn: organisations.create(conn, "Край", NOW, kind="region"))


@pytest.fixture
async def school(store: Store, region: Organisation) -> Organisation:
    return await store.write(lambda conn: organisations.create(conn, "Школа", NOW, parent_id=region.id))


@pytest.fixture
async def plan(store: Store, anna: Person, school: Organisation) -> Facts:
    """Anna's route in her school, with one line, in work."""

    def begin(conn: Connection) -> Facts:
        facts = started(conn, anna, school)
        line = AddEntry("plan", {"title": "Курс"})
        facts = routes.apply(conn, facts, [line], anna.id, NOW, personal=())
        return routes.move(conn, facts, State.ACTIVE, 0, NOW)

    return await store.write(begin)


def started(conn: Connection, teacher: Person, school: Organisation | None) -> Facts:
    regulations.remember(conn, VERSION, "x", RULES, NOW)
    return routes.start(conn, teacher.id, "x", VERSION, school.id if school else None, NOW)


def signs(
    conn: Connection, step: str, place: Organisation, person: Person, *, substitute: bool = False
) -> None:
    row = {"organisation_id": place.id, "step": step, "substitute": substitute, "person_id": person.id}
    conn.execute(insert(signatory).values(row | dict.fromkeys(("post", "place", "name"), "")))


def accompanied(conn: Connection, plan: Facts, mentor: Person, *, opened: bool = True) -> int:
    pair = pairings.pair(conn, plan.organisation_id or 0, plan.person_id, mentor.id, NOW)
    assert pair is not None
    if opened:
        pairings.open(conn, pair.id, plan.person_id, NOW)
    return pair.id


async def arrived(store: Store, telegram_id: int, role: str, place: Organisation) -> Person:
    person = await store.write(people.arrive, telegram_id, NOW)
    await store.write(memberships.join, person.id, place.id, role, NOW)
    return person


async def kinds(store: Store, person: Person) -> list[str]:
    shown = await store.read(queues.waiting, person.id)
    assert await store.read(queues.count, person.id) == len(shown)
    return [one.kind for one in shown]


# --- approval ---


async def test_a_route_on_review_waits_for_the_holder_of_its_step(
    store: Store, plan: Facts, vera: Person, boris: Person, school: Organisation
) -> None:
    await store.write(signs, "agree", school, vera)
    await store.write(signs, "approve", school, boris)
    sent = await store.write(routes.move, plan, State.ON_REVIEW, 0, NOW + DAY)
    (one,) = await store.read(queues.waiting, vera.id)
    anna = await store.read(people.by_id, plan.person_id)
    assert anna is not None
    assert one == Waiting("review", plan.route_id, 0, 0, 0, NOW + DAY, plan.person_id, anna.code)
    assert await kinds(store, boris) == []
    await store.write(routes.move, sent, State.ON_REVIEW, 1, NOW + 2 * DAY)
    assert (await kinds(store, vera), await kinds(store, boris)) == ([], ["review"])


async def test_a_substitute_sees_it_too(
    store: Store, plan: Facts, vera: Person, school: Organisation
) -> None:
    await store.write(lambda conn: signs(conn, "agree", school, vera, substitute=True))
    await store.write(routes.move, plan, State.ON_REVIEW, 0, NOW)
    assert await kinds(store, vera) == ["review"]


async def test_the_nearest_organisation_names_who_approves(
    store: Store, plan: Facts, vera: Person, boris: Person, school: Organisation, region: Organisation
) -> None:
    await store.write(signs, "agree", region, vera)
    await store.write(routes.move, plan, State.ON_REVIEW, 0, NOW)
    assert await kinds(store, vera) == ["review"]
    await store.write(signs, "agree", school, boris)
    assert (await kinds(store, vera), await kinds(store, boris)) == ([], ["review"])


async def test_a_circle_of_organisations_ends(
    store: Store, plan: Facts, vera: Person, school: Organisation, region: Organisation
) -> None:
    circle = update(organisation).where(organisation.c.id == region.id).values(parent_id=school.id)
    await store.write(Connection.execute, circle)
    await store.write(signs, "agree", region, vera)
    await store.write(memberships.join, vera.id, region.id, "curator", NOW)
    await store.write(routes.move, plan, State.ON_REVIEW, 0, NOW)
    assert await kinds(store, vera) == ["review"]


async def test_nobody_approves_her_own_route_or_a_trial(
    store: Store, plan: Facts, anna: Person, vera: Person, school: Organisation
) -> None:
    await store.write(signs, "agree", school, anna)
    await store.write(routes.move, plan, State.ON_REVIEW, 0, NOW)
    assert await kinds(store, anna) == []

    def trial(conn: Connection) -> None:
        facts = routes.start(conn, vera.id, "x", VERSION, school.id, NOW, trial=True)
        routes.move(conn, facts, State.ON_REVIEW, 0, NOW)

    await store.write(trial)
    assert await kinds(store, anna) == []


# --- companion ---


def busy(conn: Connection, plan: Facts) -> None:
    """A claimed line, a question and a correction of Anna's, in this order."""
    (row,) = plan.rows("plan")
    given = Evidence(0, row.id, "text", NOW, text="провела")
    facts = journeys.claim_line(conn, plan, row.id, NOW + DAY, given=[given])
    facts, _ = journeys.ask(conn, facts, "Как быть?", NOW + 2 * DAY, entry_id=row.id)
    journeys.draft_correction(
        conn, facts, "move", "болезнь", {}, plan.person_id, NOW + 3 * DAY, entry_id=row.id, state="waiting"
    )


async def test_a_companion_sees_lines_questions_and_corrections(
    store: Store, plan: Facts, boris: Person
) -> None:
    await store.write(accompanied, plan, boris)
    await store.write(busy, plan)
    shown = await store.read(queues.waiting, boris.id)
    assert [one.kind for one in shown] == ["line", "inquiry", "correction"]
    assert [one.since for one in shown] == [NOW + DAY, NOW + 2 * DAY, NOW + 3 * DAY]
    row = plan.rows("plan")[0].id
    assert [(one.entry_id, one.inquiry_id, one.correction_id) for one in shown] == [
        (row, 0, 0),
        (row, 1, 0),
        (row, 0, 1),
    ]


async def test_without_her_consent_or_after_it_nothing_waits(
    store: Store, plan: Facts, boris: Person
) -> None:
    pair = await store.write(lambda conn: accompanied(conn, plan, boris, opened=False))
    await store.write(busy, plan)
    assert await kinds(store, boris) == []
    await store.write(pairings.open, pair, plan.person_id, NOW)
    assert len(await kinds(store, boris)) == 3
    await store.write(pairings.close, pair, plan.person_id, NOW)
    assert await kinds(store, boris) == []
    await store.write(pairings.open, pair, plan.person_id, NOW)
    await store.write(pairings.end, pair, NOW)
    assert await kinds(store, boris) == []


async def test_two_directions_are_one_thing(store: Store, plan: Facts, boris: Person) -> None:
    for direction in ("subject", "method"):

        def paired(conn: Connection, direction: str = direction) -> None:
            pair = pairings.pair(
                conn, plan.organisation_id or 0, plan.person_id, boris.id, NOW, direction=direction
            )
            assert pair is not None
            pairings.open(conn, pair.id, plan.person_id, NOW)

        await store.write(paired)
    await store.write(busy, plan)
    assert len(await kinds(store, boris)) == 3


async def test_what_was_done_no_longer_waits(store: Store, plan: Facts, boris: Person) -> None:
    await store.write(accompanied, plan, boris)
    await store.write(busy, plan)

    def done(conn: Connection) -> None:
        facts = routes.load(conn, plan.person_id, plan.route_id)
        assert facts is not None
        new = Line(plan.rows("plan")[0].id, LineState.CONFIRMED, NOW)
        facts, _ = journeys.decide(conn, facts, "confirmed", Hand(boris.id, "mentor"), NOW, line=new)
        journeys.answer_inquiry(conn, facts, 1, boris.id, "Так", NOW)

    await store.write(done)
    assert await kinds(store, boris) == ["correction"]


# --- roles of an organisation ---


async def test_a_correction_goes_up_to_the_methodist_of_the_region_then_to_the_teacher(
    store: Store, plan: Facts, region: Organisation, anna: Person, boris: Person
) -> None:
    marina = await arrived(store, MARINA, "methodist", region)
    await store.write(accompanied, plan, boris)
    await store.write(busy, plan)
    assert await kinds(store, marina) == []

    async def forward(state: str, step: int, who: Person, when: datetime) -> None:
        def agree(conn: Connection) -> None:
            facts = routes.load(conn, plan.person_id, plan.route_id)
            assert facts is not None
            (seen,) = journeys.load(conn, plan.route_id).corrections
            hand = Hand(who.id, "mentor")
            journeys.advance_correction(conn, facts, seen, state, step, when, hand=hand)

        await store.write(agree)

    await forward("waiting", 1, boris, NOW + 5 * DAY)
    (one,) = await store.read(queues.waiting, marina.id)
    assert (one.kind, one.since) == ("correction", NOW + 5 * DAY)
    assert "correction" not in await kinds(store, boris)
    await forward("acknowledging", 2, marina, NOW + 6 * DAY)
    assert await kinds(store, anna) == ["acknowledge"]
    assert await kinds(store, marina) == []


async def test_a_curator_sees_claimed_lines_of_her_schools_only(
    store: Store, plan: Facts, school: Organisation, vera: Person
) -> None:
    galina = await arrived(store, GALINA, "curator", school)
    other = await store.write(lambda conn: organisations.create(conn, "Школа № 2", NOW))
    await store.write(memberships.join, vera.id, other.id, "curator", NOW)
    await store.write(busy, plan)
    assert (await kinds(store, galina), await kinds(store, vera)) == (["line"], [])
    await store.write(memberships.leave, galina.id, school.id, NOW)
    assert await kinds(store, galina) == []


async def test_a_conclusion_is_written_agreed_and_acknowledged(
    store: Store, plan: Facts, school: Organisation, region: Organisation, anna: Person, boris: Person
) -> None:
    dmitry = await arrived(store, DMITRY, "head", school)
    marina = await arrived(store, MARINA, "methodist", region)
    galina = await arrived(store, GALINA, "coordinator", school)
    everybody = (boris, marina, dmitry, anna, galina)
    await store.write(accompanied, plan, boris)
    facts = await store.write(routes.move, plan, State.CONCLUSION, 0, NOW)

    async def waits() -> list[list[str]]:
        return [await kinds(store, one) for one in everybody]

    async def decided(facts: Facts, kind: str, who: Person) -> Facts:
        def sign(conn: Connection) -> Facts:
            hand = Hand(who.id, "head")
            return journeys.decide(conn, facts, kind, hand, NOW, step="conclusion")[0]

        return await store.write(sign)

    assert await waits() == [["conclusion"], ["conclusion"], [], [], []]
    facts = await decided(facts, "concluded", boris)
    assert await waits() == [[], [], ["conclusion"], [], []]
    facts = await decided(facts, "agreed", dmitry)
    assert await waits() == [[], [], [], ["acknowledge"], []]
    facts = await decided(facts, "concluded", boris)  # written anew: agreed anew
    assert await waits() == [[], [], ["conclusion"], [], []]
    await store.write(routes.move, facts, State.AUDIT, 0, NOW)
    assert await waits() == [[], [], [], [], ["audit"]]


async def test_one_who_is_both_companion_and_methodist_sees_it_once(
    store: Store, plan: Facts, region: Organisation, boris: Person
) -> None:
    await store.write(accompanied, plan, boris)
    await store.write(memberships.join, boris.id, region.id, "methodist", NOW)
    await store.write(routes.move, plan, State.CONCLUSION, 0, NOW)
    assert await kinds(store, boris) == ["conclusion"]


# --- names, pages, strangers ---


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"full_name": "Анна Ивановна"}, "Анна Ивановна"),
        ({"last_name": "Петрова", "first_name": "Анна"}, "Петрова Анна"),
        ({"last_name": "Петрова"}, "Петрова"),
        ({"position": "учитель"}, ""),
    ],
)
async def test_she_is_called_as_in_her_card(
    store: Store, plan: Facts, boris: Person, given: dict[str, str], shown: str
) -> None:
    await store.write(accompanied, plan, boris)
    facts = await store.answers(plan, *[SetAnswer(key, value) for key, value in given.items()])
    await store.write(busy, facts)
    code = (await store.read(people.by_id, plan.person_id) or boris).code
    page = await store.read(queues.waiting, boris.id)
    assert {one.name for one in page} == {shown or code}


async def test_where_names_are_not_kept_she_is_a_code(store: Store, anna: Person, boris: Person) -> None:
    place = await store.write(lambda conn: organisations.create(conn, "Ш", NOW, keeps_names=False))
    facts = await store.write(started, anna, place)
    facts = await store.answers(facts, SetAnswer("full_name", "Анна"), AddEntry("plan"))
    await store.write(accompanied, facts, boris)
    await store.write(busy, facts)
    assert {one.name for one in await store.read(queues.waiting, boris.id)} == {anna.code}
    assert len(await store.read(queues.found, boris.id, f" {anna.code.lower()}")) == 3
    assert await store.read(queues.found, boris.id, "Анна") == ()


async def test_pages_in_few_statements(store: Store, plan: Facts, boris: Person) -> None:
    await store.write(accompanied, plan, boris)

    def ask(conn: Connection) -> None:
        facts = plan
        for day in range(20):
            facts, _ = journeys.ask(conn, facts, "?", NOW + day * DAY)

    await store.write(ask)

    def paged(conn: Connection) -> tuple[int, list[datetime]]:
        seen = statements(conn)
        pages = [queues.waiting(conn, boris.id, offset=offset) for offset in (0, 8, 16)]
        return len(seen), [one.since for page in pages for one in page]

    number, since = await store.read(paged)
    assert since == [NOW + day * DAY for day in range(20)]
    assert number <= 3 * 5
    assert await store.read(queues.count, boris.id) == 20


async def test_a_stranger_has_nothing(store: Store, plan: Facts, vera: Person) -> None:
    await store.write(busy, plan)
    assert await kinds(store, vera) == []
    for forged in FORGED:
        assert await store.read(queues.waiting, forged) == ()
        assert await store.read(queues.count, forged) == 0


async def test_what_is_withdrawn_waits_for_nobody(store: Store, plan: Facts, boris: Person) -> None:
    await store.write(accompanied, plan, boris)
    await store.write(busy, plan)
    await store.write(routes.withdraw, replace(plan, version=plan.version + 3), NOW)
    assert await kinds(store, boris) == []
