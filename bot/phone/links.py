"""Which URLs the servers accept in links and buttons; an approximation of TDLib's `LinkManager`."""

import re
from urllib.parse import urlsplit

SCHEMES = frozenset({"http", "https", "tg", "ton", "tonsite"})
HOST = re.compile(r"[^\s.<>\"]+(\.[^\s.<>\"]+)+")


def checked_link(url: str) -> str | None:
    """The URL with a scheme, or None when the servers would call it wrong."""
    url = url.strip()
    if not url or any(character.isspace() for character in url):
        return None
    if "://" not in url:
        url = f"http://{url}"
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in SCHEMES:
        return None
    if parts.scheme in ("tg", "ton"):
        return url if parts.netloc else None
    if not HOST.fullmatch(host):
        return None
    return url if parts.path or parts.query else f"{url}/"


def mentioned_user(url: str) -> int | None:
    """The id in `tg://user?id=N`, or None."""
    found = re.fullmatch(r"tg:(?://)?user\?id=(\d+)", url.strip())
    return int(found[1]) if found else None
