"""A coordinator's sandbox: a route of the school's regulation, marked on every screen, gone in one tap."""

from bot.speech.screen import Button, Remark
from handlers import coordinating, start
from handlers.desk import Desk
from handlers.place import Place
from storage import audit, own_routes


def begin(desk: Desk, _: str) -> Remark | None:
    """Look at the bot as a teacher does; who has a card of her own needs no sandbox."""
    organisation = coordinating.here(desk)
    slug = coordinating.slug(desk, organisation)
    if not slug:
        return Remark("trial_refused", {"reason": "no_regulation"})
    if desk.route is not None and not desk.route.trial:
        return Remark("trial_refused", {"reason": "own_card"})
    coordinating.wear(desk, "")
    if desk.route is not None:
        desk.go(Place("home"))
        return None
    start.begin(desk, slug, trial_in=organisation)
    audit.record(desk.conn, desk.person.id, "trial.begin", desk.now, str(organisation.id))
    return Remark("trial_begun")


def offered(desk: Desk) -> Button | None:
    """The one tap, for whoever is in a sandbox."""
    return Button("end_trial") if desk.route is not None and desk.route.trial else None


def end(desk: Desk, _: str) -> Remark | None:
    """Delete the sandbox, and be a coordinator again."""
    if desk.route is None or not desk.route.trial:
        return None
    own_routes.discard_trial(desk.conn, desk.person.id, desk.facts.route_id)
    audit.record(desk.conn, desk.person.id, "trial.end", desk.now)
    desk.forget()
    if coordinating.coordinates(desk):
        coordinating.wear(desk, coordinating.COORDINATOR)
        desk.go(coordinating.home(desk))
    else:
        desk.go(Place("home"))
    return Remark("trial_ended")
