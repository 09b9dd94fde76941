"""What came with a call: scalars as text, JSON on demand, uploaded files."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.phone.errors import bad

TRUE_WORDS = frozenset({"true", "yes", "1"})


@dataclass(frozen=True)
class Upload:
    """A file sent in the request; `size` may be declared larger than the bytes we hold."""

    name: str
    data: bytes
    mime: str = "application/octet-stream"

    @property
    def size(self) -> int:
        """Bytes received."""
        return len(self.data)


@dataclass
class Params:
    """Parameters of one call; an empty string is the same as no value, as on the real server."""

    values: dict[str, str] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "Params":
        """Build from decoded JSON or form values; objects are kept as JSON text."""
        return cls({key: _as_text(value) for key, value in raw.items() if value is not None})

    def text(self, name: str) -> str | None:
        """The value, or None when absent or empty."""
        return self.values.get(name) or None

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; anything else counts as `default`."""
        try:
            return int(self.values.get(name, ""))
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        """`true`, `yes` and `1` in any case are true, all else false."""
        return self.values.get(name, "").strip().lower() in TRUE_WORDS

    def parsed(self, name: str, error: str) -> Any:
        """The value decoded as JSON, None when absent; raises 400 with `error` when it is not JSON."""
        raw = self.text(name)
        if raw is None:
            return None
        try:
            return json.loads(raw)
        except ValueError:
            raise bad(error) from None


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    return json.dumps(value, ensure_ascii=False)
