"""The rows of a card's tables: of a table of the regulation, of blocks, diagnoses, deficits and their tasks.

Each row is a mapping source → text; what a layout names and a row has not is an empty cell.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from bot.iom import competence, own_competences, period
from bot.iom.branch import blocks_of
from bot.iom.card_journey import LINE, SCALARS
from bot.iom.card_journey import ROWS as JOURNEY_ROWS
from bot.iom.card_monitoring import ROWS as MONITORING_ROWS
from bot.iom.card_points import rows as points
from bot.iom.card_sources import JOIN, Row, Sources
from bot.iom.card_tested import Scores, all_diagnoses, named
from bot.iom.facts import Entry
from bot.iom.regulation import Condition, Key, Kind, Question, Regulation

PLUS = "+"


def table_rows(sources: Sources, rows: str, only: Condition | None = None, by: Key = "") -> tuple[Row, ...]:
    """The rows a layout asks for, each a mapping source → text; sources that are absent are empty cells.
    Of a table of the regulation `only` those that answered so, in the order of the options of `by`."""
    special = _ROWS.get(rows)
    if special is not None:
        return tuple(special(sources))
    found = [one for one in _in_order(sources, rows) if only is None or _fits(sources, one, only)]
    question = sources.regulation.questions.get(by)
    if question is not None:
        places = [option.key for option in question.options]
        found.sort(key=lambda one: _place(places, sources.facts.text(by, one.id)))
    return tuple(_entry_row(sources, entry, n) for n, entry in enumerate(found, 1))


def _fits(sources: Sources, entry: Entry, only: Condition) -> bool:
    return (sources.facts.value(only.question, entry.id) or "") == only.answer


def _place(places: list[Key], said: str) -> int:
    return places.index(said) if said in places else len(places)


def _in_order(sources: Sources, table: Key) -> list[Entry]:
    """Rows by the day their period begins, undated ones last; else in the order they were added."""
    dated = next((q.key for q in sources.regulation.fields(table) if q.kind is Kind.PERIOD), "")

    def begins(entry: Entry) -> date:
        found = period.from_value(sources.facts.value(dated, entry.id))
        return found.starts if found else date.max

    return sorted(sources.facts.rows(table), key=begins)


def _entry_row(sources: Sources, entry: Entry, number: int) -> Row:
    fields = sources.regulation.fields(entry.table)
    row = {question.key: sources.answer(question.key, entry.id) for question in fields}
    links = [question for question in fields if question.kind is Kind.LINKS]
    row.update({question.key: sources.wordings(entry) for question in links})
    row.update({name: line(sources, entry) for name, line in LINE.items()})
    points = sources.wording(entry) if entry.table == "growth" else sources.wordings(entry)
    return {**row, "n": str(number), "growth.wording": points}


def _blocks(sources: Sources) -> Iterator[Row]:
    """001 Прил. 4 §2: one row per block; percents as numbers, C06."""
    return _scored(sources, competence.by_date(sources.facts), "hinders", "wording")


def _blocks_final(sources: Sources) -> Iterator[Row]:
    """001 Прил. 4, Приложение 2, §1: the same on the way out, and what is still difficult."""
    return _scored(sources, competence.by_date(sources.facts, competence.FINAL), "final_hinders")


def _scored(sources: Sources, diagnoses: tuple[Entry, ...], *difficulties: Key) -> Iterator[Row]:
    newest: dict[Key, Mapping[str, float | str]] = {}
    for entry in diagnoses:
        newest.update(competence.scores(sources.facts, entry.id))
    for block in blocks_of(sources.regulation, sources.facts).values():
        shown = {f"score.{column}": _number(value) for column, value in newest.get(block.key, {}).items()}
        own = competence.self_level(sources.regulation, sources.facts, block.key)
        yield {
            **shown,
            **_of_area(sources, block.key),
            "block.title": block.title,
            "block.self": own.official if own else "",
            "block.difficulties": _difficulties(sources, block.key, difficulties),
            "block.deficits": JOIN.join(sources.wording(point) for point in _points(sources, block.key)),
        }


def areas(regulation: Regulation) -> Mapping[Key, Question]:
    """Tables whose rows belong to a block, each with its question that names the block by its options."""
    known = set(regulation.blocks)
    return {
        q.each: q
        for q in regulation.question
        if q.each and q.kind is Kind.CHOICE and q.options and {one.key for one in q.options} <= known
    }


def _of_area(sources: Sources, block: Key) -> Row:
    """«table.question»: what the rows of such tables say of one block (003: achievements by area)."""
    found = {}
    for table, names in areas(sources.regulation).items():
        rows = [row for row in sources.facts.rows(table) if sources.facts.text(names.key, row.id) == block]
        for question in sources.regulation.fields(table):
            texts = (sources.answer(question.key, row.id) for row in rows)
            found[f"{table}.{question.key}"] = JOIN.join(text for text in texts if text)
    return found


def _number(value: float | str) -> str:
    return f"{value:g}".replace(".", ",") if isinstance(value, (int, float)) else ""


def _difficulties(sources: Sources, block: Key, keys: tuple[Key, ...]) -> str:
    """What is said of the points of growth of a block: of each the first of these answers there is."""
    points = _points(sources, block)
    texts = (next(filter(None, (sources.answer(key, row.id) for key in keys)), "") for row in points)
    return JOIN.join(text for text in texts if text)


def _points(sources: Sources, block: Key) -> list[Entry]:
    facts = sources.facts
    return [row for row in facts.rows("growth") if facts.text("growth_point", row.id) == block]


def _deficit_tasks(sources: Sources) -> Iterator[Row]:
    for point in sources.facts.rows("growth"):
        wording = sources.wording(point)
        tasks = sources.facts.linked("tasks", point.id)
        for task in tasks:
            fields = sources.regulation.fields("tasks")
            texts = {question.key: sources.answer(question.key, task.id) for question in fields}
            yield {"growth.wording": wording, **texts}
        if not tasks:
            yield {"growth.wording": wording}


def _diagnosis_results(sources: Sources) -> Iterator[Row]:
    """004: a «+» or the percent under the level, competences named freely after the blocks; a
    self-assessment is named so and never shows a percent."""
    for entry in sources.facts.rows("diagnoses"):
        row = named(sources, entry, "")
        tested = competence.scores(sources.facts, entry.id)
        if any("level" in score for score in tested.values()):
            yield from _levels(sources, row, tested)
            continue
        own = competence.self_scores(sources.facts, entry.id)
        levels: Scores = {key: {"level": level} for key, level in own.items()}
        yield from _levels(sources, {"diagnosis_name": sources.regulation.self_title, **row}, levels)


def _diagnosis_results_final(sources: Sources) -> Iterator[Row]:
    """004: the same table on the way out, every exit diagnosis by its day."""
    for entry in competence.by_date(sources.facts, competence.FINAL):
        row = named(sources, entry, "final_")
        yield from _levels(sources, row, competence.scores(sources.facts, entry.id))


def _levels(sources: Sources, row: Row, found: Scores) -> Iterator[Row]:
    for key in (
        *blocks_of(sources.regulation, sources.facts),
        *own_competences.of(sources.regulation, found),
    ):
        level = found.get(key, {}).get("level")
        if level is not None:
            title = own_competences.title(sources.regulation, key)
            yield {**row, f"level.{level}": _mark(found[key]), "block.title": title}


def _mark(score: Mapping[str, float | str]) -> str:
    percent = _number(score.get("percent", ""))
    return f"{percent} %" if percent else PLUS


def _route(sources: Sources) -> Iterator[Row]:
    """One row of the route's own answers (the final public event)."""
    row = {q.key: sources.answer(q.key) for q in sources.regulation.question if not q.each}
    if any(row.values()):
        yield {**row, **{name: told(sources) for name, told in SCALARS.items()}}


_ROWS: Mapping[str, Callable[[Sources], Iterator[Row]]] = {
    "blocks": _blocks,
    "blocks_final": _blocks_final,
    "deficit_tasks": _deficit_tasks,
    "diagnosis_results": _diagnosis_results,
    "diagnosis_results_final": _diagnosis_results_final,
    "all_diagnoses": all_diagnoses,
    **JOURNEY_ROWS,
    "points": points,
    **MONITORING_ROWS,
    "route": _route,
    "": lambda sources: iter(()),
}
