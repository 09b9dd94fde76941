"""What a button carries, there and back; whatever is forged is a press of no revision and never an error."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.speech.presses import LIMIT, Press, base36, pack, unpack
from tests.regulations.given import ALL
from tests.regulations.given import given as regulation

revisions = st.integers(0, 36**12 - 1)
verbs = st.from_regex(r"[a-z_]{1,16}", fullmatch=True)
args = st.from_regex(r"[a-z0-9_.:а-я-]{0,24}", fullmatch=True)


@given(rev=revisions, verb=verbs, arg=args)
def test_a_press_says_what_the_button_meant(rev: int, verb: str, arg: str) -> None:
    try:
        data = pack(rev, verb, arg)
    except ValueError:
        assert len(f"c:{base36(rev)}:{verb}:{arg}".encode()) > LIMIT
        return
    assert len(data.encode()) <= LIMIT
    assert unpack(data) == Press(rev, verb, arg)


@given(data=st.none() | st.text(max_size=80))
@example("c:-1:pick:x")
@example("c:+1:pick:x")
@example("c:1_0:pick:x")
@example("c: 1:pick:x")
@example("c:٣:pick:x")
@example("c:²:pick:x")
@example("c:" + "z" * 13 + ":pick:x")
@example("c::pick:x")
@example("c:1:pick")
@example("r:1:pick:x")
@example("C:1:pick:x")
@example(":::")
@example("")
@example("c:1:\x00:\ud800")
def test_a_forged_press_never_raises(data: str | None) -> None:
    press = unpack(data)
    assert -1 <= press.rev < 2**63, "an id over 63 bits would overflow SQLite"
    if press.rev >= 0:
        assert data is not None
        assert data.startswith("c:")
    else:
        assert press == Press()


@pytest.mark.parametrize(
    "data", ["c:1:pick", "c:-1:pick:x", "d:1:pick:x", "c::pick:x", "c:Z:pick:x", "c:1_0:p:x", None, ""]
)
def test_foreign_data_are_a_press_of_no_revision(data: str | None) -> None:
    assert unpack(data).rev == -1


def test_an_argument_may_hold_colons() -> None:
    assert unpack(pack(7, "fix", "a:b:c")) == Press(7, "fix", "a:b:c")


@pytest.mark.parametrize(
    ("number", "written"), [(0, "0"), (35, "z"), (36, "10"), (1295, "zz"), (46655, "zzz")]
)
def test_base_36(number: int, written: str) -> None:
    assert base36(number) == written
    assert int(written, 36) == number


@pytest.mark.parametrize("arg", ["x" * 60, "я" * 30])
def test_a_button_that_is_too_long_is_a_defect(arg: str) -> None:
    """Bytes, not characters."""
    with pytest.raises(ValueError, match="over 64 bytes"):
        pack(1, "pick", arg)


LATE = 36**5  # sixty million turns of one person


@pytest.mark.parametrize("slug", ALL)
def test_the_longest_buttons_of_every_regulation_fit(slug: str) -> None:
    """Keys ≤ 32, ids of nine digits, a late revision."""
    given_here = regulation(slug)
    row = 10**9
    for question in given_here.question:
        pack(LATE, "fix", f"{question.key}.{row}.{row}")
        for option in question.options:
            pack(LATE, "pick", option.key)
    for block in given_here.block:
        pack(LATE, "part", block.key)
        for level in (*given_here.scale.levels, *given_here.scale.self_levels):
            pack(LATE, "pick", f"{block.key}.{level.key}")
    for table in given_here.table:
        pack(LATE, "add", f"{table.key}.{row}")
    pack(LATE, "choose", slug)


def test_a_key_of_the_longest_kind_fits_with_its_rows() -> None:
    """The contract allows keys of 32 characters: they must fit with row and parent too."""
    assert len(pack(36**4, "fix", f"{'k' * 32}.{10**6}.{10**6}").encode()) <= LIMIT
