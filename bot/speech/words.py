"""Every word the bot says: templates of texts and the captions of buttons, read once at start."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from html import unescape
from pathlib import Path

from jinja2 import StrictUndefined, TemplateError, Undefined, select_autoescape
from jinja2.loaders import FileSystemLoader
from jinja2.sandbox import SandboxedEnvironment

from bot.documents.places import templates
from bot.iom import period

# The full stop of an abbreviation ends the sentence too.
ONE_STOP = re.compile(r"(\b(?:г|ч|мес|дн|[А-ЯЁ])\.)\.(?!\.)")


class WordsError(ValueError):
    """A template or the captions can't be used: file, line and reason."""


class Words:
    """Texts rendered as Telegram HTML: every value is escaped, an unknown name is an error."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = (folder or templates()) / "texts"
        self._env = SandboxedEnvironment(
            loader=FileSystemLoader(self.folder),
            autoescape=select_autoescape(default=True, default_for_string=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._env.filters["day"] = _day
        self._env.filters["plural"] = plural
        self._env.globals["bot"] = ""
        self._captions = _captions(self.folder / "buttons.toml")

    def know_bot(self, username: str) -> None:
        """The bot's own name at Telegram, for links in texts (`{{ bot }}`)."""
        self._env.globals["bot"] = username

    def caption(self, word: str) -> str:
        """The words on a button."""
        return self._captions[word]

    def link(self, token: str) -> str:
        """The deep link that opens the bot with this payload."""
        return f"https://t.me/{self._env.globals['bot']}?start={token}"

    def has_caption(self, word: str) -> bool:
        """Whether a button of this word has a caption."""
        return word in self._captions

    def text(self, name: str, values: Mapping[str, object]) -> str:
        """Render `name`.j2; blank edges are trimmed, «г..» is said «г.»."""
        return ONE_STOP.sub(r"\1", self._env.get_template(f"{name}.j2").render(values).strip())

    def plain(self, name: str, values: Mapping[str, object]) -> str:
        """Render `name`.j2 as what a document prints: no entities, no markup."""
        return unescape(self.text(name, values))

    def names(self) -> tuple[str, ...]:
        """Every template that is a text of its own (macros begin with an underscore)."""
        found = (Path(name).stem for name in self._env.list_templates(["j2"]))
        return tuple(name for name in found if not name.startswith("_"))

    def check(self) -> None:
        """Compile every template. Raises WordsError with file, line and reason."""
        for name in self._env.list_templates(["j2"]):
            try:
                self._env.get_template(name)
            except TemplateError as error:
                line = getattr(error, "lineno", 0)
                raise WordsError(f"{self.folder / name}:{line}: {error.message}") from None


def plural(number: int, one: str, few: str, many: str) -> str:
    """Russian plural of a number: 1 вопрос, 2 вопроса, 5 вопросов."""
    if number % 10 == 1 and number % 100 != 11:
        return one
    if 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14:
        return few
    return many


def _day(value: date | str) -> str:
    if isinstance(value, Undefined):
        return str(value)  # raises: a name nobody gave is an error, not an empty day
    return period.day_words(date.fromisoformat(value) if isinstance(value, str) else value)


def _captions(path: Path) -> Mapping[str, str]:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise WordsError(f"{path}: {error}") from None
    return {str(key): str(value) for key, value in raw.items()}
