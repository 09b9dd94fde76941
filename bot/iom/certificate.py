"""Who may have a certificate, and what it says (004 п. 4.2: only in the model of the regional system)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.iom import period
from bot.iom.accept_goals import route_term
from bot.iom.account import Totals
from bot.iom.card_people import CODE, signed
from bot.iom.card_sources import Sources
from bot.iom.facts import Facts, State
from bot.iom.journey import Journey
from bot.iom.period import Period
from bot.iom.regulation import Regulation

_OVER = frozenset({State.COMPLETED, State.ARCHIVED})
_REACHED = frozenset({"achieved", "partly"})

Lack = Literal["", "none", "unfinished", "outcome", "alone", "model", "other_model"]


@dataclass(frozen=True, slots=True)
class Certified:
    """A certificate to print. `code` («XXXXX-XXXXX») is checked by anyone; `payload` is that of its link."""

    title: str
    given: str
    name: str
    text: str
    organisation: str
    term: Period | None
    hours: float
    post: str
    signed_by: str
    issued_on: date
    code: str
    payload: str


def lack(regulation: Regulation, facts: Facts, journey: Journey) -> Lack:
    """Why there is no certificate (yet): the regulation gives none, the route is not over, its goals were
    not reached, it belongs to nobody who could vouch, its model is not told or gives none; "" for none."""
    rule = regulation.certificate
    if rule is None:
        return "none"
    if facts.state not in _OVER:
        return "unfinished"
    concluded = journey.decided("concluded")
    if concluded is None or concluded.remark not in _REACHED:
        return "outcome"
    if facts.organisation_id is None or facts.trial:
        return "alone"
    if not rule.models or facts.model in rule.models:
        return ""
    return "other_model" if facts.model else "model"


def certified(
    sources: Sources, name: str, organisation: str, hours: Totals, issued_on: date, code: str, payload: str
) -> Certified:
    """The certificate of a route that lacks nothing; ValueError where the regulation gives none.

    `name` is what the teacher is called: her code where no names are kept.
    """
    rule = sources.regulation.certificate
    if rule is None:
        raise ValueError("no certificate in this regulation")
    heads = [one.head for one in sources.regulation.life.approval if one.key == rule.step]
    holder = signed(sources, heads[0]) if heads else None
    return Certified(
        title=rule.title,
        given=rule.given,
        name=name,
        text=rule.text,
        organisation=organisation,
        term=route_term(sources.facts),
        hours=hours.total,
        post=holder.post if holder else "",
        signed_by=holder.name if holder else "",
        issued_on=issued_on,
        code=code,
        payload=payload,
    )


def initials(name: str) -> str:
    """As little of a person as tells two apart: «С. А. И.»; a code stays a code."""
    if CODE.fullmatch(name.strip()):
        return name.strip()
    return " ".join(f"{word[0].upper()}." for word in name.split() if word[0].isalpha())


def term_words(term: Period | None) -> str:
    """«1 октября 2026 г. – 31 мая 2027 г.»."""
    return f"{period.day_words(term.starts)} – {period.day_words(term.ends)}" if term else ""
