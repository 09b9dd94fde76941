"""Where a key of a TOML file stands and what is wrong with it: `tomllib` tells no lines, pydantic speaks
English, and a methodist needs a line and a Russian sentence."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Path = Sequence[str | int]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([\w.\-]+)\s*\]\]?")
_POSITION = re.compile(r"at line (\d+)")
_SYNTAX = (
    ("Cannot overwrite a value", "этот ключ здесь уже задан"),
    ("Duplicate inline table key", "этот ключ здесь уже задан"),
    ("Cannot declare", "такой раздел уже есть; повторяющиеся разделы пишут в двойных скобках: [[…]]"),
    ("Expected '='", "после ключа нужен знак «=»"),
    ("Expected ']", "имя раздела не закрыто скобкой ]"),
    ("Expected newline", "после значения в строке стоит что-то лишнее"),
    (
        "Invalid initial character",
        "здесь ждали ключ: строка начата не так, лишняя запятая или не закрыта скобка",
    ),
    ("Invalid statement", "строка не начинается с ключа или раздела"),
    (
        "Invalid value",
        "значение не разобрать: текст стоит в кавычках, да и нет – true и false, список закрыт скобкой ]",
    ),
    ("Illegal character", "кавычка не закрыта в конце строки или стоит лишний знак"),
    ("Unescaped", "обратную косую черту в тексте пишут дважды: \\\\"),
    ("Unterminated string", "кавычка не закрыта"),
    ("Unclosed array", "не хватает закрывающей скобки ] или запятой в списке"),
    ("Unclosed inline table", "не хватает закрывающей скобки } или запятой"),
)
_WRONG = {
    "missing": "не хватает ключа",
    "extra_forbidden": "такого ключа здесь не бывает, проверьте, нет ли опечатки",
    "string_too_long": "длиннее {max_length} знаков",
    "string_too_short": "короче {min_length} знаков",
    "string_pattern_mismatch": "можно только строчные латинские буквы, цифры и подчёркивание",
    "string_type": "нужен текст в кавычках",
    "literal_error": "можно только: {expected}",
    "enum": "можно только: {expected}",
    "bool_type": "нужно true или false без кавычек",
    "bool_parsing": "нужно true или false без кавычек",
    "int_type": "нужно целое число без кавычек",
    "int_parsing": "нужно целое число без кавычек",
    "int_from_float": "нужно целое число",
    "float_type": "нужно число без кавычек",
    "float_parsing": "нужно число без кавычек",
    "tuple_type": "нужен список в квадратных скобках [ ]",
    "model_type": "нужен набор «ключ = значение» в скобках {{ }}",
    "dict_type": "нужен набор «ключ = значение» в скобках {{ }}",
    "too_short": "нужно не меньше {min_length}, а здесь {actual_length}",
    "greater_than_equal": "не меньше {ge}",
    "less_than_equal": "не больше {le}",
}


def line_of_syntax_error(message: str) -> int:
    """The line that `tomllib` names in its message, 0 when it names none."""
    found = _POSITION.search(message)
    return int(found[1]) if found else 0


def syntax_reason(message: str) -> str:
    """What `tomllib` stumbled over, in Russian; its own words too when we have none."""
    known = (russian for english, russian in _SYNTAX if english in message)
    return next(known, f"проверьте кавычки, скобки и запятые ({message})")


def type_reason(kind: str, message: str, path: Path, context: Mapping[str, Any]) -> str:
    """What pydantic found at `path`, in Russian: the key and what may stand there."""
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    template = _WRONG.get(kind)
    words = template.format_map({key: _plain(value) for key, value in context.items()}) if template else ""
    return f"«{name}»: {words or message}"


def _plain(value: object) -> str:
    return str(value).replace("'", "").replace(" or ", ", ")


def line_of(source: str, path: Path) -> int:
    """The 1-based line where `path`, e.g. ("question", 3, "min"), is set; the nearest header above it
    when the key is absent; 1 when nothing is found. An element of a list written one per line has its own."""
    lines = source.splitlines()
    start, rest = _header(lines, path)
    name = next((part for part in rest if isinstance(part, str)), "")
    for number in _below(lines, start):
        if name and re.match(rf"\s*{re.escape(name)}\s*[.=]", lines[number]):
            return _element(lines, number, rest[rest.index(name) + 1 :]) + 1
    return max(start, 0) + 1


def _below(lines: Sequence[str], start: int) -> Iterator[int]:
    """Numbers of the lines from a header to the next one."""
    for number in range(start, len(lines)):
        if number > start and _HEADER.match(lines[number]):
            return
        yield number


def _element(lines: Sequence[str], start: int, rest: Path) -> int:
    """The line of the wanted element when a list opens with a bare «[» and holds one element a line."""
    if not rest or not isinstance(rest[0], int) or not lines[start].rstrip().endswith("["):
        return start
    seen = -1
    for number in range(start + 1, len(lines)):
        text = lines[number].strip()
        if text.startswith("]"):
            break
        seen += bool(text) and not text.startswith("#")
        if seen == rest[0]:
            return number
    return start


def _header(lines: Sequence[str], path: Path) -> tuple[int, Path]:
    """Index of the last header that leads to `path`, and what of the path lies below it."""
    start, end, rest, name = 0, len(lines), path, ""
    position = 0
    while position < len(path):
        name = f"{name}.{path[position]}" if name else str(path[position])
        after = path[position + 1] if position + 1 < len(path) else None
        wanted = after if isinstance(after, int) else 0
        found = _nth_header(lines, name, wanted, start, end)
        if found is None:
            break
        end = _end_of(lines, found, name) if isinstance(after, int) else end
        position += 2 if isinstance(after, int) else 1
        start, rest = found, path[position:]
    return start, rest


def _nth_header(lines: Sequence[str], name: str, wanted: int, start: int, end: int) -> int | None:
    found = [number for number in range(start, end) if _named(lines[number]) == name]
    return found[wanted] if wanted < len(found) else None


def _end_of(lines: Sequence[str], start: int, name: str) -> int:
    """Where an element of [[name]] ends: at the next header that is not its own subsection."""
    for number in range(start + 1, len(lines)):
        header = _named(lines[number])
        if header and not header.startswith(f"{name}."):
            return number
    return len(lines)


def _named(line: str) -> str:
    header = _HEADER.match(line)
    return header[2] if header else ""
