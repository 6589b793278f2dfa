"""Where people of the demonstration stood in the GRID before: most where they stand now, a few somewhere else four weeks ago.

Everybody is placed on the day on which the demonstration is made; here each placement is dated back to when they came, and
what stood before a move is written beside it, as it would have been kept.
"""

from datetime import timedelta
from random import Random

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce, Least

from cases.models import Case, Standing
from cases.reference.codes import Place
from cases.reference.groups import Band, Level
from grid.models import Placement
from grid.rules.placement import RULES

BACK = 28  # days
SETTLED = 10  # days with us before whoever moves had been placed a while
LATEST, EARLIEST = 1, 24  # days ago that anybody moved
# Of a hundred in a group: who stood lower, who stood higher, who stood across, who could not be placed
WAYS = {"higher": 4, "lower": 4, "across": 1, "into": 1}
ESCALATED = 60  # of a hundred whose risk was put up: who stood in a group before
WORDS = "As it stood before what has come on the record since"


@transaction.atomic
def write_moves(planted, seed, today):
    """{CRN: a group, or a place outside of all; None where nobody had come yet} of each person four weeks ago."""
    people = {one["crn"]: one for one in planted["people"]}
    known = dict(Case.objects.filter(crn__in=people).values_list("crn", "arrived_on"))
    moved = dict(_moves(people, known, seed, today))
    _date_back(today)
    _write(moved)
    then: dict[str, str | None] = {}
    for crn, one in people.items():
        came = known[crn] or today
        if came > today - timedelta(days=BACK):
            then[crn] = None
        else:
            then[crn] = moved[crn][0] if crn in moved else one["group"] or one["place"]
    return then


def _moves(people, known, seed, today):
    """(CRN, (where they stood, on which day they moved)); nobody of the tour, whose story says how it went."""
    for crn, one in people.items():
        came = known[crn]
        long = came and came <= today - timedelta(days=BACK + SETTLED)
        if not long or "story" in one or not one["team"]:
            continue
        rng = Random(f"moves {seed} {crn}")
        stood = _stood(one, rng)
        if stood:
            yield crn, (stood, today - timedelta(days=rng.randint(LATEST, EARLIEST)))


def _stood(one, rng):
    """Where they stood before they moved; blank for whoever did not."""
    if one["place"] == Place.ESCALATE:
        return rng.choice(["M50", "MC50", "MC75"]) if rng.randint(1, 100) <= ESCALATED else ""
    if one["place"] != Place.GROUP:
        return ""
    drawn = rng.randint(1, 100)
    for way, share in WAYS.items():
        drawn -= share
        if drawn <= 0:
            return Place.CANNOT.value if way == "into" else _from(one["group"], way, rng)
    return ""


def _from(group, way, rng):
    """A group one step away, from which whoever is in this one now went that way; blank at the edge of the table."""
    levels, bands = list(Level), list(Band)
    level = next(one for one in levels if group.rstrip("0123456789") == one)
    down, right = levels.index(level), bands.index(group[len(level) :])
    steps = {"higher": [(-1, 0), (0, -1)], "lower": [(1, 0), (0, 1)], "across": [(1, -1), (-1, 1)]}
    found = [
        f"{levels[down + y]}{bands[right + x]}"
        for y, x in steps[way]
        if 0 <= down + y < len(levels) and 0 <= right + x < len(bands)
    ]
    return rng.choice(found) if found else ""


def _date_back(today):
    """Everybody has stood where they stand since they came."""
    came = Case.objects.filter(pk=OuterRef("case")).values("arrived_on")
    Placement.objects.current().update(placed_on=Least(Coalesce(Subquery(came), today), today))
    placed = Placement.objects.current().filter(case=OuterRef("case")).values("placed_on")
    Standing.objects.update(placed_on=Coalesce(Subquery(placed[:1]), "placed_on"))


def _write(moved):
    """What stood before, until the day of the move; what stands, from that day."""
    now = Placement.objects.current().filter(case__crn__in=moved).select_related("case")
    now = list(now.order_by("case__crn"))
    before = []
    for one in now:
        stood, on = moved[one.case.crn]
        in_group = stood not in set(Place)
        level = stood.rstrip("0123456789") if in_group else ""
        before.append(
            Placement(
                case=one.case,
                place=Place.GROUP if in_group else stood,
                level=level,
                band=stood[len(level) :] if in_group else "",
                because=WORDS,
                facts={},
                rules=RULES,
                policy_version=one.policy_version,
                placed_on=one.placed_on,
                superseded_on=on,
            )
        )
        one.placed_on = on
    Placement.objects.bulk_create(before)
    Placement.objects.bulk_update(now, ["placed_on"])
    standing = list(Standing.objects.filter(case__crn__in=moved).select_related("case"))
    for row in standing:
        row.placed_on = moved[row.case.crn][1]
    Standing.objects.bulk_update(standing, ["placed_on"])
