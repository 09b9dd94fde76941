"""Invitations to print and cut: eight cards on a page, each with its QR code, link and short code.

What is longer than a card is set smaller, then cut short: a hostile name spoils its own card only.
"""

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import segno

from bot.documents import typesetter
from bot.documents.clean import clean
from bot.documents.fitting import fitted
from bot.documents.places import templates
from bot.documents.sheet import MM

# The room inside a card, as templates/typst/invitations.typ draws it.
WIDTH: Final = 86 * MM
_SIZES: Final = (13.0, 11.0, 9.5, 8.0)
_SMALL: Final = (10.0, 8.0)
_TINY: Final = (8.5, 7.5)
_MASK: Final = 3  # diagonals: long runs of one colour are unlikely in a link


@dataclass(frozen=True, slots=True)
class Invite:
    """A card: whom it is for (a name or a code), her role in words, the whole link, the short code."""

    name: str
    role: str
    link: str
    code: str


@dataclass(frozen=True, slots=True)
class InviteWords:
    """What every card says: how to enter, and what stands before the code."""

    how: str
    code: str


@cache
def words() -> InviteWords:
    """Our own words, from `templates/invitations.toml`."""
    raw = _own()
    return InviteWords(how=raw["how"], code=raw["code"])


@cache
def title() -> str:
    """Our own title of the sheet."""
    return _own()["title"]


def sheet(title: str, invitations: Sequence[Invite], words: InviteWords) -> bytes:
    """The cards as the bytes of a PDF file, in the order given; blocking, safe in any thread.

    ValueError: a link that is empty, or too long for a QR code.
    """
    data = {
        "title": fitted(title, _SMALL, lines=1, width=WIDTH),
        "how": clean(words.how),
        "code": clean(words.code),
        "cards": [_card(one) for one in invitations],
    }
    # A compiler of its own: it remembers every picture, and a sheet is never printed twice.
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    printed = typesetter.compiler("invitations.typ").compile(format="pdf", sys_inputs=inputs)
    if not isinstance(printed, bytes):
        raise TypeError(f"typst gave {type(printed).__name__} for a PDF")
    return printed


@cache
def _own() -> dict[str, str]:
    return tomllib.loads((templates() / "invitations.toml").read_text(encoding="utf-8"))


def _card(one: Invite) -> dict[str, Any]:
    link = clean(one.link)
    if not link:
        raise ValueError("an invitation without a link")
    return {
        "name": fitted(one.name, _SIZES, lines=2, width=WIDTH, bold=True),
        "role": fitted(one.role, _SMALL, lines=1, width=WIDTH),
        "link": fitted(link, _TINY, lines=2, width=WIDTH),
        "code": fitted(one.code, _SIZES, lines=1, width=WIDTH / 2, bold=True),
        "address": link,
        "picture": _picture(link),
    }


def _picture(link: str) -> str:
    """A QR code as SVG. One mask for all: to weigh all eight would take four fifths of the printing."""
    code = segno.make(link, micro=False, error="m", mask=_MASK)
    return code.svg_inline(border=0, omitsize=True)
