"""Maps on the pages that find somebody work: the sites in their order, and one site with the ways to it.

Never where they live, but the square of the grid that it lies in; never an area that an order bans, whose outline could
give away where somebody lives who is protected: what it refuses is said in words. Nor who is near a site.
Source: unpaid work reference 10 (U2: structured restriction with geography; journey planner); product rules, sharing;
design, charts (a table beneath each).
"""

from dataclasses import dataclass, replace

from cases.rules.gaps import gates
from cases.rules.words import counted
from staff.kit import Column
from staff.rules.dates import say_time
from unpaidwork.queries.allocating import Ask
from unpaidwork.queries.matching import as_runs
from unpaidwork.reference.sites import ProjectKind
from unpaidwork.rules.home_area import LABEL, SIDE, home_area
from unpaidwork.rules.matching import Stands
from unpaidwork.rules.site_map import SiteMap, Spot, say_metres, say_way, site_map

MOST = 20  # sites on one map, the first of the list
COLUMNS = [Column("Mark"), Column("What"), Column("From their home area"), Column("For them")]
REFUSED, RESTRICTION = "Refused", "Refused: restriction"
MAY = "Nothing found"
SAID = {Stands.MAY: "They can work here", Stands.ASK: "Only if a senior lets it pass"}
NO_HOME = "Where they live is not known, so that no way from there can be told."


@dataclass(frozen=True)
class PersonMap:
    """One map with the table that says the same."""

    drawn: SiteMap
    about: str
    rows: list[list[str]]


def map_of_matches(matches, board, case, names):
    """The sites of these matches in their order, as labelled in the list; None where nobody goes to any."""
    home = home_area(board.homes.get(case))
    placed = [
        (str(place), one)
        for place, one in enumerate(matches, 1)
        if one.site.kind != ProjectKind.HOME
    ][:MOST]
    if not placed:
        return None
    spots = [Spot(label, "site", one.site.point) for label, one in placed]
    rows = [
        [label, names.text(one.site.name), _way(home, one.site.point), _said(one)]
        for label, one in placed
    ]
    shown = f"The first {MOST} of the list" if len(matches) > MOST else "Every site of the list"
    return _map("Where the sites are", f"{shown}, numbered as there.", spots, (), home, rows)


def map_of_site(site, board, work, names, today):
    """One site, where its vans stop and the ways they take; what each is to them. None where nobody goes to it."""
    if site.kind == ProjectKind.HOME:
        return None
    home = home_area(board.homes.get(work.case_id))
    stops = {at.pick_up: at for way in site.driven for at in way.stops if _is_open(at, today)}
    refused = _refused(site, board, work, stops, today)
    spots = [Spot("Site", "site", site.point)]
    rows = [["Site", names.text(site.name), _way(home, site.point), refused[None]]]
    for number, at in enumerate(stops.values(), 1):
        spots.append(Spot(f"P{number}", "pick-up", at.point))
        what = f"Pick-up: {names.text(at.where)}, {say_time(at.at)}"
        rows.append([f"P{number}", what, _way(home, at.point), refused[at.pk]])
    ways = [way.line for way in site.driven]
    vans = counted(len(ways), "way of a van", "ways of vans") if ways else "no van goes there"
    return _map(
        "The way there",
        f"The site, where they can be picked up, and {vans}.",
        spots,
        ways,
        home,
        rows,
    )


def _map(title, about, spots, ways, home, rows):
    squares = [home] if home else []
    about = f"{about} {_of_home(home)}"
    words = f"{title}, north up. {about} The table beneath says the same."
    return PersonMap(site_map(title, words, spots, ways, squares), about, rows)


def _of_home(home):
    if home is None:
        return NO_HOME
    return f"“{LABEL}” is a square of {say_metres(SIDE)} in which they live, and ways are from its middle."


def _way(home, point):
    if home is None:
        return "Not known"
    west, south = home.corner
    inside = west <= point[0] < west + SIDE and south <= point[1] < south + SIDE
    return "In it" if inside else say_way(home.middle, point)


def _said(match):
    if match.stands != Stands.NEVER:
        return SAID[match.stands]
    return RESTRICTION if _by_an_order(match.against) else REFUSED


def _by_an_order(found):
    return any(one.key.startswith("restricted:") for one in gates(found))


def _is_open(at, today):
    return at.closed_on is None or at.closed_on > today


def _refused(site, board, work, stops, today):
    """{stop, or None for their own way: whether an order of theirs refuses it, in words}"""
    runs = next((one for one in site.availability if one.to_on is None or one.to_on >= today), None)
    keys = [None, *(at.pk for at in stops.values())]
    if runs is None:
        return dict.fromkeys(keys, "It runs on no day to come")
    own = as_runs(site.project, runs, today)
    asks = {key: Ask(work, replace(own, stop=key)) for key in keys}
    board.measure(list(asks.values()))
    return {
        key: RESTRICTION if _by_an_order(board.at_site[ask]) else MAY for key, ask in asks.items()
    }
