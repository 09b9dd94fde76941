"""Russian words of time brought to a short code that `bot.iom.period_parse` can read.

«с 1 октября по конец весны» becomes «с 1 @10 по @3+3»: `@month` is a month, `@month+n` a span of n months
from it. Only vocabulary for reading stands here; what a person is shown comes from Babel and templates.
"""

import re

from rapidfuzz.distance import Levenshtein

_MONTHS = (
    ("январь", "янв"),
    ("февраль", "фев февр"),
    ("март", "мар"),
    ("апрель", "апр"),
    ("май", "мая мае маю маем"),
    ("июнь", "июн"),
    ("июль", "июл"),
    ("август", "авг"),
    ("сентябрь", "сен сент"),
    ("октябрь", "окт"),
    ("ноябрь", "ноя нояб"),
    ("декабрь", "дек"),
)
_SEASONS = {"весн": 3, "лет": 6, "осен": 9, "зим": 12}
_SEASON = re.compile(r"(?:весн(?:а|ы|е|у|ой|ою)|лето|лета|лету|летом|осен(?:ь|и|ью)|зим(?:а|ы|е|у|ой|ою))")
_ORDINALS = {
    word: number
    for number, words in enumerate(("i 1 перв", "ii 2 втор", "iii 3 трет", "iv 4 четверт"), start=1)
    for word in words.split()
}
_PARTS = {
    "четверт": ("@9+2", "@11+2", "@1+3", "@4+2"),
    "полугод": ("@9+4", "@1+5"),
    "квартал": ("@1+3", "@4+3", "@7+3", "@10+3"),
}
_PART = re.compile(
    r"\b(iv|i{1,3}|[1-4]|перв|втор|трет|четверт)[а-я]*(?:-?[а-я]{1,3})? (четверт|полугод|квартал)[а-я]*"
)
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "один одну одного",
            "два две двух",
            "три трех",
            "четыре четырех",
            "пять пяти",
            "шесть шести",
            "семь семи",
            "восемь восьми",
            "девять девяти",
            "десять десяти",
            "одиннадцать одиннадцати",
            "двенадцать двенадцати",
        ),
        start=1,
    )
    for word in words.split()
}
_WORD = re.compile(r"[а-я]+\.?")
_YEARS_AND_LENGTHS = (
    (r"\b(?:учебн[а-я]*|уч\.?) ?(?:год[а-я]*|г\b\.?)", "учгод"),
    (r"\b((?:19|20|21)\d\d) ?(?:гг?\b\.?|год(?:а|у|ом)?\b)", r"\1"),
    (r"(\.\d\d) ?(?:г\b\.?|год(?:а|у)?\b)", r"\1"),
    (r"\bпол(?:у?года|угодие)\b", "6 месяцев"),
    (r"\bполтора года\b", "18 месяцев"),
)
_PUNCTUATION = (
    (r"\b(\d{4})-(\d\d)-(\d\d)\b", r"\3.\2.\1"),
    (r"\b(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d\d)\b", r"\1.\3.\4"),
    (r"\b(\d{1,2})/(\d{1,2}|\d{4})\b", r"\1.\2"),
    (r"\b(\d{1,2})(?:-?го|-?е)\b", r"\1"),
    (r" ?(-) ?", " - "),
    (r"(?<=\d) ?\. (?=\d)", "."),
    (r"(?<=\d)(?=@)", " "),
    (r"[,;] ?", " "),
    (r" +", " "),
)
_NEIGHBOURS = re.compile(r"@(\d+) (?:и )?@(?=(\d+)\b(?!\+))")


def coded(text: str) -> str:
    """The text with months, seasons, quarters and numbers as codes; `text` is already `plain`."""
    text = _PART.sub(lambda found: _part(found[1], found[2]) or found[0], re.sub("[@+]", " ", text))
    text = _rewritten(text, _YEARS_AND_LENGTHS)
    text = _WORD.sub(lambda found: _word(found[0]), text)
    text = _rewritten(text, _PUNCTUATION)
    return _NEIGHBOURS.sub(_joined, text).strip(" .!?")


def _rewritten(text: str, rules: tuple[tuple[str, str], ...]) -> str:
    for pattern, replacement in rules:
        text = re.sub(pattern, replacement, text)
    return text


def _part(ordinal: str, part: str) -> str:
    codes = _PARTS[part]
    number = _ORDINALS[ordinal]
    return codes[number - 1] if number <= len(codes) else ""


def _word(typed: str) -> str:
    """The code of one word, or the word itself."""
    word = typed.rstrip(".")
    if month := _month(word):
        return f"@{month}"
    if _SEASON.fullmatch(word):
        return next(f"@{month}+3" for stem, month in _SEASONS.items() if word.startswith(stem))
    return str(_NUMBERS[word]) if word in _NUMBERS else typed


def _month(word: str) -> int:
    """The number of a month in any case, shortened or with one letter wrong; 0 when it is none."""
    for number, (name, short) in enumerate(_MONTHS, start=1):
        stem = name.rstrip("ьй")
        if word in (name, *short.split()) or (
            number != 5 and re.fullmatch(rf"{stem}(?:ь|я|е|ю|ем|а|у|ом)?", word)
        ):
            return number
    if len(word) < 6:
        return 0
    return next((number for number, (name, _) in enumerate(_MONTHS, start=1) if _nearly(word, name)), 0)


def _nearly(word: str, name: str) -> bool:
    stem = name.rstrip("ь")
    return any(Levenshtein.distance(word, stem + end, score_cutoff=1) <= 1 for end in "ьяе")


def _joined(found: re.Match[str]) -> str:
    """«октябрь, ноябрь» is a range; «октябрь, март» is not."""
    follows = int(found[2]) == int(found[1]) % 12 + 1
    return f"@{found[1]} - @" if follows else found[0]
