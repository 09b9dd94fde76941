"""A card in its parts: the card itself and each attachment, to be printed alone."""

from dataclasses import dataclass, replace

from bot.iom.blocks import AttachmentHead, Block, Document, Page


@dataclass(frozen=True, slots=True)
class Appendix:
    """An attachment: what its head says first («Приложение 1») and the document that holds it alone."""

    title: str
    document: Document


def appendices(document: Document) -> tuple[Appendix, ...]:
    """The attachments in their order; () for a card that has none."""
    parts: list[list[Block]] = []
    for number, block in enumerate(document.blocks):
        if isinstance(block, AttachmentHead):
            before = document.blocks[number - 1] if number else None
            parts.append([before] if isinstance(before, Page) else [])
        if parts:
            parts[-1].append(block)
    return tuple(_appendix(document, _without_last_page(part)) for part in parts)


def _without_last_page(part: list[Block]) -> list[Block]:
    """The turn of the paper before the next attachment belongs to that one."""
    return part[:-1] if isinstance(part[-1], Page) else part


def _appendix(document: Document, blocks: list[Block]) -> Appendix:
    head = next(block for block in blocks if isinstance(block, AttachmentHead))
    title = next(filter(None, head.lines), document.title)
    return Appendix(title, replace(document, title=f"{title} · {document.title}", blocks=tuple(blocks)))
