"""Whether an event is about the subject a teacher teaches, about another one, or about none."""

from collections.abc import Iterable, Sequence
from enum import Enum
from functools import lru_cache

from bot.iom.catalogue import Event
from bot.iom.search import closeness, stems

# Beginnings of words that name a school subject in a title; words of one line are one subject.
_SUBJECTS = tuple(
    tuple(line.split())
    for line in (
        "математ алгебр геометр стереометр планиметр",
        "русск орфограф пунктуац",
        "литерат",
        "физик астроном",
        "хими",
        "биолог ботан",
        "географ",
        "истори",
        "обществозн",
        "информатик программиров python",
        "английск немецк французск иностран",
        "физкультур физическ",
        "музык",
        "изобразит",
        "технолог труд",
        "обж обзр безопасн",
        "начальн",
        "логопед логопедическ",
    )
)
_AMBIGUOUS = frozenset(
    {"технолог", "труд", "безопасн", "литерат", "музык", "изобразит", "физическ", "истори"}
)
_PRIMARY = next(number for number, line in enumerate(_SUBJECTS) if "начальн" in line)
_NO_SUBJECT = frozenset({"учител", "педагог", "преподавател", "воспитател", "класс", "язык", "школ"})


class SubjectFit(Enum):
    """How an event relates to the teacher's subject."""

    OWN = "own"
    ANY = "any"
    OTHER = "other"


def subject_fit(event: Event, subject: str) -> SubjectFit:
    """By the title and the topics, which begin with the subject when there is one.

    Without a known subject nothing is OTHER. What is for the primary school is only for its teachers.
    """
    return _fit(event.title, event.topics, subject)


@lru_cache(maxsize=8192)
def _fit(title: str, topics: str, subject: str) -> SubjectFit:
    own = [stem for stem in stems(subject) if stem not in _NO_SUBJECT]
    mine, about, named = _lines(own), stems(topics), stems(title)
    leading = _lines(about[:1]) | _lines(named, certain=True)
    if mine and _PRIMARY in leading - mine:
        return SubjectFit.OTHER
    if mine & (_lines(about) | _lines(named, certain=True)) or any(_said(stem, about, named) for stem in own):
        return SubjectFit.OWN
    return SubjectFit.OTHER if mine and leading else SubjectFit.ANY


def _said(stem: str, about: Sequence[str], named: Sequence[str]) -> bool:
    """The subject's own word; «литература» in a title is any reading, so only topics tell."""
    ambiguous = any(stem.startswith(beginning) for beginning in _AMBIGUOUS)
    return bool(closeness(stem, about if ambiguous else (*about, *named)))


def _lines(words: Iterable[str], certain: bool = False) -> set[int]:
    """The subjects these words name; `certain` leaves out words that mean other things as well."""
    words = tuple(words)
    return {
        number
        for number, line in enumerate(_SUBJECTS)
        for beginning in line
        if not (certain and beginning in _AMBIGUOUS) and any(word.startswith(beginning) for word in words)
    }
