"""What places leave unfilled, week by week: days that people are short of, and days that projects have free.

Source: unpaid work reference 2 (the least offered a week) and 3 (the published scheduler tells a shortfall); report 4.1.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from unpaidwork.rules.availability import days_of
from unpaidwork.rules.generating import WEEK, WEEKS_AHEAD, days_open

DAY_MINUTES = 7 * 60  # local policy: a day of work


@dataclass(frozen=True, slots=True)
class Week:
    """One week ahead of everybody with work: how many are short, of how many days, and how many are free."""

    first: date  # a Monday
    people: int
    missing: int
    free: int


def mondays_ahead(today, weeks=WEEKS_AHEAD):
    """The Mondays of the whole weeks to come."""
    first = today + timedelta(days=WEEK - today.weekday())
    return [first + timedelta(weeks=n) for n in range(weeks)]


def minutes_missing(places, *, left, weekly_due, today, mondays, closed):
    """Minutes of each of these weeks that the places leave unfilled, of the least a week or of all that is left by then."""
    end = mondays[-1] + timedelta(days=WEEK - 1)
    days = [one for place in places for one in days_open(place, today, end, closed)]
    left -= sum(one.minutes for one in days if one.session.on < mondays[0])
    found = []
    for monday in mondays:
        last = monday + timedelta(days=WEEK - 1)
        offered = sum(one.minutes for one in days if monday <= one.session.on <= last)
        due = max(0, min(weekly_due, left))
        found.append(max(0, due - offered))
        left -= max(offered, due)  # what is missing is taken to be found: it is not missing twice
    return found


def days_missing(minutes):
    """So many minutes as days of work, a part of one whole."""
    return -(-minutes // DAY_MINUTES)


def days_free(sites, places, monday, closed):
    """Days of people that these projects could still take in this week, by the most each takes at once."""
    last = monday + timedelta(days=WEEK - 1)
    taken: dict[tuple, int] = {}
    for place in places:
        for one in days_open(place, monday, last, closed):
            key = (place.site.project, one.session)
            taken[key] = taken.get(key, 0) + 1
    return sum(
        max(0, site.most - taken.get((site.project, day), 0))
        for site in sites
        for day in days_of(
            site.availability,
            max(monday, site.from_on),
            min(filter(None, (last, site.to_on))),
            closed,
        )
    )
