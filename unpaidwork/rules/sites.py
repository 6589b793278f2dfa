"""A site as the rules know it, and what makes it unfit for anybody to work there.

Source: unpaid work reference 3 (site and safety record) and 10 (U10: a site without a signal needs two staff);
report 4.1 (lone-working devices fail where there is no coverage).
"""

from dataclasses import dataclass, replace
from datetime import date, time

from cases.rules.gaps import Found, Weight
from cases.rules.travel import Point
from cases.rules.words import counted
from staff.rules.dates import say_date
from unpaidwork.reference.sites import KEPT_TO_COORDINATORS, Near, ProjectKind, SiteSignal, Takes
from unpaidwork.rules.availability import Runs

NO_SIGNAL = frozenset({SiteSignal.NONE, SiteSignal.PATCHY, SiteSignal.UNKNOWN})
PAIR = 2
AT_HOME = frozenset({ProjectKind.HOME})  # nobody goes to a site
FOR_SOMEBODY = frozenset({ProjectKind.GROUP, ProjectKind.INDIVIDUAL})


@dataclass(frozen=True, slots=True)
class Nearby:
    """Who is on a site, or close to it. `point` None: on the site itself."""

    pk: int
    near: Near
    what: str
    point: Point | None
    when: str

    @property
    def kept(self):
        """Told to coordinators alone: where it stands must not be given away."""
        return self.near in KEPT_TO_COORDINATORS


@dataclass(frozen=True, slots=True)
class StopAt:
    """Where and when a van stops."""

    pk: int
    pick_up: int
    code: str
    where: str
    point: Point
    at: time
    closed_on: date | None = None  # from that day nobody is picked up there


@dataclass(frozen=True, slots=True)
class Way:
    """The way a van takes, the site last."""

    pk: int
    name: str
    line: tuple[Point, ...]
    seats: int
    stops: tuple[StopAt, ...]
    driven: bool = True  # not ended


@dataclass(frozen=True, slots=True)
class Site:
    """One project as it is on one day. `line` and `pick_up` are empty until somebody travels `by_stop`."""

    project: int
    code: str
    name: str
    kind: ProjectKind
    point: Point
    from_on: date
    to_on: date | None
    takes: Takes
    most: int
    ratio: int
    signal: SiteSignal
    fallback: str
    step_free: bool | None
    toilets: bool | None
    hi_vis: bool
    checked_on: date | None  # None: nobody has looked at it
    review_on: date | None
    tools: frozenset[str]  # by the latest check
    agreed_on: date | None
    agreement_until: date | None
    insured_until: date | None
    neighbours: tuple[Nearby, ...] = ()
    ways: tuple[Way, ...] = ()  # those no longer driven as well: somebody may still be down for one
    availability: tuple[Runs, ...] = ()
    line: tuple[Point, ...] = ()
    pick_up: Point | None = None
    accredits: str = ""  # what can be gained there

    @property
    def near(self):
        """Who is on it or close to it, as codes."""
        return frozenset(one.near for one in self.neighbours)

    @property
    def driven(self):
        return tuple(one for one in self.ways if one.driven)

    def by_stop(self, stop):
        """The same site as somebody reaches it who is picked up there: the whole way of the van counts.

        `stop` None: by their own way. Whether the van still stops there: `travel_gaps`.
        """
        way, at = self._stop(stop)
        return replace(self, line=way.line, pick_up=at.point) if way else self

    def _stop(self, stop):
        return next(
            ((way, at) for way in self.ways for at in way.stops if at.pk == stop), (None, None)
        )


def staff_needed(site, people):
    """How many staff so many people need there. Without a signal or another way to be reached, two at least."""
    alone_is_unsafe = site.signal in NO_SIGNAL and not site.fallback
    return max(-(-people // site.ratio), PAIR if alone_is_unsafe else 1)


def site_gaps(site, on):
    """What stands against anybody working there on this day: the same for everybody."""
    return [*_running(site, on), *_checked(site, on), *_agreed(site, on), *_reached(site)]


def travel_gaps(site, stop, on):
    """What stands against somebody being picked up at this stop on that day. None: they make their own way."""
    if stop is None:
        return
    way, at = site._stop(stop)
    if way is None:
        yield _gate("site:stop", f"No van to {site.name} stops at that pick-up point.", False)
    elif not way.driven:
        words = f"The van to {site.name} no longer goes by “{way.name}”."
        yield _gate("site:route-ended", words, False)
    elif at.closed_on and at.closed_on <= on:
        words = f"Nobody is picked up at {at.where} from {say_date(at.closed_on)}."
        yield _gate("site:pick-up-closed", words, False)


def staffing_gaps(site, people, staff):
    """What stands against so many people being there with so many staff."""
    if people > site.most:
        yield Found(
            "site:most",
            Weight.GATE,
            f"{counted(people, 'person', 'people')} would be at {site.name}, which holds {site.most}.",
            "No more people at once than the site was checked for",
            may_override=False,
        )
    needed = staff_needed(site, people)
    if staff < needed:
        yield Found(
            "site:staff",
            Weight.GATE,
            f"{counted(people, 'person', 'people')} at {site.name} {'needs' if people == 1 else 'need'} {needed} staff, and {staff or 'none'} "
            f"{'is' if staff < PAIR else 'are'} down for it.",
            "As many staff as the site's ratio asks, and two where nobody could call for help",
            may_override=False,
        )


def _running(site, on):
    if on < site.from_on:
        yield _gate("site:not-begun", f"{site.name} begins on {say_date(site.from_on)}.", False)
    if site.to_on and on > site.to_on:
        yield _gate("site:ended", f"{site.name} ended on {say_date(site.to_on)}.", False)


def _checked(site, on):
    if site.kind in AT_HOME:
        return
    if site.checked_on is None:
        yield _gate(
            "site:unchecked",
            f"Nobody has recorded a safety check of {site.name}: its hazards are not known.",
            False,
        )
    elif site.review_on < on:
        yield _gate(
            "site:check-overdue",
            f"The safety check of {site.name} was to be looked at again by {say_date(site.review_on)}.",
        )


def _agreed(site, on):
    """What has run out refuses; what was never recorded is said, as most of what is brought in lacks it."""
    if site.kind not in FOR_SOMEBODY:
        return
    if site.agreement_until and site.agreement_until < on:
        ended = say_date(site.agreement_until)
        yield _gate("site:agreement", f"The agreement for {site.name} ran out on {ended}.")
    elif site.agreed_on is None:
        words = f"No agreement with the beneficiary is recorded for {site.name}."
        yield _warning("site:agreement-unknown", words)
    if site.insured_until and site.insured_until < on:
        ended = say_date(site.insured_until)
        yield _gate("site:insurance", f"The insurance of {site.name} ran out on {ended}.", False)
    elif site.insured_until is None:
        words = f"Until when {site.name} is insured is not recorded."
        yield _warning("site:insurance-unknown", words)


def _reached(site):
    if site.kind not in AT_HOME and staff_needed(site, 0) == PAIR:
        yield _warning(
            "site:signal",
            f"Nobody at {site.name} may be able to call for help: it needs two staff each day.",
        )


def _gate(key, words, may_override=True):
    return Found(key, Weight.GATE, words, RULE, may_override=may_override, as_it_says=True)


def _warning(key, words):
    return Found(key, Weight.WARNING, words, RULE, as_it_says=True)


RULE = "Nobody works at a site that is not checked, agreed and insured on that day"
