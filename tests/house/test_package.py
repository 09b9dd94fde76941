"""What is around the code: lock files, make targets, what the README promises, nothing of one machine."""

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

from tests.house.tree import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")
README = (ROOT / "README.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[a-z,]+\])?==([^\s;]+)", re.MULTILINE)
# Written in two parts, so that this file does not find itself.
MACHINE = re.compile(
    "/(?:" + "|".join(("work", "root", "home/[a-z]+", "Users/[A-Za-z]+")) + ")/|[A-Z]:" + r"\\\\"
)


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def requirements(lock: str) -> dict[str, str]:
    """Version by name; two versions of one name (by Python or platform) are joined."""
    found: dict[str, str] = {}
    for name, version in PINNED.findall(text(lock)):
        found[name] = " ".join(filter(None, (found.get(name), version)))
    return found


@cache
def tracked() -> tuple[Path, ...]:
    """Files under version control; every file of ours where there is no git."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        made = {"__pycache__", "data", "out", "dist"}
        return tuple(p for p in ROOT.glob("[a-z]*/**/*") if p.is_file() and not made & set(p.parts))
    names = done.stdout.decode().split("\0")
    return tuple(ROOT / name for name in names if name and (ROOT / name).is_file())


# --- Lock files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_names_no_host(lock: str) -> None:
    """The packages come from wherever the machine takes them."""
    assert not re.search(r"://|index-url|find-links|trusted-host|@ ", text(lock))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_with_its_hashes(lock: str) -> None:
    parts = re.split(r"^(?=[a-zA-Z0-9])", text(lock), flags=re.MULTILINE)
    blocks = [part for part in parts if part.strip() and not part.startswith("#")]
    assert len(blocks) > 30
    for block in blocks:
        assert PINNED.match(block), block.splitlines()[0]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", block), block.splitlines()[0]
    assert not re.search(r"--hash=(?!sha256:[0-9a-f]{64}\b)", text(lock))


def test_both_lock_files_agree_on_what_they_share() -> None:
    runtime, dev = map(requirements, LOCKS)
    assert {name: dev.get(name) for name in runtime} == runtime


def plain(requirement: str) -> str:
    """The name of a requirement as lock files spell it."""
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name
    return re.sub(r"[._-]+", "-", name.group()).lower()


def test_what_the_project_needs_is_locked() -> None:
    runtime, dev = map(requirements, LOCKS)
    assert {plain(one) for one in PROJECT["project"]["dependencies"]} <= set(runtime)
    assert {plain(one) for one in PROJECT["dependency-groups"]["dev"]} <= set(dev)
    assert {plain(one) for one in PROJECT["dependency-groups"]["build"]} <= set(runtime)


def test_tools_of_developers_are_not_installed_to_run() -> None:
    assert not {"pytest", "mypy", "ruff", "hypothesis", "coverage"} & set(requirements("requirements.lock"))


# --- The package ----------------------------------------------------------------------------------------


def test_the_package_is_ours_alone() -> None:
    """Generic top-level names must not reach an index by mistake."""
    assert "Private :: Do Not Upload" in PROJECT["project"]["classifiers"]
    assert PROJECT["project"]["scripts"] == {"iom-bot": "bot.__main__:main"}
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["packages"] == ["bot", "handlers", "storage"]
    assert wheel["force-include"] == {"templates": "bot/templates"}


def test_warnings_are_errors_and_types_are_strict() -> None:
    assert PROJECT["tool"]["pytest"]["ini_options"]["filterwarnings"][0] == "error"
    assert PROJECT["tool"]["mypy"]["strict"] is True


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    found = []
    for path in tracked():
        try:
            content = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        if MACHINE.search(content) and path.name != Path(__file__).name:
            found.append(path.relative_to(ROOT).as_posix())
    assert found == []


def test_no_secret_lies_about() -> None:
    token = re.compile(r"\b\d{8,10}:[A-Za-z0-9_-]{35}\b")
    for path in tracked():
        if path.suffix in {".py", ".toml", ".md", ".yml", ".example", ".html"}:
            assert not token.search(path.read_text("utf-8")), path


# --- make and README ------------------------------------------------------------------------------------


def targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE))


def test_every_target_is_phony_and_every_phony_is_a_target() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    assert phony
    assert set(phony.group(1).split()) == targets()


def test_there_are_the_targets_everybody_looks_for() -> None:
    assert {"demo", "test", "run", "lint"} <= targets()


def test_every_target_makes_its_own_environment() -> None:
    for target in sorted(targets() - {"lock", "clean"}):
        needs = re.search(rf"^{target}: (.+)$", MAKEFILE, re.MULTILINE)
        assert needs, target
        assert re.search(r"\$\(VENV\)/|lint", needs.group(1)), target


def test_what_the_readme_tells_to_make_can_be_made() -> None:
    told = set(re.findall(r"(?:^|`| )make ([a-z][a-z-]*)", README, re.MULTILINE))
    assert {"demo", "test", "run"} <= told
    assert told <= targets()


def test_what_the_readme_points_at_is_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    table = re.findall(r"^\| (`[^|]+) \|", README, re.MULTILINE)
    named = [name for cell in table for name in re.findall(r"`([a-z_./]+)`", cell)]
    assert len(named) > 5
    assert [name for name in (*links, *named) if not (ROOT / name).exists()] == []


def test_the_commands_of_the_readme_are_there() -> None:
    source = text("bot/__main__.py")
    for command in re.findall(r"iom-bot ([a-z]+)", README):
        # `import` is a word of the language: its function has another name.
        assert f"\ndef {command}(" in source or f'command(name="{command}")' in source


def test_what_is_secret_or_made_is_not_tracked() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in tracked()}
    assert not [n for n in names if re.match(r"(\.env$|data/|out/|.*\.db$|.*__pycache__)", n)]
    for line in (".env", "data/", "out/", ".venv/"):
        assert line in text(".gitignore").splitlines()
