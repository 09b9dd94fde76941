"""The resolved tree of a card as the words a reader meets, from top to bottom."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from bot.iom import blocks
from bot.iom.blocks import Block, Document

B = TypeVar("B", bound=Block)


def words(document: Document) -> list[str]:
    """Every text of the card in order, but for empty ones and lines for the pen; merged headers once."""
    return [text for block in document.blocks for text in _texts(block) if text and not for_the_pen(text)]


def for_the_pen(text: str) -> bool:
    """An empty cell, or «__» _____ 20__ г."""
    return not text or "__" in text


def of(document: Document, kind: type[B]) -> list[B]:
    """The blocks of one kind."""
    return [block for block in document.blocks if isinstance(block, kind)]


def under(document: Document, title: str) -> list[Block]:
    """The blocks after this title, to the next one of any level."""
    names = [block.text if isinstance(block, blocks.Title) else "" for block in document.blocks]
    start = names.index(title) + 1
    end = next((n for n in range(start, len(names)) if names[n]), len(names))
    return list(document.blocks[start:end])


def table(document: Document, header: str) -> blocks.Table:
    """The first table with a column of this lowest header."""
    return next(t for t in of(document, blocks.Table) if any(c.header[-1] == header for c in t.columns))


def column(made: blocks.Table, header: str) -> list[str]:
    """The cells of one column."""
    place = next(n for n, one in enumerate(made.columns) if one.header[-1] == header)
    return [row[place] for row in made.rows]


def pairs(document: Document) -> dict[str, str]:
    """Label → value of all label | value blocks."""
    return {
        label: value
        for block in document.blocks
        if isinstance(block, (blocks.Pairs, blocks.Fields))
        for label, value in block.rows
    }


def text_of(document: Document, label: str) -> str | None:
    """The paragraph under a label, None when it is left out."""
    return next((t.text for t in of(document, blocks.Text) if t.label == label), None)


def in_order(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether all of `part` stands in `whole` in this order."""
    rest = iter(whole)
    return all(one in rest for one in part)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case blocks.ApprovalHead(approvals):
            for one in approvals:
                yield from (one.heading, one.post, one.organisation, one.post_caption)
                yield from (one.organisation_caption, one.sign_caption, one.name_caption)
        case blocks.Title(text) | blocks.Text("", text):
            yield text
        case blocks.Text(label, text):
            yield from (label, text)
        case blocks.Pairs(rows) | blocks.Fields(rows):
            for row in rows:
                yield from row
        case blocks.Table():
            yield from _headers(block)
            for cells in block.rows:
                yield from cells
        case blocks.Items(items):
            yield from items
        case blocks.AttachmentHead(lines, fields):
            yield from lines
            for value, caption in fields:
                yield from (value, caption)
        case blocks.Signatures(signatures):
            for signed in signatures:
                captions = (signed.sign_caption, signed.name_caption)
                yield from (signed.role, signed.name)
                yield from (reversed(captions) if signed.name_first else captions)


def _headers(made: blocks.Table) -> Iterator[str]:
    before: tuple[str, ...] = ()
    for one in made.columns:
        for depth, text in enumerate(one.header):
            if one.header[: depth + 1] != before[: depth + 1]:
                yield text
        before = one.header
