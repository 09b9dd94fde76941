"""Bars for the chat: one share a line with its words (typst shapes → PNG)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.documents import typesetter
from bot.documents.clean import clean
from bot.documents.face import advance

MOST: Final = 20  # bars of one picture; the table has them all
_DPI: Final = 216.0  # 360 points wide: 1080 dots, as wide as a phone
_ROOM: Final = 600.0  # points of two lines of a label
_SIZE: Final = 12.0
_BREAK: Final = "\u200b"


@dataclass(frozen=True, slots=True)
class Bar:
    """A line: `share` of the whole width, 0 to 1; `words` stand beside it."""

    label: str
    share: float
    words: str


def bars(title: str, found: Sequence[Bar]) -> bytes:
    """The bytes of a PNG; blocking, safe in any thread."""
    data = {"title": _fitted(title), "bars": [_bar(one) for one in found[:MOST]]}
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    drawn = typesetter.compiler("bars.typ").compile(format="png", ppi=_DPI, sys_inputs=inputs)
    if not isinstance(drawn, bytes):
        raise TypeError(f"typst gave {type(drawn).__name__} for a PNG")
    return drawn


def _bar(one: Bar) -> dict[str, Any]:
    share = min(max(one.share, 0.0), 1.0)
    return {"label": _fitted(one.label), "share": share, "words": _fitted(one.words)}


def _fitted(text: str) -> str:
    """Two lines at most, cut with an ellipsis; a long word may break anywhere."""
    text = " ".join(clean(text).split())
    if advance(text, bold=True) * _SIZE > _ROOM:
        while text and advance(text + "…", bold=True) * _SIZE > _ROOM:
            text = text[: len(text) * 19 // 20].rstrip()
        text += "…"
    return " ".join(_BREAK.join(word) if len(word) > 30 else word for word in text.split())
