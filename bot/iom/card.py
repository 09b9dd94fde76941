"""The card of a route: the regulation's layout resolved with the facts into one tree of blocks.

The same facts resolved with another regulation's layout are that region's card.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from bot.iom import blocks
from bot.iom.branch import holds
from bot.iom.card_journey import told
from bot.iom.card_people import Signed, signed
from bot.iom.card_sources import Sources
from bot.iom.card_tables import Cells, cells, of_rows, over_form
from bot.iom.conclusion import REFLECTION
from bot.iom.facts import Facts
from bot.iom.interview import current
from bot.iom.journey import EMPTY, Journey
from bot.iom.regulation import CardApproval, CardBlock, Regulation

PAIRS = "pairs"  # rows of a table that are the labels of the form, each with its sources


def card_of(
    regulation: Regulation, facts: Facts, journey: Journey = EMPTY, *, mark: str = "", footer: str = ""
) -> blocks.Document:
    """The whole card. `mark` («ЧЕРНОВИК») is empty for the final one. An empty journey leaves the lines of
    those who agree, confirm and conclude to the pen."""
    sources = Sources(regulation, current(regulation, facts), journey)
    made = tuple(_resolved(sources, block) for block in regulation.card)
    found = tuple(block for block in made if block is not None)
    return blocks.Document(regulation.official, found, mark=mark, footer=footer)


def without_reflections(facts: Facts) -> Facts:
    """The route as it is shown to those with whom the teacher has not shared her reflections."""
    answers = {
        place: answer for place, answer in facts.answers.items() if not place[1].startswith(REFLECTION)
    }
    return replace(facts, answers=answers)


def without_told(journey: Journey) -> Journey:
    """The same of what happened: what she said of herself on the way."""
    silent = tuple(replace(one, text=one.text and "") for one in journey.checkpoints)
    return replace(journey, checkpoints=silent)


def _resolved(sources: Sources, block: CardBlock) -> blocks.Block | None:
    if block.unless and holds(sources.facts, block.unless):
        return None
    return _KINDS[block.kind](sources, block)


def _joined(sources: Sources, names: tuple[str, ...], join: str = ", ") -> str:
    return join.join(text for text in (_scalar(sources, name) for name in names) if text)


def _scalar(sources: Sources, name: str) -> str:
    of_journey = told(sources, name)
    return sources.scalar(name) if of_journey is None else of_journey


def _approvals(sources: Sources, block: CardBlock) -> blocks.Block:
    """Words of the form stand as they are; whoever holds the step fills what the form leaves open."""
    return blocks.ApprovalHead(
        tuple(_approval(sources, one, signed(sources, number)) for number, one in enumerate(block.approvals))
    )


def _approval(sources: Sources, one: CardApproval, by: Signed) -> blocks.Approval:
    return blocks.Approval(
        heading=one.heading,
        post=one.post or by.post,
        organisation=one.organisation or _joined(sources, one.organisation_from) or by.place,
        name=by.name,
        post_caption=one.post_caption,
        organisation_caption=one.organisation_caption,
        sign_caption=one.sign_caption,
        name_caption=one.name_caption,
        date=by.day or one.blank_date,
    )


def _title(sources: Sources, block: CardBlock) -> blocks.Block | None:
    """Left out with what it names, when that is left out while empty."""
    named = block.rows or block.value
    there = block.blank or not named or _filled(sources, block) or any(_item_texts(sources, block))
    return blocks.Title(block.text, block.level) if there else None


def _rows(sources: Sources, block: CardBlock) -> tuple[tuple[str, str], ...]:
    return tuple((row.label, _joined(sources, row.value, row.join) or row.blank) for row in block.pairs)


def _table(sources: Sources, block: CardBlock) -> blocks.Block | None:
    """With no empty rows to fill, a table of nothing is left out of the card entirely."""
    columns = tuple(blocks.Column(column.header, column.width, column.align) for column in block.columns)
    filled = _filled(sources, block)
    if not filled and not block.blank:
        return None
    return blocks.Table(columns, over_form(block, filled), block.blank)


def _filled(sources: Sources, block: CardBlock) -> tuple[Cells, ...]:
    """The rows of a table: the labels of the form with their sources, or what the route has."""
    if block.rows == PAIRS:
        return of_rows(block, ({"label": label, "value": value} for label, value in _rows(sources, block)))
    return cells(sources, block)


def _text(sources: Sources, block: CardBlock) -> blocks.Block | None:
    """With no ruled lines to fill, an empty text is left out of the card entirely."""
    text = _joined(sources, block.value, "\n")
    if not text and not block.text and not block.blank:
        return None
    return blocks.Text(block.label, text or block.text, block.blank)


def _items(sources: Sources, block: CardBlock) -> blocks.Block | None:
    """As a text, left out when there are none and no lines for them."""
    texts = tuple(_item_texts(sources, block))
    return blocks.Items(texts, block.blank) if texts or block.blank else None


def _item_texts(sources: Sources, block: CardBlock) -> Iterator[str]:
    for name in block.value:
        yield from sources.items(name) if "." in name else filter(None, [_scalar(sources, name)])


def _attachment(sources: Sources, block: CardBlock) -> blocks.Block:
    """Value over its caption: the label of a pair is the caption under the line."""
    fields = tuple((value, caption) for caption, value in _rows(sources, block))
    return blocks.AttachmentHead(block.lines, fields)


def _signed(sources: Sources, names: tuple[str, ...]) -> str:
    """A name and what follows it; without the name the whole line is left for the pen."""
    return _joined(sources, names) if names and _scalar(sources, names[0]) else ""


def _signatures(sources: Sources, block: CardBlock) -> blocks.Block:
    lines = tuple(
        blocks.Signature(
            one.role, _signed(sources, one.name), one.sign_caption, one.name_caption, one.name_first
        )
        for one in block.signatures
    )
    day = _joined(sources, block.date_from) or block.blank_date
    return blocks.Signatures(lines, date=day, date_line=block.date_line)


_KINDS: Mapping[str, Callable[[Sources, CardBlock], blocks.Block | None]] = {
    "approvals": _approvals,
    "title": _title,
    "pairs": lambda sources, block: blocks.Pairs(_rows(sources, block)),
    "fields": lambda sources, block: blocks.Fields(_rows(sources, block)),
    "table": _table,
    "text": _text,
    "items": _items,
    "attachment": _attachment,
    "page": lambda sources, block: blocks.Page(block.orientation),
    "signatures": _signatures,
}
