"""The columns of the plan of 000: who fills, proposes and advises in each, and the teacher's proposals."""

from dataclasses import replace
from itertools import count

import pytest

from bot.iom import filling
from bot.iom.accept import allowed
from bot.iom.advice import author, in_column, may_advise, topic_title, topics
from bot.iom.asked import Refused
from bot.iom.facts import AddEntry, Answer, Change, Entry, Facts, SetAnswer, State
from bot.iom.interview import Step, steps
from bot.iom.life import may_propose, may_write
from bot.iom.owners import may_choose, open_to_teacher, owner, proposed
from bot.iom.regulation import Regulation
from bot.iom.regulation_life import Owner
from storage.changes import after as changes_after
from tests.regulations.given import given
from tests.rules.memory import EMPTY, Walker, changed, reason


def at(state: State) -> Facts:
    return replace(EMPTY, state=state)


# 000 п. V.4: the columns of the plan. Words of 000: зам. руководителя – curator, and the school's methodical
# service under her – coordinator; methodists of the centre – methodist; «совместно» – both write.
LANGEPAS: Regulation = given("langepas")
COLUMN = LANGEPAS.questions["column"]
DEFICIT, HOURS, PERIOD = "growth.wording", "consultations", "plan.period"
PROGRAMMES, CITY = "plan.column.pd_programmes", "plan.column.municipal"
IN_SCHOOL, SELF = "plan.column.in_school", "plan.column.self_study"


def fills(key: str, state: State, capability: str) -> bool:
    """Whether she may write in the column: choose the option, or answer its questions."""
    if not key.startswith("plan.column."):
        fields = [q.key for q in LANGEPAS.fields(key)] or [key]
        return all(may_write(LANGEPAS, at(state), name, capability) for name in fields)
    chosen = key.rpartition(".")[2]
    return (
        may_write(LANGEPAS, at(state), "column", capability)
        and capability in owner(LANGEPAS, key).write
        and may_choose(LANGEPAS, COLUMN, chosen, capability)
    )


@pytest.mark.parametrize(
    ("key", "writes", "does_not"),
    [
        (DEFICIT, "curator", "teacher"),  # «Профессиональный дефицит», V.6
        (DEFICIT, "coordinator", "methodist"),
        (PROGRAMMES, "curator", "teacher"),  # «Программы повышения квалификации», V.6
        (PROGRAMMES, "methodist", "mentor"),
        (HOURS, "methodist", "teacher"),  # «Консультационные часы», V.7
        (HOURS, "curator", "mentor"),
        (CITY, "methodist", "teacher"),  # «Методические мероприятия муниципального уровня», V.7
        (CITY, "curator", "head"),
        (IN_SCHOOL, "curator", "teacher"),  # «Внутришкольная система», V.6
        (IN_SCHOOL, "coordinator", "methodist"),
        (SELF, "teacher", "methodist"),  # «Самообразование», V.5
        (SELF, "curator", "mentor"),
        (PERIOD, "teacher", "head"),  # «Период реализации»: nobody is named
        (PERIOD, "methodist", "mentor"),
    ],
)
@pytest.mark.parametrize("state", [State.DRAFT, State.RETURNED])
def test_every_column_of_000_has_who_writes_it_and_who_does_not(
    key: str, writes: str, does_not: str, state: State
) -> None:
    assert fills(key, state, writes)
    assert not fills(key, state, does_not)
    assert not fills(key, State.ACTIVE, writes)


# One row for each column of 000 п. V.4: the teacher may propose in every column of others (IV.6, V.5).
PROPOSES = [
    (DEFICIT, "teacher", "mentor"),
    (PROGRAMMES, "teacher", "expert"),
    (HOURS, "mentor", "expert"),
    (CITY, "teacher", "head"),
    (IN_SCHOOL, "teacher", "methodist"),
    (SELF, "mentor", "methodist"),
    (PERIOD, "mentor", "head"),
]


@pytest.mark.parametrize(("key", "may", "may_not"), PROPOSES)
def test_every_column_of_000_has_who_proposes_and_who_does_not(key: str, may: str, may_not: str) -> None:
    assert may_propose(LANGEPAS, at(State.DRAFT), key, may)
    assert not may_propose(LANGEPAS, at(State.DRAFT), key, may_not)
    assert not may_propose(LANGEPAS, at(State.ACTIVE), key, may)


@pytest.mark.parametrize(
    ("key", "may", "may_not"),
    [
        (DEFICIT, "methodist", "mentor"),
        (PROGRAMMES, "methodist", "head"),
        (HOURS, "curator", "expert"),
        (CITY, "methodist", "head"),
        (IN_SCHOOL, "coordinator", "methodist"),
        (SELF, "mentor", "methodist"),
        (PERIOD, "methodist", "head"),
    ],
)
def test_every_column_of_000_has_who_advises_and_who_does_not(key: str, may: str, may_not: str) -> None:
    """A recommendation comes from whoever writes, proposes or approves there, till the route is over."""
    for state in (State.DRAFT, State.ON_REVIEW, State.ACTIVE):
        assert may_advise(LANGEPAS, at(state), key, may)
        assert not may_advise(LANGEPAS, at(state), key, may_not)
    assert not may_advise(LANGEPAS, at(State.COMPLETED), key, may)


def test_the_columns_of_000_are_topics_with_the_names_of_the_form() -> None:
    columns = (PROGRAMMES, HOURS, CITY, PERIOD)
    assert tuple(key for key in topics(LANGEPAS, EMPTY, "methodist") if key in columns) == columns
    assert topic_title(LANGEPAS, CITY) == "Методические мероприятия муниципального уровня"
    assert topic_title(LANGEPAS, HOURS) == "Консультационные часы"
    assert topics(LANGEPAS, EMPTY, "head") == ()
    assert topic_title(LANGEPAS, "nothing") == topic_title(LANGEPAS, "plan.column.nothing") == ""


@pytest.mark.parametrize(
    ("change", "opened"),
    [
        (SetAnswer("wording", "слова", 1), False),
        (SetAnswer("consult_hours", 4, 1), False),
        (SetAnswer("column", "municipal", 1), True),  # a proposal
        (SetAnswer("column", "self_study", 1), True),
        (SetAnswer("period", {"from": "2026-12-01", "to": "2026-12-31"}, 1), True),
        (AddEntry("consultations", {"consultant": "tutor"}), False),
        (AddEntry("plan", {"title": "Курс", "column": "pd_programmes"}), True),
        (AddEntry("plan", {"title": "Курс"}), True),
    ],
)
def test_a_teacher_writes_what_is_hers_and_proposes_the_rest(change: Change, opened: bool) -> None:
    assert open_to_teacher(LANGEPAS, at(State.DRAFT), [change]) == opened
    assert not open_to_teacher(LANGEPAS, at(State.ACTIVE), [change])


def test_where_she_may_not_propose_the_option_is_not_offered() -> None:
    life = LANGEPAS.life.model_copy(
        update={
            "owner": (
                *(one for one in LANGEPAS.life.owner if one.key != CITY),
                Owner(key=CITY, write=("methodist",), propose=()),
            )
        }
    )
    strict = changed(LANGEPAS, life=life)
    question = strict.questions["column"]
    offered = [option.key for option in allowed(strict, question).options]
    assert offered == ["pd_programmes", "self_study", "in_school"]
    assert [option.key for option in allowed(strict, question, "methodist").options] == [
        "pd_programmes",
        "municipal",
    ]
    assert not open_to_teacher(strict, at(State.DRAFT), [AddEntry("plan", {"column": "municipal"})])
    walker = Walker("langepas")
    walker.regulation = strict
    line = walker.adds("plan", walker.adds("growth", growth_point="subject"), title="Семинар")
    assert reason(walker.on("column", line).taps("municipal")) == "not_option"
    assert walker.on("column", line).says("внутри школы") != Refused("gone")
    assert walker.on("column", line).value == "in_school"


# --- Proposals ------------------------------------------------------------------------------------------


def line(column: str | None, title_by: int, column_by: int = 0) -> tuple[Facts, Entry]:
    """A plan line of a route of person 1, and whose its words are."""
    answers = {(9, "title"): Answer("Семинар", by=title_by)}
    if column:
        answers[9, "column"] = Answer(column, by=column_by or title_by)
    row = Entry(9, "plan", frozenset({5}))
    return replace(EMPTY, entries=(Entry(5, "growth"), row), answers=answers), row


@pytest.mark.parametrize(
    ("column", "title_by", "column_by", "where"),
    [
        ("municipal", 1, 1, CITY),
        ("municipal", 0, 0, CITY),  # nobody knows whose: as good as hers
        ("municipal", 7, 7, ""),
        ("municipal", 1, 7, CITY),  # she renamed what a methodist had put there
        ("municipal", 7, 1, CITY),  # she moved it there
        ("in_school", 1, 1, IN_SCHOOL),
        ("self_study", 1, 1, ""),
        (None, 1, 1, ""),
    ],
)
def test_a_line_of_hers_in_a_column_of_others_is_a_proposal(
    column: str | None, title_by: int, column_by: int, where: str
) -> None:
    facts, row = line(column, title_by, column_by)
    assert proposed(LANGEPAS, facts, row) == where
    assert filling.waiting(LANGEPAS, facts) == ((row,) if where else ())


@pytest.mark.parametrize(
    ("column", "who"),
    [
        ("municipal", {"methodist", "curator", "coordinator"}),
        ("pd_programmes", {"methodist", "curator", "coordinator"}),
        ("in_school", {"curator", "coordinator"}),
        ("self_study", set()),
    ],
)
def test_only_the_owners_of_a_column_take_from_it_and_only_from_a_draft(column: str, who: set[str]) -> None:
    facts, row = line(column, 1)
    every = ("teacher", "mentor", "coordinator", "curator", "head", "approver", "methodist", "expert")
    assert {one for one in every if row in filling.proposals(LANGEPAS, facts, one)} == who
    assert filling.owners_of(LANGEPAS, facts) == who
    for state in set(State) - filling.DRAFTED:
        assert not any(filling.proposals(LANGEPAS, replace(facts, state=state), one) for one in every)


def test_what_is_taken_is_the_owners_with_the_same_words() -> None:
    facts, row = line("municipal", 1)
    after = changes_after(facts, filling.taken(LANGEPAS, facts, row), count(90), 7)
    assert proposed(LANGEPAS, after, row) == ""
    assert after.answers == facts.answers  # equal whoever gave them
    assert filling.waiting(LANGEPAS, after) == ()


def test_owners_fill_in_what_the_teacher_is_never_asked() -> None:
    facts, _ = line("municipal", 7)
    hers = {step.key for step in steps(LANGEPAS, facts)}
    assert not {"wording", "consultant", "consult_hours"} & hers
    assert filling.steps(LANGEPAS, facts, "methodist") == (Step("consultant", 0, 5),)
    assert set(filling.steps(LANGEPAS, facts, "curator")) == {Step("consultant", 0, 5), Step("wording", 5)}
    assert filling.steps(LANGEPAS, facts, "mentor") == filling.steps(LANGEPAS, facts, "teacher") == ()
    assert filling.steps(LANGEPAS, replace(facts, state=State.ON_REVIEW), "methodist") == ()
    assert filling.steps(given("tiny"), EMPTY, "mentor") == ()


def test_more_hours_may_always_be_planned_up_to_the_limit() -> None:
    walker = Walker("langepas")
    point = walker.adds("growth", growth_point="subject")
    row = walker.adds("consultations", point, consultant="tutor", consult_hours=2)
    found = filling.steps(walker.regulation, walker.facts, "methodist")
    assert set(found) == {Step("consultant", row), Step("consult_hours", row), Step("consultant", 0, point)}
    for _ in range(19):
        walker.adds("consultations", point, consultant="mentor", consult_hours=1)
    assert Step("consultant", 0, point) not in filling.steps(walker.regulation, walker.facts, "methodist")


@pytest.mark.parametrize(
    ("key", "role", "answers", "hers"),
    [
        (CITY, "methodist", {"title": "Семинар", "column": "municipal"}, True),
        (IN_SCHOOL, "methodist", {"title": "Семинар", "column": "in_school"}, False),
        ("plan", "methodist", {}, False),
        (DEFICIT, "curator", {}, False),
    ],
)
def test_words_about_a_column_are_a_line_of_it(
    key: str, role: str, answers: dict[str, str], hers: bool
) -> None:
    wanted = in_column(LANGEPAS, key, "Семинар")
    assert wanted.answers == answers
    assert author(LANGEPAS, wanted, role) == hers
