"""Searching the catalogue as people type: typos, endings, word order, ё and a forgotten keyboard layout."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from bot.iom.catalogue import Event
from bot.iom.plain import plain

_LIMIT = 200  # characters of a query; the rest is not read
_MOST_WORDS = 12
_WORD = re.compile(r"[a-zа-я0-9]+")
_ENDINGS = (
    "иями ями ами иях ого его ому ему ыми ими ией ах ях ов ев ей ой ий ый ая яя ое ее ые ие ую "
    "юю ых их ым им ом ем ам ям ия ии ию а я о е ы и у ю ь й"
)
_ENDING = re.compile(f"(?:{'|'.join(_ENDINGS.split())})$")
_IDLE = frozenset(re.findall(r"\w+", "в во и на по для с со к ко о об от из у за до при как что не или"))
_CLOSE = 80.0  # of 100: one wrong letter in six
_TITLE, _TOPICS, _REST = 1.0, 0.9, 0.6
_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюе"
_SWITCHED = str.maketrans(_LATIN, _RUSSIAN)


def find(query: str, events: Iterable[Event]) -> tuple[Event, ...]:
    """Events that answer the query, the best first; all of them in their order for an empty query.

    Every word counts; an event may miss one word of three or more. Never raises.
    """
    events = tuple(events)
    asked = stems(query)
    if not asked:
        return events if not query.strip() else ()
    found = _ranked(asked, events)
    if not found and re.search("[a-z]", query.lower()):
        return _ranked(stems(query.lower().translate(_SWITCHED)), events)
    return found


@lru_cache(maxsize=16_384)
def stems(text: str) -> tuple[str, ...]:
    """Distinct words without their endings, idle words left out."""
    spelled = plain(text[:_LIMIT], _LIMIT) or ""
    words = (word for word in _WORD.findall(spelled) if word not in _IDLE)
    return tuple(dict.fromkeys(map(_stem, words)))[:_MOST_WORDS]


def closeness(asked: str, words: Sequence[str]) -> dict[str, float]:
    """How well words answer one asked stem, from 0 to 1; those that do not are left out.

    A word that begins with it answers; a short one must be exact, «егэ» is not «огэ».
    """
    answers = {word: 0.97 for word in words if len(asked) >= 3 and word.startswith(asked)}
    if len(asked) >= 5:
        for word, score, _ in process.extract(
            asked, words, scorer=fuzz.ratio, score_cutoff=_CLOSE, limit=None
        ):
            answers[word] = max(answers.get(word, 0.0), score / 100)
    if asked in words:
        answers[asked] = 1.0
    return answers


def _stem(word: str) -> str:
    """The word without its ending; never shorter than three letters."""
    ending = _ENDING.search(word)
    return word[: max(ending.start(), 3)] if ending else word


def _ranked(asked: Sequence[str], events: Sequence[Event]) -> tuple[Event, ...]:
    weights = [_weights(event) for event in events]
    vocabulary = list({word: None for words in weights for word in words})
    answers = [closeness(stem, vocabulary) for stem in asked]
    needed = len(asked) - len(asked) // 3
    scored = []
    for place, words in enumerate(weights):
        scores = [_best(words, answer) for answer in answers]
        if asked and sum(score > 0 for score in scores) >= needed:
            scored.append((-round(sum(scores), 6), place))
    return tuple(events[place] for _, place in sorted(scored))


def _best(words: dict[str, float], answer: dict[str, float]) -> float:
    """The best answer of one event to one asked word."""
    fewer, other = (words, answer) if len(words) < len(answer) else (answer, words)
    return max((fewer[word] * other[word] for word in fewer if word in other), default=0.0)


def _weights(event: Event) -> dict[str, float]:
    return _field_weights(event.title, event.topics, f"{event.result} {event.organiser}")


@lru_cache(maxsize=16_384)
def _field_weights(title: str, topics: str, rest: str) -> dict[str, float]:
    weighed: dict[str, float] = {}
    for text, weight in ((title, _TITLE), (topics, _TOPICS), (rest, _REST)):
        for stem in stems(text):
            weighed.setdefault(stem, weight)
    return weighed
