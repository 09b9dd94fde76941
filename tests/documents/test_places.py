"""Templates are found beside the package or inside it, and their absence is said aloud."""

from pathlib import Path

import pytest

from bot.documents.face import font_folder
from bot.documents.places import found, templates


def test_templates_hold_fonts_with_their_licence() -> None:
    assert sorted(path.suffix for path in font_folder().iterdir()) == [".ttf"] * 4 + [".txt"]
    assert "SIL OPEN FONT LICENSE" in (font_folder() / "LICENSE.txt").read_text(encoding="utf-8")


def test_somebody_elses_folder_is_passed_by(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    assert found((tmp_path / "templates", templates())) == templates()


def test_absence_is_said_aloud(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no templates of iom-bot"):
        found((tmp_path,))
