"""Links and short codes: derived, unguessable, and read however they are typed."""

import re

import pytest

from storage import codes
from storage.people import ALPHABET

SECRET, OTHER = b"s" * 32, b"o" * 32
NONCE = "0" * 32


def test_a_link_fits_into_telegram() -> None:
    token = codes.token(SECRET, 2**62, NONCE)
    assert re.fullmatch(r"i[a-z2-7]{39}", token)


def test_a_code_is_of_letters_that_look_like_nothing_else() -> None:
    code = codes.code(SECRET, 1, NONCE)
    assert re.fullmatch(f"[{ALPHABET}]{{5}}-[{ALPHABET}]{{5}}", code)


@pytest.mark.parametrize("make", [codes.token, codes.code])
def test_each_is_its_own(make: object) -> None:
    assert callable(make)
    made = {make(SECRET, 1, NONCE), make(OTHER, 1, NONCE), make(SECRET, 2, NONCE), make(SECRET, 1, "1" * 32)}
    assert len(made) == 4
    assert make(SECRET, 1, NONCE) == make(SECRET, 1, NONCE)


def test_nonces_are_never_the_same() -> None:
    assert len({codes.new_nonce() for _ in range(100)}) == 100


@pytest.mark.parametrize(
    "typed",
    [
        "ACEHK-MPTX2",
        "acehkmptx2",
        " ACEHK MPTX2 ",
        "АСЕНК-МРТХ2",
        "асенк – мртх2",
        "ACEHK—MPTX2",
        "a c e h k mptx2",
    ],
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert codes.hashed(typed) == codes.sha256("ACEHKMPTX2")


def test_a_pasted_link_counts_as_its_token() -> None:
    token = codes.token(SECRET, 1, NONCE)
    assert codes.hashed(f"https://t.me/iom_bot?start={token}") == codes.hashed(token) == codes.sha256(token)


@pytest.mark.parametrize(
    "typed", ["", "i", "ACEHK", "ACEHK-MPTX20", "0ACEHKMPTX", "привет", "i" * 40_000, "\x00"]
)
def test_what_is_no_code_is_nothing(typed: str) -> None:
    assert codes.hashed(typed) == ""
