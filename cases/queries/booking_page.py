"""What the page of booking offers: kinds, staff, places, free times, what may be enforced; and what is chosen first.

Source: product rules, how it should feel (the usual booking takes under half a minute).
"""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone, localtime

from cases.models import Place, RarActivity, RouteDecision
from cases.queries.booking import facts_for, places_to_choose, running_of
from cases.queries.holding import gone_of
from cases.queries.routes import may_see_to_it
from cases.reference.appointments import (
    OFFICE_VISIT,
    RAR_DAY,
    TYPES,
    AppointmentType,
    Interpreter,
    ToldHow,
    Where,
)
from cases.reference.codes import ContactLevel
from cases.reference.plans import Route
from cases.rules.booking import USUAL, lasts
from cases.rules.booking_facts import Facts, Slot
from cases.rules.enforcing import (
    FIRST,
    Running,
    choices,
    default,
    default_after_release,
    key_of,
)
from cases.rules.offers import DAYS, Offer, offers
from cases.rules.repeats import shifted, weeks_on
from cases.rules.words import shortened
from staff.models import User
from staff.rules.dates import say_date, say_time

BY_ROUTE = {
    Route.AGENCY: "C101"
}  # the type that a replacement of this route is, where not activity
WEEKS = {
    ContactLevel.WEEKLY: 1,
    ContactLevel.WEEKLY_FRONT_LOADED: 1,
    ContactLevel.WEEKLY_THEN_FORTNIGHTLY: 1,
    ContactLevel.FORTNIGHTLY: 2,
    ContactLevel.MONTHLY: 4,
}
LONGEST = 100
MORNING = time(10)  # when somebody just released is usually seen, until somebody says otherwise


@dataclass(frozen=True)
class Offered:
    """Everything there is to choose from on one case."""

    types: list[AppointmentType]
    staff: list[User]
    places: list[Place]
    running: list[Running]
    activities: list[RarActivity]
    routes: list[RouteDecision]
    began: dict = field(default_factory=dict)  # what is chosen unless somebody says otherwise


def offered_on(case, user, now):
    """What may be chosen on this case, and what is chosen first."""
    today = localtime(now).date()
    staff = may_see_to_it(case, today)
    of_their_sort = user not in staff and user.role in {one.role for one in staff}
    if of_their_sort and not gone_of([user.pk], today):
        staff = [*staff, user]
    places = list(places_to_choose(today))
    running = running_of(case, today)
    activities = case.rar_activities.live().select_related("requirement").order_by("pk")
    routes = case.route_decisions.waiting().select_related("requirement").order_by("pk")
    return Offered(
        types=list(TYPES.values()),
        staff=staff,
        places=places,
        running=running,
        activities=list(activities),
        routes=list(routes),
        began=_began(case, staff, places, running, user),
    )


def _began(case, staff, places, running, user):
    last = _last_of(case)
    kind = OFFICE_VISIT if last else FIRST
    by_key = {one.pk: one for one in staff}
    officer = case.officer if case.officer_id in by_key else by_key.get(user.pk)
    needs = case_needs_interpreter(case)
    return {
        "type_code": kind,
        "officer": str(officer.pk) if officer else "",
        "where": _usual_place(case, places, last),
        "minutes": str(USUAL),
        "enforces": default(kind, running),
        "interpreter": Interpreter.TO_BOOK if needs else Interpreter.NOT_NEEDED,
        "told_how": ToldHow.NOT_YET,
        "remind": True,
        "repeat": "0",
        "times": 6,
    }


def case_needs_interpreter(case):
    person = getattr(case, "person", None)
    return bool(person and person.needs_interpreter)


def _last_of(case):
    """The latest that we booked on this case, whatever became of it."""
    booked = case.contacts.filter(appointment=True).exclude(booking=None)
    return booked.select_related("booking").order_by("-started_at", "-pk").first()


def _usual_place(case, places, last):
    """Where they were seen last; else the office of the team, or the first there is."""
    keys = {one.pk for one in places}
    if last and last.booking.place_id in keys:
        return f"place-{last.booking.place_id}"
    theirs = [one for one in places if one.team_id and one.team_id == case.team_id]
    found = theirs or places
    return f"place-{found[0].pk}" if found else Where.ELSEWHERE.value


def began_for_route(offered, route):
    """Booking what takes the place of a route: the type it would be, and the requirement it is of."""
    named = f"requirement-{route.requirement_id}" if route.requirement_id else None
    kind = BY_ROUTE.get(Route(route.route), RAR_DAY)
    began = {
        "replaces": str(route.pk),
        "type_code": OFFICE_VISIT if route.route == Route.ONE_TO_ONE else kind,
    }
    return began | ({"enforces": named} if named else {})


def began_after_release(offered, day, now):
    """The first appointment after a release: its kind, what it enforces, and that day in the morning if it is to come.

    Who sees them and where are as for any other.
    """
    began = {"type_code": FIRST, "enforces": default_after_release(offered.running)}
    if day <= localtime(now).date():
        return began
    at = datetime.combine(day, MORNING, get_current_timezone())
    return began | {"when": at.isoformat(timespec="minutes")}


def began_again(case, contact, offered, names, now):
    """The same once more: type, length, place, officer and what it enforces; and how many weeks on.

    Where exactly is asked anew if that names somebody whose name this reader may not see.
    """
    booking = getattr(contact, "booking", None)
    standing = getattr(case, "standing", None)
    weeks = WEEKS.get(standing.contact_level, 2) if standing else 2
    at = weeks_on(localtime(contact.started_at), weeks, localtime(now))
    began = {
        "when": at.isoformat(timespec="minutes"),
        "minutes": str(lasts(contact.started_at, contact.ended_at)),
    }
    if contact.type_code in TYPES:
        began |= {
            "type_code": contact.type_code,
            "enforces": default(contact.type_code, offered.running),
        }
    if booking is None:
        return began
    keys = {one.pk for one in offered.staff}
    if booking.officer_id in keys:
        began["officer"] = str(booking.officer_id)
    if booking.place_id in {one.pk for one in offered.places}:
        began["where"] = f"place-{booking.place_id}"
    elif booking.where != Where.OFFICE:
        where = contact.place if names.text(contact.place) == contact.place else ""
        began |= {"where": booking.where, "at_words": where}
    key = key_of(
        booking.enforces,
        sentence=contact.sentence_id,
        requirement=contact.requirement_id,
        condition=booking.condition_id,
    )
    if key in {one.key for one in choices(offered.running)}:
        began["enforces"] = key
    if booking.rar_activity_id in {one.pk for one in offered.activities}:
        began["rar_activity"] = str(booking.rar_activity_id)
    return began | {"remind": booking.remind}


@dataclass(frozen=True)
class Look:
    """The facts of the weeks that are looked through, and the free times found in them."""

    facts: Facts
    offers: list[Offer]


def look(case, officer, place, minutes, *, now, times, policy, extra, but=(), second=None, since=None):  # fmt: skip
    """The free times of the weeks from now on, or from the day `since` where nobody can come before it.

    The facts reach as far as the latest of `times`.
    """
    began = localtime(now)
    after = max(began, datetime.combine(since, time(), get_current_timezone())) if since else began
    last = max([after + timedelta(days=DAYS), *times])
    facts = facts_for(
        case, officer, place, second=second, from_at=began, to_at=last, policy=policy, extra=extra, but=but,
    )  # fmt: skip
    return Look(facts, offers(facts, minutes=minutes, after=after))


def who_and_where(contact):
    """Who sees them at this appointment, who goes along, and at which place of ours.

    One that was brought in is seen by the officer of the case.
    """
    booking = getattr(contact, "booking", None)
    if booking is None:
        return contact.case.officer, None, None
    visit = getattr(booking, "visit", None)
    return booking.officer, visit and visit.with_whom, booking.place


def slots_to_move(contacts, to):
    """When these would be if the first were moved `to` that moment: each as many days on, at that hour."""
    first = contacts[0]
    days = (to.date() - localtime(first.started_at).date()).days
    booking = getattr(first, "booking", None)
    interpreter = booking.interpreter if booking else Interpreter.NOT_NEEDED
    return [
        Slot(
            shifted(localtime(one.started_at), days=days, at=to.time()),
            lasts(one.started_at, one.ended_at),
            first.type_code,
            interpreter=interpreter,
        )
        for one in contacts
    ]


def said_offer(offer):
    """ "Tuesday 2 October 2018, 10am", and that the hours are kept for women where they are."""
    return said_moment(offer.starts_at) + (" (hours for women only)" if offer.women_only else "")


def said_moment(moment: datetime):
    return f"{moment:%A} {say_date(moment.date())}, {say_time(moment)}"


def said_activity(one):
    return shortened(one.what, LONGEST)


def said_route(one):
    return shortened(f"{one.removed}: {one.replacement}", LONGEST)
