"""A screen is a value: what a person is shown, before anyone renders or sends it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.documents.invitations import Invite
from bot.iom.blocks import Document
from bot.iom.imported import Sifted
from bot.iom.workbook import Row, TableError


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
class FactButton:
    """A button under a notice: it names a fact and the version that is shown, not a screen. `label` is shown
    as it stands: the name of what it opens."""

    verb: str
    id: int
    version: int = 0
    word: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file Telegram has already: what a teacher handed in, shown to her mentor."""

    file_id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class CardFile:
    """A card to print after the commit and send with the screen.

    `key` names this version of the card: while nothing changes, the file uploaded once is sent again.
    """

    document: Document
    format: Literal["docx", "pdf"]
    name: str
    key: str = ""
    paper: Literal["a4", "phone"] = "a4"


@dataclass(frozen=True, slots=True)
class DataFile:
    """Ready bytes to send with the screen."""

    data: bytes
    name: str


@dataclass(frozen=True, slots=True)
class MadeFile:
    """Any other paper of ready values: a chart, a calendar, a certificate. `make` runs in a thread, after the
    commit; it is given what turns the payload of a deep link into the whole link (only who speaks knows the
    bot). `key` as that of a card; `photo`: shown in the chat as a picture."""

    make: Callable[[Callable[[str], str]], bytes]
    name: str
    key: str = ""
    photo: bool = False


@dataclass(frozen=True, slots=True)
class InviteFile:
    """Invitations to print and cut. The `link` of a card is its token here: only who speaks knows the bot."""

    title: str
    cards: tuple[Invite, ...]
    name: str


SentFile = CardFile | DataFile | MadeFile | InviteFile


@dataclass(frozen=True, slots=True)
class Fetch:
    """A table at Telegram to be read once this screen is shown. What was found goes to the function of
    `verb` with `id` (`handlers.fetched`), in units of work of its own. `judge` is what is made of the rows in
    the thread that reads them, so that a long list holds nobody up; it raises TableError and nothing else."""

    file_id: str
    name: str
    verb: str
    id: int
    judge: Callable[[tuple[Row, ...]], Sifted[Any]] | None = field(default=None, compare=False)


Read = tuple[Row, ...] | Sifted[Any] | TableError


@dataclass(frozen=True, slots=True)
class Remark:
    """A word about what just happened, shown once above the screen: a template and its values."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Screen:
    """`text` names a template in templates/texts, `values` fill it; `rows` are the keyboard.

    `file` and `files` are sent only when the screen is new, never when an old press shows it again; so is
    `fetch` begun. `mark` names a text that stands above it («проба»).
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    rows: tuple[tuple[Button | FactButton, ...], ...] = ()
    file: SentFile | None = None
    files: tuple[KnownFile, ...] = ()
    fetch: Fetch | None = None
    mark: str = ""
