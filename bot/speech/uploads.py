"""Files Telegram already has: a card of the same version is uploaded once and sent again by its id."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Protocol

from storage import printed
from storage.db import Database


class Uploads(Protocol):
    """Remembers file ids by the key of what was printed."""

    async def find(self, key: str) -> str | None:
        """The file id, None when this version was never uploaded."""
        ...

    async def keep(self, key: str, file_id: str, person_id: int) -> None:
        """Remember an upload; it is deleted with the person."""
        ...


class StoredUploads:
    """Uploads in the database, so that they outlive the process."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def find(self, key: str) -> str | None:
        """See `Uploads`."""
        return await self._database.read(partial(printed.file_id, key=key))

    async def keep(self, key: str, file_id: str, person_id: int) -> None:
        """See `Uploads`."""
        work = partial(printed.keep, key=key, file_id=file_id, now=self._now(), person_id=person_id)
        await self._database.write(work)
