"""Where a level and a percent stand in a message, and what is left for the name; see `numbers_own`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from bot.iom.numbers_names import Names, squeezed

_LIMIT = 3000  # characters: fifteen names and the blocks
_LONGEST = 5  # words of one level
_CLOSE_ENOUGH = 80.0
_LINES = re.compile(r"[;\r\n]+")
_COMMAS = re.compile(r",(?!\d)|(?<!\d),")
_NUMBERED = re.compile(r"^\s*\d{1,2}[.)]\s+")
_TOKEN = re.compile(r"(?P<number>\d+(?:[.,]\d+)?)(?!\w)(?P<sign>\s*(?:%|проц\w*))?|\w+")
_DASH = re.compile(r"[:=–—−]|\s-|-\s")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a number and where it stands."""

    text: str
    start: int
    end: int
    number: float | None = None
    percent: bool = False


@dataclass(frozen=True)
class Piece:
    """What stands between two commas."""

    text: str

    @classmethod
    def joined(cls, pieces: Sequence["Piece"]) -> "Piece":
        """The text as it was before the commas parted it."""
        return cls(", ".join(piece.text.strip() for piece in pieces))

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its words and numbers."""
        return tuple(map(_token, _TOKEN.finditer(self.text)))

    @property
    def bare_percent(self) -> float | None:
        """The number when it says nothing else: «64 %»."""
        alone = len(self.tokens) == 1 and self.tokens[0].percent
        return self.tokens[0].number if alone else None

    @property
    def ends_with_percent(self) -> bool:
        """Whether a percent closes it; a number without the sign may be a part of a name."""
        return self.tokens[-1].percent or all(token.number is not None for token in self.tokens)


@dataclass(frozen=True, slots=True)
class Said:
    """A name as it was typed, a level key, a percent."""

    name: str
    level: str
    percent: float | None = None


@dataclass(frozen=True, slots=True)
class _Closer:
    """A level among the tokens, from `start` to `end`, the percent after it included."""

    level: str
    start: int
    end: int
    percent: float | None = None


def too_long(text: str) -> bool:
    """Whether nobody types that."""
    return len(text) > _LIMIT


def lines(text: str) -> list[list[Piece]]:
    """Lines, and what commas part in each; the numbers of a list are left out."""
    found = [_NUMBERED.sub("", line) for line in _LINES.split(text)]
    parts = [[Piece(part) for part in _COMMAS.split(line)] for line in found]
    return [[piece for piece in line if piece.tokens] for line in parts]


def _token(found: re.Match[str]) -> Token:
    number = float(found["number"].replace(",", ".")) if found["number"] else None
    return Token(found[0], found.start(), found.end(), number, bool(found["sign"]))


def only_level(text: str, levels: Names) -> Said | None:
    """A level, perhaps with a percent, and nothing else: what is typed about one competence."""
    tokens = Piece(text).tokens
    numbers = [token.number for token in (*tokens[:1], *tokens[-1:]) if token.number is not None]
    words = [token for token in tokens if token.number is None]
    level = _exact(words, levels) or _loose(words, levels) if words else ""
    fits = len(tokens) - len(words) == len(numbers) <= 1
    return Said("", level, numbers[0] if numbers else None) if level and fits else None


def said_in(piece: Piece, levels: Names, known: Callable[[str], str]) -> list[Said]:
    """The statements of a piece, [] when no level closes it.

    One name and the level at the end; several only when one of the names is known: «С низкий М средний».
    """
    closers = _closers(piece.tokens, levels)
    if not closers or closers[-1].end < len(piece.tokens):
        last = _loosely(piece, levels, known)
        closers = [*closers, last] if last else []
    if not closers:
        return []
    starts = [0, *(closer.end for closer in closers)]
    many = [_said(piece, at, closer, known) for at, closer in zip(starts, closers, strict=False)]
    if not any(one.name for one in many) or any(one.name and known(one.name) for one in many):
        return many
    return [_said(piece, 0, closers[-1], known)]


def _said(piece: Piece, start: int, closer: _Closer, known: Callable[[str], str]) -> Said:
    mine = piece.tokens[start : closer.start]
    named, before = _split_percent(
        mine, lambda tokens: bool(tokens) and bool(known(_name(piece, start, tokens)))
    )
    percent = before if closer.percent is None else closer.percent
    return Said(_name(piece, start, named), closer.level, percent)


def _name(piece: Piece, start: int, tokens: Sequence[Token]) -> str:
    """The name as it was typed, signs before and after its words included."""
    if not tokens:
        return ""
    begins = piece.tokens[start - 1].end if start else 0
    follows = next((token.start for token in piece.tokens if token.start >= tokens[-1].end), len(piece.text))
    text = piece.text[begins:follows].strip()
    return text.removesuffix("(").removeprefix(")").strip() if text.count("(") != text.count(")") else text


def _split_percent(
    tokens: Sequence[Token], bare: Callable[[Sequence[Token]], bool]
) -> tuple[Sequence[Token], float | None]:
    """A number before the level is a percent when it has the sign, or when `bare` says so of the rest."""
    if tokens and tokens[-1].number is not None and (tokens[-1].percent or bare(tokens[:-1])):
        return tokens[:-1], tokens[-1].number
    return tokens, None


def _closers(tokens: Sequence[Token], levels: Names) -> list[_Closer]:
    """Levels in exact words; the last word of all may have another ending («низкая»)."""
    found: list[_Closer] = []
    position = 0
    while position < len(tokens):
        level, length = _level_at(tokens, position, levels)
        if level:
            found.append(_closer(tokens, level, position, position + length))
            length = found[-1].end - position
        position += length
    return found


def _closer(tokens: Sequence[Token], level: str, start: int, end: int) -> _Closer:
    follows = tokens[end] if end < len(tokens) else None
    if follows is not None and follows.number is not None:
        return _Closer(level, start, end + 1, follows.number)
    return _Closer(level, start, end)


def _level_at(tokens: Sequence[Token], position: int, levels: Names) -> tuple[str, int]:
    """The level that begins here and its length in words; ("", 1) when none does."""
    for length in range(min(_LONGEST, len(tokens) - position), 0, -1):
        if level := _exact(tokens[position : position + length], levels):
            return level, length
    left = [token for token in tokens[position + 1 :] if token.number is None]
    return ("" if left else _inflected(tokens[position].text, levels)), 1


def _exact(tokens: Sequence[Token], levels: Names) -> str:
    words = [squeezed(token.text) for token in tokens]
    phrase = "".join(words) if all(words) else ""  # a word in other letters is no part of a level
    return next((key for key, spellings in levels.items() if phrase in spellings), "")


def _inflected(word: str, levels: Names) -> str:
    """«низкая» for «низкий»: the same but for two letters at the end."""
    stem = squeezed(word)[:-2]
    fits = (key for key, spellings in levels.items() if any(stem == one[:-2] for one in spellings))
    return next(fits, "") if len(stem) >= 4 else ""


def _loosely(piece: Piece, levels: Names, known: Callable[[str], str]) -> _Closer | None:
    """A mistyped or shortened level at the end, after a known name or a dash."""
    tokens = piece.tokens
    last = len(tokens) - 1
    if last > 0 and tokens[last].number is not None:
        last -= 1
    if last < 1 or tokens[last].number is not None:
        return None
    dashed = _DASH.search(piece.text[tokens[last - 1].end : tokens[last].start])
    named, _ = _split_percent(tokens[:last], lambda _: True)
    level = _loose(tokens[last : last + 1], levels)
    close = level and (dashed or (named and known(_name(piece, 0, named))))
    return _closer(tokens, level, last, last + 1) if close else None


def _loose(tokens: Sequence[Token], levels: Names) -> str:
    """The level one word means by its beginning or but for a letter or two."""
    word = squeezed(tokens[0].text) if len(tokens) == 1 else ""
    begins = [key for key, spellings in levels.items() if any(_begins(word, one) for one in spellings)]
    if len(begins) == 1:
        return begins[0]
    close = [key for key, spellings in levels.items() if any(_close(word, one) for one in spellings)]
    return close[0] if len(close) == 1 else ""


def _begins(word: str, spelling: str) -> bool:
    """Of a phrase («начнём с этого») only a good part: «на» is a word of names."""
    return len(word) >= (2 if len(spelling) <= 8 else 5) and spelling.startswith(word)


def _close(word: str, spelling: str) -> bool:
    return len(word) >= 5 and fuzz.ratio(word, spelling) >= _CLOSE_ENOUGH
