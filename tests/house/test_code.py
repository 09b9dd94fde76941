"""What the code of this house looks like; each rule says in docs or style why it is there."""

import ast
import re
from pathlib import Path

from tests.house.tree import ROOMS, ROOT, functions, literals, sources, tree

LINES = 250
GLOSSARY = "bot/iom/__init__.py"  # as long as the language is
FUNCTION = 40
EVERY = sources(*ROOMS)

# Cyrillic in code that is no speech: what people may type, what a printer looks for, codes and their letters.
VOCABULARY = {
    "handlers/consent.py": {"да", "согласен", "согласна", "ок", "нет", "не согласен", "не согласна"},
    "bot/documents/pdf.py": {r"[А-Яа-яЁё\-–—.,:;!?()«»]+"},
    "bot/speech/words.py": {r"(\b(?:г|ч|мес|дн|[А-ЯЁ])\.)\.(?!\.)"},
    "storage/people.py": {"П-"},
    "storage/codes.py": {"АСЕНКМРТХ"},
}
SPOKEN = sources("handlers", "storage", "bot/speech", "bot/documents")
CLOCKS = {"now", "utcnow", "today", "time", "fromtimestamp"}


def test_there_is_a_house() -> None:
    assert len(EVERY) > 100
    assert {"handlers", "storage", "bot"} == {path.parts[0] for path in EVERY}


def test_no_file_is_a_giant() -> None:
    counted = {path.as_posix(): len((ROOT / path).read_text("utf-8").splitlines()) for path in EVERY}
    assert {name: lines for name, lines in counted.items() if lines > LINES and name != GLOSSARY} == {}


def test_no_function_is_a_giant() -> None:
    assert [(path.as_posix(), *one) for path in EVERY for one in functions(path) if one[1] > FUNCTION] == []


def test_every_module_says_what_it_is() -> None:
    """A sentence, and a sentence has an end."""
    said = {path.as_posix(): ast.get_docstring(tree(path)) or "" for path in EVERY if not empty(path)}
    assert [name for name, words in said.items() if not re.search(r"[.:!?)»`]\s*$", words)] == []


def empty(path: Path) -> bool:
    return not (ROOT / path).read_text("utf-8").strip()


def test_no_package_has_code_of_its_own() -> None:
    """Lower floors live beneath: code here would run for every import of them."""
    packages = [path for path in EVERY if path.name == "__init__.py"]
    assert len(packages) > 5
    for path in packages:
        assert len(tree(path).body) == bool(ast.get_docstring(tree(path))), path


def test_every_word_a_teacher_reads_is_in_the_templates() -> None:
    """The command line, settings and checks speak to operators and are not looked at here."""
    found = {
        path.as_posix(): {text for _, text in literals(path) if re.search("[а-яё]", text, re.IGNORECASE)}
        for path in SPOKEN
    }
    assert {name: words for name, words in found.items() if words} == VOCABULARY


def test_the_code_knows_no_region_by_name() -> None:
    slugs = {folder.name for folder in (ROOT / "templates" / "regulations").iterdir()}
    assert len(slugs) >= 2
    assert [
        (path.as_posix(), line)
        for path in EVERY
        if path.parts[:2] != ("bot", "demo")
        for line, text in literals(path)
        if any(slug in text for slug in slugs)
    ] == []


def test_time_is_a_value_below_the_composition_root() -> None:
    """Rules take `now`: a test moves the clock instead of patching it."""
    found = [
        (path.as_posix(), node.lineno)
        for path in sources("bot/iom", "bot/speech", "handlers", "storage")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr in CLOCKS
        and isinstance(node.value, ast.Name)
        and node.value.id in {"datetime", "date", "time"}
    ]
    assert found == []


def test_no_test_patches_what_it_tests() -> None:
    """One fake at one seam, never a list of canned replies (style.md)."""
    for path in sources("tests"):
        for node in ast.walk(tree(path)):
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                names = [alias.name for alias in node.names]
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                assert not {"mock", "patch", "MagicMock"} & {n.rpartition(".")[2] for n in names}, path
