"""Taking away the way a requirement was to be delivered: what the decision must name, and what closes it.

Source: product rules, gates ("Remove a route": refused without a replacement, an owner and a date);
report 2.3 ("she has been told not to deliver it as one-to-one", and nothing took its place).
"""

from cases.reference.plans import Route
from cases.rules.interim import says_nothing
from cases.rules.words import counted
from staff.errors import RuleBroken
from staff.rules.dates import say_date

# Appointments with the officer, which are no group and nobody else's
ONE_TO_ONE = frozenset({"COAP", "COAI", "COPT", "COVC", "COOO", "CHVS", "C084", "CPVS"})
ROUTE_SAID = {
    Route.GROUP: "a group or programme",
    Route.AGENCY: "another agency",
    Route.UNPAID_WORK: "unpaid work",
    Route.MONITORING: "monitoring",
}
NO_ROUTE = "No route until it is booked"  # how a plan reads meanwhile


def check_route(*, removed, because, route, replacement, owner, by_on, ends_on, today):
    """Refuse a decision that leaves nothing in its place. `ends_on`: the last day of the sentence.

    `owner`: whoever sees to the replacement. Gives the words trimmed.
    """
    if says_nothing(removed):
        raise RuleBroken("Say which route is taken away, for example one-to-one work.")
    if says_nothing(because):
        raise RuleBroken("Say why, so that the officer can tell the person.")
    if route == Route.NONE or says_nothing(replacement):
        raise RuleBroken(
            "Name what takes its place. A route is not taken away until another is named."
        )
    if owner is None:
        raise RuleBroken("Name who sees to it that the replacement begins.")
    if by_on is None or by_on < today:
        raise RuleBroken("Say by when it is booked: today or a later day.")
    if ends_on and by_on > ends_on:
        raise RuleBroken(
            f"The sentence ends on {say_date(ends_on)}. Choose an earlier day, so that there is time left "
            "for it."
        )
    return {
        "removed": removed.strip(),
        "because": because.strip(),
        "replacement": replacement.strip(),
    }


def check_booking(*, booked_on, booked_with, today):
    """Refuse what is no booking: a day that has been, or nobody and nowhere to go to."""
    if booked_on < today:
        raise RuleBroken(
            f"{say_date(booked_on)} has been. Give the day on which the replacement begins."
        )
    if says_nothing(booked_with):
        raise RuleBroken("Say who sees them, and where.")
    return booked_with.strip()


def check_takes_place(*, route, requirement, type_code, names, said):
    """Refuse an appointment that is not what the decision put in the place of the route taken away.

    `requirement`: the key of the one whose route it was; `names`: that of the one the appointment names.
    """
    if requirement and names != requirement:
        raise RuleBroken(
            f"It takes the place of a route of “{said}”, so it must name that requirement."
        )
    if route != Route.ONE_TO_ONE and type_code in ONE_TO_ONE:
        raise RuleBroken(
            f"What takes its place is {ROUTE_SAID[Route(route)]}, and this is an appointment with the officer. "
            "Choose the type it is."
        )


def is_ours_to_book(route):
    """Whether what takes its place is booked in our own diary, and not by somebody else's word."""
    return route in (Route.ONE_TO_ONE, Route.GROUP)


def how_long_open(decided_on, today):
    """ "Open 12 days"; "since today" on the first."""
    days = (today - decided_on).days
    return f"Open {counted(days, 'day')}" if days else "Open since today"
