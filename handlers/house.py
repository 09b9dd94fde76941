"""Every room of the conversation, by name: the whole routing table."""

from collections.abc import Mapping

from handlers import asking, card, consent, menu, plan, rows, settings, start, summary
from handlers.rooms import Room

HOUSE: Mapping[str, Room] = {
    **consent.ROOMS,
    **start.ROOMS,
    **menu.ROOMS,
    **asking.ROOMS,
    **rows.ROOMS,
    **summary.ROOMS,
    **plan.ROOMS,
    **card.ROOMS,
    **settings.ROOMS,
}

# Commands and the rooms they open in any state; /start and /cancel lead home.
COMMANDS: Mapping[str, str] = {
    "start": "home",
    "menu": "menu",
    "card": "card",
    "plan": "plan",
    "help": "help",
    "settings": "settings",
    "privacy": "privacy",
    "cancel": "home",
}
