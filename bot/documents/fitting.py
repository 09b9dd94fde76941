"""Text that must fit: the largest size at which it takes so many lines, cut with an ellipsis at the last."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from bot.documents.clean import clean
from bot.documents.face import advance

SLACK: Final = 0.97  # the width a line is sure to have, whatever the rounding
BREAK: Final = "\u200b"
MORE: Final = "…"


def fitted(
    text: str, sizes: Sequence[float], *, lines: int, width: float, bold: bool = False
) -> dict[str, Any]:
    """{"text", "size"}: on one paragraph, cleaned; `width` and sizes in points, largest size first."""
    text = " ".join(clean(text).split())
    measure = partial(advance, bold=bold)
    room = 0.0
    for size in sizes:
        room = width * SLACK / size
        if lines_of(text, room, measure) <= lines:
            return {"text": breakable(text, room, measure), "size": size}
    while lines_of(text + MORE, room, measure) > lines:
        text = text[: max(len(text) * 19 // 20, 1)].rstrip() if len(text) > 1 else ""
    return {"text": breakable(text + MORE, room, measure), "size": sizes[-1]}


def lines_of(text: str, room: float, measure: Callable[[str], float]) -> int:
    """How many lines the words take, a word wider than a line going on in the next."""
    count, used = 1, 0.0
    space = measure(" ")
    for word in text.split():
        needed = measure(word)
        if used and used + space + needed > room:
            count, used = count + 1, 0.0
        used += needed + (space if used else 0.0)
        if used > room:
            count += int(used // room)
            used %= room
    return count


def breakable(text: str, room: float, measure: Callable[[str], float]) -> str:
    """Words wider than a line may break at any letter; typst would let them run off the paper."""
    return " ".join(BREAK.join(word) if measure(word) > room else word for word in text.split())
