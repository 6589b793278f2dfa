"""Makes the stays in prison of the demonstration, and opens what is owed of them as the night would."""

from django.db import transaction

from cases.management.demo.writing import Book
from cases.models import Assignment
from cases.reference.codes import Capacity
from staff.models import User
from staff.permissions import Role
from ttg.management.demo.meetings import (
    choose_meetings,
    let_the_mentor_in,
    mentor_of_the_demonstration,
)
from ttg.management.demo.planted import MOVED, PLACES, write_places
from ttg.management.demo.rows import write_stay
from ttg.management.demo.stays import HENRY, read_released, read_stays
from ttg.management.demo.truth import truth_of
from ttg.models import (
    Custody,
    GateMeeting,
    HandOver,
    HomeOffer,
    InHand,
    Need,
    NightStay,
    NoHomePlan,
    Prison,
    PrisonStay,
    Referral,
    ReferralStep,
    ReleaseChange,
    ResettlementPlan,
    RiskItem,
    Service,
)
from ttg.reference.referrals import ServiceKind
from ttg.services.owed import owe_release

# What is pointed at comes before what points at it
TABLES = (
    Custody, PrisonStay, ReleaseChange, ResettlementPlan, RiskItem, Need, Referral, ReferralStep, HomeOffer, NoHomePlan, InHand,
    NightStay, HandOver, GateMeeting,
)  # fmt: skip
UNKNOWN = "Prison not known"
CHUNK = 500
EVERY_DAY, MONDAYS = [0, 1, 2, 3, 4], [0]
SERVICES = (
    ("Turning Tide", ServiceKind.DRUGS_ALCOHOL, "", EVERY_DAY),
    ("Reading Borough Council, housing", ServiceKind.HOUSING_AUTHORITY, "Reading", EVERY_DAY),
    ("Oxford City Council, housing", ServiceKind.HOUSING_AUTHORITY, "Oxford", EVERY_DAY),
    ("Lantern Housing", ServiceKind.HOUSING, "", EVERY_DAY),
    ("Mill Street Pharmacy", ServiceKind.PHARMACY, "", MONDAYS),
    ("Talking Rooms", ServiceKind.MENTAL_HEALTH, "", EVERY_DAY),
)


@transaction.atomic
def make_releases(*, seed, today):
    """Gives what was planted."""
    by = User.objects.get(username=Role.RESETTLEMENT)
    services = {name: _service(name, kind, area, days) for name, kind, area, days in SERVICES}
    held = read_stays(seed, today)
    released = read_released(seed, today)
    stays = [*held, *released]
    choose_meetings(held, released, today, HENRY, MOVED)
    write_places()
    names = sorted({one.prison or UNKNOWN for one in stays})
    prisons = {name: Prison.objects.get_or_create(name=name)[0].pk for name in names}
    workers, mentor = _workers_of(stays), mentor_of_the_demonstration()
    book = Book(TABLES)
    for stay in stays:
        write_stay(
            book,
            stay,
            prison=prisons[stay.prison or UNKNOWN],
            by=by.pk,
            worker=workers.get(stay.case),
            mentor=mentor,
            services=services,
            today=today,
        )
        book.flush_when_full()
    book.close()
    let_the_mentor_in(stays, mentor, today)
    keys = [stay.case for stay in stays]
    for first in range(0, len(keys), CHUNK):
        owe_release(case_ids=keys[first : first + CHUNK], by=None, today=today)
    return truth_of(held, released, today)


def _workers_of(stays):
    """Of those in prison, who was given each case for it: nobody else is its worker, for they could not open it."""
    of_prison = Assignment.objects.filter(capacity=Capacity.RESETTLEMENT, user__isnull=False)
    held = of_prison.filter(case__in=[one.case for one in stays if not one.released_on])
    return dict(held.values_list("case", "user"))


def _service(name, kind, area, weekdays):
    address, postcode = PLACES.get(name, ("14 Mill Street, Reading", ""))
    return Service.objects.create(
        name=name,
        kind=kind,
        authority=area,
        weekdays=weekdays,
        telephone="01632 960400",
        email="referrals@example.org",
        address=address,
        postcode=postcode,
    ).pk
