"""The one sanitiser: what goes, what is replaced, what stays untouched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.clean import clean
from bot.documents.face import letters


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Соколова Марина Андреевна",
        "«№ 5» — 12 %",
        "строка\nстрока",
        "a\u00a0b",
        "Ёё Ђ ї ә",
        "H₂O ≤ 5 √",
        "{{x}} &amp; <w:p>",
    ],
)
def test_decent_text_is_left_alone(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a\x00b\x07c", "abc"),
        ("до\ud800после", "допосле"),
        ("a\ufffe\uffffb\U0010ffff", "ab"),
        ("\u202eобман\u202c \u2066x\u2069", "обман x"),
        ("сло\u200bво\u00ad\ufeff", "слово"),
        ("Готово 😀👨‍👩‍👧 🇷🇺!", "Готово  !"),
        ("☎️ звонить", " звонить"),
        ("漢字", "□□"),
        ("один\r\nдва\rтри\u2028четыре", "один\nдва\nтри\nчетыре"),
        ("a\tb", "a b"),
        ("a\u3000b", "a b"),
        ("✅ ✔ ✓", "√ √ √"),
        ("и\u0306", "й"),
    ],
)
def test_strange_text_is_settled(text: str, printed: str) -> None:
    assert clean(text) == printed


@given(st.text(alphabet=st.characters(codec=None)))
def test_whatever_comes_out_can_be_drawn_and_encoded(text: str) -> None:
    printed = clean(text)
    printed.encode("utf-8")
    assert all(letter == "\n" or ord(letter) in letters() for letter in printed)


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
