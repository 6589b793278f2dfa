"""Writes projects with all that is known of their sites: who they are for, days, checks, who is near, vans.

Each runs on the day of today, on the days beside it and on two others, so that there is something to see whichever
day the demonstration is made on.
"""

from datetime import date, time, timedelta

from cases.models import PostcodePoint
from unpaidwork.management.demo.catalogue import PICK_UPS, PROJECTS
from unpaidwork.models import (
    Availability,
    Beneficiary,
    Neighbour,
    PickUp,
    Project,
    Route,
    SiteCheck,
    Stop,
)
from unpaidwork.reference.sites import Tool

FROM_AT, TO_AT = time(9, 30), time(16, 30)
SEATS = 8
OPENED = timedelta(days=400)
CHECKED, CHECKED_FOR = timedelta(days=50), timedelta(days=182)
AGREED, AGREED_FOR = timedelta(days=300), timedelta(days=730)
DAYS_FROM_TODAY = (0, 1, -1, 3, -3)  # of the week, counted from today's
HAZARDS = (
    {"hazard": "Uneven ground and water", "control": "Walk it first thing, tape off the edge, boots on."},
    {"hazard": "Lifting", "control": "Two to a load. Nobody lifts alone."},
)  # fmt: skip
OF_TOOLS = {
    Tool.BLADES: {"hazard": "Blades", "control": "Counted out and in. Carried closed. Two metres apart."},
    Tool.POWER: {"hazard": "Power tools", "control": "Only after the talk. Goggles, gloves, one at a time."},
    Tool.CHEMICALS: {"hazard": "Degreaser", "control": "Gloves. Door open. Washed off at once."},
    Tool.HEIGHT: {"hazard": "Ladders", "control": "Footed by a second person. Nobody above two metres."},
}  # fmt: skip
FIRST_AID = "Kit in the van. The supervisor is trained. Nearest emergency department on the sheet in the lid."


class Sites:
    """The projects once written: rows by their code, and stops by theirs."""

    def __init__(self, today: date, coordinator, team):
        self.today = today
        self.planned = {one.code: one for one in PROJECTS}
        self.projects = self._write_projects(team)
        self._write_days()
        self._write_checks(coordinator)
        self._write_neighbours()
        self.stops = self._write_vans()
        self._write_points()

    def weekdays(self):
        """Those on which every project runs, today's first."""
        return [(self.today.weekday() + days) % 7 for days in DAYS_FROM_TODAY]

    def _write_projects(self, team):
        began = self.today - OPENED
        names = dict.fromkeys(one.for_whom for one in PROJECTS)
        agreed = self.today - AGREED
        beneficiaries = {
            one.name: one
            for one in Beneficiary.objects.bulk_create(
                Beneficiary(
                    name=name,
                    contact="The secretary",
                    telephone=f"01632 960{500 + number}",
                    may_be_told="How many come, on which days, and who supervises.",
                    agreed_on=agreed,
                    agreement_until=agreed + AGREED_FOR,
                    insured_until=agreed + AGREED_FOR,
                )
                for number, name in enumerate(names)
            )
        }
        rows = [_project(one, beneficiaries[one.for_whom], began, team) for one in PROJECTS]
        return {one.code: one for one in Project.objects.bulk_create(rows)}

    def _write_days(self):
        began = self.today - OPENED
        Availability.objects.bulk_create(
            Availability(
                project=project, weekday=weekday, from_on=began, from_at=FROM_AT, to_at=TO_AT
            )
            for project in self.projects.values()
            for weekday in self.weekdays()
        )

    def _write_checks(self, coordinator):
        checked_on = self.today - CHECKED
        SiteCheck.objects.bulk_create(
            SiteCheck(
                project=self.projects[one.code],
                checked_on=checked_on,
                checked_by=coordinator,
                hazards=[*HAZARDS, *(OF_TOOLS[tool] for tool in one.tools)],
                tools=list(one.tools),
                first_aid=FIRST_AID,
                review_on=checked_on + CHECKED_FOR,
            )
            for one in PROJECTS
        )

    def _write_neighbours(self):
        Neighbour.objects.bulk_create(
            Neighbour(
                project=self.projects[one.code],
                near=near,
                what=what,
                easting=one.east + east if east else None,
                northing=one.north if east else None,
                when=when,
            )
            for one in PROJECTS
            for near, what, east, when in one.near
        )

    def _write_points(self):
        """Where their postcodes lie, and those of pick-ups, but for one that is somebody's home already."""
        known = [(one.postcode, one.east, one.north) for one in PROJECTS if one.postcode]
        known += [(postcode, east, north) for _, _, postcode, east, north, *_ in PICK_UPS]
        PostcodePoint.objects.bulk_create(
            (
                PostcodePoint(postcode=code.replace(" ", ""), easting=east, northing=north)
                for code, east, north in known
            ),
            ignore_conflicts=True,
        )

    def _write_vans(self):
        """{code of a pick-up: its stop}"""
        places = {
            code: PickUp(code=code, where=where, postcode=postcode, easting=east, northing=north)
            for code, where, postcode, east, north, *_ in PICK_UPS
        }
        PickUp.objects.bulk_create(places.values())
        routes = {
            one.code: Route(
                project=self.projects[one.code], name=one.van, line=_line(one), seats=SEATS
            )
            for one in PROJECTS
            if one.van
        }
        Route.objects.bulk_create(routes.values())
        stops = {
            code: Stop(route=routes[project], pick_up=places[code], at=time.fromisoformat(at))
            for code, *_, project, at in PICK_UPS
        }
        Stop.objects.bulk_create(stops.values())
        return stops


def _project(one, beneficiary, began, team):
    return Project(
        code=one.code,
        name=one.name,
        kind=one.kind,
        team=team,
        beneficiary=beneficiary,
        address=one.address,
        postcode=one.postcode,
        easting=one.east,
        northing=one.north,
        from_on=began,
        takes=one.takes,
        most=one.most,
        ratio=one.ratio,
        step_free=one.step_free,
        toilets=True,
        signal=one.signal,
        fallback=one.fallback,
        what_is_done=one.what,
        tasks=list(one.tasks),
        benefit=one.what,
        accredits=one.accredits,
    )


def _line(one):
    """The way of a van: by its stops in the order of their hours, the site last."""
    stops = sorted(
        (at, [east, north]) for *_, east, north, project, at in PICK_UPS if project == one.code
    )
    return [*(point for _, point in stops), [one.east, one.north]]
