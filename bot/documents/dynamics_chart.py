"""A picture for the chat: entry and exit by block, and what became of the plan (typst shapes → PNG)."""

import json
from collections.abc import Sequence
from typing import Any, Final

from bot.documents import typesetter
from bot.documents.fitting import fitted
from bot.iom.dynamics_bars import Bars, Length, Parts

MEDIA_TYPE: Final = "image/png"
MOST: Final = 20  # blocks on one picture; the card has them all
_DPI: Final = 216.0  # 360 points wide: 1080 dots, as wide as a phone
_WIDTH: Final = 336.0  # points of text
_SIZE: Final = 12.0
_BESIDE: Final = 100.0  # points of what stands beside a bar


def chart(title: str, found: Sequence[Bars], plan: Parts) -> bytes:
    """The bytes of a PNG; blocking, safe in any thread."""
    data = {
        "title": fitted(title, (15.0,), lines=2, width=_WIDTH, bold=True)["text"],
        "bars": [_bars(one) for one in found[:MOST]],
        "plan": {"done": plan.done, "partly": plan.partly, "claimed": plan.claimed, "ahead": plan.ahead},
    }
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    drawn = typesetter.compiler("dynamics.typ").compile(format="png", ppi=_DPI, sys_inputs=inputs)
    if not isinstance(drawn, bytes):
        raise TypeError(f"typst gave {type(drawn).__name__} for a PNG")
    return drawn


def _bars(one: Bars) -> dict[str, Any]:
    title = fitted(one.title, (_SIZE,), lines=2, width=_WIDTH)["text"]
    return {"title": title, "before": _length(one.before), "after": _length(one.after)}


def _length(one: Length | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {"share": one.share, "words": fitted(one.words, (10.5,), lines=1, width=_BESIDE)["text"]}
