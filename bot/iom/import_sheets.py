"""Sheets of the lists that may be brought in: the table to fill in, with what is known already, and an
example behind it."""

from collections.abc import Mapping, Sequence

from bot.iom.import_words import ImportForm
from bot.iom.regulation import Regulation
from bot.iom.workbook import Cell, Sheet

_BLOCK_WIDTH = 20.0
_MOST_KNOWN = 5000  # rows that are filled in beforehand


def template(
    form: ImportForm,
    *,
    choices: Mapping[str, tuple[str, ...]] | None = None,
    more: Mapping[str, tuple[str, ...]] | None = None,
    known: Sequence[Mapping[str, Cell]] = (),
    example: Mapping[str, str] | None = None,
) -> tuple[Sheet, Sheet]:
    """The table to fill in and a filled example.

    `choices`: drop-down lists of columns, beside the form's own; `more`: further columns by caption, each
    with its list (() for none); `known`: cells that are filled in already; `example`: cells of every row of
    the example that only the caller knows.
    """
    keys = tuple(form.columns)
    captions = (*(form.columns[key].caption for key in keys), *(more or {}))
    lists = {place: form.titles(form.columns[key].choices) for place, key in enumerate(keys)}
    lists |= {place: (choices or {}).get(key, lists[place]) for place, key in enumerate(keys)}
    lists |= {len(keys) + place: words for place, words in enumerate((more or {}).values())}
    widths = (*(form.columns[key].width for key in keys), *[_BLOCK_WIDTH] * len(more or {}))
    blank = Sheet(
        title=form.title,
        header=captions,
        rows=tuple(tuple(row.get(key, "") for key in keys) for row in known[:_MOST_KNOWN]),
        widths=widths,
        choices={place: words for place, words in lists.items() if words},
        notes={place: form.columns[key].note for place, key in enumerate(keys) if form.columns[key].note},
    )
    filled = ({**(example or {}), **row} for row in form.example)
    rows = tuple(tuple(row.get(key, "") for key in (*keys, *(more or {}))) for row in filled)
    return blank, Sheet(form.example_title, captions, rows, widths)


def catalogue(form: ImportForm, regulation: Regulation | None) -> tuple[Sheet, Sheet]:
    """Events: blocks of competences are offered as the regulation calls them."""
    blocks = tuple(block.title for block in regulation.block) if regulation else ()
    return template(form, choices={"blocks": blocks}, example={"blocks": blocks[0]} if blocks else {})


def diagnostics(
    form: ImportForm, regulation: Regulation | None, people: Sequence[str]
) -> tuple[Sheet, Sheet]:
    """Results: a column for every block; people who may be examined are there already."""
    levels: tuple[str, ...] = ()
    if regulation and regulation.scale.kind == "level":
        levels = tuple(level.official for level in regulation.scale.levels)
    more = {block.title: levels for block in regulation.block} if regulation else {}
    example = {title: words[0] if words else "49" for title, words in more.items()}
    return template(form, more=more, known=[{"person": name} for name in people], example=example)


def staff(form: ImportForm, organisations: Sequence[tuple[str, int | None]]) -> tuple[Sheet, Sheet]:
    """Numbers: titles of the organisations with what is told by now."""
    known = [
        {"organisation": title, "staff": "" if number is None else number} for title, number in organisations
    ]
    return template(form, known=known)
