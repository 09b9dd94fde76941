"""Telegram's HTML, with the exact words of its refusals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.phone.errors import ParseError
from bot.phone.html import parse_html
from bot.phone.links import checked_link
from bot.phone.text import utf16

# The tests of TDLib open with this: four bytes of emoji make byte and UTF-16 offsets differ.
BAD_LINKS = [
    "<a>x</a>",
    '<a href="">x</a>',
    '<a href="javascript:1">x</a>',
    '<a href="http://x">x</a>',
    "<b></b>x",
]
HEAD = "🏟 🏟&lt;"


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("a<br>b", 'Unsupported start tag "br" at byte offset 1'),
        ("<div>", 'Unsupported start tag "div" at byte offset 0'),
        ("ё<b", "Unclosed start tag at byte offset 2"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a =x>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=http://x.ru>x</a>", "Unexpected end of name token at byte offset 8"),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<i>a</i ", "Unclosed end tag at byte offset 4"),
        ("<i>a</b>", 'Unmatched end tag at byte offset 4, expected "</i>", found "</b>"'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-emoji emoji-id="no">x</tg-emoji>', "Invalid custom emoji identifier specified"),
        (
            "&#xd800;",
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units",
        ),
        (HEAD + "<abac>", 'Unsupported start tag "abac" at byte offset 13'),
        (HEAD + "<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 13'),
        (HEAD + "<i    aba>", 'Can\'t find end tag corresponding to start tag "i"'),
        (HEAD + "<i    aba  =  ", 'Unclosed start tag "i" at byte offset 13'),
        (HEAD + "<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
        (HEAD + '<i    aba  =  "&lt;&gt;&quot;>', "Unclosed start tag at byte offset 13"),
        (HEAD + "</", "Unexpected end tag at byte offset 13"),
        (HEAD + "<b></b></", "Unexpected end tag at byte offset 20"),
        (HEAD + "<i>a</i   ", "Unclosed end tag at byte offset 17"),
    ],
)
def test_it_refuses_with_the_words_of_tdlib(markup: str, words: str) -> None:
    with pytest.raises(ParseError) as refusal:
        parse_html(markup)
    assert str(refusal.value) == words


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("a &lt;b&gt; &amp; &quot;c&quot;", 'a <b> & "c"'),
        ("&lt &#1103; &#x44f", "< я я"),
        ("&nbsp; & &laquo; AT&T", "&nbsp; & &laquo; AT&T"),
        ("<b>x</>", "x"),
        ("<B>x</b>", "x"),
        ("1 > 0", "1 > 0"),
    ],
)
def test_it_decodes_four_names_and_numbers_only(markup: str, plain: str) -> None:
    assert parse_html(markup)[0] == plain


@pytest.mark.parametrize(
    ("markup", "entity"),
    [
        ("<b>x</b>", {"type": "bold"}),
        ("<strong>x</strong>", {"type": "bold"}),
        ("<em>x</em>", {"type": "italic"}),
        ("<del>x</del>", {"type": "strikethrough"}),
        ("<ins>x</ins>", {"type": "underline"}),
        ('<span class="tg-spoiler">x</span>', {"type": "spoiler"}),
        ("<code>x</code>", {"type": "code"}),
        ("<blockquote expandable>x</blockquote>", {"type": "expandable_blockquote"}),
        ("<blockquote>x</blockquote>", {"type": "blockquote"}),
        ('<pre><code class="language-py">x</code></pre>', {"type": "pre", "language": "py"}),
        ('<a href="https://x.ru/y" title="q">x</a>', {"type": "text_link", "url": "https://x.ru/y"}),
        (
            '<tg-emoji emoji-id="5368324170671202286">x</tg-emoji>',
            {"type": "custom_emoji", "custom_emoji_id": "5368324170671202286"},
        ),
    ],
)
def test_a_tag_becomes_an_entity(markup: str, entity: dict[str, str]) -> None:
    assert parse_html(markup) == ("x", [{"offset": 0, "length": 1} | entity])


def test_offsets_are_utf16_and_outer_entities_come_first() -> None:
    text, entities = parse_html("🏟<b>я<i>🏟</i></b>")
    assert text == "🏟я🏟"
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == [("bold", 2, 3), ("italic", 3, 2)]


@pytest.mark.parametrize(
    "markup",
    BAD_LINKS,
)
def test_a_bad_link_and_an_empty_tag_are_lost_silently(markup: str) -> None:
    assert parse_html(markup) == ("x", [])


def test_a_link_to_a_user_is_a_mention() -> None:
    [entity] = parse_html('<a href="tg://user?id=42">Анна</a>')[1]
    assert entity["type"] == "text_mention"
    assert entity["user"]["id"] == 42


@given(st.text(alphabet="<>/ab =\"'&;lt#x1яё🏟 \n", max_size=40))
def test_any_text_is_parsed_or_refused_and_entities_stay_inside(markup: str) -> None:
    try:
        text, entities = parse_html(markup)
    except ParseError:
        return
    assert all(0 <= e["offset"] < e["offset"] + e["length"] <= utf16(text) for e in entities)


@pytest.mark.parametrize(
    ("link", "checked"),
    [
        ("iro86.ru", "http://iro86.ru/"),
        ("https://iro86.ru/a?b=c", "https://iro86.ru/a?b=c"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
        ("ftp://iro86.ru", None),
        ("http://localhost", None),
        ("http://[", None),
        ("a b.ru", None),
        ("", None),
    ],
)
def test_a_link_is_checked(link: str, checked: str | None) -> None:
    assert checked_link(link) == checked
