"""What people do to a route between them leaves a row in the journal: who did it, and none of their words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Connection

from bot.iom.facts import AddEntry, Facts, State
from bot.iom.journey import Evidence, Line, LineState
from bot.iom.people import Person
from storage import audit, decisions, exchanges, journeys, routes
from storage.decisions import Hand
from tests.storage.house import LATER, NOW, Store

WORD = "тайна"
Act = Callable[[Connection, Facts, Hand], object]


@pytest.fixture
async def plan(store: Store, route: Facts) -> Facts:
    """Anna's route in work, with a plan line."""
    facts = await store.answers(route, AddEntry("plan", {"title": "Курс"}))
    return await store.write(routes.move, facts, State.ACTIVE, 0, NOW)


def _line(facts: Facts) -> int:
    return facts.rows("plan")[0].id


def _given(facts: Facts) -> Evidence:
    return Evidence(0, _line(facts), "words", LATER, text=WORD)


def _withdrawn(conn: Connection, facts: Facts, hand: Hand) -> object:
    after, made = journeys.add_evidence(conn, facts, _given(facts))
    return journeys.withdraw_evidence(conn, after, made.id, LATER)


def _answered(conn: Connection, facts: Facts, hand: Hand) -> object:
    after, asked = exchanges.ask(conn, facts, WORD, NOW)
    return exchanges.answer_inquiry(conn, after, asked.id, hand.person_id, WORD, LATER)


def _undone(conn: Connection, facts: Facts, hand: Hand) -> object:
    after, made = decisions.decide(conn, facts, "confirmed", hand, NOW, entry_id=_line(facts))
    return decisions.undo(conn, after, made.id, hand.person_id, LATER)


def _sent_back(conn: Connection, facts: Facts, hand: Hand) -> object:
    after, made = decisions.decide(conn, facts, "concluded", hand, NOW, remark="partly")
    return decisions.send_back(conn, after, made, hand, LATER, "conclusion", WORD)


HERS: dict[str, Act] = {
    "line": lambda conn, facts, _: journeys.set_line(
        conn, facts, Line(_line(facts), LineState.NOT_DONE, LATER, WORD), LineState.PLANNED
    ),
    "evidence.add": lambda conn, facts, _: journeys.add_evidence(conn, facts, _given(facts)),
    "evidence.withdraw": _withdrawn,
    "inquiry": lambda conn, facts, _: exchanges.ask(conn, facts, WORD, LATER),
}
HELPERS: dict[str, Act] = {
    "inquiry.answer": _answered,
    "hours": lambda conn, facts, hand: exchanges.log_hours(
        conn, facts, "visit", 1.5, date(2026, 10, 1), hand.person_id, LATER, note=WORD
    ),
    "decision.partly": lambda conn, facts, hand: decisions.decide(
        conn, facts, "partly", hand, LATER, remark=WORD, entry_id=_line(facts)
    ),
    "decision.undo": _undone,
    "decision.returned": _sent_back,
}


@pytest.mark.parametrize("action", [*HERS, *HELPERS])
async def test_an_act_is_a_row_of_who_did_it(
    store: Store, plan: Facts, anna: Person, boris: Person, action: str
) -> None:
    hand = Hand(boris.id, "mentor", WORD, WORD)
    await store.write(lambda conn: {**HERS, **HELPERS}[action](conn, plan, hand))
    who = anna if action in HERS else boris
    newest = (await store.read(audit.of_person, who.id))[-1]
    assert (newest.action, newest.at) == (action, LATER)
    assert f"route {plan.route_id}" in newest.detail
    assert WORD not in newest.detail


async def test_what_a_correction_does_to_a_line_is_of_who_applied_it(
    store: Store, plan: Facts, anna: Person, boris: Person
) -> None:
    cancelled = Line(_line(plan), LineState.CANCELLED, LATER)
    await store.write(journeys.set_line, plan, cancelled, LineState.PLANNED, boris.id)
    assert [one.action for one in await store.read(audit.of_person, boris.id)] == ["line"]
    assert "line" not in [one.action for one in await store.read(audit.of_person, anna.id)]


async def test_nothing_that_was_stale_is_a_row(store: Store, plan: Facts, anna: Person) -> None:
    old = replace(plan, version=plan.version - 1)
    before = await store.read(audit.of_person, anna.id)
    with pytest.raises(routes.Stale):
        await store.write(exchanges.ask, old, WORD, LATER)
    assert await store.read(audit.of_person, anna.id) == before
