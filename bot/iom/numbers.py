"""Numbers as people type them: scores of all blocks in one message, and whole numbers.

Percent are kept raw, never rounded: 59.6 is not 60 (domain.md C08). A message is taken whole or not at all;
the error holds every piece that was not understood and what was understood besides.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.iom.facts import Value
from bot.iom.numbers_levels import parse_levels
from bot.iom.numbers_names import Names, block_names, named, squeezed
from bot.iom.numbers_types import Levels, ScoreFault, ScoreProblem, Scores, ScoresError
from bot.iom.plain import plain
from bot.iom.regulation import CompetenceBlock, Scale

__all__ = [
    "Levels",
    "NumberError",
    "NumberProblem",
    "ScoreFault",
    "ScoreProblem",
    "Scores",
    "ScoresError",
    "parse_integer",
    "parse_levels",
    "parse_scores",
    "scores_value",
]

_LIMIT = 600  # characters
_NUMBER = r"[0-9]+(?:[.,][0-9]+)?"
_GROUP = re.compile(rf"(?P<below_zero>(?:[:=]|^) ?-)?(?P<numbers>{_NUMBER}(?: ?/ ?{_NUMBER})*)(?: ?%)?")
_UNITS = re.compile(r"^ ?(?:проц|балл)[а-я]*")
_LETTERS = re.compile(r"[a-zа-я]")
_EDGES = " .:=-()"
_WHOLE = re.compile(r"(?:[а-я]+:? )?(-?[0-9]{1,9}) ?(?:(?:лет|год|г|час|ч|шт|чел|мес)[а-я]*)?\.?")
_BROKEN = re.compile(r"(?:[а-я]+:? )?-?[0-9]{1,9}[.,][0-9]{1,9}\D*")


class NumberProblem(StrEnum):
    """Why a text is no whole number."""

    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    TOO_SMALL = "too_small"
    TOO_BIG = "too_big"


class NumberError(ValueError):
    """A text that is no whole number within the limits."""

    def __init__(self, problem: NumberProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class _Piece:
    """Numbers between two runs of other text, e.g. «60/45/30»."""

    name: str
    numbers: tuple[float, ...]


def scores_value(text: str, blocks: Sequence[CompetenceBlock], scale: Scale) -> dict[str, Value]:
    """The answer to a question of kind `scores`: percent or levels, as the scale is; raises `ScoresError`."""
    if scale.kind == "level":
        return {block: {**level} for block, level in parse_levels(text, blocks, scale.levels).items()}
    return {block: {**columns} for block, columns in parse_scores(text, blocks, scale).items()}


def parse_scores(text: str, blocks: Sequence[CompetenceBlock], scale: Scale) -> Scores:
    """Percent by block and column, {"subject": {"total": 49.0}}; raises `ScoresError`.

    «П 49, М 50», «Предметные 49%; методические - 50», «П 60/45/30» by columns of the scale with or without
    the total; numbers without names in printed order when there is one for every block.
    """
    spelled = plain(text.replace("\n", ";"), _LIMIT)
    if spelled is None:
        raise ScoresError([ScoreProblem(ScoreFault.LONG_TEXT)], {})
    if not spelled.strip(_EDGES + ",;"):
        raise ScoresError([ScoreProblem(ScoreFault.EMPTY)], {})
    columns = tuple(scale.columns) or ("total",)
    if not any(_LETTERS.search(_UNITS.sub("", run)) for run in _GROUP.split(spelled)[::3]):
        return _in_order(spelled, blocks, columns)
    names = block_names(blocks)
    pieces, problems = _pieces(spelled, names)
    return _by_name(pieces, problems, names, columns)


def parse_integer(text: str, minimum: float | None = None, maximum: float | None = None) -> int:
    """A whole number within the limits, both included; «12 лет» is 12; raises `NumberError`."""
    spelled = plain(text, 60)
    if spelled is None:
        raise NumberError(NumberProblem.NOT_A_NUMBER)
    found = _WHOLE.fullmatch(spelled)
    if not found:
        broken = _BROKEN.fullmatch(spelled)
        raise NumberError(NumberProblem.NOT_WHOLE if broken else NumberProblem.NOT_A_NUMBER)
    number = int(found[1])
    if minimum is not None and number < minimum:
        raise NumberError(NumberProblem.TOO_SMALL)
    if maximum is not None and number > maximum:
        raise NumberError(NumberProblem.TOO_BIG)
    return number


def _pieces(text: str, names: Names) -> tuple[list[_Piece], list[ScoreProblem]]:
    """Names with their numbers, and names that stand without one. Numbers may stand before the names."""
    groups = list(_GROUP.finditer(text))
    edges = [0, *(edge for group in groups for edge in group.span()), len(text)]
    runs = [_names(text[start:end], names) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    numbers_first = bool(runs[-1]) and not runs[0]
    owners = runs[1:] if numbers_first else runs[:-1]
    pieces, problems = [], []
    for owner, group in zip(owners, groups, strict=True):
        mine = (owner[0] if numbers_first else owner[-1]) if owner else ""
        pieces.append(_Piece(mine, _numbers(group)))
        problems += [ScoreProblem(ScoreFault.NO_NUMBER, name[:40]) for name in owner if name != mine]
    if not numbers_first:
        problems += [ScoreProblem(ScoreFault.NO_NUMBER, name[:40]) for name in runs[-1]]
    return pieces, problems


def _names(run: str, names: Names) -> list[str]:
    """Names between two numbers. A comma parts them, unless it stands in a block's own name."""
    run = _UNITS.sub("", run)
    if any(squeezed(run) in spellings for spellings in names.values()):
        return [run.strip(_EDGES + ",;")]
    parts = (part.strip(_EDGES) for part in re.split("[,;]", run))
    return [part for part in parts if part]


def _numbers(group: re.Match[str]) -> tuple[float, ...]:
    sign = -1 if group["below_zero"] else 1
    return tuple(sign * float(number.replace(",", ".")) for number in group["numbers"].split("/"))


def _in_order(text: str, blocks: Sequence[CompetenceBlock], columns: Sequence[str]) -> Scores:
    """«49 50 67», also «49,50,67» when that gives one for every block."""
    found = [_Piece("", _numbers(group)) for group in _GROUP.finditer(text)]
    if len(found) != len(blocks):
        found = [_Piece("", (float(number),)) for number in re.findall(r"[0-9]+", text)]
        if len(found) != len(blocks) or not re.fullmatch(r"[0-9, ;%]+", text):
            raise ScoresError([ScoreProblem(ScoreFault.NO_NAME, text[:40])], {})
    names = {block.key: (block.key,) for block in blocks}
    pieces = [_Piece(block.key, piece.numbers) for block, piece in zip(blocks, found, strict=True)]
    return _by_name(pieces, [], names, columns)


def _by_name(
    pieces: Sequence[_Piece], problems: Sequence[ScoreProblem], names: Names, columns: Sequence[str]
) -> Scores:
    understood: Scores = {}
    faults = list(problems)
    for piece in pieces:
        block = piece.name if piece.name in names else named(piece.name, names) or ""
        chosen = _columns(len(piece.numbers), columns)
        if fault := _fault(piece, block, chosen, understood):
            faults.append(ScoreProblem(fault, piece.name[:40], block))
        else:
            understood[block] = dict(zip(chosen, piece.numbers, strict=True))
    if faults:
        raise ScoresError(faults, understood)
    return understood


def _fault(piece: _Piece, block: str, chosen: Sequence[str], understood: Scores) -> ScoreFault | None:
    if not piece.name:
        return ScoreFault.NO_NAME
    if not block:
        return ScoreFault.UNKNOWN_BLOCK
    if block in understood:
        return ScoreFault.TWICE
    if not chosen:
        return ScoreFault.WRONG_COUNT
    return None if all(0 <= number <= 100 for number in piece.numbers) else ScoreFault.OUT_OF_RANGE


def _columns(count: int, columns: Sequence[str]) -> Sequence[str]:
    """Which columns so many numbers fill: the total alone, all but the total, or all; () when none fit."""
    parts = [column for column in columns if column != "total"]
    if count == 1:
        return ("total",) if "total" in columns else tuple(columns[-1:])
    if count == len(columns):
        return columns
    return parts if count == len(parts) else ()
