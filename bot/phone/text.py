"""Message texts and captions: parse, clean, trim, measure — in the order of the real server."""

import json
from dataclasses import dataclass, field
from typing import Any

from bot.phone.errors import ParseError, bad
from bot.phone.html import parse_html
from bot.phone.params import Params

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_RAW_BYTES = 32_768
TRIMMED = " \n"
INVISIBLE = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u2060\u2061\u2062\u2063\u2064\u2800\u3164\ufeff"
) | {chr(code) for code in range(0x200B, 0x2010)}
MARKDOWN = ("markdown", "markdownv2")


@dataclass(frozen=True)
class Formatted:
    """Text as stored: trimmed, with entities in UTF-16 offsets."""

    text: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    markdown: bool = False


def formatted(params: Params, name: str, entities_name: str) -> Formatted:
    """Parse the parameter `name`; raises 400 for bad markup and for a raw text over 32,768 bytes."""
    raw = params.text(name) or ""
    if len(raw.encode("utf-8", "surrogatepass")) > MAX_RAW_BYTES:
        raise bad("text is too long")
    return parse(raw, params.text("parse_mode"), params.text(entities_name))


def parse(raw: str, mode: str | None, entities: str | None = None) -> Formatted:
    """Apply `parse_mode` (it wins over `entities`) and trim."""
    raw = _cleaned(raw)
    lowered = (mode or "").lower()
    if lowered in MARKDOWN:
        return Formatted(raw.strip(TRIMMED), markdown=True)
    if lowered not in ("", "html"):
        raise bad("unsupported parse_mode")
    if lowered == "html":
        try:
            plain, found = parse_html(raw)
        except ParseError as error:
            raise bad(f"Can't parse entities: {error}") from None
    else:
        plain, found = raw, _given(entities)
    return Formatted(*_trimmed(plain, found))


def message_text(params: Params) -> Formatted:
    """The text of a message; raises the two different errors for no text and for an invisible one."""
    if params.text("text") is None:
        raise bad("message text is empty")
    result = formatted(params, "text", "entities")
    if is_blank(result.text):
        raise bad("text must be non-empty")
    return result


def is_blank(text: str) -> bool:
    """True when a person would see nothing."""
    return all(character.isspace() or character in INVISIBLE for character in text)


def utf16(text: str) -> int:
    """Length in UTF-16 code units, the unit of entity offsets."""
    return len(text) + sum(character > "\uffff" for character in text)


def _cleaned(raw: str) -> str:
    raw = raw.replace("\r", "")
    return "".join(" " if character < " " and character != "\n" else character for character in raw)


def _given(entities: str | None) -> list[dict[str, Any]]:
    if entities is None:
        return []
    try:
        found = json.loads(entities)
    except ValueError:
        raise bad("can't parse entities JSON object") from None
    if not isinstance(found, list):
        raise bad("expected an Array of MessageEntity")
    return sorted(found, key=lambda entity: (entity.get("offset", 0), -entity.get("length", 0)))


def _trimmed(text: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """Cut the right side, and the left side up to the first entity; shift and shorten entities with it."""
    text = text.rstrip(TRIMMED)
    leading = len(text) - len(text.lstrip(TRIMMED))
    leading = min([leading, *(entity["offset"] for entity in entities)])
    text = text[leading:]
    size = utf16(text)
    kept = []
    for entity in entities:
        offset = entity["offset"] - leading
        length = min(entity["length"], size - offset)
        if length > 0:
            kept.append(entity | {"offset": offset, "length": length})
    return text, kept
