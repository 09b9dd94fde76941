"""Mail addresses and Russian phone numbers as people type them."""

import re
from enum import StrEnum
from unicodedata import normalize

_MOST = 254  # characters of an address, RFC 5321
_LONGEST_PHONE = 40
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_LABEL = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")
_PHONE = re.compile(r"\+?[\d\s().\-‐‑–—]+")


class ContactProblem(StrEnum):
    """Why a text is no contact."""

    EMPTY = "empty"
    NO_AT = "no_at"  # an address without @, or with two
    BAD_NAME = "bad_name"  # before @
    BAD_DOMAIN = "bad_domain"  # after @
    TOO_LONG = "too_long"
    NOT_DIGITS = "not_digits"
    WRONG_LENGTH = "wrong_length"
    FOREIGN = "foreign"  # a number of another country


class ContactError(ValueError):
    """A text that is no contact; `problem` says why."""

    def __init__(self, problem: ContactProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def parse_email(text: str) -> str:
    """The address with its domain in lower case; raises `ContactError`. Cyrillic addresses are addresses."""
    address = normalize("NFC", text).strip().strip("<>.,;").removeprefix("mailto:")
    if not address:
        raise ContactError(ContactProblem.EMPTY)
    if len(address) > _MOST:
        raise ContactError(ContactProblem.TOO_LONG)
    if address.count("@") != 1:
        raise ContactError(ContactProblem.NO_AT)
    name, domain = address.split("@")
    if len(name) > 64 or not _LOCAL.fullmatch(name):
        raise ContactError(ContactProblem.BAD_NAME)
    if not _is_domain(domain):
        raise ContactError(ContactProblem.BAD_DOMAIN)
    return f"{name}@{domain.lower()}"


def parse_phone(text: str) -> str:
    """«8 914 000 00 00» as «+7 914 000-00-00»; raises `ContactError`.

    Eleven digits that begin with 8 or 7, or the ten after them – but not 8 and nine more: then
    rather a digit is missing. Area codes begin with 3, 4, 8 or 9; with 6 or 7 they are Kazakhstan's.
    """
    typed = normalize("NFKC", text).strip().rstrip(".,;")
    if not typed:
        raise ContactError(ContactProblem.EMPTY)
    if len(typed) > _LONGEST_PHONE:
        raise ContactError(ContactProblem.TOO_LONG)
    if not _PHONE.fullmatch(typed):
        raise ContactError(ContactProblem.NOT_DIGITS)
    digits = "".join(str(int(sign)) for sign in typed if sign.isdecimal())
    if typed.startswith("+") and not digits.startswith("7"):
        raise ContactError(ContactProblem.FOREIGN)
    number = digits[1:] if len(digits) == 11 and digits[0] in "78" else digits
    if len(number) != 10 or (number == digits and digits[0] == "8"):
        raise ContactError(ContactProblem.WRONG_LENGTH)
    if number[0] not in "3489":
        raise ContactError(ContactProblem.FOREIGN)
    return f"+7 {number[:3]} {number[3:6]}-{number[6:8]}-{number[8:]}"


def _is_domain(domain: str) -> bool:
    labels = domain.split(".")
    return (
        len(labels) > 1
        and all(len(label) <= 63 and _LABEL.fullmatch(label) for label in labels)
        and len(labels[-1]) > 1
        and not labels[-1].isdecimal()
        and "_" not in domain
    )
