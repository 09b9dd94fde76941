"""A correction: its chain, what it may ask, what it changes, and its rows in the card."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from bot.iom.asked import Refused
from bot.iom.corrections import (
    CorrectionKind,
    CorrectionState,
    Moved,
    Wanted,
    agree,
    apply,
    drafted,
    line_event,
    moved_to,
    reject,
    rows,
    sent,
    waits_for,
    wanted,
    withdraw,
)
from bot.iom.corrections_check import may_correct, problem
from bot.iom.facts import State
from bot.iom.journey import EMPTY, Correction, Journey, LineState
from bot.iom.lines import LineEvent
from bot.iom.period import Period
from bot.iom.regulation_life import CorrectionRule
from tests.rules.between import CHAIN, NOW, at, carried_out, correction, decision, extension, line
from tests.rules.memory import Walker, changed

RULE = CorrectionRule.model_validate(CHAIN)
FREE = CorrectionRule()
SEEN = CorrectionRule(acknowledge=True)
WAITING, ACKNOWLEDGING = CorrectionState.WAITING, CorrectionState.ACKNOWLEDGING
APPLIED, REJECTED = CorrectionState.APPLIED, CorrectionState.REJECTED
MARCH = Period(date(2027, 3, 1), date(2027, 3, 31))
WHO = ("teacher", "mentor", "coordinator", "curator", "head", "approver", "methodist", "expert", "")


def now(kind: str, entry_id: int = 0, **more: Any) -> Correction:
    return correction(kind, entry_id, **more)


def refusal(walker: Walker, one: Correction, journey: Journey = EMPTY) -> str:
    """Why the correction can't be made, "" when it can."""
    found = problem(walker.regulation, walker.facts, journey, one)
    return found.reason if found else ""


@pytest.fixture
def anna() -> Walker:
    """Her plan has one line."""
    walker = carried_out(correction=CHAIN)
    point = walker.adds("growth", growth_point="ict")
    walker.adds("plan", point, title="Семинар", period={"from": "2026-12-01", "to": "2026-12-31"})
    return walker


@pytest.fixture
def row(anna: Walker) -> int:
    return anna.facts.rows("plan")[0].id


# --- The chain ------------------------------------------------------------------------------------------


def test_mentor_curator_methodist_and_the_teacher_acknowledges() -> None:
    """001 этап 5, Карта.Пр1 §1."""
    one, turns = now("move", 7), []
    came = sent(RULE, one, "teacher")
    while isinstance(came, Moved) and came.state is not APPLIED:
        one = replace(one, state=came.state, step=came.step)
        turns.append((waits_for(RULE, one), came.state))
        came = agree(RULE, one, turns[-1][0])
    assert turns == [
        ("mentor", WAITING),
        ("curator", WAITING),
        ("methodist", WAITING),
        ("teacher", ACKNOWLEDGING),
    ]
    assert came == Moved(APPLIED, 3)


@pytest.mark.parametrize("step", range(4))
@pytest.mark.parametrize("who", WHO)
def test_only_whose_turn_it_is_may_agree_and_reject(step: int, who: str) -> None:
    state = WAITING if step < 3 else ACKNOWLEDGING
    one = now("move", 7, state=state, step=step)
    turn = (*RULE.steps, "teacher")[step]
    assert isinstance(agree(RULE, one, who), Moved) == (who == turn)
    assert isinstance(reject(RULE, one, who, "рано"), Moved) == (who == turn != "teacher")
    if who != turn:
        assert agree(RULE, one, who) == Refused("not_yours")


@pytest.mark.parametrize("state", ["draft", "applied", "rejected"])
def test_it_is_nobodys_turn_before_and_after(state: str) -> None:
    one = now("move", 7, state=state)
    for who in WHO:
        assert agree(RULE, one, who) == Refused("correction_moved_on")
        assert reject(RULE, one, who, "нет") == Refused("correction_moved_on")
    assert waits_for(RULE, one) == ""


@pytest.mark.parametrize("state", ["waiting", "acknowledging", "applied", "rejected"])
def test_what_is_sent_is_sent_once(state: str) -> None:
    assert sent(RULE, now("move", 7, state=state), "teacher") == Refused("correction_moved_on")


def test_without_a_chain_it_applies_at_once_or_when_it_was_seen() -> None:
    assert sent(FREE, now("move", 7), "teacher") == Moved(APPLIED, 0)
    assert sent(SEEN, now("move", 7), "mentor") == Moved(ACKNOWLEDGING, 0)
    assert agree(SEEN, now("move", 7, state="acknowledging"), "teacher") == Moved(APPLIED, 0)
    unseen = CorrectionRule(steps=("mentor",))
    assert agree(unseen, now("move", 7, state="waiting"), "mentor") == Moved(APPLIED, 1)


def test_who_sends_does_not_agree_with_herself() -> None:
    assert sent(RULE, now("move", 7), "mentor") == Moved(WAITING, 1)
    assert sent(RULE, now("move", 7), "methodist") == Moved(WAITING, 0), "the others come first"
    assert sent(CorrectionRule(steps=("mentor", "mentor")), now("add"), "mentor") == Moved(APPLIED, 2)


def test_no_without_a_word_is_no_answer() -> None:
    one = now("move", 7, state="waiting")
    assert reject(RULE, one, "mentor", " ") == Refused("no_remark")
    assert reject(RULE, one, "mentor", "обсудим") == Moved(REJECTED, 0)


def test_who_sent_it_takes_it_back() -> None:
    one = now("move", 7, state="waiting", step=1, created_by=5)
    assert withdraw(one, 5) == Moved(REJECTED, 1)
    assert withdraw(one, 6) == Refused("not_yours")
    assert withdraw(replace(one, created_by=0), 0) == Refused("not_yours")
    assert withdraw(replace(one, state="acknowledging"), 5) == Refused("correction_moved_on")


# --- What it may ask ------------------------------------------------------------------------------------


def test_a_move_needs_a_reason_and_a_new_date_inside_the_term(anna: Walker, row: int) -> None:
    good = now("move", row, changes=moved_to(MARCH))
    assert refusal(anna, good) == ""
    assert refusal(anna, replace(good, reason=" – ")) == "reason_needed"
    assert refusal(anna, replace(good, changes={})) == "nothing_changes"
    same = {"answers": {"period": {"from": "2026-12-01", "to": "2026-12-31"}}}
    assert refusal(anna, replace(good, changes=same)) == "nothing_changes"
    assert refusal(anna, replace(good, changes={"answers": {"period": "март"}})) == "not_period"
    backwards = moved_to(Period(date(2027, 3, 2), date(2027, 3, 1)))
    assert refusal(anna, replace(good, changes=backwards)) == "not_period"
    late = moved_to(Period(date(2027, 6, 1), date(2027, 6, 30)))
    assert refusal(anna, replace(good, changes=late)) == "outside_term"
    anna.answers(term=None)
    assert refusal(anna, replace(good, changes=late)) == "", (
        "without a term there is nothing to be outside of"
    )


def test_an_extended_term_is_longer(anna: Walker, row: int) -> None:
    late = now("move", row, changes=moved_to(Period(date(2027, 6, 1), date(2027, 6, 30))))
    journey = Journey(extensions=(extension(1, date(2027, 6, 30)),))
    assert refusal(anna, late, journey) == ""


def test_a_date_that_is_past_is_fine(anna: Walker, row: int) -> None:
    """C32: nothing is compared with today."""
    anna.answers(row, period={"from": "2027-05-01", "to": "2027-05-31"})
    early = moved_to(Period(date(2026, 12, 1), date(2026, 12, 1)))
    assert refusal(anna, now("move", row, changes=early)) == ""


@pytest.mark.parametrize("state", State)
def test_only_an_approved_plan_is_corrected(anna: Walker, row: int, state: State) -> None:
    at(anna, state)
    approved = state in {State.APPROVED, State.ACTIVE, State.FINALIZING}
    assert refusal(anna, now("cancel", row)) == ("" if approved else "not_approved")
    assert may_correct(anna.facts, EMPTY, CorrectionKind.CANCEL, row) == approved


@pytest.mark.parametrize("state", LineState)
def test_what_a_line_can_still_be_asked(anna: Walker, row: int, state: LineState) -> None:
    journey = line(row, state)
    moves = refusal(anna, now("move", row, changes=moved_to(MARCH)), journey) == ""
    assert moves == (state in {"planned", "returned", "partly"})
    for kind in ("replace", "cancel"):
        new = {"answers": {"title": "Курсы"}}
        goes = refusal(anna, now(kind, row, changes=new if kind == "replace" else {}), journey) == ""
        assert goes == (state in {"planned", "returned", "not_done"})
        assert goes == may_correct(anna.facts, journey, CorrectionKind(kind), row)


def test_a_line_waits_for_one_correction_at_a_time(anna: Walker, row: int) -> None:
    one = replace(now("cancel", row), id=2)
    other = Journey(corrections=(now("move", row, state="waiting"),))
    assert refusal(anna, one, other) == "correction_waits"
    assert not may_correct(anna.facts, other, CorrectionKind.CANCEL, row)
    over = Journey(corrections=(now("move", row, state="rejected"), replace(one, state="waiting")))
    assert refusal(anna, one, over) == "", "it is not in its own way"


def test_other_rows_and_strange_columns_are_refused(anna: Walker, row: int) -> None:
    point = anna.facts.rows("growth")[0].id
    for forged in (point, 404, 0, -1):
        assert refusal(anna, now("cancel", forged)) == "not_plan_line"
    assert refusal(anna, now("add", row, changes={"answers": {"title": "Курсы"}})) == "not_plan_line"
    strange = {"answers": {"full_name": "Кто-то"}}
    assert refusal(anna, now("other", row, changes=strange)) == "unknown_column"


def test_a_new_line_needs_a_name_and_room(anna: Walker, row: int) -> None:
    assert refusal(anna, now("add", changes={"answers": {"level": "regional"}})) == "no_title"
    assert refusal(anna, now("add", changes={"answers": {"title": "Курсы"}})) == ""
    full = replace_plan_limit(anna, 1)
    assert refusal(full, now("add", changes={"answers": {"title": "Курсы"}})) == "plan_full"


def replace_plan_limit(walker: Walker, limit: int) -> Walker:
    tables = [
        table.model_copy(update={"at_most": limit}) if table.key == "plan" else table
        for table in walker.regulation.table
    ]
    walker.regulation = changed(walker.regulation, table=tables)
    return walker


def test_another_change_may_be_words_alone(anna: Walker, row: int) -> None:
    assert refusal(anna, now("other")) == ""
    assert refusal(anna, now("other", row, changes={"answers": {"level": "regional"}})) == ""


# --- What it changes ------------------------------------------------------------------------------------


def test_a_move_sets_the_date(anna: Walker, row: int) -> None:
    one = drafted(CorrectionKind.MOVE, row, moved_to(MARCH), " болезнь\n ", now=NOW, by=5)
    assert (one.id, one.state, one.reason, one.created_by) == (0, "draft", "болезнь", 5)
    before = anna.facts
    anna.does(*apply(anna.facts, one))
    assert anna.facts.value("period", row) == {"from": "2027-03-01", "to": "2027-03-31"}
    assert anna.facts.entries == before.entries
    assert line_event(one) is None


def test_a_replaced_line_stays_and_a_new_one_has_its_links(anna: Walker, row: int) -> None:
    point = anna.facts.rows("growth")[0].id
    new = Wanted({"title": "Курсы"}, event=9)
    one = now("replace", row, changes=new.stored())
    anna.does(*apply(anna.facts, one))
    old, added = anna.facts.rows("plan")
    assert (old.id, anna.facts.text("title", old.id)) == (row, "Семинар")
    assert (set(added.links), added.event, anna.facts.text("title", added.id)) == ({point}, 9, "Курсы")
    assert line_event(one) is LineEvent.REPLACE


def test_a_cancelled_line_keeps_its_row(anna: Walker, row: int) -> None:
    assert apply(anna.facts, now("cancel", row)) == ()
    assert line_event(now("cancel", row)) is LineEvent.CANCEL


def test_a_line_is_added_to_the_points_that_are_still_there(anna: Walker) -> None:
    point = anna.facts.rows("growth")[0].id
    anna.does(
        *apply(anna.facts, now("add", changes=Wanted({"title": "Курсы"}, frozenset({point, 404})).stored()))
    )
    assert anna.facts.rows("plan")[-1].links == {point}


def test_a_line_that_is_gone_changes_nothing(anna: Walker) -> None:
    assert apply(anna.facts, now("move", 404, changes=moved_to(MARCH))) == ()


def test_what_is_stored_comes_back_and_rubbish_is_nothing() -> None:
    whole = Wanted({"title": "Курсы", "period": None}, frozenset({3, 1}), 7)
    assert wanted(now("add", changes=whole.stored())) == whole
    assert wanted(now("add", changes={"answers": "?", "links": "12", "event": None})) == Wanted()
    assert Wanted().stored() == {}


# --- Its rows in the card -------------------------------------------------------------------------------


def test_the_card_lists_what_was_applied() -> None:
    """«Сведения о корректировке»: date, reason, who agreed, when it was seen."""
    day = timedelta(days=1)
    late = now("cancel", 7, state="applied", applied_at=NOW + day, acknowledged_at=NOW + 2 * day)
    early = replace(now("move", 7, state="applied", applied_at=NOW), id=2)
    waiting = replace(now("move", 7, state="waiting"), id=3)
    decisions = (decision("agreed", 1), decision("refused", 1), decision("agreed", 2), decision("agreed"))
    first, second = rows(Journey(corrections=(late, early, waiting), decisions=decisions))
    assert (first.correction.id, first.changed_on, first.acknowledged_on) == (2, NOW.date(), None)
    assert (second.reason, second.changed_on) == ("болезнь", (NOW + day).date())
    assert second.acknowledged_on == (NOW + 2 * day).date()
    assert second.agreed == (decisions[0],)


def test_days_are_those_of_the_person() -> None:
    night = datetime(2026, 12, 10, 21, 0, tzinfo=UTC)
    one = now("cancel", 7, state="applied", applied_at=night)
    irkutsk = timezone(timedelta(hours=8))
    assert rows(Journey(corrections=(one,)), irkutsk)[0].changed_on == date(2026, 12, 11)
