"""Telegram's HTML: the parser of TDLib (`parse_html`) with its exact words; offsets in errors are bytes."""

import re
from dataclasses import dataclass, field
from typing import Any

from bot.phone.errors import ParseError
from bot.phone.links import checked_link, mentioned_user

Entity = dict[str, Any]

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
TAGS = frozenset({*KINDS, "a", "tg-emoji", "tg-time", "pre", "code", "blockquote"})
SPACES = b" \t\r\n\0\v"
WORD = re.compile(rb"[A-Za-z0-9.\-]*")
REFERENCE = re.compile(rb"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([A-Za-z]*));?")
NAMED = {b"lt": 60, b"gt": 62, b"amp": 38, b"quot": 34}
ENTITY_ARGUMENTS = {("a", "href"): "", ("tg-emoji", "emoji-id"): "", ("tg-time", "unix"): ""}
PREFIXED_ARGUMENTS = {("code", "class"): "language-", ("span", "class"): "tg-"}


def parse_html(text: str) -> tuple[str, list[Entity]]:
    """Plain text and entities in UTF-16 offsets; raises ParseError."""
    return _Parser(text).run()


@dataclass
class _Open:
    tag: str
    argument: str
    offset: int
    begin: int


@dataclass
class _Parser:
    source: str
    out: bytearray = field(default_factory=bytearray)
    utf16: int = 0
    stack: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def run(self) -> tuple[str, list[Entity]]:
        # Two sentinels: the C++ original reads the terminating zero freely.
        self.text = self.source.encode("utf-8", "surrogatepass") + b"\0\0"
        i, end = 0, len(self.text) - 2
        while i < end:
            i = self._step(i)
        if self.stack:
            raise ParseError(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')
        try:
            plain = self.out.decode("utf-8")
        except UnicodeDecodeError:
            raise ParseError(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            ) from None
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return plain, self.entities

    def _step(self, i: int) -> int:
        byte = self.text[i]
        if byte == ord("&"):
            code, after = decode_reference(self.text, i)
            if code:
                self.utf16 += 1 + (code > 0xFFFF)
                self.out += chr(code).encode("utf-8", "surrogatepass")
                return after
        if byte != ord("<"):
            if byte & 0xC0 != 0x80:
                self.utf16 += 1 + (byte >= 0xF0)
            self.out.append(byte)
            return i + 1
        return self._end_tag(i) if self.text[i + 1] == ord("/") else self._start_tag(i)

    def _start_tag(self, begin: int) -> int:
        i = self._until(begin + 1, b">")
        if self.text[i] == 0:
            raise ParseError(f"Unclosed start tag at byte offset {begin}")
        tag = self._slice(begin + 1, i).lower()
        if tag not in TAGS:
            raise ParseError(f'Unsupported start tag "{tag}" at byte offset {begin}')
        argument = ""
        while True:
            i = self._skip_spaces(i)
            if self.text[i] == ord(">"):
                break
            name, value, i = self._attribute(tag, begin, i)
            argument = _argument(tag, name, value) or argument
        if tag == "span" and argument != "spoiler":
            raise ParseError(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.stack.append(_Open(tag, argument, self.utf16, len(self.out)))
        return i + 1

    def _attribute(self, tag: str, begin: int, i: int) -> tuple[str, str, int]:
        unclosed = ParseError(f'Unclosed start tag "{tag}" at byte offset {begin}')
        start = i
        i = self._until(i, b"=>")
        name = self._slice(start, i)
        if not name:
            raise ParseError(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        i = self._skip_spaces(i)
        if self.text[i] == 0:
            raise unclosed
        if self.text[i] != ord("="):
            return name, "1", i
        i = self._skip_spaces(i + 1)
        if self.text[i] == 0:
            raise unclosed
        value, i = self._quoted(i) if self.text[i] in b"'\"" else self._token(i)
        if self.text[i] == 0:
            raise ParseError(f"Unclosed start tag at byte offset {begin}")
        return name, value, i

    def _token(self, start: int) -> tuple[str, int]:
        found = WORD.match(self.text, start)
        i = found.end() if found else start
        if self.text[i] not in SPACES and self.text[i] != ord(">"):
            raise ParseError(f"Unexpected end of name token at byte offset {start}")
        return self._slice(start, i).lower(), i

    def _quoted(self, i: int) -> tuple[str, int]:
        quote, value = self.text[i], bytearray()
        i += 1
        while self.text[i] not in (quote, 0):
            code, after = decode_reference(self.text, i) if self.text[i] == ord("&") else (0, i)
            if code:
                value += chr(code).encode("utf-8", "surrogatepass")
                i = after
            else:
                value.append(self.text[i])
                i += 1
        return value.decode("utf-8", "replace"), i + (self.text[i] == quote)

    def _end_tag(self, begin: int) -> int:
        if not self.stack:
            raise ParseError(f"Unexpected end tag at byte offset {begin}")
        i = self._until(begin + 1, b">")
        name = self._slice(begin + 2, i).lower()
        i = self._skip_spaces(i)
        if self.text[i] != ord(">"):
            raise ParseError(f"Unclosed end tag at byte offset {begin}")
        opened = self.stack.pop()
        if name and name != opened.tag:
            raise ParseError(
                f'Unmatched end tag at byte offset {begin}, expected "</{opened.tag}>", found "</{name}>"'
            )
        if self.utf16 > opened.offset:
            self._add(opened)
        return i + 1

    def _add(self, opened: _Open) -> None:
        content = self.out[opened.begin :].decode("utf-8", "replace")
        entity: Entity = {"offset": opened.offset, "length": self.utf16 - opened.offset}
        extra = _describe(opened.tag, opened.argument, content)
        if extra is None:
            return
        if extra["type"] in ("pre", "code") and self._merge_pre(entity, extra):
            return
        self.entities.append(entity | extra)

    def _merge_pre(self, entity: Entity, extra: Entity) -> bool:
        """`<pre><code class="language-x">` is one entity: pre with a language."""
        last = self.entities[-1] if self.entities else None
        same = last is not None and all(last[key] == entity[key] for key in ("offset", "length"))
        if last is None or not same or {last["type"], extra["type"]} != {"pre", "code"}:
            return False
        language = last.pop("language", None) or extra.get("language")
        last["type"] = "pre"
        if language:
            last["language"] = language
        return True

    def _until(self, i: int, stops: bytes) -> int:
        while self.text[i] not in SPACES and self.text[i] not in stops:
            i += 1
        return i

    def _skip_spaces(self, i: int) -> int:
        while self.text[i] != 0 and self.text[i] in SPACES:
            i += 1
        return i

    def _slice(self, begin: int, end: int) -> str:
        return self.text[begin:end].decode("utf-8", "replace")


def decode_reference(text: bytes, position: int) -> tuple[int, int]:
    """Code point of the reference at `position` and the offset after it; 0 when `&` is literal."""
    found = REFERENCE.match(text, position)
    if found is None:
        return 0, position
    hexadecimal, decimal, name = found.groups()
    if name is not None:
        return NAMED.get(name, 0), found.end()
    digits = int(hexadecimal or b"0", 16) if hexadecimal is not None else int(decimal or b"0")
    length = found.end() - position - found.group().endswith(b";")
    return (0 if digits >= 0x10FFFF or length >= 10 else digits), found.end()


def _argument(tag: str, name: str, value: str) -> str:
    if (tag, name) in ENTITY_ARGUMENTS or (tag == "blockquote" and name == "expandable"):
        return value or "1"
    prefix = PREFIXED_ARGUMENTS.get((tag, name))
    return value.removeprefix(prefix) if prefix and value.startswith(prefix) else ""


def _describe(tag: str, argument: str, content: str) -> Entity | None:
    if tag in KINDS:
        return {"type": KINDS[tag]}
    if tag == "a":
        return _link(argument or content)
    if tag == "tg-emoji":
        if not argument.lstrip("-").isdigit() or int(argument) == 0:
            raise ParseError("Invalid custom emoji identifier specified")
        return {"type": "custom_emoji", "custom_emoji_id": argument}
    if tag == "blockquote":
        return {"type": "expandable_blockquote" if argument else "blockquote"}
    if tag == "tg-time":
        return {"type": "date_time", "unix_time": int(argument)} if argument.isdigit() else None
    return {"type": tag} | ({"language": argument} if argument else {})


def _link(url: str) -> Entity | None:
    user = mentioned_user(url)
    if user is not None:
        return {"type": "text_mention", "user": {"id": user, "is_bot": False, "first_name": str(user)}}
    checked = checked_link(url)
    return {"type": "text_link", "url": checked} if checked else None
