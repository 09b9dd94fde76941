"""Every regulation we ship prints one rich and one empty route: Word and PDF say the same."""

from pathlib import Path
from random import Random

import pytest

from bot.documents.docx import docx
from bot.documents.pdf import pdf
from bot.documents.words import words_of
from bot.iom.blocks import Document
from bot.iom.card import card_of
from tests.documents.reading import docx_text, faults, glued, inked_words, pdf_pages, pdf_text
from tests.regulations.given import SHIPPED
from tests.rules.memory import Walker
from tests.rules.test_branch import MANAGES

EMPTY_PAGES = {"stavropol": 6, "ust_ilimsk": 4, "znamenka": 6, "langepas": 3, "odintsovo": 2}


def empty(slug: str) -> Document:
    walker = Walker(slug)
    return card_of(walker.regulation, walker.facts)


def rich(slug: str, **answers: str) -> Document:
    """Everything answered; `answers` stand before the walk."""
    walker = Walker(slug)
    walker.answers(**answers)
    walker.walks_everything(Random(3).choice)
    return card_of(walker.regulation, walker.facts, mark="ЧЕРНОВИК")


def same_words(made: Document, folder: Path) -> None:
    word, sheets = docx(made), pdf(made, plain=True)
    assert glued(docx_text(word)) == glued(words_of(made))
    assert glued(pdf_text(sheets)) == glued(inked_words(made))
    assert faults(word, folder) == []


@pytest.mark.parametrize("slug", SHIPPED)
def test_an_empty_route(slug: str, tmp_path: Path) -> None:
    made = empty(slug)
    same_words(made, tmp_path)
    assert len(pdf_pages(pdf(made))) == EMPTY_PAGES[slug]


@pytest.mark.parametrize("slug", SHIPPED)
def test_a_rich_route(slug: str, tmp_path: Path) -> None:
    made = rich(slug)
    same_words(made, tmp_path)
    assert EMPTY_PAGES[slug] <= len(pdf_pages(pdf(made))) <= EMPTY_PAGES[slug] + 4


def test_a_manager_s_route(tmp_path: Path) -> None:
    """001 3.2: other blocks, the same form."""
    made = rich("stavropol", subject=MANAGES)
    same_words(made, tmp_path)
    assert "Управление информацией" in words_of(made)
    assert "ИКТ-компетентность" not in words_of(made)
