"""What is planted in single releases of the demonstration: first days that cannot be kept, and needs nobody asked about.

Source: Through the Gate reference 2 (2020: appointments impossible to travel between), 7 (a pharmacy that is closed when they
leave; T3: no referral to a drug service).
"""

from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone

from cases.management.demo.points import DISTRICTS
from cases.models import PostcodePoint
from cases.rules.calendar import ONE_DAY, add_working_days, is_working_day
from ttg.models import Prison
from ttg.reference.custody import ReleaseKind
from ttg.reference.referrals import Consent, NeedSide, Pathway, ReferralState, SentHow
from ttg.rules.release_dates import brought_forward

MONDAYS, IMPOSSIBLE, MOVED = "mondays", "impossible", "gate_moved"
UNASKED = {"drugs_28": 28, "drugs_14": 14, "drugs_10": 10}  # days before release
WEDNESDAY, FRIDAY = 2, 4
EARLIER = timedelta(days=7)  # than the day on which somebody was to wait at the gate
SETTLED = timedelta(days=21)  # in prison for so long, so that screening and plan are done
PRISONS = {  # postcode, metres east and north (about), and where to wait
    "Bullingdon (HMP & YOI)": ("OX25 1PZ", (461600, 217900), "By the visitors’ centre"),
    "Woodhill (HMP)": ("MK4 4DA", (482300, 236400), "At the main gate"),
    "Spring Hill (HMP)": ("HP18 0TL", (468600, 222300), "At the lodge"),
}
PLACES = {  # of the services that people are sent to on one day: address, postcode
    "Turning Tide": ("14 Mill Street, Reading", "RG1 9ZA"),
    "Mill Street Pharmacy": ("14 Mill Street, Reading", "RG1 9ZA"),
    "Talking Rooms": ("3 Bridge Lane, Oxford", "OX1 9ZB"),
    "Lantern Housing": ("21 Grange Road, Milton Keynes", "MK9 9ZC"),
}
HOMES = {  # town: the postcode of what is offered there, at which nobody of the caseload lives
    "Reading": "RG1 9ZK", "Oxford": "OX1 9ZK", "Milton Keynes": "MK9 9ZK", "Slough": "SL1 9ZK", "Banbury": "OX16 9ZK",
    "Aylesbury": "HP21 9ZK",
}  # fmt: skip
VISITS = (  # on the day they leave: an hour each
    ("Talking Rooms", Pathway.HEALTH, "Somebody to talk to", time(11)),
    ("Lantern Housing", Pathway.FAMILY, "A place of their own later on", time(11, 30)),
    ("Turning Tide", Pathway.THINKING, "A group for the first weeks", time(13)),
)


def days_of(today):
    """{what is planted: the day on which they leave}, a working day each."""
    found = {name: brought_forward(today + timedelta(days=n)) for name, n in UNASKED.items()}
    return found | {
        MONDAYS: _next(today + timedelta(days=5), FRIDAY),
        IMPOSSIBLE: _next(today + timedelta(days=16), WEDNESDAY),
        MOVED: brought_forward(today + timedelta(days=12)),
    }


def plant(stays, today, but):
    """Choose whom it befalls, one each, in order of CRN: settled, ours, kept from nowhere, and not the one everybody is
    shown (`but`)."""
    settled = [
        one for one in stays
        if one.received_on <= today - SETTLED and one.officer and one.crn != but
        and not (one.waits or one.retained or one.recalled or one.kept_away)
    ]  # fmt: skip
    for stay, (name, day) in zip(settled, days_of(today).items(), strict=False):
        stay.planted, stay.recorded_on, stay.release_on = name, stay.release_on, day
        if name == MOVED:
            stay.moved_from = brought_forward(day + EARLIER)


def befall(stay):
    """What stands for them, once everything else is decided."""
    stay.home, stay.asked_authority = "confirmed", False
    stay.substances = "unasked" if stay.planted in UNASKED else ""
    stay.hand_over, stay.offered_on = "", None


def write_places():
    """Where three prisons, the services that people are sent to and the homes that they go to lie."""
    points = {code: point for code, point, _ in PRISONS.values()}
    codes = [*HOMES.values(), *(code for _, code in PLACES.values())]
    points |= {code: DISTRICTS[code.split(" ")[0]] for code in codes}
    PostcodePoint.objects.bulk_create(
        [
            PostcodePoint(postcode=code.replace(" ", ""), easting=east, northing=north)
            for code, (east, north) in points.items()
        ],
        ignore_conflicts=True,
    )
    for name, (code, _, gate) in PRISONS.items():
        Prison.objects.update_or_create(
            name=name, defaults={"postcode": code, "gate": gate, "resettles": True}
        )


def write_planted(book, stay, custody, by, services, today):
    """The day that was set by hand, and whom they are to see."""
    change = {"custody_id": custody, "kind": ReleaseKind.HALF_WAY}
    book.ReleaseChange.add(
        **change, release_on=stay.recorded_on, because="As nDelius has it", at=_at(stay.received_on, time(9)),
    )  # fmt: skip
    book.ReleaseChange.add(
        **change, was_on=stay.recorded_on, release_on=stay.moved_from or stay.release_on, by_id=by,
        at=_at(stay.screened_on, time(15)), because="The prison’s letter gives this day.",
    )  # fmt: skip
    if stay.moved_from:
        book.ReleaseChange.add(
            **change, was_on=stay.moved_from, release_on=stay.release_on, by_id=by, at=_at(today - ONE_DAY, time(16)),
            because="The prison rang: they go a week earlier.",
        )  # fmt: skip
    if stay.planted == MONDAYS:
        need = _need(book, stay, custody, by, Pathway.HEALTH, "Medicines from the first day on")
        _refer(book, stay, need, by, services["Mill Street Pharmacy"], ReferralState.ACCEPTED)
    if stay.planted == IMPOSSIBLE:
        for name, pathway, words, at in VISITS:
            need = _need(book, stay, custody, by, pathway, words)
            booked = {"first_at": _at(stay.release_on, at), "first_where": PLACES[name][0], "first_postcode": PLACES[name][1]}  # fmt: skip
            _refer(book, stay, need, by, services[name], ReferralState.BOOKED, **booked)


def truth_of_planted(stays):
    """{what was planted: on whom}, and what each page that warns of first days must find: {CRN: kinds of problem}"""
    planted = {one.planted: one.crn for one in stays if one.planted}
    cannot = {MONDAYS: ["closed"], IMPOSSIBLE: ["clash", "too_far", "too_much"]}
    return {
        "planted": planted,
        "first_days": {planted[name]: kinds for name, kinds in cannot.items() if name in planted},
    }


def _next(day, weekday):
    """The first such day from this one on that is worked, and that only a weekend can make a bad one to leave on."""
    while (
        day.weekday() != weekday
        or not is_working_day(day)
        or (weekday != FRIDAY and add_working_days(day, 1) != day + ONE_DAY)
    ):
        day += ONE_DAY
    return day


def _need(book, stay, custody, by, pathway, words):
    return book.Need.add(
        custody_id=custody, pathway=pathway, words=words, side=NeedSide.COMMUNITY, found_on=stay.planned_on, found_by_id=by
    )  # fmt: skip


def _refer(book, stay, need, by, service, state, **booked):
    sent = stay.planned_on
    referral = book.Referral.add(
        need_id=need, service_id=service, state=state, consent=Consent.AGREED, consent_on=sent, sent_at=_at(sent, time(10)),
        tells="Leaves prison soon, and asks for help from the first day on.", sent_how=SentHow.TELEPHONE,
        received_by="J. Marsh, duty worker", made_at=_at(sent, time(9)), made_by_id=by, **booked,
    )  # fmt: skip
    book.ReferralStep.add(referral_id=referral, state=state, at=_at(sent, time(11)), by_id=by)


def _at(on, hour):
    return datetime.combine(on, hour, get_current_timezone())
