"""Where the templates and fonts lie: inside the wheel, or beside `bot/` in a checkout."""

from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


@cache
def templates() -> Path:
    """The folder of templates; raises `FileNotFoundError` naming both places looked at."""
    return found((PACKAGE / "templates", PACKAGE.parent / "templates"))


def found(places: tuple[Path, ...]) -> Path:
    """The first of `places` that really holds our templates and not somebody else's folder."""
    for place in places:
        if (place / "fonts").is_dir() and (place / "words.toml").is_file():
            return place
    raise FileNotFoundError(f"no templates of iom-bot in any of: {', '.join(map(str, places))}")
