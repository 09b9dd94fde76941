"""A screen is a value: what a person is shown, before anyone renders or sends it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.iom.blocks import Document


@dataclass(frozen=True, slots=True)
class Button:
    """A button. `verb` and `arg` come back when it is pressed while the screen is current.

    `label` is shown as it stands (an option's own words); when empty, the words of `word` in
    templates/texts/buttons.toml, and of `verb` when `word` is empty too.
    """

    verb: str
    arg: str = ""
    label: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class CardFile:
    """A card to print after the commit and send with the screen.

    `key` names this version of the card: while nothing changes, the file uploaded once is sent again.
    """

    document: Document
    format: Literal["docx", "pdf"]
    name: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class DataFile:
    """Ready bytes to send with the screen."""

    data: bytes
    name: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A word about what just happened, shown once above the screen: a template and its values."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Screen:
    """`text` names a template in templates/texts, `values` fill it; `rows` are the keyboard.

    `file` is sent only when the screen is new, never when an old press shows it again.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    rows: tuple[tuple[Button, ...], ...] = ()
    file: CardFile | DataFile | None = None
