"""A whole cast lives a route together: each person on a phone of her own, one phase after another."""

import re
from collections.abc import Callable

from bot.demo.script import Life, Phase, Script
from bot.demo.walk import Lost, Walker
from bot.documents import xlsx
from bot.iom.workbook import Sheet
from bot.phone.chats import Entry
from bot.phone.person import Person
from bot.phone.server import Telegram

LINK = re.compile(r"https://t\.me/\w+\?start=(\w[\w-]*)")
Act = Callable[[str, str, str], None]
"""What an act is told to: the name of who acts, what is on her screen, what she does."""


class Cast:
    """The people of one life. Raises `Lost` when somebody sees what is not in the script."""

    def __init__(self, telegram: Telegram, life: Life, on_act: Act) -> None:
        self._life = life
        self.people = {
            key: telegram.person(id_, first_name=name, language_code="ru")
            for key, (name, id_) in life.people.items()
        }
        files = {name: workbook(rows) for name, rows in life.tables.items()}
        self._walkers = {key: self._walker(key, files, on_act) for key in self.people}
        self._told = {key: len(person.screen.transcript) for key, person in self.people.items()}
        self._chat: list[str] = []

    @property
    def teacher(self) -> Person:
        """Whose card it is."""
        return self.people[self._life.teacher]

    def _walker(self, key: str, files: dict[str, bytes], on_act: Act) -> Walker:
        person, (name, id_) = self.people[key], self._life.people[key]

        def act(what: str) -> None:
            on_act(name, person.screen.text, what)

        return Walker(person, Script(name, id_, ()), act, files)

    async def live(self) -> None:
        """Every phase, in order; at the end everybody has seen what was sent to her."""
        for phase in self._life.phases:
            await self._begin(phase)
            await self._walkers[phase.who].follow(phase)
            await self.people[phase.who].settled()
            self._write(phase.who, phase.title)
        for key, person in self.people.items():
            await person.settled()
            self._write(key, "то, что пришло потом")

    async def _begin(self, phase: Phase) -> None:
        person = self.people[phase.who]
        if phase.link or phase.says:
            self._walkers[phase.who].turns_away()
        if phase.link:
            await person.start(self._link(phase.link))
        elif phase.says:
            await person.says(phase.says)

    def _link(self, where: str) -> str:
        """What opens the newest link that was shown on a phone beside a word."""
        key, word = where.split(": ", 1)
        for entry in reversed(self.people[key].screen.transcript):
            found = LINK.search(entry.text)
            if found and word in entry.text:
                return found[1]
        raise Lost(f"no link beside {word!r}\n{self.people[key].screen}")

    def _write(self, key: str, title: str) -> None:
        """What is new on a phone, under a heading."""
        person = self.people[key]
        entries = person.screen.transcript[self._told[key] :]
        self._told[key] += len(entries)
        if entries:
            self._chat += [f"## {person.user.first_name}: {title}", *lines(person, entries)]

    @property
    def chat(self) -> str:
        """The conversation as Markdown: a heading whenever another person takes her phone."""
        return "\n\n".join(self._chat) + "\n"


def lines(person: Person, entries: list[Entry]) -> list[str]:
    """Who said what, edits as new lines."""
    names = {"bot": "**Бот**", "person": f"**{person.user.first_name}**"}
    return [f"{names[entry.who]}: {entry.text}".replace("\n", "  \n") for entry in entries]


def workbook(rows: tuple[tuple[str, ...], ...]) -> bytes:
    """A filled table; its first row are the captions."""
    return xlsx.write([Sheet("Люди", rows[0], rows[1:])])
