"""Judging what only this domain has: results by block, points of growth, tasks, terms, links."""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.iom import numbers, period
from bot.iom.accept_words import plain
from bot.iom.asked import Accepted, Asked, Outcome, Refused, Said, suggested
from bot.iom.competence import percent
from bot.iom.facts import Facts, SetLinks, Value
from bot.iom.numbers_names import block_names, named
from bot.iom.regulation import CompetenceBlock, Key

_RISE = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*%?\s*(?:→|->|-->|[-–—]|до)\s*(\d{1,3}(?:[.,]\d+)?)\s*%?")
_BARE = re.compile(r"^(?:до\s+)?(\d{1,3}(?:[.,]\d+)?)\s*%?$")


def scores(asked: Asked, said: Said) -> Outcome:
    """Results by block: «П 49, М 50» for several, or one number for the block that was tapped.

    `choice` "block.level" is a tap of a level; the answer stays on screen until every block has a value.
    What was clear in a message is stored even when a piece of it was not.
    """
    if said.choice:
        tapped = _tapped(asked, said.choice)
        return _merged(asked, tapped) if tapped else Refused("not_option", {"options": []})
    try:
        return _merged(asked, numbers.scores_value(said.text, asked.regulation.block, asked.regulation.scale))
    except numbers.ScoresError as error:
        first = error.problems[0]
        refused = Refused("not_scores", {"problem": first.fault.value, "piece": first.piece})
        clear: dict[str, Value] = {block: {**columns} for block, columns in error.understood.items()}
        return replace(_merged(asked, clear), stay=True, but=refused) if clear else refused


def _merged(asked: Asked, new: Mapping[str, Value]) -> Accepted:
    merged: dict[str, Value] = {**_had(asked), **new}
    return asked.store(merged, stay=set(merged) != set(asked.regulation.blocks))


def self_scores(asked: Asked, said: Said) -> Outcome:
    """Self-assessment, one block at a time: `choice` "block.level", or the level's words typed for the
    block on screen: the first without a level, the first of all when every one has it."""
    had = _had(asked)
    tapped = _self_tapped(asked, said)
    if tapped is None:
        options = [level.chat for level in asked.regulation.scale.self_levels]
        return Refused("not_option", {"options": options})
    block, level = tapped
    merged: dict[str, Value] = {**had, block: {"self": level}}
    return asked.store(merged, stay=set(merged) != set(asked.regulation.blocks))


def open_block(asked: Asked) -> Key:
    """The first block of a self-assessment without a level, "" when all have one."""
    had = _had(asked)
    return next((block for block in asked.regulation.blocks if block not in had), "")


def _had(asked: Asked) -> Mapping[str, Value]:
    value = asked.facts.value(asked.question.key, asked.step.row)
    return value if isinstance(value, dict) else {}


def _tapped(asked: Asked, choice: str) -> dict[str, Value] | None:
    block, _, level = choice.partition(".")
    known = {lv.key for lv in asked.regulation.scale.levels}
    if asked.regulation.scale.kind != "level" or block not in asked.regulation.blocks or level not in known:
        return None
    return {block: {"level": level}}


def _self_tapped(asked: Asked, said: Said) -> tuple[Key, Key] | None:
    levels = {level.key: level for level in asked.regulation.scale.self_levels}
    if said.choice:
        block, _, level = said.choice.partition(".")
        return (block, level) if block in asked.regulation.blocks and level in levels else None
    words = said.text.strip().casefold()
    found = next(
        (key for key, lv in levels.items() if words in {lv.chat.casefold(), lv.official.casefold()}), ""
    )
    block = open_block(asked) or next(iter(asked.regulation.blocks))
    return (block, found) if found else None


def taken_points(facts: Facts, except_row: int = 0) -> set[str]:
    """Blocks that already are points of growth."""
    return {facts.text("growth_point", row.id) for row in facts.rows("growth") if row.id != except_row}


def point(asked: Asked, said: Said) -> Outcome:
    """A point of growth: the key of a block, or its name typed; one block once."""
    block = _block(asked, said)
    if block is None:
        return Refused("not_block", {"options": [found.chat for found in asked.regulation.block]})
    if block.key in taken_points(asked.facts, asked.step.row):
        return Refused("point_taken", {"title": block.chat})
    return asked.store(block.key)


def _block(asked: Asked, said: Said) -> CompetenceBlock | None:
    """The tapped block, or the one a typed name means, as forgiving as the scores are."""
    key = said.choice or named(said.text, block_names(asked.regulation.block)) or ""
    return asked.regulation.blocks.get(key)


def task_block(asked: Asked) -> CompetenceBlock | None:
    """The competence block of the point of growth a task is for: the parent's, or the first linked one's."""
    entry = asked.facts.entry(asked.step.row)
    points = [asked.step.parent] if asked.step.parent else sorted(entry.links if entry else ())
    for row in points:
        block = asked.regulation.blocks.get(asked.facts.text("growth_point", row))
        if block is not None:
            return block
    return None


def task(asked: Asked, said: Said) -> Outcome:
    """A task of professional development: one of the suggested for the block, or own words."""
    block = task_block(asked)
    text = suggested(block.tasks if block else (), said)
    return plain(asked, Said(text=text)) if text else Refused("not_option", {"options": []})


_TARGET = re.compile(r"(\d{1,3})\s*%")


def results_worth(asked: Asked) -> tuple[str, ...]:
    """Suggested results that are not below what one has already."""
    block = task_block(asked)
    known = percent(asked.facts, block.key) if block else None
    texts = block.results if block else ()
    return tuple(text for text in texts if known is None or _target(text) > known)


def _target(text: str) -> float:
    """The percent a suggested result asks for; one that names none is always worth it."""
    found = _TARGET.findall(text)
    return float(found[-1]) if found else 1000.0


def expected(asked: Asked, said: Said) -> Outcome:
    """A measurable result. «49 → 70» must rise; a bare «70» is read as "from what I have to 70" (R51).

    Numbers among words are left as they were written: they may count lessons or children.
    """
    block = task_block(asked)
    text = suggested(block.results if block else (), said).strip()
    if rise := _RISE.fullmatch(text):
        return _rise(asked, *(_number(part) for part in rise.groups()))
    known = percent(asked.facts, block.key) if block else None
    if (bare := _BARE.match(text)) and known is not None:
        return _rise(asked, known, _number(bare[1]))
    return plain(asked, Said(text=text)) if text else Refused("not_option", {"options": []})


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _rise(asked: Asked, low: float, high: float) -> Outcome:
    if high > 100 or low > 100:
        return Refused("over_hundred")
    if high <= low:
        return Refused(
            "goal_not_higher", {"low": f"{low:g}".replace(".", ","), "high": f"{high:g}".replace(".", ",")}
        )
    return asked.store(f"{low:g} % → {high:g} %".replace(".", ","))


def term(asked: Asked, said: Said) -> Outcome:
    """The term of the route: a tapped option or words; the regulation's limits refuse with their clause."""
    rules = asked.regulation.term
    try:
        found = _term_said(asked, said)
    except period.PeriodError as error:
        return Refused("not_period", {"problem": error.problem.value})
    if found is None:
        return Refused("not_option", {"options": [option.title for option in rules.options]})
    problem = period.term_problem(found, rules, asked.today)
    if problem is not None and problem.strict:
        values = {"problem": problem.fault.value, "clause": rules.clause, "reason_words": rules.reason}
        return Refused("term", {**values, "max_months": rules.max_months, "said": period.words(found)})
    return asked.store(period.to_value(found))


def _term_said(asked: Asked, said: Said) -> period.Period | None:
    rules = asked.regulation.term
    if not said.choice:
        by_title = [
            option for option in rules.options if option.title.casefold() == said.text.strip().casefold()
        ]
        return (
            period.term_of_option(by_title[0], rules, asked.today)
            if by_title
            else period.parse(said.text, asked.today)
        )
    option = next((option for option in rules.options if option.key == said.choice), None)
    return period.term_of_option(option, rules, asked.today) if option else None


def route_term(facts: Facts) -> period.Period | None:
    """The term of the route when it is known. The question of kind term is keyed `term` by contract."""
    return period.from_value(facts.value("term"))


def inside_term(asked: Asked, said: Said) -> Outcome:
    """A day, month or range of a plan line or the final event; must lie inside the route's term."""
    try:
        found = period.parse(said.text, asked.today, deadline=True)
    except period.PeriodError as error:
        return Refused("not_period", {"problem": error.problem.value})
    whole = route_term(asked.facts)
    if whole is not None and not found.within(whole):
        return Refused("outside_term", {"term": period.words(whole), "said": period.words(found)})
    return asked.store(period.to_value(found))


def links(asked: Asked, said: Said) -> Outcome:
    """Toggle one row this row belongs to; at least one must stay."""
    entry = asked.facts.entry(asked.step.row)
    known = {row.id for row in asked.facts.rows(asked.question.rows)}
    if (
        entry is None
        or not said.choice.isascii()
        or not said.choice.isdigit()
        or int(said.choice) not in known
    ):
        return Refused("use_buttons")
    had = entry.links & known
    now = had ^ {int(said.choice)}
    if not now:
        return Refused("one_link")
    return Accepted((SetLinks(entry.id, asked.question.rows, frozenset(now)),), stay=True)
