"""The profile of deficits by block (I05): at which level how many people are; never about fewer than five."""

from collections.abc import Mapping

from bot.documents import chart
from bot.documents.chart import Bar
from bot.iom.profile import Block, Diagnosed, profile
from bot.iom.regulation import Regulation
from bot.iom.regulation_file import RegulationError, parse
from bot.speech.screen import Button, MadeFile, Remark, Screen
from handlers import overseeing
from handlers.desk import Desk
from handlers.overseeing import Sight
from handlers.place import Place
from handlers.rooms import Room
from storage import diagnosed, regulations


def regulations_of(desk: Desk, found: tuple[Diagnosed, ...]) -> Mapping[str, Regulation]:
    """The versions the routes were begun with, by digest; one that can't be read any more is left out."""
    known = {volume.digest: volume.regulation for volume in desk.world.shelf.volumes.values()}
    slugs = {digest: slug for digest, slug, _ in regulations.every(desk.conn)}
    wanted = {one.digest for one in found}
    every = {digest: known[digest] for digest in wanted if digest in known}
    for digest in wanted - set(known):
        try:
            every[digest] = parse(regulations.source(desk.conn, digest) or "", slugs.get(digest, ""))
        except RegulationError:
            continue
    return every


def profiles(sight: Sight) -> list[tuple[str, tuple[Block, ...]]]:
    """(title of a regulation, its blocks); with one regulation its title is not needed and is ""."""
    found = diagnosed.of_scope(sight.desk.conn, sight.terms)
    known = regulations_of(sight.desk, found)
    titles = {one.slug: one.title for one in known.values()}
    by_slug = profile(known, found)
    return [(titles[slug] if len(by_slug) > 1 else "", blocks) for slug, blocks in by_slug.items()]


def show(desk: Desk) -> Screen:
    """Block by block, the picture on a tap."""
    sight = overseeing.here(desk)
    found = profiles(sight)
    shown = [(title, [_values(one) for one in blocks]) for title, blocks in found]
    known = any(one.known for _, blocks in found for one in blocks)
    file = picture(sight, found) if known and desk.place.view.get("file") else None
    first = ((Button("picture"),),) if known else ()
    values = {"title": sight.organisation.title, "profiles": shown}
    return Screen("deficits", values, (*first, (Button("back"),)), file)


def _values(one: Block) -> dict[str, object]:
    levels = [(level.chat, number) for level, number in one.levels]
    return {"title": one.title, "people": one.people, "known": one.known, "levels": levels, "mean": one.mean}


def picture(sight: Sight, found: list[tuple[str, tuple[Block, ...]]]) -> MadeFile:
    """Bars of the share of people at the worst level of each block."""
    caption = sight.desk.world.caption
    bars = tuple(
        Bar(one.title, one.weak / one.people, f"{one.weak} {caption('of')} {one.people}")
        for _, blocks in found
        for one in blocks
        if one.known
    )
    title = f"{caption('chart_deficits')} – {sight.organisation.title}"
    return MadeFile(lambda _: chart.bars(title, bars), "deficits.png", photo=True)


def send_picture(sight: Sight, _: str) -> Remark | None:
    """The picture."""
    times = str(int(sight.desk.place.view.get("file", "0")) + 1)
    sight.desk.go(sight.desk.place.seen(file=times))
    return None


def back(desk: Desk, _: str) -> Remark | None:
    """To the digest."""
    desk.go(desk.place.back or Place("digest", row=desk.place.row))
    return None


def exists(desk: Desk) -> bool:
    """Whether she may be here now."""
    sight = overseeing.sight(desk)
    return sight is not None and not sight.few


ROOMS = {
    "deficits": Room(
        show,
        None,
        {"picture": overseeing.for_overseers(send_picture), "back": back},
        exists=exists,
    ),
}
