"""What a person typed, brought to one plain spelling before any rule looks at it."""

import re
import unicodedata

_DASHES = re.compile(r"\s*[‐‑‒–—―−⸺⸻﹘﹣－]\s*|\s+-+\s*|(?<!-)-+\s+")
_SPACES = re.compile(r"\s+")

_LOOKALIKES = str.maketrans("abcehkmoptxy", "авсенкмортху")


def plain(text: str, limit: int) -> str | None:
    """Lower case, ё as е, single spaces, every dash «-»; None when there are more than `limit` characters.

    A dash that is written with spaces, or is longer than a hyphen, loses its spaces: «1 — 5» → «1-5».
    """
    if len(text) > limit:
        return None
    spelled = unicodedata.normalize("NFKC", text).lower().replace("ё", "е")
    if len(spelled) > 2 * limit:
        return None
    return _SPACES.sub(" ", _DASHES.sub("-", spelled)).strip()


def cyrillic(word: str) -> str:
    """Latin letters that look like Russian ones become Russian: «M» typed for «М»."""
    return word.translate(_LOOKALIKES)
