"""People and organisations as the rest of the program sees them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Person:
    """One Telegram account. `code` («П-7K2M») stands for the name where names are not kept."""

    id: int
    telegram_id: int
    code: str
    timezone: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A school, municipality or region. `slug` is its own regulation ("" inherits or none);
    `keeps_names` False: no question marked personal is asked or stored."""

    id: int
    title: str
    parent_id: int | None = None
    region: str = ""
    slug: str = ""
    timezone: str = ""
    keeps_names: bool = True


@dataclass(frozen=True, slots=True)
class Consent:
    """Consent to a text: `kind` ("storage", "tutor"), the text's version and SHA-256, when (UTC)."""

    kind: str
    version: str
    digest: str
    given_at: datetime
