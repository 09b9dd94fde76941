"""The certificate of one's own completed route: why there is none yet, else the paper."""

from bot.documents.certificate import certificate
from bot.iom.card_sources import Sources
from bot.iom.certificate import Certified, certified, lack
from bot.speech.screen import Button, MadeFile, Remark, Screen
from handlers import cases, hours, papers
from handlers.cases import Case
from handlers.desk import Desk
from handlers.rooms import Room
from storage import certificates, organisations
from storage.certificates import Issued


def show(desk: Desk) -> Screen:
    """What it depends on; once given, its code and the paper that was asked for."""
    case = cases.own(desk)
    why = lack(case.regulation, case.facts, case.journey)
    issued = certificates.of_route(desk.conn, case.facts.route_id) if not why else None
    values = {
        "why": why,
        "code": certificates.code_of(desk.world.secret, issued) if issued else "",
        "sent": bool(desk.place.view.get("file")),
    }
    file = _file(case, issued) if issued and desk.place.view.get("file") else None
    ready = () if why else ((Button("get", word="get_certificate"),),)
    return Screen("certificate", values, (*ready, (Button("back"),)), file)


def _file(case: Case, issued: Issued) -> MadeFile:
    made = _certified(case, issued)
    key = f"certificate.{issued.id}.{case.facts.version}"
    return MadeFile(lambda link: certificate(made, link(made.payload)), "IOM-certificate.pdf", key)


def _certified(case: Case, issued: Issued) -> Certified:
    desk = case.desk
    organisation = organisations.by_id(desk.conn, case.facts.organisation_id or 0)
    return certified(
        Sources(case.regulation, case.facts, case.journey),
        case.name,
        organisation.title if organisation else "",
        hours.totals_of(case),
        issued.issued_at.astimezone(desk.zone).date(),
        certificates.code_of(desk.world.secret, issued),
        certificates.payload_of(desk.world.secret, issued),
    )


def get(desk: Desk, _: str) -> Remark | None:
    """Give it, or print again the one that was given."""
    case = cases.own(desk)
    if not lack(case.regulation, case.facts, case.journey):
        certificates.issue(desk.conn, desk.world.secret, case.facts.route_id, desk.now, desk.person.id)
        desk.go(desk.place.asks("file", "pdf"))
    return None


ROOMS = {
    "certificate": Room(
        show,
        None,
        {"get": get, "back": papers.back},
        needs_route=True,
    )
}
