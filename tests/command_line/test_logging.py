"""What a crash leaves in the log."""

import pytest
import structlog

from bot.__main__ import _logging

ANSWER = "Светлова Анна Ильинична"


def crash(answer: str) -> None:
    """Fail with somebody's answer in a local variable."""
    raise LookupError("no such row" if answer else "")


def test_a_crash_is_logged_without_anybodys_answers(capsys: pytest.CaptureFixture[str]) -> None:
    _logging("INFO")
    try:
        crash(ANSWER)
    except LookupError:
        structlog.get_logger().exception("update failed", update_id=7)
    finally:
        structlog.reset_defaults()
    told = capsys.readouterr().err
    assert "update failed" in told
    assert "LookupError: no such row" in told
    assert "Светлова" not in told
