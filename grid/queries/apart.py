"""People who must be kept apart from each other and are in one series all the same: recorded since both have joined it.

Joining is refused where it is known before (`grid.rules.company`). Source: report 2.4 (attacked by somebody they were to be
kept apart from). Whoever it is about is named to nobody here: the officer of either may look at what is recorded.
"""

from collections import defaultdict

from django.utils.timezone import localtime

from cases.models import NonAssociation
from cases.queries.among import among
from grid.models import SeriesPlace

OF_THE_SERIES = (
    "Two people in this series must be kept apart from each other: it was recorded after they joined. Their officers can see "
    "whom it is about. One of them has to leave before they meet."
)
OF_ONE = (
    "Somebody from whom they must be kept apart is in it too: it was recorded after they joined. One of them has to leave "
    "before they meet."
)


def apart_in(series_keys, now) -> dict[int, set[int]]:
    """{series: those of its people who must be kept apart from another of them}; of others nothing. Two statements."""
    live = SeriesPlace.objects.live(now).filter(series__in=among(series_keys))
    there = defaultdict(set)
    for series, case in live.values_list("series", "case"):
        there[series].add(case)
    people = set().union(*there.values())
    pairs = NonAssociation.objects.in_force(localtime(now).date()).filter(
        one__in=among(people), other__in=among(people)
    )
    found = defaultdict(set)
    for pair in pairs.values_list("one", "other"):
        for series, cases in there.items():
            if cases.issuperset(pair):
                found[series].update(pair)
    return dict(found)
