"""What may be said of a project and its parts, and what is refused.

Source: unpaid work reference 3 (site and safety record) and 10 (U10). A refuge is told to nobody on site: it may
stand in nothing that a supervisor reads (KEPT_TO_COORDINATORS).
"""

import re
from calendar import day_name
from datetime import timedelta

from cases.rules.words import listed
from staff.errors import RuleBroken
from staff.rules.dates import say_date, say_time
from unpaidwork.reference.sites import KEPT_TO_COORDINATORS, Every, SiteSignal
from unpaidwork.rules.availability import days_of, first_day
from unpaidwork.rules.places import OFF_THE_WAY, distance_to_line

GIVES_AWAY = re.compile(r"\b(?:refuges?|safe[ -]?houses?)\b", re.IGNORECASE)
KEPT = (
    "Where a refuge stands is told to nobody on site, and supervisors read this. Record it under “Who is near it” as "
    "a refuge, and take the word out here."
)
BETWEEN_CHECKS = timedelta(days=366)  # local policy: a site is looked at every year
SAME = timedelta(weeks=2)  # what every row repeats within


def check_words(*texts):
    """Refuses words that would tell whoever reads them of a refuge."""
    if any(GIVES_AWAY.search(text) for text in texts if text):
        raise RuleBroken(KEPT)


def check_project(*, from_on, to_on, most, ratio, signal, fallback, tasks):
    if to_on and to_on < from_on:
        raise RuleBroken(f"Its last day, {say_date(to_on)}, is before its first. Check both.")
    if min(most, ratio) < 1:
        raise RuleBroken(
            "Enter how many people it holds, and how many to a supervisor: one at least."
        )
    if signal in (SiteSignal.NONE, SiteSignal.PATCHY) and not fallback:
        raise RuleBroken(
            "Say how whoever is there can be reached where a telephone does not work, for example a landline."
        )
    if not tasks:
        raise RuleBroken("Name at least one task: the register asks what each person did.")


def check_agreement(*, agreed_on, agreement_until, insured_until, today):
    if agreed_on and agreed_on > today:
        raise RuleBroken("The day it was agreed is still to come.")
    if agreement_until and not agreed_on:
        raise RuleBroken("Say when it was agreed as well.")
    if agreement_until and agreement_until < agreed_on:
        raise RuleBroken("The agreement would run out before it was made. Check both days.")


def check_days(row, others):
    """Refuses a row that never runs, and one that runs at the same time as another of its project."""
    if row.from_at >= row.to_at:
        raise RuleBroken(f"{say_time(row.to_at)} is not after {say_time(row.from_at)}.")
    begins = first_day(row)
    if row.from_on != begins:
        raise RuleBroken(
            f"{say_date(row.from_on)} is a {day_name[row.from_on.weekday()]}. Enter its first "
            f"{day_name[row.weekday]}, for example {say_date(begins)}."
        )
    if row.to_on and row.to_on < begins:
        raise RuleBroken("Its last day is before its first.")
    for other in others:
        if row.weekday == other.weekday and _meet(row, other):
            raise RuleBroken(
                f"It runs on a {day_name[other.weekday]} from {say_time(other.from_at)} to "
                f"{say_time(other.to_at)} already. Change that instead."
            )


def _meet(row, other):
    """Whether both run on one day at one time."""
    if row.from_at >= other.to_at or other.from_at >= row.to_at:
        return False
    start = max(first_day(row), first_day(other))
    last = start if Every.ONCE in (row.every, other.every) else start + SAME
    mine, theirs = ({one.on for one in days_of([each], start, last)} for each in (row, other))
    return bool(mine & theirs)


def check_site_check(*, checked_on, hazards, first_aid, review_on, today, begun_on):
    """`hazards`: [(what is dangerous, what is done about it)]. None of them blank, and at least one."""
    if not hazards:
        raise RuleBroken("Name at least one hazard: every site has one, if only slips and trips.")
    if any(not said.strip() for pair in hazards for said in pair):
        raise RuleBroken(
            "Say of each hazard what is done about it, and of each control what it is for."
        )
    if not first_aid.strip():
        raise RuleBroken("Say where first aid is, and where the nearest help is.")
    if checked_on > today:
        raise RuleBroken("The day it was looked at is still to come.")
    if begun_on and checked_on < begun_on:
        raise RuleBroken(
            f"It was looked at on {say_date(begun_on)} already. Record what came later."
        )
    if not today < review_on <= checked_on + BETWEEN_CHECKS:
        last = say_date(checked_on + BETWEEN_CHECKS)
        raise RuleBroken(f"It is looked at again after today and by {last}: within a year.")


def check_neighbour(*, near, what, when):
    if near not in KEPT_TO_COORDINATORS:
        check_words(what, when)


def check_route(*, line, stops, places):
    """`stops`: [(pick-up, time)] in the order they are made; `places`: {pick-up: (what it is called, point)}."""
    if len(line) < 2:
        raise RuleBroken("A way has two points at least: where it begins, and the site.")
    times = [at for _, at in stops]
    if times != sorted(set(times)):
        raise RuleBroken("Enter the stops in the order they are made, each at a later time.")
    if len({key for key, _ in stops}) < len(stops):
        raise RuleBroken("A pick-up point is on the way twice. Enter each once.")
    missed = [
        places[key][0] for key, _ in stops if distance_to_line(places[key][1], line) > OFF_THE_WAY
    ]
    if missed:
        raise RuleBroken(
            f"The way does not pass {listed(missed)}: put the point of each stop in the line, so that what is "
            "checked is the way the van takes."
        )
