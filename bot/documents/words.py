"""The words of a document in the order they are read: what DOCX, PDF and chat must agree on."""

import tomllib
from collections.abc import Iterator
from functools import cache

from bot.documents.clean import clean
from bot.documents.headers import header_cells
from bot.documents.places import templates
from bot.iom.blocks import (
    Approval,
    ApprovalHead,
    AttachmentHead,
    Block,
    Document,
    Fields,
    Items,
    Page,
    Pairs,
    Signature,
    Signatures,
    Table,
    Text,
    Title,
)


@cache
def own_words() -> dict[str, str]:
    """The printer's own words from `templates/words.toml`: a line for a date, «стр.», «из»."""
    text = (templates() / "words.toml").read_text(encoding="utf-8")
    return {key: str(value) for key, value in tomllib.loads(text).items()}


def words_of(document: Document) -> str:
    """Printed pieces of the body, cleaned, one a line; running lines (mark, footer) are not in it."""
    return "\n".join(clean(piece) for block in document.blocks for piece in _pieces(block) if piece)


def _pieces(block: Block) -> Iterator[str]:
    match block:
        case ApprovalHead(approvals):
            for approval in approvals:
                yield from _approval(approval)
        case Title(text):
            yield text
        case Pairs(rows) | Fields(rows):
            for row in rows:
                yield from row
        case Table():
            yield from _table(block)
        case Text(label, text):
            yield from (label, text)
        case Items():
            yield from _items(block)
        case AttachmentHead(lines, captioned):
            yield from lines
            for field in captioned:
                yield from field
        case Signatures():
            yield from _signatures(block)
        case Page():
            return


def _approval(approval: Approval) -> Iterator[str]:
    yield approval.heading
    yield approval.post or approval.post_caption
    yield approval.organisation or approval.organisation_caption
    yield approval.name
    yield from (approval.sign_caption, approval.name_caption)
    yield approval.date or own_words()["blank_date"]


def _table(table: Table) -> Iterator[str]:
    for cell in header_cells(table.columns):
        yield cell.text
    for row in table.rows:
        yield from row


def _items(block: Items) -> Iterator[str]:
    texts = block.items or ("",) * block.blank_rows
    for number, text in enumerate(texts, start=1):
        yield f"{number}. {text}"


def _signatures(block: Signatures) -> Iterator[str]:
    if block.date or block.date_line:
        yield block.date or own_words()["blank_date"]
    for signature in block.signatures:
        yield from _signature(signature)


def _signature(signature: Signature) -> Iterator[str]:
    yield signature.role
    yield signature.name
    captions = (signature.sign_caption, signature.name_caption)
    yield from reversed(captions) if signature.name_first else captions
