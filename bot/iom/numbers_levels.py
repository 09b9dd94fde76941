"""Levels of blocks in one message: «П низкий, М средний», «низкий средний высокий»."""

import re
from collections.abc import Sequence

from bot.iom.numbers_names import Names, block_names, level_names, named, squeezed
from bot.iom.numbers_types import Levels, ScoreFault, ScoreProblem, ScoresError
from bot.iom.plain import plain
from bot.iom.regulation import CompetenceBlock, Level

_LIMIT = 600  # characters
_WORDS = re.compile(r"[a-zа-я0-9]+")
_LONGEST = 5  # words of one level: «минимальный/отсутствие дефицита»

_Said = list[tuple[str, str]]  # the name as typed, the level key; "" where one is missing


def parse_levels(
    text: str, blocks: Sequence[CompetenceBlock], levels: Sequence[Level], column: str = "level"
) -> Levels:
    """Levels by block, {"subject": {"level": "low"}}; raises `ScoresError`.

    Levels without names are taken in printed order when there is one for every block.
    """
    spelled = plain(text, _LIMIT)
    if spelled is None:
        raise ScoresError([ScoreProblem(ScoreFault.LONG_TEXT)], {})
    said = _said(_WORDS.findall(spelled), block_names(blocks), level_names(levels))
    if not said:
        raise ScoresError([ScoreProblem(ScoreFault.EMPTY)], {})
    if not any(name for name, _ in said) and len(said) == len(blocks):
        return {block.key: {column: level} for block, (_, level) in zip(blocks, said, strict=True)}
    return _by_name(said, block_names(blocks), column)


def _said(words: Sequence[str], blocks: Names, levels: Names) -> _Said:
    """Names and the levels that close them."""
    said: _Said = []
    name: list[str] = []
    position = 0
    while position < len(words):
        level, length = _level_at(words, position, levels, blocks, bool(name))
        if level:
            said.append((" ".join(name), level))
            name = []
        else:
            name.append(words[position])
        position += length
    return [*said, (" ".join(name), "")] if name else said


def _level_at(
    words: Sequence[str], position: int, levels: Names, blocks: Names, after_name: bool
) -> tuple[str, int]:
    """The level key that begins here and its length in words; ("", 1) when none does."""
    for length in range(min(_LONGEST, len(words) - position), 1, -1):
        phrase = squeezed("".join(words[position : position + length]))
        for key, spellings in levels.items():
            if phrase in spellings:
                return key, length
    word = words[position]
    if not after_name and named(word, blocks):
        return "", 1
    return named(word, levels) or "", 1


def _by_name(said: _Said, names: Names, column: str) -> Levels:
    understood: Levels = {}
    problems: list[ScoreProblem] = []
    for name, level in said:
        block = named(name, names) or ""
        if fault := _fault(name, block, level, understood):
            problems.append(ScoreProblem(fault, name[:40], block))
        else:
            understood[block] = {column: level}
    if problems:
        raise ScoresError(problems, understood)
    return understood


def _fault(name: str, block: str, level: str, understood: Levels) -> ScoreFault | None:
    if not name:
        return ScoreFault.NO_NAME
    if not level:
        return ScoreFault.UNKNOWN_LEVEL
    if not block:
        return ScoreFault.UNKNOWN_BLOCK
    return ScoreFault.TWICE if block in understood else None
