"""Plan lines on a card: the mark of what was done with its evidence, the reason of what was not."""

from datetime import date

from bot.iom import corrections, period
from bot.iom.card_sources import Sources
from bot.iom.corrections import CorrectionKind, CorrectionRow
from bot.iom.facts import Entry
from bot.iom.handed import Handed, handed, judged, kind_of
from bot.iom.journey import Correction, LineState
from bot.iom.regulation import Option

MARKS = {
    LineState.CONFIRMED: "выполнено",
    LineState.PARTLY: "выполнено частично",
    LineState.NOT_DONE: "не выполнено",
    LineState.REPLACED: "заменено",
    LineState.CANCELLED: "отменено",
}
_MOVED = "перенесено"
_SHOWN = frozenset({LineState.CONFIRMED, LineState.PARTLY})


def applied(sources: Sources) -> tuple[CorrectionRow, ...]:
    """The corrections of the plan that were applied, oldest first."""
    return corrections.rows(sources.journey, sources.zone)


def digits(day: date | None) -> str:
    """«12.10.2026»."""
    return period.official(period.Period(day, day)) if day else ""


def mark(sources: Sources, entry: Entry) -> str:
    """«выполнено – удостоверение № 17, 12.11.2026, 36 ч.»; nothing until somebody decided."""
    state = sources.journey.state(entry.id)
    moved = any(one.kind == CorrectionKind.MOVE for one in _of_line(sources, entry))
    word = MARKS.get(state, _MOVED if moved else "")
    shown = handed(judged(sources.journey, entry.id)) if state in _SHOWN else ()
    return " – ".join(filter(None, (word, "; ".join(_evidence(sources, one) for one in shown))))


def _of_line(sources: Sources, entry: Entry) -> list[Correction]:
    return [row.correction for row in applied(sources) if row.correction.entry_id == entry.id]


def _evidence(sources: Sources, one: Handed) -> str:
    kind = kind_of(sources.regulation, one.kind)
    name = (kind.official or kind.title) if kind else ""
    number = f"№ {one.number}" if one.number else ""
    hours = f"{one.hours:g}".replace(".", ",") + " ч." if one.hours else ""
    return ", ".join(
        filter(None, (" ".join(filter(None, (name, number))), digits(one.issued_on), hours, *one.words))
    )


def line_reason(sources: Sources, entry: Entry) -> str:
    """Why a line was not done, what a part of it lacks, or why it was changed."""
    line = sources.journey.lines.get(entry.id)
    if line is not None and line.state is LineState.PARTLY:
        return f"осталось: {line.left}" if line.left else ""
    if line is not None and line.state is LineState.NOT_DONE:
        return reason_words(sources.regulation.life.not_done, line.reason)
    if line is not None and line.state is LineState.CONFIRMED:
        return ""
    about = _of_line(sources, entry)
    return reason_words(sources.regulation.life.correction.reasons, about[-1].reason) if about else ""


def line_result(sources: Sources, entry: Entry) -> str:
    """004 «Результат»: the mark and the reason in one cell."""
    reason = line_reason(sources, entry)
    return f"{mark(sources, entry)} ({reason})" if reason else mark(sources, entry)


def reason_words(options: tuple[Option, ...], said: str) -> str:
    """An option in official words, or own words as they are."""
    option = next((one for one in options if one.key == said), None)
    return (option.official or option.title) if option else said
