"""What a button carries: `c:<revision>:<verb>:<arg>`, at most 64 bytes. A stored contract.

The revision is the person's cursor when the screen was shown; a press with any other revision is a
photograph of the past. One unpacking says "out of date" to whatever was forged: it never raises.
"""

from dataclasses import dataclass

LIMIT = 64
_PREFIX = "c"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Press:
    """A press that came in. `rev` is -1 when the data is not ours."""

    rev: int = -1
    verb: str = ""
    arg: str = ""


def pack(rev: int, verb: str, arg: str = "") -> str:
    """The callback data of a button. Raises ValueError over 64 bytes: a defect of a screen."""
    data = f"{_PREFIX}:{base36(rev)}:{verb}:{arg}"
    if len(data.encode()) > LIMIT:
        raise ValueError(f"callback data over {LIMIT} bytes: {data}")
    return data


def unpack(data: str | None) -> Press:
    """Read callback data; anything foreign or damaged is a press of no revision."""
    parts = (data or "").split(":", 3)
    if len(parts) != 4 or parts[0] != _PREFIX or len(parts[1]) > 12:
        return Press()
    if not parts[1] or any(digit not in _DIGITS for digit in parts[1]):
        return Press()
    return Press(int(parts[1], 36), parts[2], parts[3])


def base36(number: int) -> str:
    """A non-negative integer in base 36."""
    if number < 36:
        return _DIGITS[number]
    return base36(number // 36) + _DIGITS[number % 36]
