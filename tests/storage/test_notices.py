"""Notices: planned once, claimed by one courier at a time, recorded by whoever holds the token."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import Connection, event, insert, select, text, update

from bot.iom.facts import Facts
from bot.iom.people import Person
from storage import notices, people
from storage.db import Database
from storage.notices import Notice, Planned
from storage.tables import notice
from tests.databases import opened
from tests.storage.house import LATER, NOW, Store, statements

MINUTE = timedelta(minutes=1)
TOO_MANY = 10_000


def plan(conn: Connection, person: Person, key: str = "review/1", minutes: int = 0) -> bool:
    return notices.plan(conn, person.id, key, "review", NOW + minutes * MINUTE, NOW, entry=7)


async def claim(store: Store, minutes: int = 0, limit: int = 10) -> tuple[Notice, ...]:
    return await store.write(notices.claim, NOW + minutes * MINUTE, limit)


async def state(store: Store, key: str = "review/1") -> str:
    found = select(notice.c.state).where(notice.c.key == key)
    return str(await store.read(Connection.scalar, found))


async def test_what_is_due_is_claimed_with_all_it_needs(store: Store, anna: Person, route: Facts) -> None:
    at = route.route_id
    await store.write(lambda conn: notices.plan(conn, anna.id, "k", "review", NOW, NOW, at, entry=7))
    (one,) = await claim(store)
    assert one == Notice(one.id, anna.id, 101, "review", route.route_id, {"entry": 7}, one.token, 1, NOW)
    assert len(one.token) == 32


async def test_planning_twice_is_planning_once(store: Store, anna: Person) -> None:
    assert [await store.write(plan, anna) for _ in range(2)] == [True, False]
    (one,) = await claim(store)
    await store.write(notices.sent, one.id, one.token, 5, NOW)
    assert not await store.write(plan, anna)
    assert await claim(store) == ()


async def test_many_are_planned_in_one_statement(store: Store, anna: Person) -> None:
    many = [Planned(anna.id, f"deadline/{n}", "deadline", NOW) for n in range(300)]

    def planned(conn: Connection) -> tuple[int, int]:
        seen = statements(conn)
        return notices.plan_all(conn, [*many, many[0]], NOW), len(seen)

    assert await store.write(planned) == (300, 1)
    assert await store.write(notices.plan_all, [], NOW) == 0


async def test_what_is_not_due_waits(store: Store, anna: Person) -> None:
    await store.write(plan, anna, minutes=5)
    assert await claim(store, 4) == ()
    assert len(await claim(store, 5)) == 1


async def test_the_most_overdue_goes_first_and_no_more_than_asked(store: Store, anna: Person) -> None:
    for key, minutes in (("c", 3), ("a", 1), ("b", 2)):
        await store.write(plan, anna, key, minutes)
    assert [one.due_at for one in await claim(store, 9, limit=2)] == [NOW + MINUTE, NOW + 2 * MINUTE]
    assert [one.due_at for one in await claim(store, 9, limit=2)] == [NOW + 3 * MINUTE]


# --- leases and tokens ---


async def test_a_claimed_one_is_nobody_elses_until_its_lease_runs_out(store: Store, anna: Person) -> None:
    await store.write(plan, anna)
    (first,) = await claim(store)
    assert await claim(store) == ()
    (second,) = await claim(store, 1)
    assert (second.id, second.attempts) == (first.id, 2)
    assert not await store.write(notices.sent, first.id, first.token, 5, NOW)
    assert await state(store) == "waiting"
    assert await store.write(notices.sent, second.id, second.token, 6, NOW)
    assert await state(store) == "sent"


async def test_two_couriers_share_the_work(database: Database, database_url: str, anna: Person) -> None:
    """Each notice is claimed once, and neither is told that nothing is due while something is."""
    store = Store(database)
    many = [Planned(anna.id, str(n), "review", NOW) for n in range(200)]
    await store.write(notices.plan_all, many, NOW)
    async with opened(database_url) as other:
        claims = [claim(Store(door), limit=25) for door in (database, other) * 4]
        taken = [one.id for some in await asyncio.gather(*claims) for one in some]
    assert len(taken) == len(set(taken)) == 200


@pytest.mark.parametrize("how", ["sent", "dropped", "missed", "failed", "put_off"])
async def test_only_with_its_own_token(store: Store, anna: Person, how: str) -> None:
    await store.write(plan, anna)
    (one,) = await claim(store)
    for token in ("", "f" * 32):
        assert not await store.write(record, one, how, token)
    assert await store.write(record, one, how, one.token)
    assert not await store.write(record, one, how, one.token)
    assert await state(store) == ("waiting" if how == "put_off" else how)


def record(conn: Connection, one: Notice, how: str, token: str) -> bool:
    if how == "sent":
        return notices.sent(conn, one.id, token, 5, NOW)
    if how == "failed":
        return notices.failed(conn, one.id, token, "Bad Request", NOW)
    if how == "put_off":
        return notices.put_off(conn, one.id, token, LATER, "Bad Gateway")
    return {"dropped": notices.dropped, "missed": notices.missed}[how](conn, one.id, token, NOW)


async def test_an_unclaimed_one_has_no_token_to_guess(store: Store, anna: Person) -> None:
    await store.write(plan, anna)
    assert not await store.write(notices.sent, 1, "", 5, NOW)
    assert await state(store) == "waiting"


# --- what goes wrong ---


async def test_what_was_put_off_comes_again_then(store: Store, anna: Person) -> None:
    await store.write(plan, anna)
    (one,) = await claim(store)
    await store.write(notices.put_off, one.id, one.token, NOW + 9 * MINUTE, "Bad Gateway")
    assert await claim(store, 8) == ()
    (again,) = await claim(store, 9)
    assert (again.attempts, again.due_at) == (2, NOW + 9 * MINUTE)


async def test_telegrams_limit_is_no_attempt(store: Store, anna: Person) -> None:
    await store.write(plan, anna)
    (one,) = await claim(store)
    await store.write(notices.put_off, one.id, one.token, NOW, "429", counts=False)
    (again,) = await claim(store)
    assert again.attempts == 1


async def test_who_cant_be_reached_is_passed_over(store: Store, anna: Person, boris: Person) -> None:
    for n in range(3):
        await store.write(plan, anna, f"a{n}")
    await store.write(plan, boris, "b", minutes=1)
    await store.write(people.unreachable, anna.id, NOW)
    (one,) = await claim(store, 1, limit=2)
    assert one.person_id == boris.id
    assert [await state(store, f"a{n}") for n in range(3)] == ["unreachable"] * 3
    assert await claim(store, 1) == ()


async def test_what_kills_every_courier_is_given_up(store: Store, anna: Person) -> None:
    await store.write(plan, anna)
    minutes = count(step=1)
    while claimed := await claim(store, next(minutes)):
        assert claimed[0].attempts <= notices.CLAIMS
    assert await state(store) == "failed"
    assert await store.write(notices.retry, 1, NOW)
    assert not await store.write(notices.retry, 1, NOW)
    (one,) = await claim(store)
    assert one.attempts == 1


# --- unplanning ---


async def test_dropped_by_route_person_and_prefix(store: Store, anna: Person, route: Facts) -> None:
    def planned(conn: Connection) -> None:
        for key in ("deadline/1/-3d", "deadline/1/0", "deadline/12/0", "Deadline/1/x", "term/1"):
            notices.plan(conn, anna.id, key, "deadline", NOW, NOW, route.route_id)
        notices.plan(conn, anna.id, "digest", "digest", NOW, NOW)

    await store.write(planned)
    dropped = [
        await store.write(
            lambda conn: notices.drop(conn, NOW, route_id=route.route_id, prefix="deadline/1/")
        ),
        await store.write(lambda conn: notices.drop(conn, NOW, route_id=404)),
        await store.write(lambda conn: notices.drop(conn, NOW, route_id=route.route_id, person_id=404)),
        await store.write(lambda conn: notices.drop(conn, NOW, route_id=route.route_id)),
        await store.write(lambda conn: notices.drop(conn, NOW, person_id=anna.id)),
    ]
    assert dropped == [2, 0, 0, 3, 1]
    with pytest.raises(ValueError, match="whom"):
        await store.write(lambda conn: notices.drop(conn, NOW, prefix="deadline"))


async def test_a_dropped_key_may_be_planned_again_a_sent_one_may_not(store: Store, anna: Person) -> None:
    for key in ("a", "b"):
        await store.write(plan, anna, key)
    (one, _) = await claim(store)
    await store.write(notices.sent, one.id, one.token, 5, NOW)
    assert await store.write(lambda conn: notices.drop(conn, NOW, person_id=anna.id)) == 0  # in hand
    assert await store.write(lambda conn: notices.drop(conn, LATER, person_id=anna.id)) == 1
    assert [await store.write(plan, anna, key) for key in ("a", "b")] == [False, True]


# --- speed ---


def fill(conn: Connection, person: Person) -> None:
    """As after years: almost everything is sent, a few wait."""
    rows: Iterator[dict[str, object]] = (
        {
            "person_id": person.id,
            "key": f"deadline/{n}",
            "kind": "deadline",
            "subject": {},
            "due_at": NOW + n * MINUTE,
            "created_at": NOW,
            "state": "waiting" if n % 100 == 0 else "sent",
            "token": "",
            "attempts": 0,
            "error": "",
        }
        for n in range(TOO_MANY)
    )
    conn.execute(insert(notice), list(rows))
    conn.execute(text("ANALYZE"))


async def test_what_is_due_is_found_by_the_index(store: Store, anna: Person, kind: str) -> None:
    await store.write(fill, anna)

    def explained(conn: Connection) -> str:
        seen: list[tuple[str, object]] = []
        event.listen(conn, "before_cursor_execute", lambda *args: seen.append((args[2], args[3])))
        assert len(notices.claim(conn, NOW + 250 * MINUTE, 50)) == 3
        statement, parameters = seen[0]
        explain = "EXPLAIN QUERY PLAN " if kind == "sqlite" else "EXPLAIN "
        plan = conn.exec_driver_sql(explain + statement, parameters)  # type: ignore[arg-type]
        return "\n".join(str(row) for row in plan)

    steps = await store.write(explained)
    assert "ix_notice_due" in steps
    assert "SCAN notice" not in steps
    assert "Seq Scan on notice" not in steps


async def test_a_reply_in_time_of_one_who_was_lost(store: Store, anna: Person) -> None:
    """She blocked the bot, then wrote again: what had waited is told as such, and may be repeated."""
    await store.write(plan, anna)
    await store.write(people.unreachable, anna.id, NOW)
    assert await claim(store) == ()
    await store.write(people.reachable, anna.id)
    assert await claim(store) == ()
    await store.write(Connection.execute, update(notice).values(error="403"))
    assert await store.write(notices.retry, 1, NOW)
    assert len(await claim(store)) == 1
