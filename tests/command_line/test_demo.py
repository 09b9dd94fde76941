"""`iom-bot demo`: the real command with the real bot process; what people say there is in test_demo_lives."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.demo.run import FORMS, SLUGS
from bot.documents.places import templates

FILES = {
    f"{kind}-{slug}.{ends}"
    for slug in SLUGS
    for kind, ends in (("card", "docx"), ("card", "pdf"), ("chat", "md"))
}
FILES |= {f"card-{form}.{ends}" for form in FORMS for ends in ("docx", "pdf")}
FILES |= {"calendar-stavropol.ics", "chart-stavropol.png", "coordinator-stavropol-registry.xlsx"}


@pytest.mark.long
def test_it_ends_well_and_may_be_run_again(tmp_path: Path) -> None:
    for _ in range(2):
        command = [sys.executable, "-m", "bot", "demo", "--out", str(tmp_path)]
        done = subprocess.run(command, capture_output=True, check=False, text=True)
        assert (done.returncode, done.stderr) == (0, "")
        assert {path.name for path in tmp_path.iterdir()} == FILES
        assert all(path.stat().st_size > 500 for path in tmp_path.iterdir())


def test_a_script_holds_no_date_of_its_own() -> None:
    """It must not grow old."""
    scripts = {path.name: path.read_text("utf-8") for path in (templates() / "demo").glob("*.toml")}
    assert len(scripts) == 2 * len(SLUGS)
    assert [
        name for name, words in scripts.items() if "202" in words.replace("2024", "").replace("2025", "")
    ] == []
