"""How the Bot API refuses: a code, a sentence with a prefix, sometimes parameters."""

from typing import Any

PREFIXES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


class ApiError(Exception):
    """A refusal as the bot sees it: HTTP status = `code`, `description` in full, optional `parameters`."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class ParseError(Exception):
    """The text of an entity or keyboard error before the prefix is put on."""


def bad(text: str) -> ApiError:
    """400 with the server's habit: the first letter is lowered unless the second is `_` or A–Z."""
    if len(text) > 1 and not (text[1] == "_" or "A" <= text[1] <= "Z"):
        text = text[0].lower() + text[1:]
    return ApiError(400, f"Bad Request: {text}")


def forbidden(text: str) -> ApiError:
    """403: the chat exists and does not want the bot."""
    return ApiError(403, f"Forbidden: {text}")


def conflict(text: str) -> ApiError:
    """409: two ways of getting updates at once."""
    return ApiError(409, f"Conflict: {text}")


def too_many(seconds: int) -> ApiError:
    """429 with `parameters.retry_after` in whole seconds."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
