"""All that decides whether many people may be given places, read once in a fixed number of statements.

Source: product rules, gates (allocate to a work site). Each part is a rule: `gate` (the case), `site_gate` (this person
at this site), `sites` (the site), `group_gate` (who else is there), `placing` (hours, days, the way).
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Q

from cases.models import Case, PostcodePoint, Sentence
from cases.queries.enquiries import homes_of
from cases.queries.restrictions import restrictions_of
from cases.reference.codes import HELD
from cases.rules.gaps import Found
from cases.rules.restrictions import Restricted
from cases.rules.travel import minutes
from unpaidwork.models import Work, WorkAllocation
from unpaidwork.queries.gate import found_for_each
from unpaidwork.queries.hours import hours_of
from unpaidwork.queries.not_here import not_here
from unpaidwork.queries.policy import work_policy
from unpaidwork.queries.projects import sites_of
from unpaidwork.queries.workers import is_woman, workers_of
from unpaidwork.reference.work import WorkState
from unpaidwork.rules.group_gate import Seat, group_gate
from unpaidwork.rules.hours import Hours
from unpaidwork.rules.placing import Placing, Theirs, placing_gaps
from unpaidwork.rules.policy import WorkPolicy
from unpaidwork.rules.site_gate import Asked, site_gates
from unpaidwork.rules.sites import Point, Site, site_gaps, travel_gaps
from unpaidwork.rules.workers import Worker

ANY_PROJECT = (
    "work:",
    "women:not-asked",
)  # how the keys begin of what no project mends, nor the gate of the case knows


@dataclass(frozen=True, slots=True)
class Ask:
    """One place that is asked for. `but`: the key of the allocation it takes the place of."""

    work: Work
    placing: Placing
    but: int | None = None


@dataclass
class Board:
    """What the rules need of everybody and every site that is asked about."""

    today: date
    policy: WorkPolicy
    case_found: dict[int, list[Found]]
    workers: dict[int, Worker]
    restricted: dict[int, list[Restricted]]
    sites: dict[int, Site]
    homes: dict[int, Point]
    open_cases: set[int]
    held: set[int]
    not_here: dict[int, str]
    hours: dict[int, Hours]
    seats: dict[int, Seat]
    by_place: dict[tuple, list[int]] = field(default_factory=lambda: defaultdict(list))
    at_site: dict[Ask, list[Found]] = field(default_factory=dict)

    def found(self, ask):
        """Everything that stands against it, gates and warnings, what is about the person first."""
        placing, case = ask.placing, ask.work.case_id
        site = self.sites[placing.project]
        day = max(placing.from_on, self.today)
        if ask not in self.at_site:
            self.measure([ask])
        found = [
            *self.case_found[case],
            *self.at_site[ask],
            *self._beside(ask),
            *site_gaps(site, day),
            *travel_gaps(site, placing.stop, day),
            *placing_gaps(placing, site, self.theirs(ask), self.policy, self.today),
        ]
        return _once(found)

    def is_of_the_case(self, ask, found):
        """Whether this stands in the way whatever the project: said once, and not of each."""
        of_case = {one.key for one in self.case_found[ask.work.case_id]}
        return found.key in of_case or found.key.startswith(ANY_PROJECT)

    def measure(self, asked):
        """Hold the people of all these against their sites in one go."""
        found = site_gates([self._asked(ask) for ask in asked])
        self.at_site |= dict(zip(asked, found, strict=True))

    def take(self, ask):
        """From now on this place counts for those that are asked about after it."""
        key = -len(self.seats) - 1
        seat = self.seat(ask)
        self.seats[key] = seat
        for place in _places(seat):
            self.by_place[place].append(key)

    def seat(self, ask):
        placing, worker = ask.placing, self.workers[ask.work.case_id]
        way, stop = self._stop(placing)
        return Seat(
            case=worker.case,
            project=placing.project,
            weekday=placing.weekday,
            first=placing.from_on,
            last=placing.to_on,
            from_at=placing.from_at,
            to_at=placing.to_at,
            woman=worker.woman,
            way=way and way.pk,
            pick_up=stop and stop.pick_up,
            at=stop and stop.at,
            every=placing.every,
        )

    def theirs(self, ask):
        case = ask.work.case_id
        return replace(
            self.theirs_anywhere(ask.work),
            minutes_away=self.minutes_away(ask),
            taken=tuple(
                seat for key, seat in self.seats.items() if seat.case == case and key != ask.but
            ),
        )

    def theirs_anywhere(self, work):
        """What is known of the person and of the work, whatever the project."""
        case, hours = work.case_id, self.hours[work.pk]
        return theirs_of(
            work,
            hours,
            supervised=case in self.open_cases,
            held=case in self.held,
            not_here=self.not_here.get(case, ""),
        )

    def minutes_away(self, ask):
        site = self.sites[ask.placing.project].by_stop(ask.placing.stop)
        return minutes(self.homes.get(ask.work.case_id), site)

    def _asked(self, ask):
        placing, case = ask.placing, ask.work.case_id
        site = self.sites[placing.project].by_stop(placing.stop)
        first = max(placing.from_on, self.today)
        restricted = tuple(self.restricted.get(case, ()))
        return Asked(self.workers[case], restricted, site, first, placing.to_on)

    def _beside(self, ask):
        seat = self.seat(ask)
        keys = {key for place in _places(seat) for key in self.by_place[place]} - {ask.but}
        others = [self.seats[key] for key in sorted(keys)]
        return group_gate(
            self.workers[seat.case],
            seat,
            self.sites[seat.project],
            others,
            agreed_alone=ask.placing.agreed_alone,
        )

    def _stop(self, placing):
        site = self.sites[placing.project]
        pairs = ((way, at) for way in site.ways for at in way.stops if at.pk == placing.stop)
        return next(pairs, (None, None))


def board_of(works, projects, today):
    """The `Board` for asking about any of these works (rows) at any of these projects (rows or keys)."""
    cases = {one.case_id for one in works}
    rows = list(Case.objects.filter(pk__in=cases).order_by("pk"))
    sites = sites_of(projects, today)
    board = Board(
        today=today,
        policy=work_policy(today),
        case_found=found_for_each(rows, today),
        workers=workers_of(cases, today),
        restricted=restrictions_of(cases, today),
        sites=sites,
        homes=homes_at(cases),
        open_cases={one.pk for one in rows if one.is_supervised},
        held=in_custody(cases),
        not_here=not_here(cases, rows),
        hours=hours_of(works, today),
        seats=_seats(cases, sites, today),
    )
    for key, seat in board.seats.items():
        for place in _places(seat):
            board.by_place[place].append(key)
    return board


def placing_of(allocation):
    """What an allocation says, as it is asked about."""
    return Placing(
        project=allocation.project_id,
        weekday=allocation.weekday,
        from_on=allocation.from_on,
        from_at=allocation.from_at,
        to_at=allocation.to_at,
        to_on=allocation.to_on,
        every=allocation.every,
        stop=allocation.stop_id,
        travel_help=allocation.travel_help,
        travel_because=allocation.travel_because,
        agreed_alone=allocation.agreed_alone,
    )


def homes_at(cases):
    """{case: (easting, northing) of the postcode where they live}, as far as it is known. Two statements."""
    homes = {case: rows[-1].postcode for case, rows in homes_of(cases).items() if rows}
    codes = {case: code.upper().replace(" ", "") for case, code in homes.items() if code}
    points = {
        one.pk: (one.easting, one.northing)
        for one in PostcodePoint.objects.filter(pk__in=set(codes.values()))
    }
    return {case: points[code] for case, code in codes.items() if code in points}


def theirs_of(work, hours, *, supervised, held, not_here):
    return Theirs(
        supervised=supervised,
        held=held,
        not_here=not_here,
        state=WorkState(work.state),
        left=hours.left,
        ordered=hours.ordered,
        first=hours.first,
    )


def in_custody(cases):
    """The keys of those of these who are recorded as held. One statement."""
    held = Sentence.objects.current().filter(case__in=cases, custody_status__in=HELD)
    return set(held.values_list("case", flat=True))


SEAT = (
    "pk", "case", "project", "weekday", "from_on", "to_on", "from_at", "to_at", "case__sex",
    "case__person__gender_identity", "stop__route", "stop__pick_up", "stop__at", "every",
)  # fmt: skip


def seats_where(wanted, today):
    """{key of the allocation: Seat} of those active today or later, as far as `wanted` (a Q) says. One statement."""
    live = WorkAllocation.objects.live(today).filter(wanted, state="active")
    return {
        pk: Seat(case, project, weekday, first, last, start, end, is_woman(sex, identity), *rest)
        for pk, case, project, weekday, first, last, start, end, sex, identity, *rest in (
            live.order_by("pk").values_list(*SEAT)
        )
    }


def _seats(cases, sites, today):
    """Those at these sites, those picked up where they stop, and whatever else these people have."""
    stops = {at.pick_up for site in sites.values() for way in site.ways for at in way.stops}
    return seats_where(
        Q(project__in=list(sites)) | Q(stop__pick_up__in=stops) | Q(case__in=cases), today
    )


def _places(seat):
    """Where somebody in this place could meet others: at the site, and where they are picked up."""
    yield ("site", seat.project, seat.weekday)
    if seat.pick_up is not None:
        yield ("pick-up", seat.pick_up, seat.weekday)


def _once(found):
    """Terms that nobody has seen are the case's to say once, whatever the site; and each key once."""
    said = {one.key for one in found}
    told = any(key.startswith("terms:") for key in said)
    kept = {
        one.key: one
        for one in reversed(found)
        if not (told and one.key.startswith("restricted:") and one.key.endswith(":terms"))
    }
    return list(reversed(kept.values()))
