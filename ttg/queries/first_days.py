"""The first days after release of many people at once: everywhere each is to be, the way there, and what cannot be kept.

Source: `ttg.rules.first_days`; Through the Gate reference 6 (first 72 hours). Seven statements and two policies,
however many they are: the page, the board, the API and the sheet for the gate all read it here.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.timezone import localtime

from cases.models import Contact
from cases.reference.appointments import TYPES, Where
from cases.rules.booking import USUAL
from cases.rules.calendar import add_working_days, is_working_day
from cases.services.policy import clocks
from ttg.models import HomeOffer, Referral
from ttg.queries.first_places import (
    REMOTE,
    code_of,
    code_of_service,
    compact,
    is_timed,
    place_of,
    points_of,
    where_of,
)
from ttg.queries.first_record import recorded_of
from ttg.queries.policy import release_policy
from ttg.reference.hand_over import MetState
from ttg.reference.home import Item, ItemState
from ttg.reference.referrals import ReferralState, ServiceKind
from ttg.rules.first_days import (
    RELEASE_KEY,
    Errand,
    Problem,
    Stop,
    Trouble,
    early,
    in_order,
    problems,
    shut,
    ways,
    ways_home,
)
from ttg.rules.first_days_limits import Curfew, against_curfew, too_much
from ttg.rules.release_dates import falls_badly

SERVICE_LASTS = timedelta(hours=1)  # as long as nobody has said
USUALLY = timedelta(minutes=USUAL)
WEEKDAYS = (0, 1, 2, 3, 4)
WITH_TIME = [ReferralState.ACCEPTED, ReferralState.BOOKED, ReferralState.ATTENDED, ReferralState.MISSED]  # fmt: skip
UNTIMED = [ReferralState.SENT, ReferralState.RECEIVED, ReferralState.WAITING, ReferralState.ACCEPTED]  # fmt: skip
STILL_ASKED = (ItemState.NEEDED, ItemState.APPLIED, ItemState.RETURNED, ItemState.TURNED_DOWN)
JOBCENTRE = "Jobcentre"


@dataclass(frozen=True)
class FirstDays:
    """Of one release. `way`: minutes from the place before, by key of the stop; None: not known how far."""

    out: datetime
    hours: int
    stops: list[Stop]
    errands: list[Errand]
    way: dict[str, int | None]
    way_home: dict[date, int | None]  # from where they are last on each day
    hard: str  # why it is a bad day to leave, while they have not left
    cannot: list[Trouble]  # what cannot be kept as it stands
    unknown: list[Trouble]
    contacts: list[Contact]
    no_hour: list[Contact]  # appointments of which the day alone is known
    waiting: list[Referral]  # a service takes them on, and no time is given
    items: dict[str, str] = field(default_factory=dict)
    home: HomeOffer | None = None
    curfew: Curfew | None = None

    @property
    def last(self):
        return self.out + timedelta(hours=self.hours)


def first_days_of(stays, today):
    """{key of the stay: FirstDays} of those whose day of release is known. Give the stays with their prison."""
    policy, extra = release_policy(today), clocks(today).extra_bank_holidays
    raw = recorded_of(stays, policy.first_hours)
    points = points_of(raw.values())
    return {pk: _made(one, points, policy, extra) for pk, one in raw.items()}


def _made(raw, points, policy, extra):
    out, travel = raw.out, _travel(policy)
    last = out + timedelta(hours=policy.first_hours)
    home = points.get(compact(raw.home.postcode)) if raw.home else None
    found = [_release(raw, points), *_booked(raw, points), *_services(raw, points)]
    stops = sorted((one for one in found if one.starts < last), key=in_order)
    errands = [one for one in _errands(raw, extra) if one.on <= last.date()]
    after = [one for one in stops if one.starts >= out]
    before = [one for one in stops if one.starts < out and not one.remote]
    told = [
        *early(before, out),
        *problems(after, **travel, holidays=extra),
        *shut(errands, extra),
        *against_curfew(after, raw.curfew, out, home, **travel),
        *too_much(after, errands, raw.curfew, out, **travel),
    ]
    return FirstDays(
        out=out,
        hours=policy.first_hours,
        stops=stops,
        errands=errands,
        way=ways(after, home=home, **travel),
        way_home=ways_home(after, home, **travel),
        hard="" if raw.stay.released_on else falls_badly(raw.day, extra),
        cannot=[one for one in told if one.problem != Problem.NOT_KNOWN],
        unknown=[one for one in told if one.problem == Problem.NOT_KNOWN],
        contacts=[one for one in raw.contacts if one.started_at < last],
        no_hour=[one for one in raw.contacts if not is_timed(one) and one.started_at < last],
        waiting=[one for one in raw.referrals if one.state in UNTIMED and not one.first_at],
        items=raw.items,
        home=raw.home,
        curfew=raw.curfew,
    )


def _travel(policy):
    return {
        "minutes_a_km": policy.travel_minutes_a_km,
        "least_minutes": policy.travel_least_minutes,
    }


def _release(raw, points):
    prison = raw.stay.prison
    where = raw.gate.where if raw.gate else ""
    return Stop(
        key=RELEASE_KEY,
        what=f"Leaves prison{_met(raw.gate)}",
        where=", ".join(filter(None, [prison.name if prison else "", where])),
        starts=raw.out,
        ends=raw.out,
        point=points.get(compact(prison.postcode)) if prison else None,
        told="You leave prison",
    )


def _met(gate):
    if gate is None:
        return ""
    return ", and was not met" if gate.state == MetState.NOT_MET else ", and is met"


def _booked(raw, points):
    for one in raw.contacts:
        if not is_timed(one):
            continue
        starts, code = localtime(one.started_at), code_of(one, raw.home)
        ends = localtime(one.ended_at) if one.ended_at else None
        kind = TYPES.get(one.type_code)
        where = where_of(one)
        yield Stop(
            key=f"contact-{one.pk}",
            what=kind.title if kind else one.type_name or "Appointment",
            where=place_of(one),
            starts=starts,
            ends=ends if ends and ends > starts else starts + USUALLY,
            point=points.get(code),
            remote=where in REMOTE,
            at_home=where == Where.HOME,
            told=f"Your {kind.says}" if kind else "An appointment",
        )


def _services(raw, points):
    for one in raw.referrals:
        if not one.first_at or one.state not in WITH_TIME:
            continue
        starts = localtime(one.first_at)
        if starts.date() < raw.day:
            continue
        yield Stop(
            key=f"referral-{one.pk}",
            what=one.service.name,
            where=one.first_where or one.service.address,
            starts=starts,
            ends=starts + SERVICE_LASTS,
            point=points.get(code_of_service(one)),
            weekdays=tuple(one.service.weekdays),
        )


def _errands(raw, extra):
    """What must be gone to at no time that is given: the pharmacy on the day itself, the Jobcentre when it first opens."""
    for one in raw.referrals:
        if one.service.kind == ServiceKind.PHARMACY and not one.first_at:
            yield Errand(f"referral-{one.pk}", one.service.name, one.service.address, raw.day, tuple(one.service.weekdays))  # fmt: skip
    if raw.items.get(Item.BENEFIT) in STILL_ASKED:
        opens = raw.day if is_working_day(raw.day, extra) else add_working_days(raw.day, 1, extra)
        yield Errand("benefit", JOBCENTRE, "", opens, WEEKDAYS)


def by_day(found):
    """{day: (its stops, its errands)} from the first to the last on which there is anything."""
    days: defaultdict[date, tuple[list[Stop], list[Errand]]] = defaultdict(lambda: ([], []))
    for one in found.stops:
        days[one.starts.date()][0].append(one)
    for one in found.errands:
        days[one.on][1].append(one)
    return dict(sorted(days.items()))
