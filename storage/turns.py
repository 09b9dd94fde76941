"""What may wait in a route, and whose turn the rules of its regulation say it is.

`Thing.rows` finds what waits in all routes, `Thing.number` is the step it waits at, `Thing.turns` says for
a regulation who acts at which step. `storage.queues` joins them to what one person can reach.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Integer, Select, case, func, literal_column, select

from bot.iom import route_model
from bot.iom.facts import State
from bot.iom.life import CONCLUSION_STEP
from bot.iom.regulation_life import Life
from storage.tables import checkpoint, correction, decision, inquiry, line, route

Turn: TypeAlias = tuple[int, str]  # the number of a step, the capability whose turn it is then

_NOTHING = literal_column("0", Integer)


@dataclass(frozen=True, slots=True)
class Thing:
    """One kind of what waits."""

    rows: Select[Any]
    number: Any
    turns: Callable[[Life], Iterable[Turn]]


def _columns(kind: str, since: Any, **ids: Any) -> tuple[Any, ...]:
    names = ("entry_id", "correction_id", "inquiry_id", "checkpoint_id", "organisation_id")
    numbers = [func.coalesce(ids.get(name, _NOTHING), 0).label(name) for name in names]
    return (
        literal_column(f"'{kind}'").label("kind"),
        route.c.id.label("route_id"),
        *numbers,
        since.label("since"),
    )


def _agreed_last(correlated: ColumnElement[bool], otherwise: Any) -> Any:
    last = select(func.max(decision.c.at)).where(correlated, decision.c.undone_at.is_(None))
    return func.coalesce(last.scalar_subquery(), otherwise)


_BEGUN = func.coalesce(route.c.state_since, route.c.started_at)
_ALIVE = route.c.state.not_in((State.WITHDRAWN, State.COMPLETED, State.ARCHIVED))
_SAID, _WORDS = decision.alias("said"), decision.alias("words")
_WRITTEN = (
    select(func.max(_WORDS.c.id))
    .where(_WORDS.c.route_id == route.c.id, _WORDS.c.undone_at.is_(None), _WORDS.c.kind == "concluded")
    .correlate(route)
    .scalar_subquery()
)
_AGREEMENTS = (
    select(func.count())
    .where(_SAID.c.route_id == route.c.id, _SAID.c.undone_at.is_(None), _SAID.c.kind == "agreed")
    .where(_SAID.c.step == CONCLUSION_STEP, _SAID.c.id > _WRITTEN)
    .correlate(route)
    .scalar_subquery()
)
# As `bot.iom.life.conclusion_stage`: -1 waits to be written, n for the agreement n, then for the teacher.
_STAGE = case((_WRITTEN.is_(None), -1), else_=_AGREEMENTS)
_CONCLUDED = _agreed_last(
    (decision.c.route_id == route.c.id)
    & ((decision.c.kind == "concluded") | (decision.c.step == CONCLUSION_STEP)),
    _BEGUN,
)
_MODEL_SAID = (
    select(func.max(_SAID.c.id))
    .where(_SAID.c.route_id == route.c.id, _SAID.c.undone_at.is_(None), _SAID.c.kind.in_(route_model.KINDS))
    .correlate(route)
    .scalar_subquery()
)
_MODEL_OPEN = route.c.state.in_(route_model.OPEN)
_CORRECTED = _agreed_last(decision.c.correction_id == correction.c.id, correction.c.created_at)


def _conclusion(life: Life) -> Iterator[Turn]:
    yield from ((-1, writer) for writer in life.conclusion.writers)
    yield from enumerate(life.conclusion.agree)


def _corrections(kind: str, state: str) -> Select[Any]:
    columns = _columns(kind, _CORRECTED, entry_id=correction.c.entry_id, correction_id=correction.c.id)
    rows = select(*columns).join_from(correction, route, route.c.id == correction.c.route_id)
    return rows.where(correction.c.state == state, _ALIVE)


def _models(kind: str) -> Select[Any]:
    """Routes whose newest word about the model (`bot.iom.route_model`) is of this kind and not in force."""
    rows = select(*_columns("model", decision.c.at)).join_from(
        decision, route, route.c.id == decision.c.route_id
    )
    newest = decision.c.id == _MODEL_SAID
    return rows.where(newest, decision.c.kind == kind, decision.c.remark != route.c.model, _MODEL_OPEN)


def _in_state(kind: str, state: State, since: Any) -> Select[Any]:
    return select(*_columns(kind, since)).select_from(route).where(route.c.state == state)


THINGS: tuple[Thing, ...] = (
    Thing(
        select(*_columns("line", line.c.since, entry_id=line.c.entry_id))
        .join_from(line, route, route.c.id == line.c.route_id)
        .where(line.c.state == "claimed", _ALIVE),
        _NOTHING,
        lambda life: [(0, who) for who in life.confirm],
    ),
    Thing(
        select(*_columns("inquiry", inquiry.c.at, entry_id=inquiry.c.entry_id, inquiry_id=inquiry.c.id))
        .join_from(inquiry, route, route.c.id == inquiry.c.route_id)
        .where(inquiry.c.answered_at.is_(None), _ALIVE),
        _NOTHING,
        lambda life: [(0, "mentor")],
    ),
    Thing(
        select(*_columns("monitoring", checkpoint.c.answered_at, checkpoint_id=checkpoint.c.id))
        .join_from(checkpoint, route, route.c.id == checkpoint.c.route_id)
        .where(checkpoint.c.kind == "monitoring", checkpoint.c.answered_at.is_not(None))
        .where(checkpoint.c.judged_at.is_(None), route.c.state == State.ACTIVE),
        _NOTHING,
        lambda life: [(0, who) for who in life.monitoring.judges],
    ),
    Thing(
        _corrections("correction", "waiting"),
        correction.c.step,
        lambda life: enumerate(life.correction.steps),
    ),
    Thing(_corrections("acknowledge", "acknowledging"), _NOTHING, lambda life: [(0, "teacher")]),
    Thing(_in_state("conclusion", State.CONCLUSION, _CONCLUDED), _STAGE, _conclusion),
    Thing(
        _in_state("acknowledge", State.CONCLUSION, _CONCLUDED),
        _STAGE,
        lambda life: [(len(life.conclusion.agree), "teacher")] if life.conclusion.acknowledge else [],
    ),
    Thing(
        _in_state("audit", State.AUDIT, _BEGUN),
        _NOTHING,
        lambda life: [(0, who) for who in ("curator", "coordinator") if life.conclusion.audit],
    ),
    Thing(_models(route_model.OFFERED), _NOTHING, lambda life: [(0, "teacher")] if life.models else []),
    Thing(
        _models(route_model.TAKEN),
        _NOTHING,
        lambda life: [(0, "coordinator")] if life.models else [],
    ),
)
REVIEW = _in_state("review", State.ON_REVIEW, _BEGUN)
