"""Judging words, numbers, dates and choices: the kinds of questions any form has."""

import re
from collections.abc import Mapping

from bot.iom import contacts, numbers, period
from bot.iom.asked import Accepted, Asked, Outcome, Refused, Said, suggested
from bot.iom.facts import ForgetAnswer
from bot.iom.regulation import Key, Kind, Question

LINE_LIMIT = 255
TEXT_LIMIT = 2000


def plain(asked: Asked, said: Said) -> Outcome:
    """Line and text: own words or one of the suggestions."""
    question = asked.question
    text = suggested(question.suggestions, said)
    if question.kind is Kind.LINE:
        text = " ".join(text.split())
    limit = int(question.max or (LINE_LIMIT if question.kind is Kind.LINE else TEXT_LIMIT))
    if len(text) > limit:
        return Refused("too_long", {"limit": limit, "length": len(text)})
    if len(text) < int(question.min or 1):
        return Refused("too_short", {"limit": int(question.min or 1)})
    if not any(character.isalnum() for character in text):
        return Refused("no_words")
    return asked.store(text)


def integer(asked: Asked, said: Said) -> Outcome:
    low, high = int(asked.question.min or 0), int(asked.question.max or 10**6)
    if asked.question.within_years:
        low, high = asked.today.year - asked.question.within_years, asked.today.year
    known = asked.facts.value(asked.question.not_above) if asked.question.not_above else None
    high = min(high, known) if isinstance(known, int) else high
    try:
        return asked.store(numbers.parse_integer(said.text, low, high))
    except numbers.NumberError:
        return Refused("not_integer", {"low": low, "high": high})


def day(asked: Asked, said: Said) -> Outcome:
    """A day: `max` 0 means not after today (a diagnosis), otherwise past or future."""
    past = asked.question.max == 0
    try:
        found = period.parse_day(said.text, asked.today, prefer="past" if past else "future")
    except period.PeriodError:
        return Refused("not_date")
    if past and found > asked.today:
        return Refused("future_date")
    return asked.store(found.isoformat())


def email(asked: Asked, said: Said) -> Outcome:
    try:
        return asked.store(contacts.parse_email(said.text))
    except contacts.ContactError:
        return Refused("not_email")


def phone(asked: Asked, said: Said) -> Outcome:
    try:
        return asked.store(contacts.parse_phone(said.text))
    except contacts.ContactError:
        return Refused("not_phone")


def choice(asked: Asked, said: Said) -> Outcome:
    key = _option_key(asked.question, said)
    if key:
        return asked.store(key)
    if said.choice or not asked.question.own:
        return Refused("not_option", {"options": [option.title for option in asked.question.options]})
    return plain(asked, said)


def _option_key(question: Question, said: Said) -> Key:
    """The option that was pressed, typed whole, or meant by words only it has («да» for «Да, есть»)."""
    if said.choice:
        return said.choice if question.option(said.choice) else ""
    wanted = said.text.strip().casefold()
    for option in question.options:
        if wanted and wanted in {option.title.casefold(), option.official.casefold()}:
            return option.key
    typed = _words_of(wanted)
    fits = [
        option.key for option in question.options if typed and typed <= _words_of(option.title.casefold())
    ]
    return fits[0] if len(fits) == 1 and not question.own else ""


def _words_of(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def chip_options(asked: Asked) -> Mapping[Key, str]:
    """What can be tapped: the question's options, or the competence blocks when it has none."""
    if asked.question.options:
        return {option.key: option.title for option in asked.question.options}
    if asked.question.key == "competences":
        return {block.key: block.title for block in asked.blocks.values()}
    return {}


def chips(asked: Asked, said: Said) -> Outcome:
    """Taps toggle and stay; typed words are one's own and finish."""
    options = chip_options(asked)
    had = asked.facts.value(asked.question.key, asked.step.row)
    chosen = [str(item) for item in had] if isinstance(had, list) else []
    if said.choice:
        if said.choice not in options:
            return Refused("not_option", {"options": list(options.values())})
        toggled = [key for key in chosen if key != said.choice]
        if said.choice not in chosen:
            toggled.append(said.choice)
        return asked.store(toggled, stay=True) if toggled else _untouched(asked)
    judged = plain(asked, said)
    if isinstance(judged, Refused):
        return judged
    words = " ".join(said.text.split())
    key = next((key for key, title in options.items() if title.casefold() == words.casefold()), words)
    return asked.store([*(item for item in chosen if item != key), key])


def _untouched(asked: Asked) -> Accepted:
    """The last chip was taken back: as if the question had not been answered."""
    return Accepted((ForgetAnswer(asked.question.key, asked.step.row),), stay=True)


def mark(asked: Asked, said: Said) -> Outcome:
    """Rows and events are stored as rows; the answer itself only says that one is through with it."""
    return asked.store("done") if said.choice == "done" else Refused("use_buttons")
