"""Links and short codes of invitations: derived from the bot's secret, never stored, found by SHA-256."""

import base64
import hashlib
import hmac
import re
import secrets

from storage.people import ALPHABET

_TWINS = str.maketrans("АСЕНКМРТХ", "ACEHKMPTX")  # what a Russian keyboard types instead
_BETWEEN = re.compile(r"[\s\-‐‑‒–—−_.]+")
_TOKEN = re.compile(r"i[a-z2-7]{39}")
_CODE = re.compile(f"[{ALPHABET}]{{10}}")


def new_nonce() -> str:
    """128 random bits; a new one makes new links, and the old ones dead."""
    return secrets.token_hex(16)


def token(secret: bytes, invitation_id: int, nonce: str) -> str:
    """The payload of a deep link: «i» and 39 characters of a–z, 2–7 (192 bits)."""
    digest = _digest(secret, "token", invitation_id, nonce)[:24]
    return "i" + base64.b32encode(digest).decode().rstrip("=").lower()


def code(secret: bytes, invitation_id: int, nonce: str) -> str:
    """Ten letters of `people.ALPHABET` (40 bits), shown as XXXXX-XXXXX."""
    digest = _digest(secret, "code", invitation_id, nonce)[:5]
    letters = "".join(ALPHABET[half] for byte in digest for half in (byte >> 4, byte & 15))
    return f"{letters[:5]}-{letters[5:]}"


def plain(text: str) -> str:
    """A code as it is compared: capitals, no spaces or dashes, Cyrillic twins as Latin letters."""
    return _BETWEEN.sub("", text).upper().translate(_TWINS)


def hashed(text: str) -> str:
    """The hash of a token or of a code however it is typed; a pasted link counts as its token; else ""."""
    given = text.strip()[:200].rpartition("start=")[2]
    if _TOKEN.fullmatch(given):
        return sha256(given)
    letters = plain(given)
    return sha256(letters) if _CODE.fullmatch(letters) else ""


def sha256(text: str) -> str:
    """In hexadecimal, as the table keeps it."""
    return hashlib.sha256(text.encode()).hexdigest()


def _digest(secret: bytes, purpose: str, invitation_id: int, nonce: str) -> bytes:
    return hmac.new(secret, f"{purpose}/{invitation_id}/{nonce}".encode(), hashlib.sha256).digest()
