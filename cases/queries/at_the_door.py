"""What must be known at the door of somebody who is expected or has walked in: warnings, instructions, whom they must not meet.

Source: product rules, how it should feel (safety first), limited access (a safety instruction travels to reception without
opening the case); report 2.3 and 2.4.
"""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Q
from django.utils.timezone import localtime

from cases.models import (
    Case,
    Contact,
    Limit,
    NonAssociation,
    PostcodePoint,
    Reachable,
    Registration,
    WalkIn,
)
from cases.queries.days import midnight
from cases.queries.not_expected import not_expected
from cases.queries.reach import open_among
from cases.queries.restrictions import restrictions_of
from cases.reference.codes import Register
from cases.rules.restrictions import touched_each
from cases.rules.words import listed
from staff.kit import Masked
from staff.permissions import Action
from staff.rules.dates import say_time

STAFF_RISK = "Risk or warning to staff"
DO_NOT_RING = "Do not ring without looking: a number is not safe"
IN_AN_AREA = "An order keeps them away from where this office stands: see Restrictions"


def expected_on(day):
    """The appointments of that day that stand."""
    start = midnight(day)
    return Contact.objects.appointments().filter(
        started_at__gte=start, started_at__lt=start + timedelta(days=1)
    )


def warnings_of(cases):
    """{case: what must be known before somebody goes out to them, or rings}"""
    unsafe = Reachable.objects.filter(case__in=cases, safe=False).exclude(kind=Reachable.Kind.EMAIL)
    said = dict.fromkeys(_warned(cases), STAFF_RISK)
    for case in set(unsafe.values_list("case", flat=True)):
        said[case] = ". ".join(filter(None, [said.get(case), DO_NOT_RING]))
    for case, words in not_expected(cases).items():
        said[case] = ". ".join(filter(None, [words, said.get(case)]))
    return said


def instructions_of(cases):
    """{case: its safety instruction}, of those of limited access that have one; for whoever may open them."""
    limits = Limit.objects.filter(case__in=cases).exclude(safety="")
    return {case: words.strip(" .") for case, words in limits.values_list("case", "safety")}


def with_instructions(masked):
    """Masked rows, each with the safety instruction of its case before the message."""
    limits = Limit.objects.filter(case__crn__in=[row.crn for row in masked]).exclude(safety="")
    said = {
        crn: f"{words.strip(' .')}." for crn, words in limits.values_list("case__crn", "safety")
    }
    return [
        Masked(row.crn, " ".join(filter(None, [said.get(row.crn, ""), row.message])), row.ask)
        for row in masked
    ]


def must_not_meet(cases, user, now):
    """{case: ["Lane, Tom (X123456), expected at 2pm"]} of those who must be kept apart from them and are about today.

    Whoever the reader may not open is a CRN. In four statements.
    """
    today = localtime(now).date()
    pairs = NonAssociation.objects.in_force(today).filter(Q(one__in=cases) | Q(other__in=cases))
    found = defaultdict(set)
    for one, other in pairs.values_list("one", "other"):
        for here, away in ((one, other), (other, one)):
            if here in cases:
                found[here].add(away)
    others = {key for keys in found.values() for key in keys}
    about = _about(others, today)
    named = _named(about, user)
    return {
        case: [f"{named[key]}, {about[key]}" for key in sorted(keys) if key in about]
        for case, keys in found.items()
        if keys & about.keys()
    }


def near_banned(walk_ins, today):
    """{walk-in: what to know} of those who are at an office that an order keeps them away from. Three statements."""
    at = {
        one.pk: _compact(one.place.postcode) for one in walk_ins if one.place and one.place.postcode
    }
    points = _points(set(at.values()))
    here = [one for one in walk_ins if at.get(one.pk) in points]
    orders = restrictions_of([one.case_id for one in here], today)
    asked = [
        (orders.get(one.case_id, ()), {one.place.name: (points[at[one.pk]],)}, today, today)
        for one in here
    ]
    return {
        one.pk: IN_AN_AREA for one, found in zip(here, touched_each(asked), strict=True) if found
    }


def _warned(cases):
    current = Registration.objects.current().filter(case__in=cases)
    warned = current.filter(Q(type_code=Register.RISK_TO_STAFF) | Q(warn_staff=True))
    return set(warned.values_list("case", flat=True))


def _about(cases, today):
    """{case: where they are to be looked for today}: waiting at a desk, or expected."""
    found = {}
    expected = expected_on(today).filter(case__in=cases).exclude(attended=False)
    for case, at, place in expected.order_by("-started_at").values_list(
        "case", "started_at", "place"
    ):
        where = f" at {place}" if place else ""
        found[case] = f"expected at {say_time(localtime(at).time())}{where}"
    waiting = WalkIn.objects.waiting().filter(case__in=cases)
    for case, place in waiting.values_list("case", "place__name"):
        found[case] = f"waiting now at {place}" if place else "waiting now"
    return found


def _named(cases, user):
    may = open_among(cases, user, Action.VIEW_CASE)
    return {
        one.pk: f"{one.list_name} ({one.crn})" if one.pk in may else one.crn
        for one in Case.objects.filter(pk__in=cases)
    }


def _points(postcodes):
    rows = PostcodePoint.objects.filter(pk__in=postcodes)
    return {pk: (east, north) for pk, east, north in rows.values_list("pk", "easting", "northing")}


def _compact(postcode):
    return "".join(postcode.split()).upper()


def in_words(others):
    """ "Must not meet Lane, Tom (X123456), waiting now"."""
    return f"Must not meet {listed(others, '; ')}" if others else ""
