"""How a regulation prints its card: blocks in order, each naming where its words come from."""

from typing import Literal

from pydantic import Field

from bot.iom.regulation_questions import Condition, Key, Model


class CardRow(Model):
    """A label and the sources joined into its value; `blank` is printed while there is none."""

    label: str
    value: tuple[str, ...]
    join: str = ", "
    blank: str = ""


class CardColumn(Model):
    """A column of a printed table: its path of headers, source and share of the width.

    `also`: sources that follow the first in the same cell. `only`: the column is filled from the top down
    with the rows that answered so, whatever the other columns hold (002: грамоты beside дипломы).
    """

    header: tuple[str, ...]
    value: str
    also: tuple[str, ...] = ()
    only: Condition | None = None
    width: float = 1.0
    align: Literal["left", "center"] = "left"


class CardApproval(Model):
    """One column of the approval head; empty fields are lines for the pen.

    `blank_date` is the date as the form spells it, when not the usual « ____ » _________ 20__ г.
    """

    heading: str
    post: str = ""
    organisation: str = ""
    organisation_from: tuple[str, ...] = ()
    post_caption: str = ""
    organisation_caption: str = ""
    sign_caption: str = ""
    name_caption: str = ""
    blank_date: str = ""


class CardSignature(Model):
    """One signature line; `name` lists sources; `name_first` prints it before the line for the pen (004)."""

    role: str
    name: tuple[str, ...] = ()
    sign_caption: str = ""
    name_caption: str = ""
    name_first: bool = False


class CardBlock(Model):
    """One block of the printed card; which fields count depends on `kind` (see docs/regulations.md).

    `date_from` names the sources of the day before signatures; `blank_date` is printed while there is none.
    `only`: of a table only the rows that answered so, "" being no answer (003: the road map in four parts);
    `by`: its rows in the order of that choice's options.
    `form_rows`: rows that the form itself has printed (numbers, a name); answers are laid over them.
    `unless`: left out of the card when that was answered. A title with `blank = 0` and the sources or
    rows of what follows is left out with it.
    `restored` marks what the source lost and we put back (001: the lost middle of the card).
    """

    kind: Literal[
        "approvals", "title", "pairs", "fields", "table", "text", "items", "attachment", "page", "signatures"
    ]
    text: str = ""
    label: str = ""
    level: Literal[1, 2, 3] = 2
    value: tuple[str, ...] = ()
    rows: str = ""
    only: Condition | None = None
    by: Key = ""
    form_rows: tuple[tuple[str, ...], ...] = ()
    unless: Condition | None = None
    pairs: tuple[CardRow, ...] = ()
    columns: tuple[CardColumn, ...] = ()
    approvals: tuple[CardApproval, ...] = ()
    signatures: tuple[CardSignature, ...] = ()
    lines: tuple[str, ...] = ()
    orientation: Literal["portrait", "landscape"] = "portrait"
    blank: int = Field(default=1, ge=0, le=30)
    date_line: bool = False
    date_from: tuple[str, ...] = ()
    blank_date: str = ""
    restored: str = ""
