"""The ground truth of releases: what is owed of each stay, reckoned from the plan of it alone, for tests to hold the pages to."""

from datetime import timedelta

from cases.rules.calendar import add_working_days, working_days_between
from ttg.management.demo.meetings import truth_of_meetings
from ttg.management.demo.planted import truth_of_planted

# Working days late at which each is told, lowest first
LADDER = ((0, "spo"),)
LADDERS = {
    "say_later_night": ((0, "officer"),),
    "find_home": ((0, "spo"), (10, "head")),
    "refer_substances": ((0, "spo"), (5, "head")),
}
BEFORE = {  # days before release
    "plan_for_release": 28, "contact_before_release": 28, "find_home": 28, "refer_for_home": 56,
    "refer_substances": 14, "get_accepted": 14, "hand_over_release": 10,
}  # fmt: skip


def owed_of(stay, today):
    """(kind, due) of everything that is owed of this stay."""
    if stay.waits:
        return
    if stay.released_on:
        yield from _after(stay, today)
        return
    if not stay.screened_on:
        yield "screen_in_custody", stay.received_on + timedelta(days=3)
    elif not stay.planned_on:
        yield "resettlement_plan", add_working_days(stay.screened_on, 5)
    if stay.risk == "unread":
        yield "answer_risk_items", add_working_days(stay.planned_on, 5)
    if stay.hand_over == "offered":
        yield "accept_release", add_working_days(stay.offered_on, 2)
    if stay.hand_over == "queried":
        yield "answer_hand_over_query", add_working_days(stay.offered_on, 2)
    if stay.prepared_from <= today:
        for kind in _missing(stay):
            due_on = stay.release_on - timedelta(days=BEFORE[kind])
            least = min(stay.prepared_from + timedelta(days=7), stay.release_on)
            yield kind, max(due_on, least)


def _after(stay, today):
    if "1" not in stay.nights:
        yield "say_first_night", add_working_days(stay.released_on, 1)
    for night in (28, 91):
        reached = stay.released_on + timedelta(days=night)
        if reached <= today and str(night) not in stay.nights:
            yield "say_later_night", add_working_days(reached, 5)
            return


def _missing(stay):
    housed = stay.home == "confirmed"
    if stay.plan not in {"release", "merged"}:
        yield "plan_for_release"
    if not stay.spoken_on:
        yield "contact_before_release"
    if not housed and stay.home != "plan":
        yield "find_home"
    if not housed and not stay.asked_authority:
        yield "refer_for_home"
    if stay.substances in {"unasked", "drafted"}:
        yield "refer_substances"
    if stay.substances == "sent" or stay.asked_authority:
        yield "get_accepted"
    if not stay.hand_over:
        yield "hand_over_release"


def truth_of(stays, released, today):
    """What tests hold the product to: what is owed of whom, and what is missing of those who leave soon."""
    owed = [(stay, kind, due) for stay in [*stays, *released] for kind, due in owed_of(stay, today)]
    return {
        "released": {stay.crn: stay.nights for stay in released},
        "stays": {stay.crn: stay.release_on.isoformat() for stay in stays},
        "prisons": {stay.crn: stay.prison for stay in stays},
        "owed": sorted([stay.crn, kind, due.isoformat()] for stay, kind, due in owed),
        "unhoused": sorted(one.crn for one in stays if one.home in {"none", "offered"}),
        "substances_unasked": sorted(
            one.crn for one in stays if one.substances in {"unasked", "drafted"}
        ),
        "handed_over": sorted(
            one.crn for one in [*stays, *released] if one.hand_over == "accepted"
        ),
        "spoken": sorted(one.crn for one in [*stays, *released] if one.spoken_on),
        "flags": [_flag(stay.crn, kind, due, today) for stay, kind, due in owed if due < today],
        "gate": truth_of_meetings(stays, released),
        **truth_of_planted(stays),
    }


def _flag(crn, kind, due_on, today):
    days = working_days_between(due_on, today)
    told = [role for rung, role in LADDERS.get(kind, LADDER) if days >= rung][-1]
    return {
        "crn": crn,
        "kind": kind,
        "due_on": due_on.isoformat(),
        "told": told,
        "enquiry": "",
        "late": True,
    }
