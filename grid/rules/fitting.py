"""What can be offered to one person: every series that fits them, the best first, or the honest no with what is missing.

An offer lies inside the hours they are free, within reach, in company they may be in, and is over before their order or licence ends.
Whoever takes something of another content than what they wait for keeps their place in the queue for that. Source: report 2.3 ("he requires an
evening or weekend group which is currently unavailable"); features 78 and idea 9 (ranked alternatives, one to one of the same
content, the place kept); the order is local policy.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cases.reference.codes import Titled
from cases.rules.words import counted, ended
from grid.reference.interventions import INTERVENTIONS
from grid.rules.coming import Reason, Seeker, Suited, against, earliest_day
from grid.rules.company import beside_company
from grid.rules.groups_open import OpenSeries, TimeOfWeek, times_of_week
from grid.rules.sessions import Session
from grid.rules.waiting_policy import WaitingPolicy
from grid.rules.when_where import times_free
from staff.rules.dates import say_date


class Kind(Titled):
    """What a series is to them, in the order in which it is offered."""

    WANTED = "wanted", "What they wait for"
    EQUAL = "equal", "The same content, one to one"
    OTHER = "other", "Something else that suits them"


@dataclass(frozen=True, slots=True)
class Offer:
    series: OpenSeries
    kind: Kind
    sessions: tuple[Session, ...]  # those they would have
    minutes: int  # each way
    # Over before their order or licence ends; None: when that is, or when they finish, is not known
    in_time: bool | None
    # None: what they missed is made up for in a series that has no days yet
    finishes_on: date | None
    why: tuple[str, ...]  # it stands where it does, in sentences

    @property
    def starts_on(self) -> date:
        return self.sessions[0].on

    @property
    def last_on(self) -> date:
        return self.sessions[-1].on

    @property
    def keeps_place(self) -> bool:
        """Whether they stay in the queue for what they wait for. The same content one to one ends the waiting, as itself does."""
        return self.kind is Kind.OTHER


@dataclass(frozen=True, slots=True)
class Refused:
    """A series that does not fit, and the first reason why not."""

    series: OpenSeries
    kind: Kind
    reason: Reason
    words: str


@dataclass(frozen=True, slots=True)
class Offers:
    """The best first. `refused`: as they were given."""

    offers: tuple[Offer, ...]
    refused: tuple[Refused, ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """The honest no: a senior decides what happens instead, and it counts as a need that is not met."""

    refused: tuple[Refused, ...]
    missing: tuple[str, ...]  # in sentences


def fitting(
    seeker: Seeker,
    wanted: Suited,
    others: Sequence[Suited],
    planned: Iterable[OpenSeries],
    policy: WaitingPolicy,
    today: date,
) -> Offers | Nothing:
    """What fits, of `wanted` and of what else suits them. `others`: the best first, one-to-one forms included.

    A series of an intervention that is in neither is passed over: it does not suit them.
    """
    suited = {one.code: one for one in (*reversed(others), wanted)}
    ranks = {one.code: place for place, one in reversed(list(enumerate(others)))}
    offers, refused = [], []
    for series in planned:
        if series.code not in suited:
            continue
        kind = kind_of(series.code, wanted.code)
        found = against(seeker, suited[series.code], series, policy, today)
        if found:
            refused.append(Refused(series, kind, found.reason, found.words))
        else:
            offers.append(_offer(seeker, suited[series.code], series, kind, policy, today))
    if not offers:
        missing = tuple(_missing(seeker, wanted, refused, policy, today))
        return Nothing(tuple(refused), missing)
    offers.sort(key=lambda one: _place(one, seeker, ranks, policy, today))
    return Offers(tuple(offers), tuple(refused))


def kind_of(code: str, wanted: str) -> Kind:
    if code == wanted:
        return Kind.WANTED
    return Kind.EQUAL if INTERVENTIONS[code].equal_to == wanted else Kind.OTHER


def is_soon(starts_on: date, policy: WaitingPolicy, today: date) -> bool:
    return starts_on <= today + timedelta(weeks=policy.soon_weeks)


def _place(offer, seeker, ranks, policy, today):
    """What begins soon before what does not; then what they wait for, its equal, and the rest as it suits them."""
    series = offer.series
    return (
        not is_soon(offer.starts_on, policy, today),
        list(Kind).index(offer.kind),
        0 if offer.kind is Kind.WANTED else ranks[series.code],
        not (seeker.company.woman and series.women_only),
        series.place not in seeker.prefers,
        offer.starts_on,
        offer.minutes,
        offer.last_on,
        series.pk,
    )


def _offer(seeker, suited, series, kind, policy, today):
    first_day = earliest_day(policy, today)
    sessions, finishes_on = series.sessions_from(first_day), series.finishes_on(first_day)
    return Offer(
        series=series,
        kind=kind,
        sessions=sessions,
        minutes=seeker.minutes[series.place],
        in_time=True if suited.until and finishes_on else None,  # what ends too late was refused
        finishes_on=finishes_on,
        why=tuple(_why(seeker, suited, series, kind, sessions, policy, today)),
    )


def _why(seeker, suited, series, kind, sessions, policy, today):
    starts_on, days = sessions[0].on, len({one.on for one in sessions})
    soon = "within" if is_soon(starts_on, policy, today) else "not within"
    yield f"It begins on {say_date(starts_on)}, {soon} {counted(policy.soon_weeks, 'week')}."
    yield ended(kind.title)
    if seeker.company.woman and series.women_only:
        yield "For women only."
    for one in beside_company(seeker.case, seeker.company, series):
        yield one.text  # what would refuse them has refused them already
    if series.place in seeker.prefers:
        yield f"They prefer {series.site}."
    yield f"About {seeker.minutes[series.place]} minutes each way."
    yield from _by_choice(suited, days)
    yield _over(suited, sessions[-1].on)
    if series.finishes_later(sessions[0]):
        missed = counted(sessions[0].number - 1, "session")
        yield f"They make up for {missed} in the series after it, so nobody knows yet when they finish."


def _by_choice(suited, days):
    """The days of it beyond those that the court's maximum leaves."""
    required = suited.required(days)
    if not required:
        yield f"None of its {counted(days, 'day')} is required: they would come by their own choice."
    elif required < days:
        are = "is" if required == 1 else "are"
        yield f"{required} of its {counted(days, 'day')} {are} required; the rest are by their own choice."


def _over(suited, last_on):
    if suited.until is None:
        return f"It is over on {say_date(last_on)}. Nobody recorded {suited.end}."
    days = (suited.until - last_on).days
    left = f"{counted(days, 'day')} before" if days else "on the day on which"
    return f"It is over on {say_date(last_on)}, {left} {suited.end.what} ends."


def _missing(seeker, wanted, refused, policy, today):
    """What there would have to be, so that something could be offered."""
    if not refused:
        yield f"No series is planned of {INTERVENTIONS[wanted.code].title}, or of anything that could take its place."
        return
    if seeker.week is None:
        yield "Nobody has recorded when they can come: ask them, and look again."
    theirs = [one for one in refused if one.reason not in (Reason.JOIN, Reason.WOMEN)]
    free = _times_free(seeker, theirs, policy, today)
    run = set().union(*(times_of_week(one.series.sessions) for one in theirs))
    if free and not free & run:
        yield f"No {_either(free)} series is planned that they could join, and they can come at no other time."
    counts = Counter(one.reason for one in refused)
    for reason in Reason:
        if counts[reason]:
            yield f"{counted(counts[reason], 'series', 'series')} {reason.title}."


def _times_free(seeker, refused, policy, today):
    """At which they could come to the shortest session of these."""
    lengths = [one.minutes for each in refused for one in each.series.sessions]
    return times_free(seeker, min(lengths), policy, today) if lengths else frozenset()


def _either(times):
    return " or ".join(one.title.lower() for one in TimeOfWeek if one in times)
