"""Reading printed cards back: what a person sees in the file, as text and as cells."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pypdf
from openxml_audit import OpenXmlValidator

from bot.documents.clean import clean
from bot.documents.headers import header_cells
from bot.documents.words import words_of
from bot.iom.blocks import Block, Document, Table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAFT = "ЧЕРНОВИК"


def glued(text: str) -> str:
    """Letters and digits only: line breaks, slashes and lines for the pen are nobody's words."""
    return "".join(re.findall(r"[^\W_]", text))


def part(data: bytes, name: str = "word/document.xml") -> ElementTree.Element:
    """A part of the package as XML; fails when it is not well formed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ElementTree.fromstring(archive.read(name))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def docx_text(data: bytes, name: str = "word/document.xml") -> str:
    """Texts in the order of the XML, which is the order of reading, a line for each paragraph."""
    shown: dict[str, Callable[[ElementTree.Element], str]] = {
        W + "t": lambda node: node.text or "",
        W + "br": lambda _: "\n",
        W + "tab": lambda _: " ",
    }
    pieces = []
    for node in part(data, name).iter():
        if node.tag == W + "p":
            pieces.append("\n")
        elif node.tag in shown:
            pieces.append(shown[node.tag](node))
    return "".join(pieces)


def pdf_pages(data: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def pdf_text(data: bytes) -> str:
    return "\n".join(pdf_pages(data))


def inked_words(document: Document) -> str:
    """The words of the tree in the order typst lays ink: a tall header cell falls in its last row."""
    return "\n".join(piece for block in document.blocks for piece in _inked(document, block))


def _inked(document: Document, block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        cells = header_cells(block.columns)
        yield from (clean(c.text) for c in sorted(cells, key=lambda c: (c.row + c.rowspan, c.column)))
        yield from (clean(text) for row in block.rows for text in row)
    else:
        yield words_of(replace(document, blocks=(block,)))


def faults(data: bytes, folder: Path) -> list[str]:
    """What an independent validator of Office Open XML finds wrong with the package."""
    path = folder / "card.docx"
    path.write_bytes(data)
    return [str(error) for error in OpenXmlValidator().validate(path).errors]
