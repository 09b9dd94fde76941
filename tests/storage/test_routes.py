"""Routes: begun, filled, seen by their owner only."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection, select, update

from bot.iom.facts import (
    AddEntry,
    Answer,
    Change,
    Entry,
    Facts,
    ForgetAnswer,
    RemoveEntry,
    SetAnswer,
    SetLinks,
    State,
)
from bot.iom.people import Person
from storage import events, routes
from storage.routes import Stale
from storage.tables import answer
from storage.tables import route as route_table
from tests.storage.house import (
    DIGEST,
    FORGED,
    LATER,
    LESSON,
    NOW,
    TOO_LONG,
    Store,
    begin_route,
    statements,
)


async def test_a_new_route_is_an_empty_draft(store: Store, anna: Person, route: Facts) -> None:
    draft = Facts(route.route_id, anna.id, None, "stavropol", DIGEST, State.DRAFT, 1, NOW, state_since=NOW)
    assert route == draft == await store.sees(route)


async def test_the_newest_route_that_is_not_withdrawn_is_current(store: Store, anna: Person) -> None:
    old, new = [await store.write(begin_route, anna.id) for _ in range(2)]
    assert await store.read(routes.current, anna.id) == new
    gone = await store.write(routes.withdraw, new, LATER)
    assert await store.read(routes.current, anna.id) == old
    assert await store.sees(new) == gone == replace(new, state=State.WITHDRAWN, version=2)


async def test_without_a_route_there_is_none(store: Store, anna: Person, vera: Person, route: Facts) -> None:
    assert await store.read(routes.current, vera.id) is None
    assert await store.read(routes.current, TOO_LONG) is None


async def test_vera_does_not_see_annas_route(store: Store, vera: Person, route: Facts) -> None:
    absent = await store.read(routes.load, vera.id, route.route_id + 1)
    assert await store.read(routes.load, vera.id, route.route_id) is absent is None


async def test_a_forged_route_is_none(store: Store, anna: Person, route: Facts) -> None:
    for forged in FORGED:
        assert await store.read(routes.load, anna.id, forged) is None
        assert await store.read(routes.load, forged, route.route_id) is None


# --- changes ---


async def test_answers_and_rows_are_stored(store: Store, route: Facts) -> None:
    facts = await store.answers(route, SetAnswer("goal", "расти"), AddEntry("points", {"block": "ict"}))
    (point,) = facts.rows("points")
    facts = await store.answers(facts, AddEntry("tasks", {"text": "курс"}, links=frozenset({point.id})))
    (task,) = facts.linked("tasks", point.id)
    assert (facts.text("goal"), facts.text("text", task.id)) == ("расти", "курс")
    assert await store.sees(route) == facts
    assert facts.version == 3


async def test_every_kind_of_change_in_one_go(store: Store, route: Facts) -> None:
    before = await store.answers(
        route, SetAnswer("a", 1), SetAnswer("b", 2), *[AddEntry("points", {"x": n}) for n in range(3)]
    )
    one, two, three = (row.id for row in before.entries)
    facts = await store.answers(
        before,
        SetAnswer("a", {"ict": {"low": 60.5}}),
        SetAnswer("x", None, row=two, skipped=True),
        ForgetAnswer("b"),
        ForgetAnswer("x", row=three),
        RemoveEntry(one),
        SetLinks(two, "points", frozenset({three})),
        AddEntry("tasks", {"text": "курс"}, frozenset({two, three})),
    )
    task = facts.entries[-1].id
    assert facts.answers == {
        (0, "a"): Answer({"ict": {"low": 60.5}}),
        (two, "x"): Answer(None, skipped=True),
        (task, "text"): Answer("курс"),
    }
    assert await store.sees(route) == facts


async def test_whose_an_answer_is_is_known_and_changes_when_it_is_given_again(
    store: Store, route: Facts, anna: Person, vera: Person
) -> None:
    facts = await store.answers(route, AddEntry("plan", {"title": "Семинар", "column": "city"}))
    (row,) = facts.entries
    assert {one.by for one in facts.answers.values()} == {anna.id}
    again = [SetAnswer("column", "city", row.id)]
    taken = await store.write(routes.apply, facts, again, vera.id, NOW, personal=())
    assert taken.answers == facts.answers
    seen = await store.sees(route)
    for one in (taken, seen):
        assert one is not None
        assert [one.answers[row.id, key].by for key in ("title", "column")] == [anna.id, vera.id]


async def test_a_chosen_event_is_remembered(store: Store, route: Facts) -> None:
    await store.write(events.put, [LESSON])
    (lesson,) = await store.read(events.every)
    facts = await store.answers(route, AddEntry("plan", event=lesson.id), AddEntry("plan"))
    assert [row.event for row in facts.entries] == [lesson.id, 0]
    assert await store.sees(route) == facts


@pytest.mark.parametrize("event_id", [404, -1, TOO_LONG])
async def test_an_event_that_is_gone_is_stale(store: Store, route: Facts, event_id: int) -> None:
    with pytest.raises(Stale, match="event"):
        await store.answers(route, AddEntry("plan", event=event_id))


async def test_links_are_replaced(store: Store, route: Facts) -> None:
    facts = await store.answers(route, *[AddEntry("points")] * 2)
    one, two = (row.id for row in facts.entries)
    facts = await store.answers(facts, AddEntry("tasks", links=frozenset({one})))
    task = facts.entries[-1].id
    facts = await store.answers(facts, SetLinks(task, "points", frozenset({two})))
    assert facts.entry(task) == Entry(task, "tasks", frozenset({two}))
    assert await store.sees(route) == facts


async def test_no_changes_are_no_version(store: Store, route: Facts) -> None:
    assert await store.answers(route) is route


async def test_the_author_and_the_time_are_stored(store: Store, boris: Person, route: Facts) -> None:
    facts = await store.answers(route, SetAnswer("remark", "хорошо"))
    again = [SetAnswer("remark", "хорошо")]
    await store.write(routes.apply, facts, again, boris.id, LATER, personal=())
    found = await store.read(Connection.execute, select(answer.c.author_id, answer.c.at))
    assert list(found) == [(boris.id, LATER)]


async def test_other_states_stay_as_they_are(store: Store, route: Facts) -> None:
    """The machine of states grows later; answering must not put a route back to draft."""
    sent = update(route_table).values(state="sent")
    await store.write(Connection.execute, sent)
    await store.answers(route, SetAnswer("goal", "расти"))
    assert await store.read(Connection.scalar, select(route_table.c.state)) == "sent"


# --- what is known ---


async def test_what_is_known_is_the_latest_answer_of_any_route(store: Store, anna: Person) -> None:
    old, new = [await store.write(begin_route, anna.id) for _ in range(2)]
    await store.answers(old, SetAnswer("school", "№ 1"), SetAnswer("subject", "физика"))
    changes = [SetAnswer("school", "№ 2"), SetAnswer("subject", None, skipped=True)]
    await store.write(routes.apply, new, changes, anna.id, LATER, personal=())
    found = await store.read(routes.known, anna.id, ["school", "subject", "never"])
    assert found == {"school": "№ 2", "subject": "физика"}


async def test_rows_and_strangers_are_not_what_is_known(store: Store, vera: Person, route: Facts) -> None:
    await store.answers(route, SetAnswer("school", "№ 1"), AddEntry("courses", {"hours": 36}))
    assert await store.read(routes.known, route.person_id, ["hours"]) == {}
    assert await store.read(routes.known, vera.id, ["school"]) == {}
    assert await store.read(routes.known, route.person_id, []) == {}


# --- few statements ---


async def test_a_route_is_read_in_three_statements(store: Store, route: Facts) -> None:
    facts = await store.answers(route, SetAnswer("a", 1), *[AddEntry("points", {"x": 1})] * 30)

    def read(conn: Connection) -> int:
        seen = statements(conn)
        assert routes.load(conn, facts.person_id, facts.route_id) == facts
        return len(seen)

    assert await store.read(read) == 3


async def test_thirty_rows_are_written_in_few_statements(store: Store, route: Facts, kind: str) -> None:
    """SQLite promises no order of the ids that one INSERT returns, so there each row is inserted alone."""

    def write(conn: Connection) -> int:
        seen = statements(conn)
        changes: list[Change] = [SetAnswer("a", 1), *[AddEntry("points", {"x": 1, "y": 2})] * 30]
        routes.apply(conn, route, changes, route.person_id, NOW, personal=())
        return len(seen)

    inserts = {"postgresql": 1, "sqlite": 30}[kind]
    assert await store.write(write) == 3 + inserts
