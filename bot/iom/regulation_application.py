"""What a regulation says of applications: how many of the teachers are put forward (000 VI.1)."""

from pydantic import Field

from bot.iom.regulation_questions import Model


class Application(Model):
    """`share` percent of all teachers are put forward for the diagnosis and a route; 0: nothing is said."""

    share: int = Field(default=0, ge=0, le=100)
    clause: str = ""

    def quota(self, staff: int) -> int:
        """How many of so many teachers that is, rounded up (I04); 0 when nothing is said."""
        return -(-staff * self.share // 100)
