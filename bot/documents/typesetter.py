"""A typst compiler that sees our templates and our fonts, and nothing else of the machine."""

import typst

from bot.documents.face import font_folder
from bot.documents.places import templates


def compiler(template: str) -> typst.Compiler:
    """A new compiler of `templates/typst/<template>`; for one thread («Already borrowed»)."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())]
    )
    source = templates() / "typst" / template
    return typst.Compiler(input=str(source), root=str(templates()), font_paths=fonts)
