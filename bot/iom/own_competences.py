"""Competences a diagnosis names freely, beside the blocks of the regulation (004, domain.md §5.5).

In an answer of kind `scores`, and as a point of growth, a key that is no block is such a name itself. A
button carries a short id of it. A name never looks like a key («scratch» becomes «Scratch»), so the key of
another version's block is no name. Where no competence may be named so, every unknown key is nothing.
"""

import re
import unicodedata
from collections.abc import Iterable

from bot.iom.asked import suggestion_id
from bot.iom.facts import Facts
from bot.iom.regulation import Key, Regulation

LIMIT = 15  # of one diagnosis
SHORTEST, LONGEST = 3, 120  # characters of a name
ID = "own-"  # no key of a block has a hyphen
_EDGES = " .,:;=-–—−"
_BULLETS = "•·▪*"
_KEY = re.compile(r"[a-z0-9_]+")


def tidy(text: str) -> str:
    """A name on one line, without bullets, dashes at its edges and characters nobody sees."""
    seen = (letter for letter in text if letter.isspace() or unicodedata.category(letter)[0] != "C")
    name = " ".join("".join(seen).split()).lstrip(_EDGES + _BULLETS).rstrip(_EDGES)
    return name.upper()[:1] + name[1:] if _KEY.fullmatch(name) else name


def fits(name: str) -> bool:
    """Whether a tidy name may be stored."""
    return SHORTEST <= len(name) <= LONGEST and any(map(str.isalpha, name))


def same(name: str) -> str:
    """What two spellings of one name have in common."""
    return " ".join(name.casefold().replace("ё", "е").split())


def own_id(name: str) -> str:
    """A short stable id of a name, for a button."""
    return ID + suggestion_id(same(name))


def by_id(names: Iterable[str], wanted: str) -> str:
    """The name with this id, "" when there is none."""
    return next((name for name in names if own_id(name) == wanted), "")


def names(regulation: Regulation, facts: Facts) -> tuple[str, ...]:
    """The names of all diagnoses, in the order they were told, each once; of `interview.current` facts."""
    if not regulation.names_own:
        return ()
    found: dict[str, str] = {}
    for row in facts.rows("diagnoses"):
        for name in of(regulation, facts.value("scores", row.id)):
            found.setdefault(same(name), name)
    return tuple(found.values())


def of(regulation: Regulation, scores: object) -> tuple[str, ...]:
    """The names among the keys of one answer."""
    told = scores if isinstance(scores, dict) else {}
    return tuple(name for name in told if name not in regulation.blocks and _own(regulation, name))


def title(regulation: Regulation, key: Key) -> str:
    """A competence as documents call it: the block's title or one's own name; "" when it is neither."""
    block = regulation.blocks.get(key)
    return block.title if block else _own(regulation, key)


def chat(regulation: Regulation, key: Key) -> str:
    """A competence in soft words."""
    block = regulation.blocks.get(key)
    return block.chat if block else _own(regulation, key)


def deficit(regulation: Regulation, key: Key) -> str:
    """The official wording of a point of growth: the block's, or the regulation's words about a name."""
    block = regulation.blocks.get(key)
    if block is not None:
        return block.deficit
    return regulation.own_deficit.replace("{name}", key) if _own(regulation, key) else ""


def _own(regulation: Regulation, key: Key) -> str:
    return key if regulation.names_own and not _KEY.fullmatch(key) else ""
