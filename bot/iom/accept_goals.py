"""Judging what only this domain has: points of growth, tasks, terms, links."""

import re
from dataclasses import replace

from bot.iom import own_competences, period
from bot.iom.accept_words import plain
from bot.iom.asked import Accepted, Asked, Outcome, Refused, Said, suggested
from bot.iom.competence import percent
from bot.iom.facts import Facts, SetLinks
from bot.iom.numbers_names import block_names, named
from bot.iom.regulation import CompetenceBlock, Key

_RISE = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*%?\s*(?:→|->|-->|[-–—]|до)\s*(\d{1,3}(?:[.,]\d+)?)\s*%?")
_BARE = re.compile(r"^(?:до\s+)?(\d{1,3}(?:[.,]\d+)?)\s*%?$")


def taken_points(facts: Facts, except_row: int = 0) -> set[str]:
    """Blocks and competences of one's own that already are points of growth."""
    return {facts.text("growth_point", row.id) for row in facts.rows("growth") if row.id != except_row}


def point(asked: Asked, said: Said) -> Outcome:
    """A point of growth: the key of a block or one's own competence of the diagnoses, tapped or typed;
    each once."""
    own = own_competences.names(asked.regulation, asked.facts)
    key = _own_point(own, said) or _block_point(asked, said)
    if not key:
        options = [*(found.chat for found in asked.blocks.values()), *own]
        return Refused("not_block", {"options": options})
    taken = taken_points(asked.facts, asked.step.row)
    if any(own_competences.same(key) == own_competences.same(other) for other in taken):
        return Refused("point_taken", {"title": own_competences.chat(asked.regulation, key)})
    return asked.store(key)


def _own_point(own: tuple[str, ...], said: Said) -> str:
    if said.choice:
        return own_competences.by_id(own, said.choice)
    typed = own_competences.same(own_competences.tidy(said.text))
    return next((name for name in own if own_competences.same(name) == typed), "")


def _block_point(asked: Asked, said: Said) -> Key:
    """The tapped block, or the one a typed name means, as forgiving as the scores are."""
    key = said.choice or named(said.text, block_names(asked.blocks.values())) or ""
    return key if key in asked.blocks else ""


def points_of(asked: Asked) -> list[Key]:
    """Of which points of growth the row on screen is: itself, its parent, or those it is linked to."""
    entry = asked.facts.entry(asked.step.row or asked.step.parent)
    if entry is None:
        return []
    rows = [entry.id] if entry.table == "growth" else sorted(entry.links)
    return [key for row in rows if (key := asked.facts.text("growth_point", row))]


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
    """The term of the route: a tapped option or words; the regulation's limits refuse with their clause, or
    are told beside what was stored where they only advise (002 Пример 3, C01)."""
    rules = asked.regulation.term
    try:
        found = _term_said(asked, said)
    except period.PeriodError as error:
        return Refused("not_period", {"problem": error.problem.value})
    if found is None:
        return Refused("not_option", {"options": [option.title for option in rules.options]})
    problem = period.term_problem(found, rules, asked.today)
    if problem is None:
        return asked.store(period.to_value(found))
    values = {"problem": problem.fault.value, "clause": rules.clause, "reason_words": rules.reason}
    values["said"] = period.words(found)
    if problem.strict:
        return Refused("term", values)
    return replace(asked.store(period.to_value(found)), but=Refused("term_advised", values))


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
    """A day, month or range of a plan line or the final event; must lie inside the route's term and last as
    many months as the question says."""
    try:
        found = period.parse(said.text, asked.today, deadline=True)
    except period.PeriodError as error:
        return Refused("not_period", {"problem": error.problem.value})
    whole = route_term(asked.facts)
    if whole is not None and not found.within(whole):
        return Refused("outside_term", {"term": period.words(whole), "said": period.words(found)})
    least, most = int(asked.question.min or 0), int(asked.question.max or 0)
    if fault := period.length_fault(found, least, most):
        values = {"problem": fault.value, "low": least, "high": most, "said": period.words(found)}
        return Refused("period_length", {**values, "clause": asked.question.clause})
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
