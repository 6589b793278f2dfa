"""Writes the offices where people are seen, with the hours at which they take appointments."""

from datetime import time

from cases.management.demo.places import SITES
from cases.models import OpeningHours, Place

WEEK, DAY = range(5), (time(9), time(17, 30))
FOR_WOMEN = {"C16OXF": 1, "C16GYF": 3, "C16MKC": 2}  # the evening that is kept for women alone
EVENING = (time(17, 30), time(19))
FOR_WOMEN_AT = "17:45"
NOT_STEP_FREE = {"C16WYC"}
POSTCODES = {
    "C16OXF": "OX1 1WN", "C16MKC": "MK9 2EX", "C16GYF": "RG1 1DU", "C16SLO": "SL1 2RP", "C16WYC": "HP11 1NT",
    "C16AWJ": "HP21 7RL", "C16BKN": "RG12 1UP", "C16NEW": "RG14 5HY",
}  # fmt: skip


def write_places(staff_rows, workforce):
    """{code of a site: its place}"""
    first_team: dict[str, str] = {}
    for team in workforce.teams:
        first_team.setdefault(team.site.code, team.code)
    made = {site.code: _place(site, staff_rows.team_id(first_team[site.code])) for site in SITES}
    Place.objects.bulk_create(made.values())
    OpeningHours.objects.bulk_create(
        hours for site in SITES for hours in _hours(site, made[site.code])
    )
    return {code: place.pk for code, place in made.items()}


def _place(site, team_id):
    return Place(
        name=f"{site.name} office",
        address=site.office,
        postcode=POSTCODES[site.code],
        telephone=f"01632 960{100 + SITES.index(site)}",
        how_to_find="Ring the bell at the front; say your name and nothing else.",
        step_free=site.code not in NOT_STEP_FREE,
        team_id=team_id,
    )


def _hours(site, place):
    for weekday in WEEK:
        yield OpeningHours(place=place, weekday=weekday, from_at=DAY[0], to_at=DAY[1])
    if site.code in FOR_WOMEN:
        evening = FOR_WOMEN[site.code]
        yield OpeningHours(
            place=place, weekday=evening, from_at=EVENING[0], to_at=EVENING[1], women_only=True
        )
