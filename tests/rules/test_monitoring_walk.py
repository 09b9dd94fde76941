"""The questions of one monitoring: in what order, what is left out, what is next after any interruption."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.iom.checkpoint import Checkpoint, Interim
from bot.iom.facts import Value
from bot.iom.journey import EMPTY, Journey, LineState
from bot.iom.monitoring_walk import Part, Step, before, counted, following, steps
from tests.rules.between import carried_out, line
from tests.rules.memory import Walker

AT = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
CHECKPOINT = Checkpoint(1, "monitoring/1/2027-03-01", "monitoring", date(2027, 3, 1), AT)


def plan() -> tuple[Walker, int, int, int]:
    """A late line, an early one, one without a term, added in this order."""
    anna = carried_out()
    may: Value = {"from": "2027-05-01", "to": "2027-05-31"}
    march: Value = {"from": "2027-03-01", "to": "2027-03-31"}
    late, early = anna.adds("plan", title="Поздно", period=may), anna.adds("plan", title="Рано", period=march)
    return anna, late, early, anna.adds("plan", title="Когда-нибудь")


def walk(
    anna: Walker, *said: Interim, journey: Journey = EMPTY, reflects: bool = False, text: str | None = None
) -> tuple[tuple[Step, ...], Checkpoint]:
    checkpoint = replace(CHECKPOINT, answers=said, text=text)
    return steps(anna.regulation, anna.facts, journey, checkpoint, reflects), checkpoint


def test_lines_are_asked_about_by_their_terms_and_the_reflection_last() -> None:
    anna, late, early, undated = plan()
    asked, _ = walk(anna, reflects=True)
    assert [step.entry_id for step in asked if step.part is Part.RESULT] == [early, late, undated]
    assert [step.part for step in asked[:3]] == [Part.RESULT, Part.HINDERS, Part.HELP]
    assert asked[-1] == Step(Part.REFLECTION, 0, 4, 4)
    assert {(step.number, step.total) for step in asked} == {(1, 4), (2, 4), (3, 4), (4, 4)}


def test_a_line_that_waits_for_others_or_is_closed_is_not_spoken_of() -> None:
    anna, _, early, _ = plan()
    for state, spoken in [(LineState.CLAIMED, False), (LineState.NOT_DONE, False), (LineState.PARTLY, True)]:
        asked, _ = walk(anna, journey=line(early, state))
        assert (early in {step.entry_id for step in asked}) is spoken, state


def test_nothing_hinders_what_is_there_or_was_skipped() -> None:
    anna, late, early, undated = plan()
    asked, _ = walk(anna, Interim(early, "have"), Interim(late, ""), Interim(undated, "told", "почти"))
    assert [(step.entry_id, step.part) for step in asked] == [
        (early, Part.RESULT),
        (late, Part.RESULT),
        (undated, Part.RESULT),
        (undated, Part.HINDERS),
        (undated, Part.HELP),
    ]


def test_the_next_question_is_the_first_without_an_answer() -> None:
    anna, late, early, undated = plan()
    asked, checkpoint = walk(anna, Interim(early, "going", hinders=""), reflects=True)
    assert following(asked, checkpoint) == Step(Part.HELP, early, 1, 4)
    done = (Interim(early, "have"), Interim(late, "have"), Interim(undated, ""))
    asked, checkpoint = walk(anna, *done, reflects=True)
    assert following(asked, checkpoint) == Step(Part.REFLECTION, 0, 4, 4)
    assert following(*walk(anna, *done, reflects=True, text="")) is None


def test_the_question_before() -> None:
    anna, *_ = plan()
    asked, _ = walk(anna)
    assert before(asked, None) == asked[-1]
    assert before(asked, asked[1]) == asked[0]
    assert before(asked, asked[0]) is None
    assert before(asked, Step(Part.HELP, 999, 1, 1)) is None
    assert before((), None) is None


def test_how_many_are_how_far() -> None:
    said = (Interim(1, "have"), Interim(2, "going", help="yes"), Interim(3, "told", "почти", help="no"))
    assert counted(replace(CHECKPOINT, answers=(*said, Interim(4, ""), Interim(5)))) == {
        "have": 1,
        "going": 1,
        "not_yet": 0,
        "told": 1,
        "help": 1,
    }
