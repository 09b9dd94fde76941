"""The regulations the tests read: those we ship and a tiny invented one.

REAL are the two whose whole walks and lives are played.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bot.iom.card_rows import areas
from bot.iom.regulation import CardBlock, CompetenceBlock, Kind, Question, Regulation
from bot.iom.regulation_file import parse

_TEMPLATES = Path(__file__).parents[2] / "templates" / "regulations"

SHIPPED = tuple(sorted(file.parent.name for file in _TEMPLATES.glob("*/regulation.toml")))
REAL = ("stavropol", "ust_ilimsk")  # those whose draft begins with a diagnosis and ends with a product
ALL = (*SHIPPED, "tiny")

_TINY = Path(__file__).parent


@cache
def source(slug: str) -> str:
    """The text of `regulation.toml`."""
    folder = _TEMPLATES if slug in SHIPPED else _TINY
    return (folder / slug / "regulation.toml").read_text("utf-8")


@cache
def given(slug: str) -> Regulation:
    return parse(source(slug), slug)


def usual(regulation: Regulation) -> dict[str, CompetenceBlock]:
    """The blocks of whoever has not asked for others."""
    return {block.key: block for block in regulation.block if block.asked_if is None}


def draft(regulation: Regulation, **answers: str) -> list[str]:
    """Keys of the questions of the first draft, in order, when the conditions were answered so."""
    return [
        question.key
        for question in regulation.question
        if question.when == "draft"
        and (question.asked_if is None or answers[question.asked_if.question] == question.asked_if.answer)
    ]


def said_to_people(regulation: Regulation) -> Iterator[str]:
    """Everything the chat may show of a regulation, but for official words, suggestions and posts."""
    yield regulation.about
    for section in regulation.section:
        yield section.title
    for table in regulation.table:
        yield from (table.title, table.one)
    for level in (*regulation.scale.levels, *regulation.scale.self_levels):
        yield level.chat
    for block in regulation.block:
        yield from (block.chat, *block.tasks, *block.results, *block.selfcheck.values())
    for question in regulation.question:
        yield from (question.title, question.ask, question.hint, question.why)
        yield from (option.title for option in question.options)
        if question.key != "wording":
            yield question.example


def labels(blocks: tuple[CardBlock, ...]) -> list[str]:
    """Every word a layout prints by itself, from top to bottom; merged headers once."""
    return [label for block in blocks for label in _labels(block) if label]


def _labels(block: CardBlock) -> Iterator[str]:
    for approval in block.approvals:
        yield from (approval.heading, approval.post, approval.organisation)
        yield from (approval.post_caption, approval.organisation_caption)
        yield from (approval.sign_caption, approval.name_caption)
    yield from (block.text, block.label, *block.lines)
    before: tuple[str, ...] = ()
    for column in block.columns:
        depth = _shared(before, column.header)
        yield from column.header[depth:]
        before = column.header
    yield from (pair.label for pair in block.pairs)
    yield from (cell for row in block.form_rows for cell in row)
    for signature in block.signatures:
        captions = (signature.sign_caption, signature.name_caption)
        yield from (signature.role, *(reversed(captions) if signature.name_first else captions))


def _shared(left: tuple[str, ...], right: tuple[str, ...]) -> int:
    """How many cells of the header stand above both columns."""
    pairs = zip(left, right, strict=False)
    return next((n for n, (one, other) in enumerate(pairs) if one != other), min(len(left), len(right)))


DIAGNOSIS = ("taken_on", "diagnosis_name", "diagnosis_level")


def printed(regulation: Regulation) -> set[str]:
    """Keys of the questions whose answers the layout prints."""
    used = {source.rpartition(".")[2] for block in regulation.card for source in _sources(block)}
    whole = {source for block in regulation.card for source in _sources(block)} & set(regulation.tables)
    used |= {question.key for question in regulation.question if question.each in whole}
    rows = {block.rows for block in regulation.card}
    if "points" in rows:
        used |= {q.key for q in regulation.fields("plan")} | {
            q.key for q in regulation.fields("consultations")
        }
    if rows & {"blocks", "deficit_tasks", "points"}:
        used |= {"hinders", "wording"}
    if "all_diagnoses" in rows:
        used |= {f"{final}{key}" for final in ("", "final_") for key in DIAGNOSIS}
    if "blocks_final" in rows:
        used |= {"final_hinders"}
    if "diagnosis_results" in rows:
        used |= {"taken_on", "diagnosis_name", "diagnosis_level"}
    if "diagnosis_results_final" in rows:
        used |= {"final_taken_on", "final_diagnosis_name", "final_diagnosis_level"}
    used |= {block.only.question for block in regulation.card if block.only}
    if "final.mark" in {source for block in regulation.card for source in _sources(block)}:
        used |= {"final_done", "final_done_on"}
    if "full_name" in used:
        used |= {"last_name", "first_name", "patronymic"}
    return used


def _sources(block: CardBlock) -> Iterator[str]:
    yield from block.value
    for column in block.columns:
        yield from (column.value, *column.also)
        yield column.only.question if column.only else ""
    for holder in (*block.pairs, *block.signatures):
        yield from getattr(holder, "value", ()) or getattr(holder, "name", ())
    for approval in block.approvals:
        yield from approval.organisation_from


def feeds_a_rule(regulation: Regulation, question: Question) -> bool:
    """Answers that rules read: results, points, links, rows, conditions of other questions."""
    ruled = {Kind.SCORES, Kind.SELF_SCORES, Kind.POINT, Kind.EVENTS, Kind.ROWS, Kind.LINKS, Kind.TERM}
    conditions = {other.asked_if.question for other in regulation.question if other.asked_if}
    conditions |= {block.unless.question for block in regulation.card if block.unless}
    conditions |= {block.only.question for block in regulation.card if block.only}
    naming = {one.key for one in areas(regulation).values()}
    return question.kind in ruled or question.key in conditions | naming
