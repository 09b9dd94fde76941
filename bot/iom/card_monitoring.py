"""Interim monitoring and the reflections of the way, as a card prints them.

An addition to forms that have no place for them. What was not said or not judged yet is an empty cell.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from bot.iom.card_lines import digits, reason_words
from bot.iom.card_people import person
from bot.iom.card_sources import Row, Sources
from bot.iom.checkpoint import (
    ENOUGH,
    FITS,
    GOING,
    HAVE,
    LACKING,
    NOT_YET,
    NOTHING,
    UNFIT,
    Checkpoint,
    CheckpointKind,
    Interim,
)

_PROGRESS = {HAVE: "результат есть", GOING: "в процессе", NOT_YET: "результата пока нет"}
_VERDICTS = {ENOUGH: "достаточен", LACKING: "недостаточен"}
_FORMS = {FITS: "соответствует", UNFIT: "не соответствует"}
COLUMNS: Mapping[str, frozenset[str]] = {
    "monitoring": frozenset(
        {
            *("n", "monitoring.on", "monitoring.answers", "monitoring.verdict", "monitoring.form"),
            *("monitoring.recommendation", "monitoring.by"),
        }
    ),
    "reflections": frozenset({"n", "reflection.on", "reflection.text"}),
}


def monitoring_rows(sources: Sources) -> Iterator[Row]:
    """001 Прил. 3, этап 5: every monitoring that was answered, oldest first."""
    answered = (one for one in sources.journey.checkpoints if one.kind == CheckpointKind.MONITORING)
    for number, one in enumerate((one for one in answered if one.answered_at), 1):
        yield {
            "n": str(number),
            "monitoring.on": digits(_day(sources, one)),
            "monitoring.answers": "\n".join(_said(sources, one)),
            "monitoring.verdict": _VERDICTS.get(one.verdict, ""),
            "monitoring.form": _FORMS.get(one.form, ""),
            "monitoring.recommendation": _recommended(sources, one),
            "monitoring.by": _judge(sources, one),
        }


def reflection_rows(sources: Sources) -> Iterator[Row]:
    """002 Пример 5: what she said of each half-year, alone or with a monitoring."""
    kinds = {CheckpointKind.MONITORING, CheckpointKind.REFLECTION}
    told = (one for one in sources.journey.checkpoints if one.kind in kinds and one.text and one.answered_at)
    for number, one in enumerate(told, 1):
        day = digits(_day(sources, one))
        yield {"n": str(number), "reflection.on": day, "reflection.text": one.text or ""}


def _day(sources: Sources, one: Checkpoint) -> date | None:
    return sources.day(one.answered_at) if one.answered_at else None


def _said(sources: Sources, one: Checkpoint) -> Iterator[str]:
    """«Курсы – в процессе (недостаток времени)»; a line that is gone or was skipped says nothing."""
    for said in one.answers:
        title, words = sources.answer("title", said.entry_id), _words(sources, said)
        if title and words:
            yield f"{title} – {words}"


def _words(sources: Sources, said: Interim) -> str:
    word = said.result or _PROGRESS.get(said.progress or "", "")
    hinders = said.hinders if said.hinders != NOTHING else ""
    reason = reason_words(sources.regulation.life.not_done, hinders) if hinders else ""
    return f"{word} ({reason})" if word and reason else word or reason


def _recommended(sources: Sources, one: Checkpoint) -> str:
    about = sources.answer("title", one.entry_id) if one.entry_id else ""
    return f"{about}: {one.recommendation}" if about and one.recommendation else one.recommendation


def _judge(sources: Sources, one: Checkpoint) -> str:
    if not one.judged_at:
        return ""
    post = one.post or sources.regulation.role_title(one.role)
    return ", ".join(filter(None, (post, person(sources, one.name))))


ROWS = {"monitoring": monitoring_rows, "reflections": reflection_rows}
