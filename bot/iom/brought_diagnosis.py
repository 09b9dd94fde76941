"""Accepting results of a diagnosis that somebody brought: what is written into the teacher's card.

Nothing she answered is overwritten: the results become a new row, or fill what is empty in a row that has
none yet. That there was a diagnosis is what she says by accepting.
"""

from collections.abc import Mapping, Sequence

from bot.iom.diagnosis_rows import TABLE
from bot.iom.facts import AddEntry, Change, Facts, SetAnswer, Value
from bot.iom.regulation import Key, Regulation


def is_one(key: Key, answers: Mapping[Key, Value]) -> bool:
    """Whether a recommendation holds results, not words about diagnoses."""
    return key == TABLE and isinstance(answers.get("scores"), dict)


def changes(regulation: Regulation, facts: Facts, answers: Mapping[Key, Value]) -> Sequence[Change]:
    """What accepting writes; () when the table is full or the regulation asks nothing of this."""
    known = {question.key for question in regulation.fields(TABLE)}
    kept = {key: value for key, value in answers.items() if key in known}
    scores = kept.get("scores")
    if not isinstance(scores, dict):
        return ()
    kept["scores"] = {block: score for block, score in scores.items() if block in regulation.blocks}
    if not kept["scores"]:
        return ()
    row = _empty(facts)
    if row:
        written: list[Change] = [
            SetAnswer(key, value, row) for key, value in kept.items() if facts.answer(key, row) is None
        ]
    elif len(facts.rows(TABLE)) < regulation.tables[TABLE].at_most:
        written = [AddEntry(TABLE, kept)]
    else:
        return ()
    return (*_condition(regulation, facts), *written)


def _empty(facts: Facts) -> int:
    """A row without any results, 0 for none."""
    told = ("scores", "self_scores")
    rows = (one.id for one in facts.rows(TABLE) if not any(facts.answer(key, one.id) for key in told))
    return next(rows, 0)


def _condition(regulation: Regulation, facts: Facts) -> tuple[Change, ...]:
    """The answer under which results are asked at all («да, проходила»)."""
    rule = regulation.questions["scores"].asked_if
    if rule is None or facts.value(rule.question) == rule.answer:
        return ()
    return (SetAnswer(rule.question, rule.answer),)
