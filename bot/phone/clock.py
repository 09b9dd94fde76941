"""The emulator's one clock: real time plus a shift that only tests move."""

import time


class Clock:
    """Seconds since the epoch; every age, expiry and flood rule reads it, waiting stays on real time."""

    def __init__(self) -> None:
        self.shift = 0.0

    def now(self) -> float:
        """Real time plus the shift, in seconds."""
        return time.time() + self.shift

    def advance(self, seconds: float) -> None:
        """Move the clock forward: the next rule that looks at it sees the later hour."""
        self.shift += seconds
