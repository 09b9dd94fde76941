"""One tree, two printers: the same words in the same order, on whatever paper."""

import hashlib
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.documents.docx import docx
from bot.documents.pdf import pdf
from bot.documents.words import words_of
from bot.iom.blocks import Document
from tests.documents.reading import docx_text, glued, inked_words, pdf_text
from tests.documents.stavropol import stavropol
from tests.documents.ust_ilimsk import ust_ilimsk

Form = Callable[..., Document]

forms = pytest.mark.parametrize("form", [stavropol, ust_ilimsk])
fillings = pytest.mark.parametrize("rich", [False, True], ids=["empty", "rich"])


@forms
@fillings
def test_word_document_holds_the_words_of_the_tree_in_order(form: Form, rich: bool) -> None:
    card = form(rich=rich)
    assert glued(docx_text(docx(card))) == glued(words_of(card))


@forms
@fillings
def test_pdf_holds_the_words_of_the_tree_in_order(form: Form, rich: bool) -> None:
    card = form(rich=rich)
    assert glued(pdf_text(pdf(card, plain=True))) == glued(inked_words(card))


@forms
@pytest.mark.parametrize("paper", ["a4", "phone"])
def test_no_word_is_lost_on_real_pages(form: Form, paper: str) -> None:
    card = form(rich=True)
    printed = glued(pdf_text(pdf(card, paper="phone" if paper == "phone" else "a4")))
    missing = [word for word in words_of(card).split() if len(word) < 12 and glued(word) not in printed]
    assert missing == []


@forms
def test_same_card_gives_the_same_bytes(form: Form) -> None:
    assert docx(form(rich=True)) == docx(form(rich=True))
    assert pdf(form(rich=True)) == pdf(form(rich=True))


def test_another_process_prints_the_same_bytes() -> None:
    script = (
        "import hashlib\nfrom bot.documents.docx import docx\nfrom bot.documents.pdf import pdf\n"
        "from tests.documents.stavropol import stavropol\n"
        "card = stavropol(rich=True)\nprint(hashlib.sha256(docx(card) + pdf(card)).hexdigest())"
    )
    root = Path(__file__).parents[2]
    other = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    card = stavropol(rich=True)
    assert other.stdout.strip() == hashlib.sha256(docx(card) + pdf(card)).hexdigest()


def test_threads_print_at_once() -> None:
    cards = [stavropol(rich=bool(number % 2)) for number in range(8)]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(pdf, cards)) == [pdf(card) for card in cards]
        assert list(threads.map(docx, cards)) == [docx(card) for card in cards]


def test_empty_card_still_prints() -> None:
    nothing = Document("Карта", ())
    assert docx(nothing).startswith(b"PK")
    assert pdf(nothing).startswith(b"%PDF")
