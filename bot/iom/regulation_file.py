"""Reading a `regulation.toml`: types, then cross checks; a mistake has its line and a reason."""

import tomllib

from pydantic import ValidationError

from bot.iom.regulation import Regulation
from bot.iom.regulation_check import problems
from bot.iom.toml_lines import line_of, line_of_syntax_error, syntax_reason, type_reason


class RegulationError(ValueError):
    """A regulation that can't be used: `line` (1-based, 0 if unknown) and a `reason` for a methodist."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"строка {line}: {reason}" if line else reason)
        self.line = line
        self.reason = reason


def parse(source: str, slug: str = "") -> Regulation:
    """Read one `regulation.toml`.

    Raises `RegulationError` with the line and a reason a methodist can act on.
    """
    try:
        raw = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        reason = f"файл не разобрать: {syntax_reason(str(error))}"
        raise RegulationError(line_of_syntax_error(str(error)), reason) from None
    try:
        regulation = Regulation.model_validate({**raw, "slug": slug})
    except ValidationError as error:
        first = error.errors()[0]
        where = first["loc"]
        reason = type_reason(first["type"], first["msg"], where, first.get("ctx", {}))
        raise RegulationError(line_of(source, where), reason) from None
    for path, reason in problems(regulation):
        raise RegulationError(line_of(source, path), reason)
    return regulation
