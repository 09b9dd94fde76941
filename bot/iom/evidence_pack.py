"""What was done and what shows it, as one paper for attestation: documents, numbers, dates, hours, files."""

from collections.abc import Iterator, Mapping

from bot.iom.accept_goals import route_term
from bot.iom.account import Totals
from bot.iom.blocks import Block, Column, Document, Items, Pairs, Table, Title
from bot.iom.card_lines import digits
from bot.iom.card_sources import Sources
from bot.iom.certificate import term_words
from bot.iom.facts import Entry
from bot.iom.handed import Handed, handed, judged, kind_of
from bot.iom.journey import LineState
from bot.iom.lines import period_of
from bot.iom.period import official

_SHOWN = (LineState.CONFIRMED, LineState.PARTLY)
_WIDTHS = {"number": 0.5, "event": 4.0, "period": 2.0, "document": 2.5, "document_number": 1.5}


def evidence_pack(
    sources: Sources, name: str, organisation: str, totals: Totals, words: Mapping[str, str], footer: str
) -> Document | None:
    """The paper; None while nothing was confirmed. `name` is the teacher's name or code."""
    rows = tuple(_rows(sources, words))
    if not rows:
        return None
    about = (
        (words["name"], name),
        (words["position"], sources.scalar("position")),
        (words["organisation"], organisation),
        (words["form"], sources.regulation.official),
        (words["term"], term_words(route_term(sources.facts))),
    )
    blocks: list[Block] = [Title(words["title"]), Pairs(tuple(pair for pair in about if pair[1]))]
    blocks += [Title(words["done"], 2), Table(_columns(words), rows)]
    blocks += [Title(words["hours_title"], 2), Pairs(tuple(_hours(totals, words)))]
    for title, items in (("products_title", _products(sources)), ("files_title", _files(sources))):
        blocks += [Title(words[title], 2), Items(items)] if items else []
    return Document(words["title"], tuple(blocks), footer=footer)


def _columns(words: Mapping[str, str]) -> tuple[Column, ...]:
    keys = ("number", "event", "period", "document", "document_number", "issued", "hours")
    return tuple(Column((words[key],), _WIDTHS.get(key, 1.2)) for key in keys)


def _rows(sources: Sources, words: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """A row for every document of a confirmed line; of a line without any one row that says so."""
    for number, line in enumerate(_done(sources), start=1):
        term = period_of(sources.regulation, sources.facts, line.id)
        partly = sources.journey.state(line.id) is LineState.PARTLY
        title = sources.answer("title", line.id) + (f" ({words['partly']})" if partly else "")
        about = (str(number), title, official(term) if term else "")
        documents = handed(judged(sources.journey, line.id))
        for place, one in enumerate(documents):
            yield (*(about if not place else ("", "", "")), *_document(sources, one))
        if not documents:
            yield (*about, "", "", "", "")


def _done(sources: Sources) -> Iterator[Entry]:
    return (row for row in sources.facts.rows("plan") if sources.journey.state(row.id) in _SHOWN)


def _document(sources: Sources, one: Handed) -> tuple[str, str, str, str]:
    kind = kind_of(sources.regulation, one.kind)
    title = (kind.official or kind.title) if kind else ""
    return "\n".join(filter(None, (title, *one.words))), one.number, digits(one.issued_on), _number(one.hours)


def _number(hours: float | None) -> str:
    return f"{hours:g}".replace(".", ",") if hours else ""


def _hours(totals: Totals, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key in ("courses", "other", "consultations", "visits"):
        if hours := _number(getattr(totals, key)):
            yield words[key], hours
    yield words["total"], _number(totals.total) or "0"


def _products(sources: Sources) -> tuple[str, ...]:
    return sources.items("products.product") if "products" in sources.regulation.tables else ()


def _files(sources: Sources) -> tuple[str, ...]:
    """Names of the files that were handed in, under the line they belong to; they stay in the chat."""
    found = []
    for line in _done(sources):
        names = [f.name for one in handed(judged(sources.journey, line.id)) for f in one.files if f.name]
        found += [f"{name} – {sources.answer('title', line.id)}" for name in names]
    return tuple(found)
