"""The files of the house and their syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "storage")


@cache
def sources(*rooms: str) -> tuple[Path, ...]:
    """Python files of these rooms, relative to the root, without migrations and without what is not there."""
    found = sorted(path.relative_to(ROOT) for room in rooms for path in (ROOT / room).rglob("*.py"))
    return tuple(path for path in found if "versions" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text("utf-8"), str(path))


def module(path: Path) -> str:
    """The dotted name of a file."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def docstrings(root: ast.Module) -> set[ast.expr]:
    """The nodes that are docstrings: words for us, not for people."""
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = [node.body for node in ast.walk(root) if isinstance(node, holders)]
    return {
        body[0].value
        for body in bodies
        if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
    }


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """String literals that are no docstrings: line and text; parts of f-strings too."""
    skipped = docstrings(tree(path))
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in skipped:
            yield node.lineno, node.value


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Every function and how many lines it has."""
    for node in ast.walk(tree(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1
