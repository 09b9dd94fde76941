"""Papers that take longer than a person waits for: claim, print one at a time, tell how far, send, record.

A job is a row, so a process that dies prints it again after its lease. Each card is a short unit of work and
a thread of its own: nobody's answer waits for an archive.
"""

import asyncio
import io
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import structlog
from aiogram.exceptions import TelegramAPIError, TelegramForbiddenError

from bot.documents import xlsx
from bot.documents.docx import docx
from bot.iom.file_names import card_name
from bot.rounds import rounds
from bot.speech.presenter import SpeakerAtWork, Told
from bot.speech.screen import DataFile, Screen
from handlers import printing_jobs
from handlers.desk import World
from storage import people, print_jobs
from storage.db import Database, DatabaseDown
from storage.print_jobs import PrintJob

TICK: Final = 20.0  # seconds; leases run out by themselves
A_STEP: Final = 3.0  # seconds between two words about how far it is; Telegram likes few edits
A_FILE: Final = 1000  # cards in one archive: some 15 MB of the 50 a bot may send
LATER: Final = timedelta(minutes=1)
Now = Callable[[], datetime]
log = structlog.get_logger()


class PrintShop:
    """Makes what waits, one job after another. `wake` is called after every commit that may have asked."""

    def __init__(self, database: Database, speaker: SpeakerAtWork, world: World, now: Now) -> None:
        self._database = database
        self._speaker = speaker
        self._world = world
        self._now = now
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Look now, not at the next tick."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop`; a job in hand is finished or left to its lease."""
        await rounds(partial(self.work, stop), self._woken, stop, "print shop", TICK)

    async def work(self, stop: asyncio.Event | None = None) -> int:
        """Everything that waits now; returns how many jobs were taken in hand."""
        total = 0
        while stop is None or not stop.is_set():
            self._woken.clear()
            job = await self._database.write(partial(print_jobs.claim, now=self._now()))
            if job is None:
                break
            await self._take(job, stop)
            total += 1
        return total

    async def _take(self, job: PrintJob, stop: asyncio.Event | None) -> None:
        """One job; whatever goes wrong is written into its row, and she is told."""
        try:
            done = await (self._cards(job, stop) if job.kind == "cards" else self._table(job))
        except DatabaseDown:
            raise
        except TelegramForbiddenError:
            now = self._now()
            await self._database.write(partial(people.unreachable, person_id=job.person_id, now=now))
            await self._record(print_jobs.failed, job, error="unreachable")
        except Exception as error:
            log.exception("not printed", job=job.id, kind=job.kind)
            await self._failed(job, error)
        else:
            if done:
                await self._record(print_jobs.sent, job)

    async def _failed(self, job: PrintJob, error: Exception) -> None:
        """Later when Telegram did not take it, as long as there is hope; else she is told that it failed."""
        name = type(error).__name__
        if isinstance(error, TelegramAPIError) and job.attempts < print_jobs.ATTEMPTS:
            until = self._now() + LATER
            await self._database.write(partial(print_jobs.again, job=job, error=name, until=until))
            return
        await self._record(print_jobs.failed, job, error=name)
        try:
            await self._say(job, Screen("print_shop_failed", {"kind": job.kind}))
        except TelegramAPIError:
            log.warning("nobody was told", job=job.id)

    async def _record(self, how: Callable[..., bool], job: PrintJob, **more: str) -> None:
        await self._database.write(partial(how, job=job, now=self._now(), **more))

    async def _say(self, job: PrintJob, screen: Screen, edit: int = 0) -> int:
        """Say it, in the message that is there already when there is one."""
        told = Told(job.telegram_id, job.person_id, 0, screen, edit=edit or None)
        return await self._speaker.speak(told) or 0

    # --- An archive of cards ----------------------------------------------------------------------------

    async def _cards(self, job: PrintJob, stop: asyncio.Event | None) -> bool:
        """Print every card she may read; False when it was given up for a stop or for another's lease."""
        title = await self._database.read(partial(printing_jobs.title_of, job=job))
        ids = await self._database.read(partial(printing_jobs.routes_of, job=job))
        counted = _Count(len(ids))
        message = job.message_id
        async with self._speaker.working(job.telegram_id):
            for part in (ids[start : start + A_FILE] for start in range(0, len(ids), A_FILE)):
                files: dict[str, bytes] = {}
                for route_id in part:
                    if stop is not None and stop.is_set():
                        return False
                    await self._card(job, route_id, files, counted)
                    if counted.due(self._now()):
                        message = await self._told(job, counted, message)
                        if not message:
                            return False
                if files:
                    data = await asyncio.to_thread(zipped, files)
                    values = {"count": len(files), "title": title}
                    archive = DataFile(data, f"IOM-cards-{job.id}.zip")
                    await self._say(job, Screen("cards_ready", values, file=archive))
        left = counted.all - counted.printed
        await self._say(job, Screen("cards_done", {"printed": counted.printed, "left": left}), message)
        return True

    async def _card(self, job: PrintJob, route_id: int, files: dict[str, bytes], counted: "_Count") -> None:
        unit = partial(printing_jobs.page_of, world=self._world, job=job, route_id=route_id, now=self._now())
        page = await self._database.write(unit)
        counted.looked += 1
        if page is None:
            return
        name = card_name(page.name, page.code, page.year, {one.casefold() for one in files})
        files[name] = await asyncio.to_thread(docx, page.file.document)
        counted.printed += 1

    async def _told(self, job: PrintJob, counted: "_Count", message: int) -> int:
        """Tell how far it is and renew the lease; 0 when the job is no longer ours."""
        values = {"looked": counted.looked, "all": counted.all}
        message = await self._say(job, Screen("cards_printing", values), message)
        unit = partial(print_jobs.goes_on, job=job, now=self._now(), message_id=message)
        return message if await self._database.write(unit) else 0

    # --- A table ----------------------------------------------------------------------------------------

    async def _table(self, job: PrintJob) -> bool:
        unit = partial(printing_jobs.sheet_of, world=self._world, job=job, now=self._now())
        async with self._speaker.working(job.telegram_id):
            sheet = await self._database.read(unit)
            if sheet is None:
                await self._say(job, Screen("print_shop_failed", {"kind": job.kind}))
                return True
            data = await asyncio.to_thread(xlsx.write, [sheet])
        values = {"kind": job.kind, "count": len(sheet.rows)}
        await self._say(job, Screen("table_ready", values, file=DataFile(data, f"IOM-{job.kind}.xlsx")))
        return True


class _Count:
    """How far an archive is, and when that was said last."""

    def __init__(self, all_of_them: int) -> None:
        self.all = all_of_them
        self.looked = 0
        self.printed = 0
        self._said: datetime | None = None

    def due(self, now: datetime) -> bool:
        """Whether it is time to say something again; the first card says it at once."""
        if self._said is not None and (now - self._said).total_seconds() < A_STEP:
            return False
        self._said = now
        return True


def zipped(files: "dict[str, bytes]") -> bytes:
    """An archive of ready files in the order of their names; they are packed already."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), files[name])
    return buffer.getvalue()
