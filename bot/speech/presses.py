"""What a button carries, at most 64 bytes. Both forms are stored contracts.

`c:<revision>:<verb>:<arg>` hangs under a screen: the revision is the person's cursor when it was shown, a
press with any other revision is a photograph of the past. `f:<verb>:<id>:<version>` hangs under a notice,
which outlives screens: it names a fact and the version that was seen, and is judged against the facts of
now. Numbers are in base 36. One unpacking says "out of date" to whatever was forged: it never raises.
"""

from dataclasses import dataclass

LIMIT = 64
_PREFIX = "c"
_FACT = "f"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Press:
    """A press that came in. `rev` is -1 when the data is not ours or names a fact (`id` > 0)."""

    rev: int = -1
    verb: str = ""
    arg: str = ""
    id: int = 0
    version: int = 0


def pack(rev: int, verb: str, arg: str = "") -> str:
    """The callback data of a button. Raises ValueError over 64 bytes: a defect of a screen."""
    data = f"{_PREFIX}:{base36(rev)}:{verb}:{arg}"
    if len(data.encode()) > LIMIT:
        raise ValueError(f"callback data over {LIMIT} bytes: {data}")
    return data


def pack_fact(verb: str, id: int, version: int) -> str:
    """The callback data of a button under a notice. Raises ValueError over 64 bytes."""
    data = f"{_FACT}:{verb}:{base36(id)}:{base36(version)}"
    if len(data.encode()) > LIMIT:
        raise ValueError(f"callback data over {LIMIT} bytes: {data}")
    return data


def unpack(data: str | None) -> Press:
    """Read callback data; anything foreign or damaged is a press of no revision."""
    parts = (data or "").split(":", 3)
    if len(parts) != 4:
        return Press()
    if parts[0] == _PREFIX and _is_number(parts[1]):
        return Press(int(parts[1], 36), parts[2], parts[3])
    if parts[0] == _FACT and _is_number(parts[2]) and _is_number(parts[3]):
        return Press(verb=parts[1], id=int(parts[2], 36), version=int(parts[3], 36))
    return Press()


def _is_number(text: str) -> bool:
    return 0 < len(text) <= 12 and all(digit in _DIGITS for digit in text)


def base36(number: int) -> str:
    """A non-negative integer in base 36."""
    if number < 36:
        return _DIGITS[number]
    return base36(number // 36) + _DIGITS[number % 36]
