"""Of many routes at once, whose turn it is: the same as of each alone, in a few statements."""

from datetime import timedelta

from sqlalchemy import Connection

from bot.iom.ball import ball
from bot.iom.facts import AddEntry, Facts, SetAnswer, State
from bot.iom.journey import Line, LineState
from bot.iom.people import Organisation
from storage import decisions, journeys, overviews, people, regulations, routes
from storage.decisions import Hand
from tests.regulations.given import given
from tests.storage.house import NOW, Store, statements

STAVROPOL = given("stavropol")


def begun(conn: Connection, account: int, school: Organisation) -> Facts:
    """A route of the school with a term and a line."""
    person = people.arrive(conn, account, NOW)
    regulations.remember(conn, "hash", "stavropol", "", NOW)
    facts = routes.start(conn, person.id, "stavropol", "hash", school.id, NOW)
    term = SetAnswer("term", {"from": "2026-12-01", "to": "2027-05-31"})
    return routes.apply(conn, facts, [term, AddEntry("plan", {"title": "Урок"})], person.id, NOW, personal=())


def many(conn: Connection, school: Organisation) -> list[int]:
    """One route in each situation whose turn depends on something."""
    ids = []
    for number, state in enumerate(State):
        facts = begun(conn, 900 + number, school)
        later = NOW + timedelta(days=number)
        ids.append(facts.route_id)
        if state is State.WITHDRAWN:
            continue
        moved = routes.move(conn, facts, state, 1 if state is State.ON_REVIEW else 0, NOW)
        hand = Hand(facts.person_id, "approver", "Вера")
        step = STAVROPOL.life.approval[0].key
        moved, _ = decisions.decide(conn, moved, "agreed", hand, later, step=step)
        if state is State.ACTIVE:
            moved, _ = journeys.ask(conn, moved, "Как?", later)
    claimed = begun(conn, 950, school)
    moved = routes.move(conn, claimed, State.ACTIVE, 0, NOW)
    line = Line(moved.rows("plan")[0].id, LineState.CLAIMED, NOW + timedelta(days=1))
    journeys.set_line(conn, moved, line, LineState.PLANNED)
    return [*ids, claimed.route_id]


async def test_it_is_what_the_whole_route_says(store: Store, school: Organisation) -> None:
    def compare(conn: Connection) -> None:
        ids = many(conn, school)
        known = overviews.of_routes(conn, ids)
        assert set(known) == set(ids)
        for id_ in ids:
            owner = known[id_][0].person_id
            whole = routes.load(conn, owner, id_)
            assert whole is not None
            assert ball(STAVROPOL, *known[id_]) == ball(STAVROPOL, whole, journeys.load(conn, id_)), (
                whole.state
            )

    await store.write(compare)


async def test_a_page_costs_seven_statements_however_long(store: Store, school: Organisation) -> None:
    ids = await store.write(many, school)

    def count(conn: Connection, some: list[int]) -> int:
        seen = statements(conn)
        overviews.of_routes(conn, some)
        return len(seen)

    assert await store.read(count, ids[:1]) == 7
    assert await store.read(count, ids) == 7


async def test_of_none_there_is_nothing(store: Store) -> None:
    assert await store.read(overviews.of_routes, []) == {}
    assert await store.read(overviews.of_routes, [10**9]) == {}
