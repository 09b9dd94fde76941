"""A fictional person who answers what is on her screen, by a script (`bot.demo.script`).

She reacts only to a screen with new buttons, so a screen shown twice after a crash is answered once. A notice
that came meanwhile hides nothing: she sees the newest screen and every notice.
"""

from collections.abc import Callable, Iterator, Mapping

from bot.demo.script import Phase, Reply, Script
from bot.phone.chats import Button, Message
from bot.phone.person import Person
from bot.phone.screen import Screen

ADD = "＋"
NOTICE = "f:"
PATIENCE = 60.0
MOST = 200  # acts in a phase: more of them run in circles


class Lost(AssertionError):
    """Nothing on screen is known to the script: the screen is in the message."""


class Walker:
    """Walks a script with one person. `files` are what she may send, by name."""

    def __init__(
        self,
        person: Person,
        script: Script,
        on_act: Callable[[str], None] = lambda _: None,
        files: Mapping[str, bytes] | None = None,
    ) -> None:
        self._person = person
        self._script = script
        self._on_act = on_act
        self._files = files or {}
        self._seen: set[tuple[str, ...]] = {()}
        self._had = 0
        self._done: list[Reply] = []
        self._before: set[tuple[str, ...]] = set()

    async def walk(self) -> None:
        """From /start to the last phase. Raises `Lost` when a screen is not in the script."""
        await self._person.start()
        for phase in self._script.phases:
            self._on_act(phase.title)
            await self.follow(phase)

    async def follow(self, phase: Phase) -> None:
        """One phase, from what is on the screen now. Raises `Lost`."""
        self._had, self._done = len(self._person.documents), []
        self._before = {signature(message) for message in self._fresh()}
        while await self._goes_on(phase):
            message, reply = next(self._answers(phase))
            self._seen.add(signature(message))
            self._done.append(reply)
            self._on_act(reply.says or reply.sends or reply.presses or reply.sees)
            await self._act(message, reply)

    def turns_away(self) -> None:
        """The screen she is at is over; notices still wait for her."""
        self._seen |= {signature(message) for message in self._fresh() if not _notice(message)}

    async def _goes_on(self, phase: Phase) -> bool:
        """Wait for something the phase can answer; False when it is over."""

        def ready(_: Screen) -> bool:
            return self._over(phase) or next(self._answers(phase), None) is not None

        try:
            await self._person.wait(ready, PATIENCE)
        except AssertionError as error:
            raise Lost(f"«{phase.title}»: {error}") from None
        if len(self._done) > MOST:
            raise Lost(f"«{phase.title}» runs in circles\n{self._person.screen}")
        return not self._over(phase)

    def _over(self, phase: Phase) -> bool:
        if phase.until_files:
            return len(self._person.documents) - self._had >= phase.until_files
        return any(
            phase.until in message.text for message in self._fresh() if signature(message) not in self._before
        )

    def _answers(self, phase: Phase) -> Iterator[tuple[Message, Reply]]:
        for message in self._fresh():
            for reply in phase.reply:
                over = reply.once and reply in self._done
                if reply.sees in message.text and not over and _possible(reply, message):
                    yield message, reply

    def _fresh(self) -> Iterator[Message]:
        """What was not acted on yet: newest first, the newest screen and all notices."""
        screens = 0
        for message in reversed(self._person.messages):
            screens += message.by_bot and not _notice(message) and bool(message.buttons)
            current = message.by_bot and (_notice(message) or screens <= 1)
            if current and signature(message) not in self._seen:
                yield message

    async def _act(self, message: Message, reply: Reply) -> None:
        if reply.says:
            await self._person.says(reply.says)
        elif reply.sends:
            await self._person.sends_file(reply.sends, self._files.get(reply.sends, b"%PDF-1.4\n"))
        else:
            await self._person.presses(data=_wanted(reply, message), message_id=message.message_id)


def signature(message: Message | Screen) -> tuple[str, ...]:
    """The buttons' data: they carry the revision, so the same screen sent twice has the same signature."""
    return tuple(button.data or "" for row in message.buttons for button in row)


def _notice(message: Message) -> bool:
    return bool(message.buttons) and all(data.startswith(NOTICE) for data in signature(message))


def _possible(reply: Reply, message: Message) -> bool:
    return bool(reply.says or reply.sends or _wanted(reply, message))


def _wanted(reply: Reply, message: Message) -> str:
    """The data of the button to press; "" when it is not there."""
    buttons: list[Button] = [button for row in message.buttons for button in row]
    if reply.chooses:
        taken = sum(not button.text.startswith(ADD) and button.text.startswith("✓") for button in buttons)
        free = [button.data or "" for button in buttons if button.text.startswith(ADD)]
        return free[0] if free and taken < reply.chooses else ""
    if reply.row:
        rows = [row[0].data or "" for row in message.buttons]
        return rows[reply.row - 1] if reply.row <= len(rows) else ""
    fits = (button.data or "" for button in buttons if button.text.startswith(reply.presses))
    return next(fits, "") if reply.presses else ""
