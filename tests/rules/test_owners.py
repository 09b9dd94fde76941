"""Whose section and whose column it is: the columns of 000, the default, and every state of the route."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from bot.iom.advice import may_advise, topic_title, topics
from bot.iom.facts import Facts, SetAnswer, State
from bot.iom.life import approves, may_propose, may_write
from bot.iom.owners import open_to_teacher, owner
from bot.iom.regulation import Kind, Question, Regulation
from bot.iom.regulation_life import Life, Owner
from tests.regulations.given import given
from tests.rules.memory import EMPTY, changed

TINY = given("tiny")


def at(state: State) -> Facts:
    return replace(EMPTY, state=state)


def column(key: str, table: str = "plan", **fields: object) -> Question:
    """A question of every row of a table."""
    words = {"key": key, "section": "deeds", "kind": Kind.LINE, "title": "Столбец", "ask": "Что здесь?"}
    return Question.model_validate({**words, "each": table, "clause": "000 V.4", **fields})


# 000 п. V.4: the columns of the plan. Words of 000: зам. руководителя – coordinator, methodists of the
# centre «Фортуна» – methodist; «совместно» – both write.
LANGEPAS: Regulation = changed(
    TINY,
    question=(
        *TINY.question,
        *(
            column(key)
            for key in ("pd_programmes", "consultation_hours", "municipal_events", "in_school", "self_study")
        ),
        column("wording", "growth", section="aims"),
    ),
    life=Life(
        owner=(
            Owner(key="growth.wording", write=("coordinator",), propose=("teacher",), clause="000 V.6"),
            Owner(key="plan.pd_programmes", write=("coordinator", "methodist"), clause="000 V.6"),
            Owner(key="plan.consultation_hours", write=("methodist", "coordinator"), clause="000 V.7"),
            Owner(key="plan.municipal_events", write=("methodist", "coordinator"), clause="000 V.7"),
            Owner(key="plan.in_school", write=("coordinator",), clause="000 V.6"),
            Owner(key="plan.self_study", write=("teacher", "coordinator"), clause="000 V.5"),
        )
    ),
)


@pytest.mark.parametrize(
    ("key", "writes", "does_not"),
    [
        ("wording", "coordinator", "teacher"),  # «Профессиональный дефицит», V.6
        ("wording", "coordinator", "methodist"),
        ("pd_programmes", "coordinator", "teacher"),  # «Программы повышения квалификации», V.6
        ("pd_programmes", "methodist", "mentor"),
        ("consultation_hours", "methodist", "teacher"),  # «Консультационные часы», V.7
        ("consultation_hours", "coordinator", "curator"),
        ("municipal_events", "methodist", "teacher"),  # «Методические мероприятия муниципального уровня», V.7
        ("municipal_events", "coordinator", "head"),
        ("in_school", "coordinator", "teacher"),  # «Внутришкольная система», V.6
        ("in_school", "coordinator", "methodist"),
        ("self_study", "teacher", "methodist"),  # «Самообразование», V.5
        ("self_study", "coordinator", "mentor"),
        ("period", "teacher", "methodist"),  # «Период реализации»: nobody is named
    ],
)
@pytest.mark.parametrize("state", [State.DRAFT, State.RETURNED])
def test_every_column_of_000_has_who_writes_it_and_who_does_not(
    key: str, writes: str, does_not: str, state: State
) -> None:
    assert may_write(LANGEPAS, at(state), key, writes)
    assert not may_write(LANGEPAS, at(state), key, does_not)


# One row for each column of 000 п. V.4 and its two proposals; «Период реализации» names nobody.
PROPOSES = [
    ("growth.wording", "teacher", "mentor"),  # V.6: the deputy head writes, the teacher may propose
    ("plan.pd_programmes", "mentor", "teacher"),
    ("plan.consultation_hours", "mentor", "curator"),
    ("plan.municipal_events", "mentor", "head"),
    ("plan.in_school", "mentor", "expert"),
    ("plan.self_study", "mentor", "methodist"),
    ("plan.period", "mentor", "coordinator"),
]


@pytest.mark.parametrize(("key", "may", "may_not"), PROPOSES)
def test_every_column_of_000_has_who_proposes_and_who_does_not(key: str, may: str, may_not: str) -> None:
    assert may_propose(LANGEPAS, at(State.DRAFT), key, may)
    assert not may_propose(LANGEPAS, at(State.DRAFT), key, may_not)
    assert not may_propose(LANGEPAS, at(State.ACTIVE), key, may)


@pytest.mark.parametrize(
    ("key", "may", "may_not"),
    [
        ("growth.wording", "coordinator", "methodist"),  # зам. руководителя, V.6; «Фортуна» is not named
        ("plan.pd_programmes", "methodist", "curator"),
        ("plan.consultation_hours", "coordinator", "expert"),
        ("plan.municipal_events", "methodist", "curator"),
        ("plan.in_school", "coordinator", "methodist"),
        ("plan.self_study", "mentor", "methodist"),
        ("plan.period", "mentor", "methodist"),
    ],
)
def test_every_column_of_000_has_who_advises_and_who_does_not(key: str, may: str, may_not: str) -> None:
    """A recommendation comes from whoever writes, proposes or approves there, till the route is over."""
    for state in (State.DRAFT, State.ON_REVIEW, State.ACTIVE):
        assert may_advise(LANGEPAS, at(state), key, may)
        assert not may_advise(LANGEPAS, at(state), key, may_not)
    assert not may_advise(LANGEPAS, at(State.COMPLETED), key, may)


def test_the_columns_of_000_are_topics_with_names() -> None:
    found = topics(LANGEPAS, EMPTY, "methodist")
    assert found == ("plan.pd_programmes", "plan.consultation_hours", "plan.municipal_events")
    assert {topic_title(LANGEPAS, key) for key in found} == {f"{TINY.tables['plan'].title}: Столбец"}
    assert topics(LANGEPAS, EMPTY, "head") == ()
    assert topic_title(LANGEPAS, "nothing") == ""


@pytest.mark.parametrize(
    ("column", "opened"),
    [
        ("wording", False),
        ("pd_programmes", False),
        ("in_school", False),
        ("self_study", True),
        ("period", True),
    ],
)
def test_a_teacher_writes_only_the_columns_that_are_hers(column: str, opened: bool) -> None:
    assert open_to_teacher(LANGEPAS, at(State.DRAFT), [SetAnswer(column, "слова", 1)]) == opened
    assert not open_to_teacher(LANGEPAS, at(State.ACTIVE), [SetAnswer(column, "слова", 1)])


def test_where_nobody_is_named_the_teacher_writes_and_the_companion_proposes() -> None:
    for question in (q for q in TINY.question if q.when != "finish"):
        assert may_write(TINY, EMPTY, question.key, "teacher")
        assert may_propose(TINY, EMPTY, question.key, "mentor")
        for other in ("mentor", "coordinator", "curator", "head", "approver", "methodist", "expert", ""):
            assert not may_write(TINY, EMPTY, question.key, other)
            assert not approves(TINY, EMPTY, question.key, other)
        assert not may_propose(TINY, EMPTY, question.key, "coordinator")


SECTION = Owner(key="deeds", write=("methodist",), propose=("head",), approve=("curator",))
TABLE = Owner(key="plan", write=("coordinator",), propose=("methodist",), approve=("head",))
COLUMN = Owner(key="plan.period", write=("curator",), propose=(), approve=("coordinator",))


@pytest.mark.parametrize("order", [(SECTION, TABLE, COLUMN), (COLUMN, TABLE, SECTION)])
@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("period", COLUMN),
        ("plan.period", COLUMN),
        ("title", TABLE),
        ("plan.title", TABLE),
        ("plan", TABLE),
        ("events", TABLE),  # asked of a point of growth, but what it adds are lines of the plan
        ("deeds", SECTION),
        ("product", SECTION),
        ("products", SECTION),
        ("final_title", SECTION),
        ("try_more", SECTION),
    ],
)
def test_the_most_exact_owner_wins(order: tuple[Owner, ...], key: str, found: Owner) -> None:
    regulation = changed(TINY, life=Life(owner=order))
    assert owner(regulation, key) == found


@pytest.mark.parametrize("key", ["task", "full_name", "aims", "tasks", "nothing", "growth.period", ""])
def test_others_keep_the_default(key: str) -> None:
    regulation = changed(TINY, life=Life(owner=(SECTION, TABLE, COLUMN)))
    assert owner(regulation, key) == Owner(key=key)


def test_a_question_nobody_asks_is_nobodys() -> None:
    assert not may_write(TINY, EMPTY, "nothing", "teacher")


# --- By state -------------------------------------------------------------------------------------------

# A teacher's reflection and the companion's conclusion, both of the finish.
FINISHED = changed(
    TINY,
    question=(
        *TINY.question,
        column("reflection", "", when="finish"),
        column("conclusion", "", when="finish", writer="mentor"),
    ),
    life=Life(owner=(Owner(key="deeds", write=("teacher",), approve=("coordinator",)),)),
)

BY_STATE = """
                title  reflection  conclusion  proposes  approves
draft           T      -           -           M         C
on_review       -      -           -           -         C
returned        T      -           -           M         C
approved        -      -           -           -         -
active          -      T           M           -         -
finalizing      -      T           M           -         -
conclusion      -      T           M           -         -
audit           -      T           M           -         -
completed       -      -           -           -         -
withdrawn       -      -           -           -         -
archived        -      -           -           -         -
"""
STATES = [line.split() for line in BY_STATE.strip("\n").splitlines()[1:]]
WHO = {"T": "teacher", "M": "mentor", "C": "coordinator", "H": "head", "D": "methodist"}


@pytest.mark.parametrize("row", STATES, ids=[row[0] for row in STATES])
def test_who_writes_when(row: list[str]) -> None:
    facts = at(State(row[0]))
    came = [
        *(letters(may_write(FINISHED, facts, key, who) for who in WHO.values()) for key in KEYS),
        letters(may_propose(FINISHED, facts, "title", who) for who in WHO.values()),
        letters(approves(FINISHED, facts, "title", who) for who in WHO.values()),
    ]
    assert came == row[1:]


KEYS = ("title", "reflection", "conclusion")


def letters(allowed: Iterable[bool]) -> str:
    """«TM» for those who may, «-» for nobody."""
    return "".join(letter for letter, may in zip(WHO, allowed, strict=True) if may) or "-"


def test_every_state_is_in_the_table() -> None:
    assert {row[0] for row in STATES} == {state.value for state in State}
