"""People and organisations as the rest of the program sees them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Person:
    """One Telegram account. `code` («П-7K2M») stands for the name where names are not kept.
    `hat` is the role in which she looks at the bot now, "" a teacher; `settings` how and when she wants
    to be reminded (`bot.iom.habits`)."""

    id: int
    telegram_id: int
    code: str
    timezone: str = ""
    hat: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Organisation:
    """A school, municipality or region. `slug` is its own regulation ("" inherits or none);
    `keeps_names` False: no question marked personal is asked or stored. `kind`: "region", "municipality"
    or "school"; `settings` is what its coordinator decided (`bot.iom.school`)."""

    id: int
    title: str
    parent_id: int | None = None
    region: str = ""
    slug: str = ""
    timezone: str = ""
    keeps_names: bool = True
    kind: str = "school"
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Consent:
    """Consent to a text: `kind` ("storage", "tutor"), the text's version and SHA-256, when (UTC)."""

    kind: str
    version: str
    digest: str
    given_at: datetime
