"""Cross checks of a card's layout: it prints only what the regulation asks or knows."""

from collections.abc import Iterator

from bot.iom.card_journey import COLUMNS, LINE, SCALARS
from bot.iom.card_monitoring import COLUMNS as MONITORING
from bot.iom.card_people import names_of
from bot.iom.card_points import columns_of
from bot.iom.card_rows import areas
from bot.iom.card_tested import COLUMNS as TESTED
from bot.iom.regulation import CardBlock, Condition, Key, Kind, Question, Regulation

Problem = tuple[tuple[str | int, ...], str]

_SCALARS = {"term.from", "term.to", "term.academic_year", "self_assessment"}
_BLOCK_SOURCES = {
    "block.title",
    "block.deficits",
    "block.difficulties",
    "block.self",
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
    **TESTED,
    "pairs": {"label", "value"},
    **MONITORING,
    "blocks": _BLOCK_SOURCES,
    "blocks_final": _BLOCK_SOURCES,
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
        known = scalars | (_item_sources(regulation) if block.kind in {"items", "title"} else set())
        for field, source in _used(block):
            if source not in known:
                yield ("card", number, *field), f"карта печатает «{source}», но такого ответа нет"
        if block.unless and (reason := _wrong_unless(regulation, block.unless)):
            yield ("card", number, "unless"), reason
        if block.kind == "table":
            yield from _card_table(regulation, block, number)
        elif block.rows and _row_sources(regulation, block.rows) is None:
            yield ("card", number, "rows"), f"нет строк «{block.rows}»"


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
    if rows == "points":
        return columns_of(regulation)
    if rows == "changed":
        return {question.key for question in regulation.fields("plan")}
    if rows in regulation.tables:
        lines = set(LINE) if rows == "plan" else set[Key]()
        return {question.key for question in regulation.fields(rows)} | {"n", "growth.wording"} | lines
    if rows == "deficit_tasks":
        return {"growth.wording", *(question.key for question in regulation.fields("tasks"))}
    found = _ROWS.get(rows)
    if found is _BLOCK_SOURCES:
        by_area = areas(regulation)
        return found | {f"{table}.{q.key}" for table in by_area for q in regulation.fields(table)}
    return None if found is None else set(found)


def _card_table(regulation: Regulation, block: CardBlock, number: int) -> Iterator[Problem]:
    known = _row_sources(regulation, block.rows)
    if block.only and (reason := _wrong_only(regulation, block.rows, block.only)):
        yield ("card", number, "only"), reason
    if block.by and block.by not in {q.key for q in _choices(regulation, block.rows)}:
        yield ("card", number, "by"), f"строки «{block.rows}» собирают по вопросу-выбору этой таблицы"
    if known is None:
        yield ("card", number, "rows"), f"нет строк «{block.rows}»"
    elif not block.columns:
        yield ("card", number), "у таблицы карты нет столбцов"
    else:
        for n, reason in _card_columns(regulation, block, known):
            yield ("card", number, "columns", n), reason
    for n, row in enumerate(block.form_rows):
        if len(row) != len(block.columns):
            yield (
                ("card", number, "form_rows", n),
                f"в строке формы {len(row)} ячеек вместо {len(block.columns)}",
            )


def _card_columns(regulation: Regulation, block: CardBlock, known: set[str]) -> Iterator[tuple[int, str]]:
    for n, column in enumerate(block.columns):
        for source in filter(None, (column.value, *column.also)):
            if source not in known:
                yield n, f"столбец печатает «{source}», но в строках «{block.rows}» такого нет"
        if column.only and (reason := _wrong_only(regulation, block.rows, column.only)):
            yield n, reason


def _choices(regulation: Regulation, rows: Key) -> tuple[Question, ...]:
    """The questions of a table whose answer is always one of the options."""
    return tuple(q for q in regulation.fields(rows) if q.kind is Kind.CHOICE and not q.own)


def _wrong_only(regulation: Regulation, rows: Key, only: Condition) -> str:
    """Why a table can't be narrowed so, "" when it can."""
    question = next((q for q in _choices(regulation, rows) if q.key == only.question), None)
    if question is None:
        return f"строки «{rows}» отбирают по вопросу-выбору этой таблицы без своих слов (own = false)"
    known = not only.answer or question.option(only.answer)
    return "" if known else f"у вопроса «{question.key}» нет варианта «{only.answer}»"


def _wrong_unless(regulation: Regulation, unless: Condition) -> str:
    """Why a block can't be left out so, "" when it can."""
    question = regulation.questions.get(unless.question)
    if question is None or question.each or question.kind is not Kind.CHOICE:
        return "блок убирают по ответу на вопрос-выбор о всём маршруте"
    return (
        "" if question.option(unless.answer) else f"у вопроса «{question.key}» нет варианта «{unless.answer}»"
    )
