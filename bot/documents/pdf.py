"""A card as PDF: one typst template for every form, the sheet as JSON.

Only the bundled faces are used, so a server and a laptop print the same lines. A compiler is not
shared between threads («Already borrowed»): each thread keeps its own, warm.
"""

import json
import re
import threading
from typing import Any, Final, Literal

import typst

from bot.documents import typesetter
from bot.documents.face import advance
from bot.documents.sheet import A4, PHONE, Tree, sheet_of
from bot.documents.widths import PADDING
from bot.iom.blocks import Document

MEDIA_TYPE: Final = "application/pdf"
# typst breaks words by its dictionary only: a longer one than this runs off the paper.
LONG: Final = 40
_BREAK: Final = "\u200b"
_LONG_WORD: Final = re.compile(rf"\S{{{LONG + 1},}}")
_WORD: Final = re.compile(r"\S{8,}")
_RUSSIAN: Final = re.compile(r"[А-Яа-яЁё\-–—.,:;!?()«»]+")

_compilers = threading.local()


def pdf(document: Document, *, paper: Literal["a4", "phone"] = "a4", plain: bool = False) -> bytes:
    """The document as the bytes of a PDF file; blocking, safe to call from any thread.

    `plain` prints every section on one endless page without hyphens and running lines, so that the
    words can be read back in the order of the tree.
    """
    sheet = _breakable(sheet_of(document, PHONE if paper == "phone" else A4))
    inputs = {"sheet": json.dumps(sheet, ensure_ascii=False), "plain": "yes" if plain else "no"}
    printed = _compiler().compile(format="pdf", sys_inputs=inputs)
    if not isinstance(printed, bytes):
        raise TypeError(f"typst gave {type(printed).__name__} for a PDF")
    return printed


def _compiler() -> typst.Compiler:
    """This thread's compiler: it reads fonts once and keeps the template parsed."""
    compiler: typst.Compiler | None = getattr(_compilers, "own", None)
    if compiler is None:
        compiler = typesetter.compiler("card.typ")
        _compilers.own = compiler
    return compiler


def _breakable(value: Any) -> Any:
    """The same tree with break opportunities inside words that no line can hold."""
    if isinstance(value, str):
        return _LONG_WORD.sub(lambda word: _BREAK.join(word[0]), value)
    if isinstance(value, list):
        return [_breakable(item) for item in value]
    if isinstance(value, dict):
        tree = {key: _breakable(item) for key, item in value.items()}
        return _narrow(tree) if tree.get("kind") == "Table" else tree
    return value


def _narrow(table: Tree) -> Tree:
    """Words wider than their column, an e-mail say, may break there; Russian ones get hyphens instead."""
    rooms = [(width - PADDING) / table["size"] for width in table["widths"]]
    for row in table["rows"]:
        row["cells"] = [_held(text, room) for text, room in zip(row["cells"], rooms, strict=True)]
    return table


def _held(text: str, room: float) -> str:
    def split(word: re.Match[str]) -> str:
        is_held = _BREAK in word[0] or _RUSSIAN.fullmatch(word[0]) or advance(word[0]) <= room
        return word[0] if is_held else _BREAK.join(word[0])

    return _WORD.sub(split, text)
