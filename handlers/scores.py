"""Acts on results: the tapped competence alone, naming one's own, taking it out again."""

from bot.iom import accept_scores, own_competences
from bot.iom.asked import Refused, Said
from bot.speech.screen import Remark
from handlers import interview
from handlers.desk import Desk
from handlers.scores_screen import NAMING


def typed(desk: Desk, text: str) -> Remark | None:
    """Words about the competence on screen, the name of a new one, or results of several."""
    part = desk.place.view.get("part", "")
    if part == NAMING:
        return _named(desk, text)
    if desk.regulation.names_own:
        return interview.answer(desk, Said(text=text, about=_about(desk)))
    if part in desk.regulation.blocks:
        return _typed_part(desk, desk.regulation.blocks[part].short, text)
    return interview.answer(desk, Said(text=text))


def picked(desk: Desk, choice: str) -> Remark | None:
    """A level of the competence on screen."""
    return interview.answer(desk, Said(choice=choice, about=_about(desk)))


def _about(desk: Desk) -> str:
    """The block or the name that is on screen alone."""
    part = desk.place.view.get("part", "")
    return part if part in desk.regulation.blocks else desk.place.view.get("name", "")


def _typed_part(desk: Desk, short: str, text: str) -> Remark | None:
    """The result of the tapped block; a refusal quotes what was typed, without the name we put before."""
    remark = interview.answer(desk, Said(text=f"{short} {text}"))
    if remark is None or "piece" not in remark.values:
        return remark
    return Remark(remark.text, {**remark.values, "piece": text[:60]})


def _named(desk: Desk, text: str) -> Remark | None:
    """The name of one's own competence: its level is asked next. A whole statement is taken at once."""
    found = accept_scores.naming(interview.asked(desk), text)
    if not isinstance(found, str):
        return interview.settle(desk, desk.place.step, found)
    if found in desk.regulation.blocks:
        desk.go(desk.place.seen(part=found))
    else:
        desk.go(desk.place.seen(part=own_competences.own_id(found), name=found))
    return None


def name_own(desk: Desk, _: str) -> Remark | None:
    """«Своя компетенция»: what is it called?"""
    if desk.regulation.names_own:
        desk.go(desk.place.seen(part=NAMING, name=""))
    return None


def part(desk: Desk, wanted: str) -> Remark | None:
    """Open one competence of the results."""
    asked = interview.asked(desk)
    name = own_competences.by_id(accept_scores.named_so_far(asked), wanted)
    if name or wanted in desk.regulation.blocks:
        desk.go(desk.place.seen(part=wanted, name=name))
    return None


def remove(desk: Desk, _: str) -> Remark | None:
    """«Убрать»: the competence on screen is no longer among the results."""
    outcome = accept_scores.without(interview.asked(desk), desk.place.view.get("part", ""))
    name = _about(desk)
    if isinstance(outcome, Refused):
        return interview.refusal(desk, outcome)
    interview.settle(desk, desk.place.step, outcome)
    return Remark("deleted", {"title": name})
