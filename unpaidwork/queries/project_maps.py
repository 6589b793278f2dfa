"""The maps of a project and the table beneath them, of what their reader may know.

Source: unpaid work reference 10 (U2); design, charts (a table beneath each).
"""

from cases.rules.words import listed
from unpaidwork.rules.places import say_point
from unpaidwork.rules.site_map import Spot, say_way, site_map

ON_SITE = "On the site"


def maps_of(site, near):
    """(maps, the table beneath them): the site and who is near it; the ways, where there are any."""
    around = [Spot("Site", "site", site.point)]
    places = [["Site", site.name, "", say_point(site.point)]]
    number = 0
    for one in near:
        label = ON_SITE
        if one.point:
            number += 1
            label = f"N{number}"
            around.append(Spot(label, "near", one.point))
        who = ": ".join(filter(None, [one.near.title, one.what]))
        where = say_way(site.point, one.point) if one.point else ON_SITE
        places.append([label, who, where, say_point(one.point) if one.point else ""])
    maps = [_map("The site and who is near it", around, site)]
    if site.driven:
        stops = {at.pick_up: at for way in site.driven for at in way.stops}
        there = [Spot("Site", "site", site.point)]
        for number, at in enumerate(stops.values(), start=1):
            there.append(Spot(f"P{number}", "pick-up", at.point))
            where = say_way(site.point, at.point)
            places.append([f"P{number}", f"Pick-up: {at.where}", where, say_point(at.point)])
        lines = [way.line for way in site.driven]
        maps.append(_map("The ways there", there, site, lines))
    return maps, places


def _map(title, spots, site, lines=()):
    words = [
        f"{one.label} {say_way(site.point, one.point)}" for one in spots if one.point != site.point
    ]
    said = f"{title}, north up. From the site: {listed(words) or 'nothing else is marked'}."
    return site_map(title, said, spots, lines)
