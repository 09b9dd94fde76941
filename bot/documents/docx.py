"""A card as a Word document: WordprocessingML from templates, zipped with a skeleton of our own.

No library stands between us and the format: `templates/word/parts` is the package as it is zipped,
`templates/word/*.j2` are the parts that depend on the card. The same card gives the same bytes.
"""

import io
import zipfile
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from bot.documents.places import templates
from bot.documents.sheet import A4, sheet_of
from bot.documents.words import own_words
from bot.iom.blocks import Document

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# The first moment a zip can name: a real one would make every printing differ.
_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
_TWIPS: Final = 20


def docx(document: Document) -> bytes:
    """The document as the bytes of a .docx file; safe to call from any thread."""
    sheet = sheet_of(document)
    parts = dict(_skeleton())
    for name, template, width in (
        ("docProps/core.xml", "core.xml.j2", 0.0),
        ("word/header1.xml", "header.xml.j2", 0.0),
        ("word/footer1.xml", "footer.xml.j2", A4.portrait[0]),
        ("word/footer2.xml", "footer.xml.j2", A4.landscape[0]),
        ("word/document.xml", "document.xml.j2", 0.0),
    ):
        page = _environment().get_template(template)
        parts[name] = page.render(sheet=sheet, own=own_words(), width=_twips(width)).lstrip().encode()
    return _zipped(parts)


def _zipped(parts: dict[str, bytes]) -> bytes:
    """One archive; the list of content types goes first, as Word itself writes it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, date_time=_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, parts[name], compresslevel=3)
    return buffer.getvalue()


@cache
def _skeleton() -> dict[str, bytes]:
    """The parts that are the same in every card: styles, theme, fonts, settings, relations."""
    root = _folder() / "parts"
    files = sorted(path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


@cache
def _environment() -> Environment:
    """Templates are data, perhaps of a region: sandboxed; a misspelt field is an error, not a gap."""
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {"twips": _twips, "zip": zip}
    return environment


def _folder() -> Path:
    return templates() / "word"


def _twips(points: float) -> int:
    return round(points * _TWIPS)
