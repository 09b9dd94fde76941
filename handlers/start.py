"""Choosing the regulation when no organisation has decided it, and beginning a route."""

from bot.iom.card import card_of
from bot.iom.facts import Facts, SetAnswer, State
from bot.iom.interview import next_of_draft, progress
from bot.iom.people import Organisation
from bot.speech.screen import Button, CardFile, Remark, Screen
from handlers.desk import Desk
from handlers.place import Place, ask
from handlers.rooms import Room, number
from storage import organisations, regulations, routes

PAGE = 5


def show(desk: Desk) -> Screen:
    """Human titles, a sample of each; the file of a sample goes with the screen that was asked for it."""
    titles = list(desk.world.shelf.titles().items())
    start = number(desk.place.view.get("page", "0"))
    shown = titles[start : start + PAGE]
    rows = [(Button("choose", slug, label=reg.title), Button("sample", slug)) for slug, reg in shown]
    following = start + PAGE if start + PAGE < len(titles) else 0
    pages = [(Button("more", str(following)),)] if len(titles) > PAGE else []
    abouts = [(regulation.title, regulation.about) for _, regulation in shown]
    return Screen("regulation", {"abouts": abouts}, (*rows, *pages), sample_file(desk))


def more(desk: Desk, page: str) -> Remark | None:
    """Another page of regulations."""
    desk.go(desk.place.seen(page=page, sample=""))
    return None


def sample_file(desk: Desk) -> CardFile | None:
    """The empty form that was asked for here, None when none was."""
    volume = desk.world.shelf.volumes.get(desk.place.view.get("sample", ""))
    if volume is None:
        return None
    blank = Facts(0, 0, None, volume.regulation.slug, volume.digest, State.DRAFT, 0, desk.now)
    document = card_of(volume.regulation, blank, mark=desk.world.caption("sample_mark"))
    return CardFile(document, "pdf", f"IOM-{volume.regulation.slug}-sample.pdf")


def sample(desk: Desk, slug: str) -> Remark | None:
    """Send an empty form of this regulation."""
    again = str(int(desk.place.view.get("times", "0")) + 1)
    desk.go(desk.place.seen(sample=slug, times=again))
    return None


def choose(desk: Desk, slug: str) -> Remark | None:
    """Begin a route under this regulation."""
    if slug not in desk.world.shelf.volumes:
        return None
    begin(desk, slug)
    total = progress(desk.regulation, desk.facts, desk.place.step).total
    return Remark("begun", {"title": desk.regulation.title, "total": total})


def typed(desk: Desk, text: str) -> Remark | None:
    """A typed title, or a word of it, chooses when it fits only one."""
    words = text.strip().casefold()
    titles = desk.world.shelf.titles()
    fits = [slug for slug, regulation in titles.items() if words and words in regulation.title.casefold()]
    return choose(desk, fits[0]) if len(fits) == 1 else Remark("please_choose")


def begin(desk: Desk, slug: str, *, trial_in: Organisation | None = None) -> None:
    """Pin the version, carry what is known from earlier routes, ask the first question.

    `trial_in` makes it a sandbox of that organisation (`handlers.trial`)."""
    volume = desk.world.shelf.volumes[slug]
    regulations.remember(desk.conn, volume.digest, slug, volume.source, desk.now)
    bound = trial_in or desk.organisation
    organisation, trial = bound.id if bound else None, trial_in is not None
    routes.start(desk.conn, desk.person.id, slug, volume.digest, organisation, desk.now, trial=trial)
    desk.forget()
    carry(desk)
    step = next_of_draft(volume.regulation, desk.facts)
    desk.go(ask(step, "draft") if step else Place("draft_ready"))


def carry(desk: Desk) -> None:
    """What is known is never asked again."""
    questions = {q.key: q for q in desk.regulation.question if q.carry and not q.each}
    if not desk.facts.keeps_names:
        questions = {key: q for key, q in questions.items() if not q.personal}
    known = routes.known(desk.conn, desk.person.id, tuple(questions))
    if desk.organisation is not None:
        known |= {k: v for k, v in _of_organisation(desk).items() if k in questions and v}
    if known:
        desk.keep([SetAnswer(key, value) for key, value in known.items()])


def _of_organisation(desk: Desk) -> dict[str, str]:
    """What the coordinator's list said already: the school, and the teacher's name and post."""
    assert desk.organisation is not None
    here = [
        one
        for one in desk.memberships
        if one.role == "teacher" and one.organisation_id == desk.organisation.id
    ]
    name, post = (here[0].name, here[0].post) if here else ("", "")
    last, first, patronymic = (*name.split(" ", 2), "", "", "")[:3]
    return {
        "org_name": desk.organisation.title,
        "region": desk.organisation.region,
        "full_name": name,
        "last_name": last,
        "first_name": first,
        "patronymic": patronymic,
        "position": post,
    }


def bound_slug(desk: Desk) -> str:
    """The regulation the person's organisation has decided, "" when none or unknown here."""
    if desk.organisation is None:
        return ""
    slug = organisations.regulation_slug(desk.conn, desk.organisation.id)
    return slug if slug in desk.world.shelf.volumes else ""


ROOMS = {"regulation": Room(show, typed, {"choose": choose, "sample": sample, "more": more})}
