"""A certificate: a lying sheet of A4 with a code that anyone can check, and the same code as a QR."""

import json
import tomllib
from functools import cache
from typing import Any, Final

import segno

from bot.documents import typesetter
from bot.documents.fitting import fitted
from bot.documents.places import templates
from bot.documents.sheet import MM
from bot.iom.certificate import Certified, term_words
from bot.iom.period import day_words

MEDIA_TYPE: Final = "application/pdf"
WIDTH: Final = 240 * MM  # of the lines, as templates/typst/certificate.typ draws them
SIGN: Final = 40 * MM  # of the post and of the name beside the line for the pen
_NAME: Final = (26.0, 22.0, 18.0, 14.0)
_TITLE: Final = (34.0, 28.0, 22.0)
_TEXT: Final = (17.0, 14.0, 11.0)


def certificate(one: Certified, link: str) -> bytes:
    """The bytes of a PDF file; blocking, safe in any thread. `link` opens the check."""
    inputs = {"data": json.dumps(_data(one, link), ensure_ascii=False)}
    printed = typesetter.compiler("certificate.typ").compile(format="pdf", sys_inputs=inputs)
    if not isinstance(printed, bytes):
        raise TypeError(f"typst gave {type(printed).__name__} for a PDF")
    return printed


def _data(one: Certified, link: str) -> dict[str, Any]:
    own = _own()
    hours = f"{one.hours:g}".replace(".", ",") if one.hours else ""
    told = (
        (own["organisation"], one.organisation),
        (own["term"], term_words(one.term)),
        (own["hours"], hours),
        (own["issued"], day_words(one.issued_on)),
    )
    return {
        "title": fitted(one.title, _TITLE, lines=1, width=WIDTH * 0.9, bold=True),
        "given": fitted(one.given, _TEXT, lines=2, width=WIDTH),
        "name": fitted(one.name, _NAME, lines=2, width=WIDTH, bold=True),
        "text": fitted(one.text, _TEXT, lines=4, width=WIDTH),
        "told": [(label, fitted(text, _TEXT[1:], lines=2, width=WIDTH / 2)) for label, text in told if text],
        "post": fitted(one.post, _TEXT[1:], lines=2, width=SIGN),
        "signed_by": fitted(one.signed_by, _TEXT[1:], lines=2, width=SIGN),
        "code": one.code,
        "link": link,
        "picture": segno.make(link, micro=False, error="m").svg_inline(border=0, omitsize=True),
        "own": own,
    }


@cache
def _own() -> dict[str, str]:
    return tomllib.loads((templates() / "certificate.toml").read_text(encoding="utf-8"))
