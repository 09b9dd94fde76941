"""Who lives in the emulator: people, chats, presses, files, by their ids."""

import itertools
import random
from typing import Any

from bot.phone.chats import Chat, Query, User
from bot.phone.clock import Clock
from bot.phone.errors import ApiError, bad, forbidden
from bot.phone.files import Shelf

BOT_ID = 100_001


class World:
    """Everything the emulator remembers about people."""

    def __init__(self, clock: Clock, username: str, seed: int) -> None:
        self.clock = clock
        self.random = random.Random(seed)
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.shelf = Shelf()
        self.me: dict[str, Any] = {"id": BOT_ID, "is_bot": True, "first_name": "ИОМ", "username": username}
        self._message_id = self.random.randrange(50, 5_000)
        self._query_id = itertools.count(self.random.randrange(10**17, 10**18))

    def next_message_id(self) -> int:
        """One counter for all private chats and groups, with gaps: nobody may count on 1, 2, 3."""
        self._message_id += self.random.choice((1, 1, 1, 2, 5))
        return self._message_id

    def next_query_id(self) -> str:
        """A new callback query id."""
        return str(next(self._query_id))

    def user(self, user_id: int, first_name: str, **facts: Any) -> User:
        """Make the account and its private chat, or return the one that exists."""
        if user_id not in self.users:
            user = self.users[user_id] = User(user_id, first_name, **facts)
            self.chats[user_id] = Chat(user_id, user=user)
        return self.users[user_id]

    def chat(self, raw: str | None) -> Chat:
        """The chat of a `chat_id`; raises when it is empty or nobody knows it."""
        if raw is None:
            raise bad("chat_id is empty")
        try:
            return self.chats[int(raw)]
        except (ValueError, KeyError):
            raise bad("chat not found") from None

    def writable(self, raw: str | None) -> Chat:
        """The chat, if the bot may write there; raises 403 with the exact reason."""
        chat = self.chat(raw)
        if chat.user is None:
            return _open_group(chat)
        if chat.user.deactivated:
            raise forbidden("user is deactivated")
        if chat.user.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.user.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat


def _open_group(chat: Chat) -> Chat:
    names = {"group": "group chat", "supergroup": "supergroup chat", "channel": "channel chat"}
    if chat.migrated_to is not None:
        words = "Bad Request: group chat was upgraded to a supergroup chat"
        raise ApiError(400, words, {"migrate_to_chat_id": chat.migrated_to})
    if chat.kicked:
        raise forbidden(f"bot was kicked from the {names[chat.type]}")
    if chat.left:
        raise forbidden(f"bot is not a member of the {names[chat.type]}")
    return chat
