"""Which block or level a person named: «ПП», «психол.-пед.», «предметнык», «низк»."""

import re
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz

from bot.iom.plain import cyrillic
from bot.iom.regulation import CompetenceBlock, Level

_NOT_LETTERS = re.compile(r"[^a-zа-я0-9]+")
_CLOSE_ENOUGH = 78.0
_CLEARLY_BETTER = 5.0

Names = Mapping[str, tuple[str, ...]]  # key → spellings without spaces, the short one first


def squeezed(text: str) -> str:
    """Letters and digits alone, so that «психолого - педагогические» is one name."""
    return _NOT_LETTERS.sub("", text.lower().replace("ё", "е"))


def block_names(blocks: Iterable[CompetenceBlock]) -> Names:
    """How each block may be called."""
    return {block.key: _spellings(block.short, block.key, block.title, block.chat) for block in blocks}


def level_names(levels: Iterable[Level]) -> Names:
    """How each level may be called; «Минимальный/отсутствие дефицита» has two names."""
    return {
        level.key: _spellings(
            level.key, level.official, *level.official.split("/"), level.chat, *level.chat.split("/")
        )
        for level in levels
    }


def _spellings(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(squeezed, names))))


def named(typed: str, names: Names) -> str | None:
    """The key that is meant: the exact name, else the only one that begins so, else the clearly nearest."""
    word = squeezed(typed)
    if not word:
        return None
    stem = cyrillic(word)[:-2] if len(word) >= 6 else word  # «высокая» for «высокий»
    for spelling in dict.fromkeys((word, cyrillic(word), stem)):
        exact = [key for key, spellings in names.items() if spelling in spellings]
        if exact:
            return exact[0] if len(exact) == 1 else None
        begins = [key for key, spellings in names.items() if _begins(spelling, spellings)]
        if len(begins) == 1:
            return begins[0]
    return _nearest(cyrillic(word), names)


def _begins(word: str, spellings: Sequence[str]) -> bool:
    return len(word) >= 2 and any(spelling.startswith(word) for spelling in spellings)


def _nearest(word: str, names: Names) -> str | None:
    if len(word) < 4:
        return None
    ranked = sorted(((_closeness(word, spellings), key) for key, spellings in names.items()), reverse=True)
    second = ranked[1][0] if len(ranked) > 1 else 0.0
    best, key = ranked[0] if ranked else (0.0, None)
    return key if best >= _CLOSE_ENOUGH and best - second >= _CLEARLY_BETTER else None


def _closeness(word: str, spellings: Sequence[str]) -> float:
    """Against the whole name and against as much of it as was typed."""
    return max(
        (
            max(fuzz.ratio(word, name), fuzz.ratio(word, name[: len(word)]))
            for name in spellings
            if len(name) > 3
        ),
        default=0.0,
    )
