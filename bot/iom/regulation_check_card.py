"""Cross checks of a card's layout: it prints only what the regulation asks or knows."""

from collections.abc import Iterator

from bot.iom.card_journey import COLUMNS, LINE, SCALARS
from bot.iom.card_monitoring import COLUMNS as MONITORING
from bot.iom.card_people import names_of
from bot.iom.regulation import CardBlock, Key, Regulation

Problem = tuple[tuple[str | int, ...], str]

_SCALARS = {"term.from", "term.to", "term.academic_year", "self_assessment"}
_BLOCK_SOURCES = {
    "block.title",
    "block.difficulties",
    "score.low",
    "score.medium",
    "score.high",
    "score.total",
}
_DIAGNOSIS = {
    "taken_on",
    "diagnosis_name",
    "block.title",
    "level.low",
    "level.medium",
    "level.high",
}
_ROWS = {
    **COLUMNS,
    **MONITORING,
    "blocks": _BLOCK_SOURCES,
    "blocks_final": _BLOCK_SOURCES,
    "deficit_tasks": {"growth.wording", "task", "expected"},
    "diagnosis_results": _DIAGNOSIS,
    "diagnosis_results_final": _DIAGNOSIS,
    "": set[str](),
}


def _scalars(regulation: Regulation) -> set[str]:
    """Sources of the whole route: its own answers, whole tables («courses_3y»), the full name by parts."""
    answers = {question.key for question in regulation.question if not question.each}
    name = {"full_name"} if "last_name" in answers else set[str]()
    journey = {*SCALARS, *names_of(regulation)}
    return _SCALARS | answers | set(regulation.tables) | name | journey


def card(regulation: Regulation) -> Iterator[Problem]:
    scalars = _scalars(regulation)
    for number, block in enumerate(regulation.card):
        known = scalars | (_item_sources(regulation) if block.kind == "items" else set())
        for field, source in _used(block):
            if source not in known:
                yield ("card", number, *field), f"карта печатает «{source}», но такого ответа нет"
        if block.kind == "table":
            yield from _card_table(regulation, block, number)


def _used(block: CardBlock) -> Iterator[tuple[tuple[str | int, ...], Key]]:
    """Sources a block names outside its columns, and where."""
    yield from ((("value",), source) for source in block.value)
    for number, row in enumerate(block.pairs):
        yield from ((("pairs", number), source) for source in row.value)
    for number, approval in enumerate(block.approvals):
        yield from ((("approvals", number), source) for source in approval.organisation_from)
    yield from ((("date_from",), source) for source in block.date_from)
    for number, signature in enumerate(block.signatures):
        yield from ((("signatures", number), source) for source in signature.name)


def _item_sources(regulation: Regulation) -> set[str]:
    return {f"{question.each}.{question.key}" for question in regulation.question if question.each}


def _row_sources(regulation: Regulation, rows: Key) -> set[str] | None:
    """What the columns of a table may print; None when there are no such rows."""
    if rows == "route":
        return {question.key for question in regulation.question if not question.each} | {*SCALARS}
    if rows == "changed":
        return {question.key for question in regulation.fields("plan")}
    if rows in regulation.tables:
        lines = set(LINE) if rows == "plan" else set[Key]()
        return {question.key for question in regulation.fields(rows)} | {"n", "growth.wording"} | lines
    found = _ROWS.get(rows)
    return None if found is None else set(found)


def _card_table(regulation: Regulation, block: CardBlock, number: int) -> Iterator[Problem]:
    known = _row_sources(regulation, block.rows)
    if known is None:
        yield ("card", number, "rows"), f"нет строк «{block.rows}»"
    elif not block.columns:
        yield ("card", number), "у таблицы карты нет столбцов"
    else:
        for n, column in enumerate(block.columns):
            if column.value and column.value not in known:
                reason = f"столбец печатает «{column.value}», но в строках «{block.rows}» такого нет"
                yield ("card", number, "columns", n), reason
