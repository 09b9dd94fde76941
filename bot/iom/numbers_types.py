"""What a message of scores becomes, and what can be wrong with it; see `bot.iom.numbers`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

Scores = dict[str, dict[str, float]]  # block → column → percent
Levels = dict[str, dict[str, str]]  # block → column → level key


class ScoreFault(StrEnum):
    """What is wrong with a piece of a message of scores."""

    EMPTY = "empty"
    LONG_TEXT = "long_text"
    UNKNOWN_BLOCK = "unknown_block"
    NO_NUMBER = "no_number"
    NO_NAME = "no_name"
    OUT_OF_RANGE = "out_of_range"
    WRONG_COUNT = "wrong_count"
    TWICE = "twice"
    UNKNOWN_LEVEL = "unknown_level"
    ONLY_PERCENT = "only_percent"
    BAD_NAME = "bad_name"


@dataclass(frozen=True, slots=True)
class ScoreProblem:
    """A fault, the piece as it was typed (cut to 40 characters) and the block when it is known."""

    fault: ScoreFault
    piece: str = ""
    block: str = ""


class ScoresError(ValueError):
    """A message of scores that can't be taken; `understood` holds the blocks that were clear."""

    def __init__(
        self, problems: Sequence[ScoreProblem], understood: Mapping[str, Mapping[str, float | str]]
    ) -> None:
        super().__init__(", ".join(problem.fault for problem in problems))
        self.problems = tuple(problems)
        self.understood = understood
