"""Whose section and whose column it is: the default, the most exact, and every state of the route."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from bot.iom.facts import Facts, State
from bot.iom.life import approves, may_propose, may_write
from bot.iom.owners import owner
from bot.iom.regulation import Kind, Question
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
