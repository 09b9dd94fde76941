"""What happens to Anna's route between people: read as one journey, written under one guard."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select

from bot.iom.facts import AddEntry, Facts, SetAnswer, State
from bot.iom.journey import (
    EMPTY,
    Companion,
    Correction,
    Evidence,
    File,
    Line,
    LineState,
    Pause,
)
from bot.iom.people import Organisation, Person
from storage import (
    audit,
    journeys,
    memberships,
    organisations,
    own_routes,
    pairings,
    routes,
    snapshots,
)
from storage.journeys import Hand
from storage.routes import Stale
from storage.tables import evidence, signatory
from tests.storage.house import FORGED, LATER, NOW, TOO_LONG, Store, begin_route, statements

DAY = timedelta(days=1)
PHOTO = File("AgAC", "unique-1", "урок.jpg", "image/jpeg", 1234)
BORIS = Hand(0, "mentor", "Борис Петров", "учитель физики")
JUNE, JULY = date(2027, 6, 1), date(2027, 7, 1)


@pytest.fixture
async def plan(store: Store, route: Facts) -> Facts:
    """Anna's route in work, with two plan lines."""
    facts = await store.answers(route, AddEntry("plan", {"title": "Курс"}), AddEntry("plan"))
    return await store.write(routes.move, facts, State.ACTIVE, 0, NOW)


@pytest.fixture
def mentor(boris: Person) -> Hand:
    return replace(BORIS, person_id=boris.id)


def lines(plan: Facts) -> tuple[int, int]:
    first, second = (row.id for row in plan.rows("plan"))
    return first, second


async def confirmed(store: Store, plan: Facts, mentor: Hand, entry: int, **more: Any) -> tuple[Facts, int]:
    """Anna claims a line and Boris confirms it; the route and the decision."""
    claimed = await store.write(journeys.claim_line, plan, entry, NOW)

    def confirm(conn: Connection) -> tuple[Facts, int]:
        line = Line(entry, LineState.CONFIRMED, NOW + DAY)
        facts, made = journeys.decide(conn, claimed, "confirmed", mentor, NOW + DAY, line=line, **more)
        return facts, made.id

    return await store.write(confirm)


# --- states ---


async def test_a_route_moves(store: Store, route: Facts, anna: Person) -> None:
    sent = await store.write(routes.move, route, State.ON_REVIEW, 1, LATER, anna.id)
    assert sent == replace(route, state=State.ON_REVIEW, step=1, state_since=LATER, version=2)
    assert await store.sees(route) == sent
    (line,) = await store.read(audit.of_person, anna.id)
    assert (line.action, line.detail) == ("move", f"route {route.route_id}: on_review 1")
    with pytest.raises(Stale):
        await store.write(routes.move, route, State.APPROVED, 0, LATER)


async def test_of_two_approvers_at_once_one_is_stale(store: Store, route: Facts) -> None:
    both = [store.write(routes.move, route, State.ON_REVIEW, step, LATER) for step in (1, 2)]
    results = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(isinstance(result, Stale) for result in results) == [False, True]
    assert await store.sees(route) in results


async def test_a_withdrawn_route_moves_no_more(store: Store, route: Facts) -> None:
    gone = await store.write(routes.move, route, State.WITHDRAWN, 0, LATER)
    assert await store.sees(route) == gone
    with pytest.raises(Stale):
        await store.write(routes.move, gone, State.ACTIVE, 0, LATER)


async def test_the_owner_shares_and_chooses(store: Store, route: Facts, anna: Person) -> None:
    shared = await store.write(routes.share_reflections, route, True, LATER)
    chosen = await store.write(lambda conn: routes.choose(conn, shared, track="ИКТ"))
    chosen = await store.write(lambda conn: routes.choose(conn, chosen, model="school"))
    assert await store.sees(route) == chosen
    assert (chosen.shares_reflections, chosen.track, chosen.model) == (True, "ИКТ", "school")
    assert [one.action for one in await store.read(audit.of_person, anna.id)] == ["reflections"]


async def test_several_routes_and_a_sandbox(store: Store, route: Facts, anna: Person, vera: Person) -> None:
    def begin(conn: Connection) -> Facts:
        return routes.start(conn, anna.id, "x", route.regulation_hash, None, NOW, track="ИКТ", trial=True)

    trial = await store.write(begin)
    new, old = await store.read(own_routes.of_person, anna.id)
    assert (new.route_id, new.track, new.trial) == (trial.route_id, "ИКТ", True)
    assert (old.route_id, old.state, old.trial) == (route.route_id, State.DRAFT, False)
    assert await store.read(own_routes.of_person, vera.id) == ()
    assert await store.read(own_routes.of_person, TOO_LONG) == ()
    discards = [(anna.id, route.route_id), (vera.id, trial.route_id), (anna.id, TOO_LONG)]
    assert not any([await store.write(own_routes.discard_trial, *one) for one in discards])
    assert await store.write(own_routes.discard_trial, anna.id, trial.route_id)
    assert [one.route_id for one in await store.read(own_routes.of_person, anna.id)] == [route.route_id]


# --- lines and evidence ---


async def test_a_line_is_claimed_with_its_evidence(store: Store, plan: Facts) -> None:
    entry, other = lines(plan)
    number = Evidence(0, entry, "certificate", NOW, "77-А", date(2026, 9, 1), 36.0, "курсы", PHOTO)
    words = Evidence(0, other, "text", NOW, text="провела урок")

    def claim(conn: Connection) -> Facts:
        facts = journeys.claim_line(conn, plan, entry, LATER, given=[number])
        return journeys.claim_line(conn, facts, other, LATER, given=[words])

    facts = await store.write(claim)
    journey = await store.read(journeys.load, plan.route_id)
    assert facts.version == plan.version + 2
    assert journey.lines[entry] == Line(entry, LineState.CLAIMED, LATER)
    assert journey.of_line(entry) == (replace(number, id=1),)
    assert journey.of_line(other) == (replace(words, id=2),)


async def test_the_same_file_is_the_same_evidence(store: Store, plan: Facts) -> None:
    entry, other = lines(plan)
    photo = Evidence(0, entry, "lesson", NOW, file=PHOTO)
    again = replace(photo, at=LATER, file=replace(PHOTO, id="another"))
    first, made = await store.write(journeys.add_evidence, plan, photo)
    facts, same = await store.write(journeys.add_evidence, first, again)
    assert (same.id, same.at, facts) == (made.id, NOW, first)
    facts, elsewhere = await store.write(journeys.add_evidence, facts, replace(photo, entry_id=other))
    assert elsewhere.id != made.id
    gone = await store.write(journeys.withdraw_evidence, facts, made.id, LATER)
    assert (await store.read(journeys.load, plan.route_id)).of_line(entry) == ()
    _, new = await store.write(journeys.add_evidence, gone, again)
    assert new.id not in {made.id, elsewhere.id}
    assert len(list(await store.read(Connection.execute, select(evidence)))) == 3  # the trace stays
    with pytest.raises(Stale):
        await store.write(journeys.withdraw_evidence, gone, made.id, LATER)


async def test_words_are_never_the_same_file(store: Store, plan: Facts) -> None:
    words = Evidence(0, lines(plan)[0], "text", NOW, text="раз")
    facts, one = await store.write(journeys.add_evidence, plan, words)
    _, two = await store.write(journeys.add_evidence, facts, words)
    assert one.id != two.id


async def test_a_line_that_is_not_as_seen_is_stale_and_nothing_is_written(store: Store, plan: Facts) -> None:
    entry, _ = lines(plan)
    confirmed = Line(entry, LineState.CONFIRMED, LATER)

    def press(conn: Connection) -> None:
        for line, seen in [
            (confirmed, LineState.CLAIMED),
            (replace(confirmed, entry_id=404), LineState.PLANNED),
        ]:
            with pytest.raises(Stale):
                journeys.set_line(conn, plan, line, seen)
        with pytest.raises(Stale):
            journeys.decide(conn, plan, "confirmed", BORIS, NOW, line=confirmed)

    await store.write(press)
    assert await store.sees(plan) == plan
    assert await store.read(journeys.load, plan.route_id) == EMPTY


async def test_boris_confirms_while_anna_edits(store: Store, plan: Facts, mentor: Hand) -> None:
    """He never confirms what he did not see: whoever comes second is stale."""
    entry, _ = lines(plan)
    claimed = await store.write(journeys.claim_line, plan, entry, NOW)
    line = Line(entry, LineState.CONFIRMED, LATER)

    def confirm(conn: Connection) -> Facts:
        return journeys.decide(conn, claimed, "confirmed", mentor, LATER, line=line)[0]

    edit = store.answers(claimed, SetAnswer("title", "Другой курс", row=entry))
    results = await asyncio.gather(store.write(confirm), edit, return_exceptions=True)
    assert sorted(isinstance(result, Stale) for result in results) == [False, True]


async def test_partly_done_and_not_done_say_why(store: Store, plan: Facts) -> None:
    entry, other = lines(plan)
    partly = Line(entry, LineState.PARTLY, LATER, left="отчёт")
    missed = Line(other, LineState.NOT_DONE, LATER, reason="болезнь")

    def press(conn: Connection) -> None:
        facts = journeys.claim_line(conn, plan, entry, NOW)
        facts = journeys.set_line(conn, facts, partly, LineState.CLAIMED)
        journeys.set_line(conn, facts, missed, LineState.PLANNED)

    await store.write(press)
    assert (await store.read(journeys.load, plan.route_id)).lines == {entry: partly, other: missed}


# --- decisions ---


async def test_a_decision_and_what_follows_are_one_version(
    store: Store, plan: Facts, mentor: Hand, boris: Person
) -> None:
    entry, _ = lines(plan)
    facts, _ = await confirmed(store, plan, mentor, entry, remark="хорошо")
    journey = await store.read(journeys.load, plan.route_id)
    (made,) = journey.decisions
    assert facts.version == plan.version + 2
    assert (made.kind, made.version, made.entry_id) == ("confirmed", plan.version + 1, entry)
    assert (made.person_id, made.role, made.name, made.post) == (
        boris.id,
        *("mentor", BORIS.name, BORIS.post),
    )
    assert journey.state(entry) is LineState.CONFIRMED
    assert journey.decided("confirmed", entry_id=entry) == made


async def test_she_takes_her_confirmation_back(store: Store, plan: Facts, mentor: Hand) -> None:
    entry, _ = lines(plan)
    facts, made = await confirmed(store, plan, mentor, entry)
    back = Line(entry, LineState.CLAIMED, LATER)

    def undo(conn: Connection) -> Facts:
        return journeys.undo(conn, facts, made, mentor.person_id, LATER, line=back)[0]

    undone = await store.write(undo)
    journey = await store.read(journeys.load, plan.route_id)
    assert (journey.decisions, journey.lines[entry]) == ((), back)
    with pytest.raises(Stale):
        await store.write(journeys.undo, undone, made, mentor.person_id, LATER)


async def test_only_her_own_newest_decision_is_taken_back(
    store: Store, plan: Facts, mentor: Hand, vera: Person
) -> None:
    entry, other = lines(plan)
    facts, first = await confirmed(store, plan, mentor, entry)
    for person, decision in [(vera.id, first), *((mentor.person_id, forged) for forged in FORGED)]:
        with pytest.raises(Stale):
            await store.write(journeys.undo, facts, decision, person, LATER)
    facts, _ = await confirmed(store, facts, mentor, other)  # another line is in nobody's way

    def returned(conn: Connection) -> Facts:
        line = Line(entry, LineState.RETURNED, NOW + 2 * DAY)
        confirmed = LineState.CONFIRMED
        return journeys.decide(conn, facts, "returned", mentor, NOW, line=line, seen=confirmed)[0]

    facts = await store.write(returned)
    with pytest.raises(Stale, match="after"):
        await store.write(journeys.undo, facts, first, mentor.person_id, LATER)


@pytest.mark.parametrize("with_evidence", [True, False])
async def test_what_was_acted_upon_is_not_taken_back(
    store: Store, plan: Facts, mentor: Hand, with_evidence: bool
) -> None:
    entry, _ = lines(plan)
    facts, made = await confirmed(store, plan, mentor, entry)
    later = NOW + 2 * DAY

    def act(conn: Connection) -> Facts:
        if with_evidence:
            return journeys.add_evidence(conn, facts, Evidence(0, entry, "text", later))[0]
        return journeys.set_line(conn, facts, Line(entry, LineState.CLAIMED, later), LineState.CONFIRMED)

    facts = await store.write(act)
    with pytest.raises(Stale, match="acted upon"):
        await store.write(journeys.undo, facts, made, mentor.person_id, later)


async def test_an_approval_is_taken_back_with_its_snapshot(store: Store, plan: Facts, mentor: Hand) -> None:
    old = await store.write(snapshots.keep, plan, {"lines": 1}, NOW)
    sent = await store.write(routes.move, plan, State.ON_REVIEW, 1, NOW)

    def approve(conn: Connection) -> tuple[Facts, int]:
        to = (State.APPROVED, 0)
        facts, made = journeys.decide(conn, sent, "agreed", mentor, LATER, step="approve", to=to)
        snapshots.keep(conn, facts, {"lines": 2}, LATER)
        return facts, made.id

    facts, made = await store.write(approve)
    assert (await store.sees(plan), facts.state) == (facts, State.APPROVED)
    newest = await store.read(snapshots.newest, plan.route_id)
    assert newest is not None
    assert (newest.version, newest.content) == (facts.version, {"lines": 2})

    def undo(conn: Connection) -> Facts:
        return journeys.undo(conn, facts, made, mentor.person_id, LATER, to=(State.ON_REVIEW, 1))[0]

    undone = await store.write(undo)
    assert (undone.state, undone.step) == (State.ON_REVIEW, 1)
    assert await store.sees(plan) == undone
    assert await store.read(snapshots.newest, plan.route_id) == old
    for forged in FORGED:
        assert await store.read(snapshots.newest, forged) is None


async def test_a_return_that_anna_has_worked_upon_stays(store: Store, plan: Facts, mentor: Hand) -> None:
    sent = await store.write(routes.move, plan, State.ON_REVIEW, 0, NOW)

    def back(conn: Connection) -> tuple[Facts, int]:
        to = (State.RETURNED, 0)
        facts, made = journeys.decide(conn, sent, "returned", mentor, NOW, to=to, remark="цель")
        return facts, made.id

    facts, made = await store.write(back)
    facts = await store.answers(facts, SetAnswer("goal", "расти"))
    with pytest.raises(Stale, match="acted upon"):
        await store.write(journeys.undo, facts, made, mentor.person_id, LATER)


# --- corrections ---


def drafted(conn: Connection, plan: Facts, state: str = "waiting") -> tuple[Facts, Correction]:
    entry, _ = lines(plan)
    changes = {"period": {"from": "2027-02-01"}}
    who = plan.person_id
    return journeys.draft_correction(
        conn, plan, "move", "болезнь", changes, who, NOW, entry_id=entry, state=state
    )


async def test_a_correction_from_draft_to_applied(store: Store, plan: Facts, mentor: Hand) -> None:
    hand = Hand(plan.person_id, "teacher")

    def whole(conn: Connection) -> Correction:
        facts, seen = drafted(conn, plan, "draft")
        facts, seen = journeys.redraft_correction(conn, facts, seen, "отпуск", {"period": None})
        facts, seen = journeys.advance_correction(conn, facts, seen, "waiting", 0, NOW)
        with pytest.raises(Stale, match="no draft"):
            journeys.redraft_correction(conn, facts, seen, "другое", {})
        facts, seen = journeys.advance_correction(
            conn, facts, seen, "acknowledging", 1, LATER, hand=mentor, step_key="mentor"
        )
        facts, seen = journeys.acknowledge_correction(conn, facts, seen, hand, LATER)
        facts, seen = journeys.apply_correction(conn, facts, seen, LATER)
        with pytest.raises(Stale, match="applied"):
            journeys.apply_correction(conn, facts, seen, LATER)
        assert facts.version == plan.version + 6
        return seen

    seen = await store.write(whole)
    journey = await store.read(journeys.load, plan.route_id)
    assert journey.corrections == (seen,)
    assert (seen.state, seen.step, seen.reason, seen.created_by) == ("applied", 1, "отпуск", plan.person_id)
    assert (seen.applied_at, seen.acknowledged_at) == (LATER, LATER)
    assert [(one.kind, one.correction_id) for one in journey.decisions] == [
        ("agreed", seen.id),
        ("acknowledged", seen.id),
    ]


@pytest.mark.parametrize("how", ["agreed", "refused"])
async def test_an_answer_to_a_correction_is_taken_back(
    store: Store, plan: Facts, mentor: Hand, how: str
) -> None:
    facts, seen = await store.write(drafted, plan)

    def answer(conn: Connection) -> Facts:
        if how == "agreed":
            return journeys.advance_correction(conn, facts, seen, "acknowledging", 1, NOW, hand=mentor)[0]
        return journeys.reject_correction(conn, facts, seen, mentor, NOW, "нет")[0]

    after = await store.write(answer)
    with pytest.raises(Stale):
        await store.write(journeys.reject_correction, after, seen, mentor, NOW, "передумал")
    await store.write(journeys.undo, after, 1, mentor.person_id, LATER)
    assert (await store.read(journeys.load, plan.route_id)).corrections == (seen,)


async def test_an_applied_correction_is_not_taken_back(store: Store, plan: Facts, mentor: Hand) -> None:
    def apply(conn: Connection) -> Facts:
        facts, seen = drafted(conn, plan)
        facts, seen = journeys.advance_correction(conn, facts, seen, "waiting", 1, NOW, hand=mentor)
        return journeys.apply_correction(conn, facts, seen, NOW)[0]

    facts = await store.write(apply)
    with pytest.raises(Stale, match="acted upon"):
        await store.write(journeys.undo, facts, 1, mentor.person_id, LATER)


# --- terms ---


async def test_own_extension_is_in_force_an_offered_one_waits(
    store: Store, plan: Facts, boris: Person
) -> None:
    def extend(conn: Connection) -> None:
        facts, own = journeys.extend(conn, plan, "own", 1, JUNE, JULY, plan.person_id, NOW, reason="болела")
        facts, one = journeys.extend(conn, facts, "offered", 1, JUNE, JULY, boris.id, NOW)
        facts, two = journeys.extend(conn, facts, "offered", 1, JUNE, JULY, boris.id, NOW)
        facts = journeys.accept_extension(conn, facts, one.id, LATER)
        facts = journeys.decline_extension(conn, facts, two.id, LATER)
        for taken in (own, one, two):
            with pytest.raises(Stale):
                journeys.accept_extension(conn, facts, taken.id, LATER)

    await store.write(extend)
    own, one, two = (await store.read(journeys.load, plan.route_id)).extensions
    assert (own.kind, own.reason, own.accepted_at, own.new_end) == ("own", "болела", NOW, JULY)
    assert (one.accepted_at, one.declined_at) == (LATER, None)
    assert (two.accepted_at, two.declined_at) == (None, LATER)


async def test_a_pause_ends_the_day_before_she_is_back(store: Store, plan: Facts) -> None:
    facts, past = await store.write(journeys.pause_route, plan, date(2026, 9, 1), date(2026, 9, 3), "отпуск")
    facts, running = await store.write(journeys.pause_route, facts, date(2026, 9, 10))
    facts, coming = await store.write(journeys.pause_route, facts, date(2027, 1, 1))
    assert (await store.read(journeys.load, plan.route_id)).pauses == (past, running, coming)
    facts = await store.write(journeys.resume, facts, date(2026, 9, 20))
    pauses = (await store.read(journeys.load, plan.route_id)).pauses
    assert pauses == (past, Pause(running.id, date(2026, 9, 10), date(2026, 9, 19)))
    with pytest.raises(Stale, match="no pause"):
        await store.write(journeys.resume, facts, date(2026, 9, 20))
    with pytest.raises(ValueError, match="before it begins"):
        await store.write(journeys.pause_route, facts, JULY, JUNE)


# --- words and hours ---


async def test_recommendations_are_signed_and_taken_or_not(store: Store, plan: Facts, mentor: Hand) -> None:
    def advise(conn: Connection) -> None:
        facts, one = journeys.recommend(
            conn, plan, "school", "plan", "урок", mentor, NOW, entry_id=lines(plan)[0]
        )
        facts, two = journeys.recommend(conn, facts, "regional", "goal", "курс", mentor, NOW)
        facts = journeys.accept_recommendation(conn, facts, one.id, LATER)
        facts = journeys.decline_recommendation(conn, facts, two.id, LATER)
        with pytest.raises(Stale):
            journeys.accept_recommendation(conn, facts, two.id, LATER)
        with pytest.raises(Stale):
            journeys.recommend(conn, facts, "school", "plan", "?", mentor, NOW, entry_id=404)

    await store.write(advise)
    one, two = (await store.read(journeys.load, plan.route_id)).recommendations
    assert (one.name, one.post, one.role, one.accepted_at) == (BORIS.name, BORIS.post, "mentor", LATER)
    assert (two.level, two.key, two.text, two.declined_at) == ("regional", "goal", "курс", LATER)


async def test_a_question_is_answered_once(store: Store, plan: Facts, boris: Person) -> None:
    entry, _ = lines(plan)
    facts, asked = await store.write(lambda conn: journeys.ask(conn, plan, "Как?", NOW, entry_id=entry))
    facts = await store.write(journeys.answer_inquiry, facts, asked.id, boris.id, "Так.", LATER)
    answered = replace(asked, answer="Так.", answered_at=LATER, answered_by=boris.id)
    assert (await store.read(journeys.load, plan.route_id)).inquiries == (answered,)
    with pytest.raises(Stale):
        await store.write(journeys.answer_inquiry, facts, asked.id, boris.id, "Или так.", LATER)


async def test_hours_are_logged(store: Store, plan: Facts, boris: Person) -> None:
    _, spent = await store.write(
        lambda conn: journeys.log_hours(conn, plan, "visit", 1.5, JUNE, boris.id, NOW, note="7 «Б»")
    )
    assert (await store.read(journeys.load, plan.route_id)).hours == (spent,)


# --- all of it ---

Press = Callable[[Connection, Facts], object]
PRESSES: dict[str, Press] = {
    "move": lambda conn, facts: routes.move(conn, facts, State.ON_REVIEW, 0, NOW),
    "share": lambda conn, facts: routes.share_reflections(conn, facts, True, NOW),
    "choose": lambda conn, facts: routes.choose(conn, facts, track="ИКТ"),
    "claim": lambda conn, facts: journeys.claim_line(conn, facts, lines(facts)[0], NOW),
    "evidence": lambda conn, facts: journeys.add_evidence(
        conn, facts, Evidence(0, lines(facts)[0], "text", NOW)
    ),
    "decide": lambda conn, facts: journeys.decide(conn, facts, "mark", Hand(facts.person_id, "head"), NOW),
    "correction": drafted,
    "extend": lambda conn, facts: journeys.extend(conn, facts, "own", 1, JUNE, JULY, 0, NOW),
    "pause": lambda conn, facts: journeys.pause_route(conn, facts, JUNE),
    "recommend": lambda conn, facts: journeys.recommend(
        conn, facts, "school", "x", "y", Hand(0, "head"), NOW
    ),
    "ask": lambda conn, facts: journeys.ask(conn, facts, "?", NOW),
    "hours": lambda conn, facts: journeys.log_hours(conn, facts, "visit", 1, JUNE, 0, NOW),
}


@pytest.mark.parametrize("press", PRESSES.values(), ids=PRESSES)
async def test_every_press_is_of_the_version_seen_and_makes_the_next(
    store: Store, plan: Facts, press: Press
) -> None:
    before = await store.counts()
    old = replace(plan, version=plan.version - 1)

    def stale(conn: Connection) -> None:
        with pytest.raises(Stale, match="version"):
            press(conn, old)

    await store.write(stale)
    assert (await store.sees(plan), await store.counts()) == (plan, before)
    await store.write(press, plan)
    seen = await store.sees(plan)
    assert seen is not None
    assert seen.version == plan.version + 1


@pytest.fixture
async def school(store: Store) -> Organisation:
    return await store.write(organisations.create, "Школа № 1", NOW)


async def test_who_is_involved(store: Store, anna: Person, boris: Person, school: Organisation) -> None:
    def involve(conn: Connection) -> Facts:
        memberships.join(conn, boris.id, school.id, "mentor", NOW, name="Борис", post="учитель")
        pair = pairings.pair(conn, school.id, anna.id, boris.id, NOW, direction="method")
        assert pair is not None
        pairings.open(conn, pair.id, anna.id, NOW)
        words = {"post": "директор", "place": "Школа № 1", "name": "Д. Дмитриев"}
        row = {"organisation_id": school.id, "step": "approve", "substitute": False, **words}
        conn.execute(insert(signatory).values(row))
        return begin_route(conn, anna.id, school.id)

    facts = await store.write(involve)
    journey = await store.read(journeys.load, facts.route_id)
    assert journey.companions == (Companion(1, boris.id, "Борис", "учитель", "method", NOW, True),)
    (signs,) = journey.signatories
    assert (signs.step, signs.post, signs.name, signs.person_id) == ("approve", "директор", "Д. Дмитриев", 0)


async def test_a_draft_costs_few_statements_and_a_stranger_none(store: Store, plan: Facts) -> None:
    def load(conn: Connection, route_id: int) -> int:
        seen = statements(conn)
        assert journeys.load(conn, route_id) == EMPTY
        return len(seen)

    assert await store.read(load, plan.route_id) <= 3
    assert [await store.read(load, forged) for forged in FORGED] == [0, 0, 1, 0, 0]


async def test_somebody_elses_things_are_stale(store: Store, plan: Facts, vera: Person, mentor: Hand) -> None:
    """Ids of Anna's route in Vera's hands."""
    facts, made = await confirmed(store, plan, mentor, lines(plan)[0])
    facts, asked = await store.write(journeys.ask, facts, "?", NOW)
    _, seen = await store.write(drafted, facts)
    veras = await store.answers(await store.write(begin_route, vera.id), AddEntry("plan"))

    def press(conn: Connection) -> None:
        with pytest.raises(Stale):
            journeys.claim_line(conn, veras, lines(plan)[0], NOW)
        with pytest.raises(Stale):
            journeys.undo(conn, veras, made, mentor.person_id, NOW)
        with pytest.raises(Stale):
            journeys.answer_inquiry(conn, veras, asked.id, vera.id, "!", NOW)
        with pytest.raises(Stale):
            journeys.apply_correction(conn, veras, seen, NOW)
        with pytest.raises(Stale):
            journeys.ask(conn, veras, "?", NOW, entry_id=lines(plan)[0])

    await store.write(press)
    assert await store.sees(veras) == veras
