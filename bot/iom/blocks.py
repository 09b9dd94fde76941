"""The printed card as one tree of blocks: what every printer prints and nothing else.

`bot.iom.card.card_of` resolves a regulation's layout with the facts of a route into a `Document`;
DOCX, PDF and the chat preview walk the same tree, so they hold the same words in the same order.
Texts are plain Unicode, never markup; an empty string is an empty cell, a line for the pen.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Approval:
    """One column of the approval head: «СОГЛАСОВАНО» / «УТВЕРЖДАЮ».

    `post` and `organisation` are printed as they stand, or as a line with `post_caption` /
    `organisation_caption` under it when empty (001 Прил. 4: «наименование должности»).
    `date` is a ready string («12 октября 2026 г.») or empty: « ____ » _____ 20__ г. for the pen.
    """

    heading: str
    post: str = ""
    organisation: str = ""
    name: str = ""
    date: str = ""
    post_caption: str = ""
    organisation_caption: str = ""
    sign_caption: str = ""
    name_caption: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalHead:
    """The head of the first page: one to three columns side by side."""

    approvals: tuple[Approval, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """A centred bold line; level 1 names the document, 2 a section, 3 a subsection (left aligned)."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Pairs:
    """A bordered two-column table: label | value."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """«Label: value» lines without borders, the value over a ruled line (004: «Фамилия ____»)."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    `header` is the path of merged header cells from top to bottom, e.g. ("Уровень (%)", "низкий"):
    neighbours that share the beginning of the path are drawn as one cell above them, and a path
    shorter than the deepest one is merged downwards. `width` is a share; shares need not sum to 1.
    """

    header: tuple[str, ...]
    width: float = 1.0
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """A bordered table with a repeated header; rows are never split over pages.

    `blank_rows` empty rows are added when `rows` is empty, so that a paper form can be filled by pen.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    blank_rows: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph under an optional bold label; empty text prints `blank_lines` ruled lines."""

    label: str = ""
    text: str = ""
    blank_lines: int = 0


@dataclass(frozen=True, slots=True)
class Items:
    """A numbered list; `blank_rows` numbered empty lines are printed when there are no items."""

    items: tuple[str, ...]
    blank_rows: int = 3


@dataclass(frozen=True, slots=True)
class AttachmentHead:
    """The right-aligned head of an attachment and the captioned lines under it.

    `lines`: («Приложение 1», «к Карте индивидуального», …), the first one bold;
    `fields`: (value, caption under the line), e.g. («Иванова А. А.», «ФИО педагогического работника»).
    """

    lines: tuple[str, ...]
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """From here on a new page of the given orientation: "portrait" or "landscape"."""

    orientation: str = "portrait"


@dataclass(frozen=True, slots=True)
class Signature:
    """One line for the pen: role _____ (sign_caption) / name (name_caption) /.

    `name_first` swaps the two: role, name (name_caption) / _____ (sign_caption), as 004 prints it.
    """

    role: str
    name: str = ""
    sign_caption: str = ""
    name_caption: str = ""
    name_first: bool = False


@dataclass(frozen=True, slots=True)
class Signatures:
    """Signature lines kept together on a page; `date_line` prints « ____ » ______ 20__ г. before them."""

    signatures: tuple[Signature, ...]
    date: str = ""
    date_line: bool = False


Block = ApprovalHead | Title | Pairs | Fields | Table | Text | Items | AttachmentHead | Page | Signatures


@dataclass(frozen=True, slots=True)
class Document:
    """A whole card: its blocks in order, and what stands on every page.

    `mark` is printed across or at the head of every page («ЧЕРНОВИК») and is empty for the final card;
    `footer` is a short line at the foot of every page, beside the page number.
    """

    title: str
    blocks: tuple[Block, ...]
    mark: str = ""
    footer: str = ""
    author: str = field(default="")
