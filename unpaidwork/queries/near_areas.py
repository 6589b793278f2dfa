"""Which project sites lie in or near an area that an order bans, for whoever may see the area.

Source: product rules, how it should feel (say what was understood): a centre that is a slip of the pen lies far from
every place that the reader knows.
"""

from cases.rules.geometry import metres_from
from cases.rules.words import listed
from unpaidwork.models import Project
from unpaidwork.rules.sites import AT_HOME

NEAR = 3000  # metres
MOST = 3  # sites that are named
NOWHERE = "No project site is within 3 km of it: look whether the place is right."


def sites_near(zones, today):
    """For each of these zones a sentence: the nearest sites, each with its metres from what is banned."""
    running = Project.objects.running(today).exclude(kind__in=sorted(AT_HOME))
    return [_said(_close(running, zone)) for zone in zones]


def _close(running, zone):
    """[(metres, name)] of the sites near it, the nearest first."""
    west, south, east, north = zone.box
    rows = running.filter(
        easting__range=(max(int(west) - NEAR, 0), int(east) + NEAR),
        northing__range=(max(int(south) - NEAR, 0), int(north) + NEAR),
    ).values_list("name", "easting", "northing")
    found = [(metres_from(zone, (east, north)), name) for name, east, north in rows]
    return sorted(one for one in found if one[0] <= NEAR)


def _said(found):
    if not found:
        return NOWHERE
    said = [f"{name} {_how_far(metres)}" for metres, name in found[:MOST]]
    more = f"; {len(found) - MOST} more within 3 km" if len(found) > MOST else ""
    return f"Project sites near: {listed(said)}{more}."


def _how_far(metres):
    return f"({metres:,} m from it)" if metres else "(in it)"
