"""Levels of blocks and of competences named freely: «С средний 64 %, Умение вести диалог – низкий».

A name is kept as it was written. It is a block only when it is one of the block's names, but for one letter,
or an abbreviation with a full stop: what merely resembles a block is a competence of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from bot.iom.numbers_names import Names, block_names, level_names, named, squeezed
from bot.iom.numbers_own_words import Piece, Said, lines, only_level, said_in, too_long
from bot.iom.numbers_types import ScoreFault, ScoreProblem, ScoresError
from bot.iom.own_competences import SHORTEST, fits, same, tidy
from bot.iom.plain import cyrillic
from bot.iom.regulation import CompetenceBlock, Key, Level

Score = dict[str, str | float]  # {"level": "medium", "percent": 64.0}
_LONG_WORD = 8  # letters in which one may be mistyped


@dataclass(frozen=True, slots=True)
class Known:
    """What a message may name besides new competences: blocks, and names that were told before."""

    blocks: Names
    levels: Names
    own: tuple[str, ...] = ()

    def find(self, typed: str) -> Key:
        """The block key or the known name that is meant, "" when it is a new name."""
        name = tidy(typed)
        told = (own for own in self.own if same(own) == same(name))
        return next(told, "") or self._block(name, typed.rstrip().endswith("."))

    def _block(self, name: str, cut: bool) -> Key:
        word = squeezed(name)
        if not word:
            return ""
        for key, spellings in self.blocks.items():
            if word in spellings or cyrillic(word) in spellings:
                return key
        if cut:
            return named(name, self.blocks) or ""
        close = (key for key, spellings in self.blocks.items() if any(_mistyped(word, s) for s in spellings))
        return next(close, "") if len(word) >= _LONG_WORD else ""


def _mistyped(word: str, spelling: str) -> bool:
    return Levenshtein.distance(word, spelling, score_cutoff=1) <= 1


def known_of(blocks: Iterable[CompetenceBlock], levels: Iterable[Level], own: Sequence[str]) -> Known:
    """What can be recognised in a message."""
    return Known(block_names(blocks), level_names(levels), tuple(own))


def parse_named(text: str, known: Known, about: str = "") -> dict[Key, Score]:
    """Scores by block key or name; raises `ScoresError`. `about`: the competence the message is about.

    Levels without names are taken in printed order when there is one for every block.
    """
    if too_long(text):
        raise ScoresError([ScoreProblem(ScoreFault.LONG_TEXT)], {})
    if about and (said := only_level(text, known.levels)):
        return _by_name([Said(about, said.level, said.percent)], [], known, exactly=about)
    found = [read for line in lines(text) for read in _read(line, known)]
    said_all = [one for one in found if isinstance(one, Said)]
    problems = [one for one in found if isinstance(one, ScoreProblem)]
    if not found:
        raise ScoresError([ScoreProblem(ScoreFault.EMPTY)], {})
    if not problems and not any(one.name for one in said_all) and len(said_all) == len(known.blocks):
        return {key: _score(one) for key, one in zip(known.blocks, said_all, strict=True)}
    return _by_name(said_all, problems, known)


def _read(line: Sequence[Piece], known: Known) -> Iterator[Said | ScoreProblem]:
    """What one line says. A piece without a level is the beginning of a name with commas in it, unless
    the piece after it has a known name of its own; «средний, 64 %» is one statement."""
    waiting: list[Piece] = []
    last: Said | None = None
    for piece in line:
        if not waiting and last and last.percent is None and piece.bare_percent is not None:
            last = Said(last.name, last.level, piece.bare_percent)
            continue
        said = said_in(piece, known.levels, known.find)
        if not said:
            waiting.append(piece)
            continue
        if waiting and not (said[0].name and known.find(said[0].name)):
            said = said_in(Piece.joined([*waiting, piece]), known.levels, known.find) or said
            waiting = []
        yield from ([last] if last else [])
        yield from map(_without_level, waiting)
        yield from said[:-1]
        waiting, last = [], said[-1]
    yield from ([last] if last else [])
    yield from map(_without_level, waiting)


def _without_level(piece: Piece) -> ScoreProblem:
    fault = ScoreFault.ONLY_PERCENT if piece.ends_with_percent else ScoreFault.UNKNOWN_LEVEL
    return ScoreProblem(fault, tidy(piece.text)[:40])


def _by_name(
    said: Iterable[Said], problems: Iterable[ScoreProblem], known: Known, exactly: str = ""
) -> dict[Key, Score]:
    understood: dict[Key, Score] = {}
    faults = list(problems)
    for one in said:
        name = tidy(one.name)
        key = exactly or known.find(one.name) or name
        if fault := _fault(one, key, known, understood):
            faults.append(ScoreProblem(fault, name[:40], key if key in known.blocks else ""))
        else:
            understood[key] = _score(one)
    if faults:
        raise ScoresError(faults, understood)
    return understood


def _fault(said: Said, key: Key, known: Known, understood: dict[Key, Score]) -> ScoreFault | None:
    if not said.name:
        return ScoreFault.NO_NAME
    if key not in known.blocks and not fits(key):
        return ScoreFault.UNKNOWN_BLOCK if len(key) < SHORTEST else ScoreFault.BAD_NAME
    if any(same(key) == same(taken) for taken in understood):
        return ScoreFault.TWICE
    return ScoreFault.OUT_OF_RANGE if said.percent is not None and said.percent > 100 else None


def _score(said: Said) -> Score:
    return {"level": said.level} if said.percent is None else {"level": said.level, "percent": said.percent}
