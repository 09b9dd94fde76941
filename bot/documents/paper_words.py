"""The words of papers that no regulation words: from `templates/papers.toml`, one table for each paper."""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Literal

from bot.documents.places import templates

Paper = Literal["evidence", "registry", "application"]


@cache
def words(paper: Paper) -> Mapping[str, str]:
    """The words of one paper by their keys."""
    raw = tomllib.loads((templates() / "papers.toml").read_text(encoding="utf-8"))
    return {str(key): str(value) for key, value in raw[paper].items()}
