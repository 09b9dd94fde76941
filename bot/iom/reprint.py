"""The same route by another regulation: answers go over by the key of their question, what can't is missing.

Nothing is guessed. An option that the other form does not have becomes its words; a competence that is no
block of the other form becomes a wording; percents never become levels (004: «проценты в уровень не
переводят»), nor levels percents. Nothing is stored: the result is printed and forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.iom import own_competences
from bot.iom.card_sources import NAME_PARTS, Sources
from bot.iom.facts import ROUTE, Answer, Facts, Value
from bot.iom.regulation import Key, Kind, Question, Regulation
from bot.iom.summary import Gap, gaps

FULL_NAME = "full_name"
_TEXTS = frozenset({Kind.LINE, Kind.TEXT, Kind.TASK, Kind.EXPECTED})
_CHOICES = frozenset({Kind.CHOICE, Kind.CHIPS})
_BY_BLOCK = frozenset({Kind.SCORES, Kind.SELF_SCORES})


@dataclass(frozen=True, slots=True)
class Reprint:
    """A route as the other regulation sees it, and what its form still lacks."""

    facts: Facts
    lacks: tuple[Gap, ...]


def reprint(own: Regulation, facts: Facts, other: Regulation, other_hash: str = "") -> Reprint:
    """`facts` of a route under `own`, seen by `other` (of version `other_hash`)."""
    kept = replace(facts, entries=tuple(row for row in facts.entries if row.table in other.tables))
    rows = {ROUTE, *(row.id for row in kept.entries)}
    moved = {
        place: answer
        for place, given in facts.answers.items()
        if place[0] in rows and (answer := _moved(own, facts, other, place, given)) is not None
    }
    moved = {**_names(own, facts, other), **_wordings(own, kept, other), **moved}
    seen = replace(kept, answers=moved, slug=other.slug, regulation_hash=other_hash or facts.regulation_hash)
    return Reprint(seen, gaps(other, seen))


def _moved(
    own: Regulation, facts: Facts, other: Regulation, place: tuple[int, Key], given: Answer
) -> Answer | None:
    """An answer in its new place, None where the other form does not ask, or would not understand."""
    row, key = place
    old, new = own.questions.get(key), other.questions.get(key)
    if old is None or new is None:
        return None
    if given.value is None:
        return given
    value = _value(Sources(own, facts), other, old, new, given.value, row)
    return None if value is None else replace(given, value=value)


def _value(
    sources: Sources, other: Regulation, old: Question, new: Question, value: Value, row: int
) -> Value:
    if new.kind in _BY_BLOCK and old.kind is new.kind:
        return _by_block(sources.regulation, other, old.kind, value)
    if new.kind is Kind.POINT and old.kind is new.kind:
        return _point(sources.regulation, other, str(value))
    if new.kind in _CHOICES and old.kind in _CHOICES | _TEXTS:
        return _chosen(sources, old, new, value)
    if new.kind in _TEXTS:
        return sources.official(old, value, row) or None
    return value if old.kind is new.kind else None


def _chosen(sources: Sources, old: Question, new: Question, value: Value) -> Value:
    """Options of both forms stay options, the others become their words; one choice holds one."""
    given = value if isinstance(value, list) else [value]
    options = [str(one) if new.option(str(one)) else sources.official(old, one) for one in given]
    words = list(filter(None, options))
    if new.kind is Kind.CHIPS:
        return list(words) or None
    return words[0] if len(words) == 1 and (new.own or new.option(words[0])) else None


def _by_block(own: Regulation, other: Regulation, kind: Kind, value: Value) -> Value:
    """Results of the blocks that both forms have, on a scale that both understand."""
    if not isinstance(value, dict) or (own.scale.kind, own.scale.direction) != (
        other.scale.kind,
        other.scale.direction,
    ):
        return None
    levels = {level.key for level in other.scale.levels + other.scale.self_levels}
    known = {key: score for key, score in value.items() if key in other.blocks or key not in own.blocks}
    fits = {key: score for key, score in known.items() if _levels(score) <= levels}
    return fits or None


def _levels(score: Value) -> set[str]:
    told: Mapping[str, Value] = score if isinstance(score, dict) else {}
    return {str(told[name]) for name in ("level", "self") if name in told}


def _point(own: Regulation, other: Regulation, key: Key) -> Value:
    if key in other.blocks:
        return key
    return own_competences.title(own, key) or None if other.names_own else None


def _wordings(own: Regulation, facts: Facts, other: Regulation) -> dict[tuple[int, Key], Answer]:
    """A point of growth whose competence the other form has not keeps its words."""
    if "wording" not in other.questions:
        return {}
    points = [(row, facts.text("growth_point", row.id)) for row in facts.rows("growth")]
    return {
        (row.id, "wording"): Answer(Sources(own, facts).wording(row))
        for row, key in points
        if key and key not in other.blocks and Sources(own, facts).wording(row)
    }


def _names(own: Regulation, facts: Facts, other: Regulation) -> dict[tuple[int, Key], Answer]:
    """A name in one line where the other asks for it so, else in its three parts."""
    name = Sources(own, facts).scalar(FULL_NAME)
    if not name or not facts.keeps_names:
        return {}
    if FULL_NAME in other.questions:
        return {(ROUTE, FULL_NAME): Answer(name)}
    parts = zip(NAME_PARTS, name.split(" ", 2), strict=False)
    return {(ROUTE, key): Answer(part) for key, part in parts if key in other.questions}
