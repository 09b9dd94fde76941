"""Results of pupils as the deputy types them: a block or a subject and one percent (000 VI.5, I23).

Aggregates only: nothing of a child is ever asked or stored, and what looks like a person's name is refused.
"""

import re

from bot.iom.asked import Refused
from bot.iom.plain import plain

MOST = 20  # rows of a school year
LONGEST = 60  # letters of a name
_LINE = re.compile(r"^(?P<name>.*?)[\s:=–—-]*(?<![\d.,])(?P<percent>\d{1,3}(?:[.,]\d{1,2})?)\s*%?$")
_CAPITAL = re.compile(r"\b[А-ЯЁA-Z](?:[а-яёa-z]+|\.)")


def parse(text: str) -> tuple[str, float] | Refused:
    """«Математика 54», «Русский язык: 62,5 %» → (name, percent).

    Refused: "not_pupils" (no name or no percent), "too_long", "not_percent" (over 100), "a_person".
    """
    found = _LINE.match(" ".join(text.split()))
    name = found["name"].strip(" ,") if found else ""
    if not found or not any(letter.isalpha() for letter in name):
        return Refused("not_pupils")
    if len(name) > LONGEST:
        return Refused("too_long", {"length": len(name), "limit": LONGEST})
    if len(_CAPITAL.findall(name)) > 1:
        return Refused("a_person")
    percent = float(found["percent"].replace(",", "."))
    return (name, percent) if percent <= 100 else Refused("not_percent")


def put(results: dict[str, float], name: str, percent: float) -> dict[str, float] | Refused:
    """With this result; a name that is there already, however spelled, is replaced. Refused: "too_many"."""
    called = plain(name, LONGEST)
    kept = {known: one for known, one in results.items() if plain(known, LONGEST) != called}
    if len(kept) >= MOST:
        return Refused("too_many_pupils", {"most": MOST})
    return {**kept, name: percent}
