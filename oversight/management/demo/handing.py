"""Cases that change hands: offered, answered, refused; those of whoever leaves, and of whoever has left."""

from datetime import date

from cases.management.demo import life
from cases.models import Case
from cases.reference.holding import TransferKind
from cases.services.departures import begin_departure, offer_all
from cases.services.taking_over import take_over_left
from cases.services.transfers import accept_transfer, offer_transfer, refuse_transfer
from oversight.management.demo.acts import senior_of
from staff.permissions import Role

NOTES = {
    "offered": "He works nights, so mornings suit him. The programme starts on the third; his place is booked.",
    "offered_late": "He knows the town and has moved here. The police have answered; the letter from his landlord is still to come.",
    "refused": "He lives nearer to your office. He was promised that the programme stays on Tuesdays.",
    "accepted": "Moved to Oxford in the spring. Two sessions are left to book, and he asks for the same room.",
    "elsewhere": "Moved to his daughter’s in Kent on the first. Nothing is open; the order has seven months to run.",
}
BECAUSE = "I supervise his brother, whom he is to keep away from. Ask somebody of the second team."
THERE, BY_NAME = "Kent, Surrey and Sussex CRC, Maidstone", "Paula Denholm"
LEAVING = "I leave in three weeks. Every reply is read; what is promised stands in the log under today’s date."


def befall(acts):
    officer, colleague = acts.user(Role.OFFICER), acts.user(acts.planted["colleague"])
    for befell, to in (
        ("accepted", officer),
        ("offered_late", officer),
        ("refused", colleague),
        ("offered", colleague),
    ):
        offer = _offer(acts, befell, kind=TransferKind.OFFICER, to_officer=to)
        answered = acts.at(acts.day(life.ANSWERED.get(befell, 0)), 16)
        if befell == "accepted":
            accept_transfer(transfer=offer, by=to, now=answered)
        if befell == "refused":
            refuse_transfer(transfer=offer, because=BECAUSE, by=to, now=answered)
    _move_away(acts)
    _leave(acts)
    _be_gone(acts)


def _offer(acts, befell, **to):
    case, on = acts.case(befell), acts.day(life.OFFERED[befell])
    return offer_transfer(case=case, note=NOTES[befell], by=case.officer, now=acts.at(on, 10), **to)


def _move_away(acts):
    offer = _offer(acts, "elsewhere", kind=TransferKind.PROVIDER, outside=THERE)
    now = acts.at(acts.day(life.ANSWERED["elsewhere"]), 15)
    accept_transfer(transfer=offer, outside_officer=BY_NAME, by=acts.hub, now=now)


def _leave(acts):
    """Every second of their cases is offered, in one go, to the colleagues who are there."""
    leaving = acts.planted["leaving"]
    user, receivers = acts.user(leaving["who"]), [acts.user(one) for one in leaving["to"]]
    cases = list(Case.objects.filter(crn__in=leaving["offered"]).order_by("crn"))
    by, last_on = senior_of(user), date.fromisoformat(leaving["last_on"])
    departure = begin_departure(user=user, last_on=last_on, by=by, now=acts.at(acts.day(3)))
    if cases:
        offers = [(case, receivers[n % len(receivers)], "") for n, case in enumerate(cases)]
        now = acts.at(acts.day(1), 12)
        offer_all(departure=departure, offers=offers, note=LEAVING, by=by, now=now)


def _be_gone(acts):
    """Their last day has passed, and one case was left: it fell to the seniors in the first minute of today."""
    user = acts.user(acts.planted["gone"])
    begin_departure(user=user, last_on=acts.day(1), by=senior_of(user), now=acts.at(acts.day(30)))
    take_over_left(now=acts.at(acts.today, 0))
