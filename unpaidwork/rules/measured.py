"""What each measure of unpaid work counts: a function a measure, from what is known to its units.

Source: `unpaidwork.reference.measures` says of each what it counts, in words for staff, and by which source.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from dateutil.relativedelta import relativedelta

from cases.rules.contact_figures import Window
from cases.rules.deadlines import due_on
from cases.rules.words import counted, listed
from staff.rules.dates import say_date
from unpaidwork.reference.measures import MEASURES, Part
from unpaidwork.reference.sessions import Came, Travel
from unpaidwork.reference.work import ReviewPoint, WorkState
from unpaidwork.rules.hours import MONTHS, say_minutes
from unpaidwork.rules.measures import (
    DAY,
    Known,
    Unit,
    is_within,
    left_before,
    points_reached,
    steps_of,
)
from unpaidwork.rules.taking_up import NOT_COMPLETED

WEEK = timedelta(days=7)
ARRANGE, REVIEW = "arrange_work", "review_work"
ENDED_WELL = re.compile(r"\b(?:complet|expir)", re.IGNORECASE)
REVOKED = re.compile(r"\brevo[ck]", re.IGNORECASE)


def measured(code, known, window):
    """The units of this measure over these days. The contract is for people we manage, the rest for all who work with us."""
    units = COUNTED[code](known, window)
    if MEASURES[code].part == Part.CONTRACT:
        return [one for one in units if one.case not in known.retained]
    return units


def all_measured(known, window):
    """{code: the units of each measure}"""
    return {code: measured(code, known, window) for code in MEASURES}


def ended_well(reason):
    """Whether a termination reason of nDelius says that it ran out or was completed. Blank says neither."""
    badly = NOT_COMPLETED.search(reason) or REVOKED.search(reason)
    return bool(ENDED_WELL.search(reason)) and not badly


def _arranged(known, window):
    for one in known.requirements:
        due = due_on(ARRANGE, one.arrived_on, known.lengths, known.holidays)
        gone = one.closed_on is not None and one.closed_on < due
        if one.follows or gone or not is_within(window, due):
            continue
        met = one.arranged_on is not None and one.arranged_on <= due
        said = f"Arranged on {say_date(one.arranged_on)}" if one.arranged_on else "Not arranged yet"
        yield Unit(one.case, str(one.key), due, met, f"{said}; due by {say_date(due)}")


def _orders(known, window):
    for one in known.orders:
        if is_within(window, one.ended_on):
            met = ended_well(one.reason)
            words = "The record says completed, or that it ran out"
            if not met:
                words = "Ended otherwise" if one.reason else "The record does not say why it ended"
            yield Unit(one.case, str(one.key), one.ended_on, met, words)


def _positive(known, window):
    for one in known.requirements:
        if is_within(window, one.closed_on):
            met = one.state == WorkState.COMPLETED
            words = "All hours worked" if met else "Ended before all hours were worked"
            yield Unit(one.case, str(one.key), one.closed_on, met, words)


def _year(known, window):
    for one in known.requirements:
        last = one.sentenced_on + relativedelta(months=MONTHS) - DAY
        if is_within(window, last):
            met = one.completed_on is not None and one.completed_on <= last
            done = f"on {say_date(one.completed_on)}" if one.completed_on else "not worked"
            words = f"All hours {done}; twelve months ended {say_date(last)}"
            yield Unit(one.case, str(one.key), last, met, words)


def _assessed(known, window):
    signed = defaultdict(list)
    for risk in known.risks:
        signed[risk.case].append(risk)
    for one in known.requirements:
        began = one.first_day
        if began is None or not one.leads or not is_within(window, began.date()):
            continue
        on = began.date()
        before = [each for each in signed[one.case] if each.signed_at <= began]
        met = any(each.good_until >= on for each in before)
        words = "Signed before" if met else "Out of date by then" if before else "Not signed before"
        yield Unit(one.case, str(one.key), on, met, f"{words}; first day {say_date(on)}")


def _told(known, window):
    flags = defaultdict(list)
    for flag in known.flags:
        flags[flag.case].append(flag)
    for day in known.days:
        if day.induction or not day.worked or not is_within(window, day.on):
            continue
        standing = [one for one in flags[day.case] if one.stands(day)]
        recorded = {one.rests_on for one in standing}
        asked = [one for one in standing if one.key not in recorded]
        if asked:
            untold = [one.name for one in asked if not one.is_told(day)]
            words = f"Nothing said of: {listed(untold)}" if untold else "Each had its instruction"
            yield Unit(day.case, str(day.key), day.on, not untold, words)


def _offered(known, window):
    offered: defaultdict[tuple[int, date], int] = defaultdict(int)
    for day in known.days:
        if not day.our_fault and (not day.called_off or day.they_asked):
            offered[day.leader, _monday(day.on)] += day.minutes
    for one in known.requirements:
        if not one.leads or one.hours is None or one.state == WorkState.SUSPENDED:
            continue
        steps = steps_of(one.hours)
        for monday in _weeks(one, known, window):
            left = left_before(one.hours, steps, monday)
            due = one.weekly_minutes if left is None else min(one.weekly_minutes, left)
            if due:
                had = offered[one.key, monday]
                words = f"{say_minutes(had) if had else 'Nothing'} offered of {say_minutes(due)} in the week of {say_date(monday)}"
                yield Unit(one.case, f"{one.key}-{monday:%Y%m%d}", monday, had >= due, words)


def _weeks(one, known, window):
    """The Monday of each whole week within the window in which work was to be offered."""
    since = due_on(ARRANGE, one.arrived_on, known.lengths, known.holidays)
    if one.follows:
        if one.begins_on is None:
            return
        since = max(since, one.begins_on)
    last = min(window.last, one.closed_on - DAY if one.closed_on else window.last)
    monday = max(_monday(since) + WEEK, _monday(window.first + WEEK - DAY))
    while monday + WEEK - DAY <= last:
        yield monday
        monday += WEEK


def _monday(day):
    return day - timedelta(days=day.weekday())


def _away(known, window):
    for day in known.days:
        if day.called_off or not is_within(window, day.on):
            continue
        words = "Not by us"
        if day.our_fault:
            words = "Sent home by us" if day.came == Came.NO_WORK else "Stood down by us"
        yield Unit(day.case, str(day.key), day.on, day.our_fault, words)


def _motivation(known, window):
    for one in known.risks:
        if is_within(window, one.on):
            missing = one.missing
            words = f"Missing: {listed(missing)}" if missing else "All in their own words"
            yield Unit(one.case, str(one.key), one.on, not missing, words)


def _recorded(known, window):
    for day in known.days:
        if day.came == Came.LEFT and not day.induction and is_within(window, day.on):
            words = f"Missing: {listed(day.missing)}" if day.missing else "All recorded"
            yield Unit(day.case, str(day.key), day.on, not day.missing, words)


def _looked_back(known, window, point):
    for one in known.requirements:
        on = points_reached(steps_of(one.hours)).get(point) if one.hours and one.leads else None
        if on is None:
            continue
        due = due_on(REVIEW, on, known.lengths, known.holidays)
        if is_within(window, due):
            held = one.looked_back.get(point)
            met = held is not None and held <= due
            said = f"Looked back on {say_date(held)}" if held else "Not looked back yet"
            yield Unit(one.case, str(one.key), due, met, f"{said}; due by {say_date(due)}")


def _courses(known, window):
    for one in known.requirements:
        if one.courses_count and is_within(window, one.closed_on):
            number = one.courses_credited
            words = counted(number, "course credited", "courses credited")
            yield Unit(one.case, str(one.key), one.closed_on, number > 0, words)


def _travel(known, window):
    words = {
        Travel.CREDITED: "Credited",
        Travel.REFUSED: "Not eligible that day",
        Travel.WAITING: "Nobody has decided",
    }
    for day in known.days:
        if day.travel and is_within(window, day.on):
            decided = day.travel != Travel.WAITING
            yield Unit(day.case, str(day.key), day.on, decided, words[Travel(day.travel)])


def _all(count):
    """The function as it is asked: everything at once, the earliest first."""

    def units(known: Known, window: Window) -> list[Unit]:
        return sorted(count(known, window), key=lambda one: (one.on, one.key))

    return units


COUNTED: dict[str, Callable[[Known, Window], list[Unit]]] = {
    "arranged": _all(_arranged),
    "orders": _all(_orders),
    "positive": _all(_positive),
    "year": _all(_year),
    "assessed": _all(_assessed),
    "told": _all(_told),
    "offered": _all(_offered),
    "away": _all(_away),
    "motivation": _all(_motivation),
    "recorded": _all(_recorded),
    "third": _all(partial(_looked_back, point=ReviewPoint.THIRD)),
    "half": _all(partial(_looked_back, point=ReviewPoint.HALF)),
    "end": _all(partial(_looked_back, point=ReviewPoint.END)),
    "courses": _all(_courses),
    "travel": _all(_travel),
}
