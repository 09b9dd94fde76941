"""What changes make of a route, before any database."""

from itertools import count

import pytest

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
from storage.changes import Stale, after, keys
from tests.storage.house import DIGEST, NOW

POINT, OTHER_POINT, TASK = 1, 2, 3
FACTS = Facts(
    route_id=1,
    person_id=1,
    organisation_id=None,
    slug="stavropol",
    regulation_hash=DIGEST,
    state=State.DRAFT,
    version=7,
    started_at=NOW,
    answers={(0, "goal"): Answer("расти"), (POINT, "block"): Answer("ict"), (TASK, "text"): Answer("а")},
    entries=(
        Entry(POINT, "points"),
        Entry(OTHER_POINT, "points"),
        Entry(TASK, "tasks", links=frozenset({POINT})),
    ),
)


def changed(*changes: Change) -> Facts:
    return after(FACTS, changes, count(100))


def test_a_change_makes_the_next_version() -> None:
    assert changed(SetAnswer("goal", "учить")).version == 8


def test_answers_are_set_skipped_and_forgotten() -> None:
    facts = changed(SetAnswer("term", None, skipped=True), SetAnswer("a", 1), ForgetAnswer("goal"))
    assert facts.answer("term") == Answer(None, skipped=True)
    assert facts.answer("a") == Answer(1)
    assert facts.answer("goal") is None


def test_the_later_change_wins() -> None:
    assert changed(SetAnswer("goal", "а"), SetAnswer("goal", "б")).text("goal") == "б"
    assert changed(SetAnswer("goal", "а"), ForgetAnswer("goal")).answer("goal") is None
    assert changed(ForgetAnswer("goal"), SetAnswer("goal", "а")).text("goal") == "а"


def test_forgetting_what_was_never_asked_is_fine() -> None:
    assert changed(ForgetAnswer("never")).answers == FACTS.answers


def test_rows_are_added_at_the_end_with_their_answers() -> None:
    facts = changed(AddEntry("tasks", {"text": "б"}, frozenset({POINT}), event=5), AddEntry("tasks"))
    assert facts.entries[-2:] == (Entry(100, "tasks", frozenset({POINT}), 5), Entry(101, "tasks"))
    assert facts.text("text", 100) == "б"


def test_a_row_may_be_added_with_a_skipped_answer() -> None:
    assert changed(AddEntry("tasks", {"text": None})).answer("text", 100) == Answer(None, skipped=True)


def test_a_removed_row_takes_its_answers_and_links_and_leaves_the_rows_that_needed_it() -> None:
    facts = changed(RemoveEntry(POINT))
    assert facts.entry(POINT) is None
    assert facts.answer("block", POINT) is None
    assert facts.entry(TASK) == Entry(TASK, "tasks")


def test_links_to_one_table_are_replaced() -> None:
    facts = changed(SetLinks(TASK, "points", frozenset({OTHER_POINT})))
    assert facts.linked("points", TASK) == ()
    assert facts.linked("tasks", OTHER_POINT) == (Entry(TASK, "tasks", frozenset({OTHER_POINT})),)


def test_links_to_other_tables_stay() -> None:
    tied = changed(SetLinks(OTHER_POINT, "points", frozenset({POINT})))
    facts = after(tied, [SetLinks(OTHER_POINT, "tasks", frozenset({TASK}))], count(100))
    assert facts.entry(OTHER_POINT) == Entry(OTHER_POINT, "points", frozenset({POINT, TASK}))


@pytest.mark.parametrize("row", [404, -1, 100, 2**63, 2**200])
@pytest.mark.parametrize("verb", ["answer", "forget", "remove", "link", "target", "add"])
def test_a_row_of_nobody_is_stale(verb: str, row: int) -> None:
    changes: dict[str, Change] = {
        "answer": SetAnswer("text", "а", row=row),
        "forget": ForgetAnswer("text", row=row),
        "remove": RemoveEntry(row),
        "link": SetLinks(row, "points", frozenset()),
        "target": SetLinks(TASK, "points", frozenset({row})),
        "add": AddEntry("tasks", {}, frozenset({row})),
    }
    with pytest.raises(Stale):
        changed(AddEntry("tasks"), changes[verb])


@pytest.mark.parametrize("change", [RemoveEntry(0), SetLinks(0, "points", frozenset())])
def test_the_route_itself_is_no_row_to_remove_or_link(change: Change) -> None:
    with pytest.raises(Stale):
        changed(change)


def test_a_row_just_removed_is_gone() -> None:
    with pytest.raises(Stale):
        changed(RemoveEntry(TASK), SetAnswer("text", "а", row=TASK))


def test_a_link_to_a_row_of_another_table_is_stale() -> None:
    with pytest.raises(Stale, match="not of points"):
        changed(SetLinks(POINT, "points", frozenset({TASK})))


def test_an_answer_given_again_is_a_new_one() -> None:
    """That is how the database learns of the new time and author."""
    facts = changed(SetAnswer("goal", "расти"))
    assert facts.answers == FACTS.answers
    assert facts.answers[0, "goal"] is not FACTS.answers[0, "goal"]


def test_keys_are_those_that_would_be_stored() -> None:
    changes: list[Change] = [
        SetAnswer("name", "Анна"),
        AddEntry("tasks", {"text": "а"}),
        ForgetAnswer("goal"),
    ]
    assert keys(changes) == {"name", "text"}
