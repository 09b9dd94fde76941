"""What happened between people, as a card prints it: a closed list beside that of `card_sources`.

SCALARS stand anywhere, LINE in the columns of `plan`, ROWS are tables of their own, and
`bot.iom.card_people` names people. Of an empty journey everything is "".
"""

from collections.abc import Callable, Iterator, Mapping

from bot.iom import period, route_model
from bot.iom.account import totals
from bot.iom.card_lines import MARKS, applied, digits, line_reason, line_result, mark, reason_words
from bot.iom.card_people import acknowledged, approved, companion_post, named, person
from bot.iom.card_points import UNPLACED, unplaced
from bot.iom.card_sources import Row, Sources
from bot.iom.corrections import CorrectionKind, CorrectionRow, wanted
from bot.iom.extensions import accepted
from bot.iom.facts import Entry, State
from bot.iom.journey import Correction, Extension, LineState, Recommendation
from bot.iom.regulation import Key

_NOBODY = "не назначен"
_NEW = {CorrectionKind.ADD, CorrectionKind.REPLACE}
_CHANGED = {
    "move": "изменён срок мероприятия",
    "replace": "заменено мероприятие",
    "cancel": "отменено мероприятие",
    "add": "добавлено мероприятие",
    "other": "внесено изменение",
}
_COUNTED = frozenset({State.AUDIT, State.COMPLETED, State.ARCHIVED})
_LEVELS = {"regional": "региональный", "municipal": "муниципальный", "school": "институциональный"}


def told(sources: Sources, source: str) -> str | None:
    """A source of this list, None when it is not of it."""
    special = SCALARS.get(source)
    return special(sources) if special else named(sources, source)


def _final_mark(sources: Sources) -> str:
    return ", ".join(filter(None, (sources.answer("final_done"), sources.answer("final_done_on"))))


def _concluded_on(sources: Sources) -> str:
    written = [one.at for one in sources.journey.decisions if one.kind == "concluded"]
    return period.day_words(sources.day(written[-1])) if written else ""


def _corrections_note(sources: Sources) -> str:
    """004: corrections and extensions in one text, by the day."""
    said = [(row.changed_on, _correction_words(sources, row)) for row in applied(sources)]
    said += [(sources.day(one.at), _extension_words(one)) for one in accepted(sources.journey)]
    return "\n".join(f"{digits(day)} – {words}" for day, words in sorted(said, key=lambda one: one[0]))


def _correction_words(sources: Sources, row: CorrectionRow) -> str:
    one, change = row.correction, wanted(row.correction).answers
    was, title = sources.answer("title", one.entry_id), str(change.get("title") or "")
    moved = period.from_value(change.get("period")) if one.kind == CorrectionKind.MOVE else None
    names = [f"«{name}»" for name in dict.fromkeys((was, title)) if name]
    names += [period.official(moved)] if moved else []
    said = " ".join(filter(None, (_CHANGED.get(one.kind, _CHANGED["other"]), " на ".join(names))))
    return said + _because(_why(sources, row))


def _why(sources: Sources, row: CorrectionRow) -> str:
    return reason_words(sources.regulation.life.correction.reasons, row.reason)


def _extension_words(one: Extension) -> str:
    until = period.day_words(one.new_end)
    return f"срок реализации ИОМ продлён на {one.months} мес., до {until}{_because(one.reason)}"


def _because(reason: str) -> str:
    return f": {reason}" if reason else ""


def _correction_rows(sources: Sources) -> Iterator[Row]:
    """001 Приложение 1 к Карте, §1; signatures are left to the pen, their days are printed."""
    for number, row in enumerate(applied(sources), 1):
        yield {
            "n": str(number),
            "correction.on": digits(row.changed_on),
            "correction.reason": _why(sources, row),
            "correction.agreed": _agreed(sources, row),
            "correction.acknowledged": digits(row.acknowledged_on),
        }


def _agreed(sources: Sources, row: CorrectionRow) -> str:
    """When the last step agreed; of a chain that nobody held, that word, so that the cell says why."""
    if row.agreed:
        return digits(sources.day(row.agreed[-1].at))
    steps = len(sources.regulation.life.correction.steps)
    return _NOBODY if 0 < steps <= row.correction.step else ""


def _changed_rows(sources: Sources) -> Iterator[Row]:
    """001, the table under it: every line that changed or is new; a cancelled one says so."""
    for row in applied(sources):
        one = row.correction
        told_now = _new_line(sources, one) if one.kind in _NEW else _old_line(sources, one)
        if one.kind == CorrectionKind.CANCEL:
            told_now["period"] = MARKS[LineState.CANCELLED]
        if any(told_now.values()):
            yield told_now


def _old_line(sources: Sources, one: Correction) -> dict[Key, str]:
    return {q.key: sources.answer(q.key, one.entry_id) for q in sources.regulation.fields("plan")}


def _new_line(sources: Sources, one: Correction) -> dict[Key, str]:
    answers = wanted(one).answers
    fields = sources.regulation.fields("plan")
    return {q.key: sources.official(q, answers[q.key]) for q in fields if q.key in answers}


def _recommendation_rows(sources: Sources) -> Iterator[Row]:
    """001 Прил. 3, этапы 3 и 4: what each level adds, until the teacher declines it."""
    standing = (one for one in sources.journey.recommendations if one.declined_at is None)
    for number, one in enumerate(standing, 1):
        yield {
            "n": str(number),
            "recommendation.level": _LEVELS.get(one.level, one.level),
            "recommendation.text": one.text,
            "recommendation.by": _adviser(sources, one),
        }


def _adviser(sources: Sources, one: Recommendation) -> str:
    post = one.post or sources.regulation.role_title(one.role)
    return ", ".join(filter(None, (post, person(sources, one.name))))


def _verdict_rows(sources: Sources) -> Iterator[Row]:
    """004 п. 1.11: the products an expert has looked at."""
    for entry in sources.facts.rows("products"):
        verdict = sources.answer("verdict", entry.id)
        if verdict:
            yield {"product": sources.answer("product", entry.id), "verdict": verdict}


def _model(sources: Sources) -> str:
    """004 п. 3.1, 3.2: the model that the school confirmed."""
    found = route_model.option(sources.regulation, sources.facts.model)
    return (found.official or found.title) if found else ""


def _hours(which: str) -> Callable[[Sources], str]:
    """One row of the methodical audit (002); nothing before there are hours or the audit has come."""

    def words(sources: Sources) -> str:
        account = totals(sources.facts, sources.journey)
        counted = account.total or sources.facts.state in _COUNTED
        return f"{getattr(account, which):g}".replace(".", ",") if counted else ""

    return words


SCALARS: Mapping[str, Callable[[Sources], str]] = {
    "final.mark": _final_mark,
    "corrections.text": _corrections_note,
    "companion.post": companion_post,
    "acknowledged.name": acknowledged,
    "concluded.on": _concluded_on,
    "route.model": _model,
    "approved.text": approved,
    **{f"hours.{which}": _hours(which) for which in ("courses", "other", "consultations", "visits")},
    UNPLACED: unplaced,
}
LINE: Mapping[str, Callable[[Sources, Entry], str]] = {
    "line.mark": mark,
    "line.reason": line_reason,
    "line.result": line_result,
}
ROWS: Mapping[str, Callable[[Sources], Iterator[Row]]] = {
    "corrections": _correction_rows,
    "changed": _changed_rows,
    "recommendations": _recommendation_rows,
    "verdicts": _verdict_rows,
}
COLUMNS: Mapping[str, frozenset[str]] = {
    "corrections": frozenset(
        {"n", "correction.on", "correction.reason", "correction.agreed", "correction.acknowledged"}
    ),
    "recommendations": frozenset({"n", "recommendation.level", "recommendation.text", "recommendation.by"}),
    "verdicts": frozenset({"product", "verdict"}),
}
