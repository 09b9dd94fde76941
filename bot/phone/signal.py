"""A bell that many may wait for at once; ringing wakes everybody, nobody needs a lock."""

import asyncio
from collections.abc import Callable


class Signal:
    """Something changed. Waiting is on real time, whatever the emulator's clock says."""

    def __init__(self) -> None:
        self._waiters: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Wake all who wait now."""
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def wait(self, seconds: float) -> bool:
        """True when it rang within `seconds`."""
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            async with asyncio.timeout(max(seconds, 0)):
                await waiter
        except TimeoutError:
            return False
        finally:
            self._waiters.discard(waiter)
        return True

    async def until(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Wait until `condition()` holds; its last value when the time is over."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while not condition():
            left = deadline - loop.time()
            if left <= 0:
                return condition()
            await self.wait(left)
        return True
