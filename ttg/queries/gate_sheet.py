"""What the sheet for the gate is made from: the record of one release, and only what the person may be given.

Source: `ttg.rules.gate_sheet`; product rules, sharing.
"""

from django.utils.timezone import localtime

from cases.models import Contact, Person
from cases.models.appointments import Place
from cases.queries.days import midnight
from cases.queries.person_copy import kept_from_person
from cases.reference.appointments import FACE_TO_FACE_CODES, NOT_OFFERED, Where
from cases.rules.contact_figures import is_face_to_face
from ttg.models import GateMeeting, HomeOffer, InHand, NoHomePlan, Referral
from ttg.queries.first_days import first_days_of
from ttg.queries.needs import stay_of
from ttg.reference.home import Item
from ttg.reference.referrals import ReferralState
from ttg.rules.first_days import RELEASE_KEY
from ttg.rules.first_days_limits import say_curfew
from ttg.rules.gate_sheet import Due, Meets, SheetFacts

HOW = {
    Where.HOME: "They come to where you live",
    Where.VIDEO: "By video",
    Where.ELSEWHERE: "",
    Where.OFFICE: "",
}
TO_COME = [ReferralState.ACCEPTED, ReferralState.BOOKED]


def sheet_facts(case, ours, today):
    """`ours`: the organisation as it signs its letters (`reply_to` of the policy on requests)."""
    stay = stay_of(case)
    person = Person.objects.filter(case=case).first()
    leaves_on = (stay.released_on or stay.release_on) if stay else None
    known = {
        "called": (person.preferred_name if person else "") or case.forename,
        "crn": case.crn,
        "telephone": _telephone(case, today) or ours.telephone,
        "organisation": ours.organisation,
        "made_on": today,
        "kept": kept_from_person(case),
        "leaves_on": leaves_on,
        "officer": case.officer.name if case.officer else "",
        "sees_officer": _sees_officer(case, leaves_on or today),
    }
    return SheetFacts(**known, **(_of_stay(stay, today) if stay else {}))


def _of_stay(stay, today):
    home = HomeOffer.objects.confirmed().filter(custody=stay).first()
    plan = NoHomePlan.objects.standing().filter(custody=stay).first()
    return {
        "home": _listed(home.lines, home.town, home.postcode) if home else "",
        "tonight": plan.tonight if plan else "",
        "services": _services(stay),
        "items": _items(stay),
        "meets": _meets(stay),
        **_first(stay, today),
    }


def _first(stay, today):
    """Their first days, in words that a paper for them may say."""
    found = first_days_of([stay], today).get(stay.pk)
    if found is None:
        return {}
    due = [_stop(one, found) for one in found.stops]
    due += [Due(one.what, midnight(one.on), one.where, timed=False) for one in found.errands]
    hours = found.curfew and found.curfew.from_at
    return {
        "first": sorted(due, key=lambda one: (one.at.date(), not one.timed, one.at)),
        "curfew": say_curfew(found.curfew) if hours else "",
        "kept_badly": bool(found.cannot),
    }


def _stop(one, found):
    # Where they leave from they know; a home is written once, under tonight
    where = "" if one.key == RELEASE_KEY or one.at_home else one.where
    return Due(one.told or one.what, one.starts, where, found.way.get(one.key))


def _items(stay):
    order = list(Item)
    rows = InHand.objects.filter(custody=stay).values_list("item", "state", "with_them")
    return sorted(rows, key=lambda one: order.index(Item(one[0])))


def _services(stay):
    rows = Referral.objects.filter(need__custody=stay, state__in=TO_COME).select_related("service")
    return [
        Meets(
            who=one.service.name,
            at=localtime(one.first_at) if one.first_at else None,
            where=_listed(one.first_where, one.first_postcode),
            telephone=one.service.telephone,
        )
        for one in rows.order_by("first_at", "pk")
    ]


def _meets(stay):
    found = GateMeeting.objects.planned().filter(custody=stay).select_related("meets").first()
    return Meets(found.meets.name, localtime(found.at), found.where) if found else None


def _sees_officer(case, day):
    """The first standing appointment with their officer from that day on."""
    rows = (
        Contact.objects.filter(
            case=case,
            appointment=True,
            type_code__in=FACE_TO_FACE_CODES,
            booking__called_off_at=None,
            started_at__gte=midnight(day),
        )
        .exclude(outcome_code__in=NOT_OFFERED)
        .select_related("booking__place", "booking__officer")
        .order_by("started_at", "pk")
    )
    for one in rows[:20]:
        booking = getattr(one, "booking", None)
        theirs = booking is None or booking.officer_id == case.officer_id
        if theirs and is_face_to_face(one.type_code, booking.where if booking else ""):
            name = case.officer.name if case.officer else "Your probation officer"
            return Meets(name, localtime(one.started_at), _where(booking))
    return None


def _where(booking):
    if booking is None:
        return ""
    place = booking.place
    if place is None:
        return HOW.get(Where(booking.where), "")
    return _listed(place.name, place.address, place.postcode)


def _telephone(case, today):
    places = Place.objects.in_use(today).filter(team=case.team_id, team__isnull=False)
    return places.exclude(telephone="").order_by("name").values_list("telephone", flat=True).first()


def _listed(*parts):
    return ", ".join(one for one in parts if one)
