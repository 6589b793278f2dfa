"""What the page of places of a case says: what they wait for and may expect, what can be offered and why, and what could not.

Sources: report 2.3 (nobody was told why nothing fitted); features 78 and idea 9.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Case
from cases.queries.names import Names
from cases.rules.addresses import address
from cases.rules.words import counted
from grid.models import SeriesPlace, UnmetNeed
from grid.queries.apart import OF_ONE, apart_in
from grid.queries.offers import Offered
from grid.queries.waiting_pages import say_end, tags_of
from grid.reference.groups import Decision, PlaceState
from grid.reference.interventions import INTERVENTIONS
from grid.rules.fitting import Kind, Offer, Refused
from grid.rules.groups_open import say_times
from grid.rules.outlook import say_waited
from staff.kit import Line, Tag, on
from staff.permissions import Action
from staff.rules.dates import say_date, say_time

KEPT = Tag("Kept while they are asked", "blue")
TAKEN = Tag("In the series", "green")
QUEUE = "They keep their place in the queue for what they wait for."
NO_QUEUE = "It is what they wait for, so they leave the queue."


@dataclass(frozen=True)
class OfferRow:
    """One series that fits. `keep` and `give`: where it is taken up; blank: the reader may not, or it is kept already."""

    title: str
    kind: str
    site: str
    times: str
    starts: str
    finishes: str
    minutes: str
    places: str
    why: tuple[str, ...]
    queue: str
    keep: str
    give: str
    hidden: str  # words for those who hear the page, so that the buttons differ


@dataclass(frozen=True)
class RefusedRow:
    title: str
    site: str
    times: str
    starts: str
    words: str


@dataclass(frozen=True)
class Waits:
    """One referral that waits, and what can be offered. `put`: its key, where the reader may put it to the senior."""

    title: str
    anchor: str
    lines: list[Line]
    tags: list[Tag]
    why: tuple[str, ...]
    list_href: str
    offers: list[OfferRow]
    refused: list[RefusedRow]
    missing: tuple[str, ...]
    ask: str  # where it is recorded when they can come, where nobody has; blank: it is, or the reader may not
    put: int | None = None
    no_longer: str = ""  # why it suits them no more; blank: it does


@dataclass(frozen=True)
class PlaceRow:
    """A place that they have, or that is kept for them. `leave`, `give`: where that is done; blank: not here.

    `apart`: that somebody they must be kept apart from is there too; blank: nobody is.
    """

    title: str
    site: str
    tag: Tag
    words: str
    leave: str
    give: str
    apart: str


@dataclass(frozen=True)
class NeedShown:
    """A need that nothing meets: what was missing, and what was decided. `decide`: where a senior does."""

    title: str
    lines: list[Line]
    missing: list[str] = field(default_factory=list)
    decide: str = ""
    decided: bool = False


def waits_of(
    case: Case,
    offered: list[Offered],
    names: Names,
    may,
    need: UnmetNeed | None,
    today: date,
    no_longer: Mapping[int, str],
) -> list[Waits]:
    """`need`: the one of this case that nothing meets, where there is one: nothing else is put to the senior meanwhile.

    `no_longer`: as `grid.queries.referrals.no_longer_suits` has it.
    """
    return [_waits(case, one, names, may, need, today, no_longer) for one in offered]


def _waits(case, one, names, may, need, today, no_longer):
    on_list, title = one.on_list, INTERVENTIONS[one.referral.code].title
    asked = on_list.seeker.week is not None
    may_put = Action.GIVE_PLACE in may and need is None and one.may_be_unmet
    return Waits(
        title=title,
        anchor=f"waits-{one.referral.pk}",
        lines=_lines(one, today),
        tags=tags_of(on_list),
        why=on_list.why if Action.VIEW_PLACEMENT in may else on_list.why_unscored,
        list_href=reverse("waiting-list", args=[one.referral.code]),
        offers=[_offer(case, one, offer, may) for offer in one.offers],
        refused=[_refused(each, names) for each in one.refused],
        missing=one.missing,
        ask="" if asked or Action.SAY_WEEK not in may else reverse("case-week", args=[case.crn]),
        put=one.referral.pk if may_put else None,
        no_longer=no_longer.get(one.referral.pk, ""),
    )


def _lines(one, today):
    on_list = one.on_list
    using = on_list.expected.waiting.using
    since = one.referral.waiting_since
    found = [
        Line("What they may expect", on_list.words),
        Line("Position on the whole list", f"{on_list.expected.position:,}"),
        Line("On the list since", on(since), detail=say_waited(since, today)),
        Line("Until when they can be asked", say_end(on_list)),
    ]
    return [*found, Line("Meanwhile", f"{using}. Their place is kept.")] if using else found


def _offer(case, one, offer: Offer, may):
    series = offer.series
    kept = case.pk in series.kept
    asked = {"referral": one.referral.pk, "series": series.pk}
    free = Action.GIVE_PLACE in may
    title = INTERVENTIONS[series.code].title
    return OfferRow(
        title=title,
        kind=offer.kind.title,
        site=series.site,
        times=say_times(offer.sessions),
        starts=say_date(offer.starts_on),
        finishes=_finishes(offer),
        minutes=f"About {offer.minutes} minutes each way",
        places=_places(case, series),
        why=offer.why,
        queue=QUEUE if offer.kind is Kind.OTHER else NO_QUEUE,
        keep=_step("keep-place", case, asked) if free and not kept else "",
        give=_step("give-place", case, asked) if free else "",
        hidden=f" in {title} at {series.site} from {say_date(offer.starts_on)}",
    )


def _step(name, case, asked):
    return address(reverse(name, args=[case.crn]), **asked)


def _finishes(offer):
    if offer.finishes_on is None:
        return "In the series after it, which has no days yet"
    return say_date(offer.finishes_on)


def _places(case, series):
    if case.pk in series.kept:
        return "One is kept for them"
    return f"{counted(series.places_left(case.pk), 'place')} left of {series.places}"


def _refused(each: Refused, names: Names):
    """What stands in the way may be in words that staff wrote."""
    series = each.series
    return RefusedRow(
        title=INTERVENTIONS[series.code].title,
        site=series.site,
        times=say_times(series.sessions),
        starts=say_date(series.sessions[0].on),
        words=names.text(each.words),
    )


def places_of(case: Case, may, now) -> list[PlaceRow]:
    """Their places, those kept for them first."""
    live = SeriesPlace.objects.live(now).filter(case=case).select_related("series__place")
    rows = list(live.order_by("state", "given_at", "pk"))
    apart = apart_in([one.series_id for one in rows], now)
    return [_place(case, one, may, case.pk in apart.get(one.series_id, ())) for one in rows]


def _place(case, one, may, apart):
    kept = one.state == PlaceState.KEPT
    free = Action.GIVE_PLACE in may
    until = localtime(one.kept_until) if kept else None
    asked = {"referral": one.referral_id, "series": one.series_id}
    return PlaceRow(
        title=INTERVENTIONS[one.series.code].title,
        site=one.series.place.name,
        tag=KEPT if kept else TAKEN,
        words=f"Kept until {say_time(until)} on {say_date(until)}" if until else f"Given on {on(localtime(one.given_at).date())}",
        leave=reverse("leave-series", args=[case.crn, one.pk]) if free else "",
        give=_step("give-place", case, asked) if free and kept else "",
        apart=OF_ONE if apart else "",
    )  # fmt: skip


def need_of(case: Case) -> UnmetNeed | None:
    """What nothing meets, decided or not; None: there is nothing."""
    found = UnmetNeed.objects.unmet().filter(case=case)
    return found.select_related("referral", "opened_by", "decided_by").first()


def need_shown(case: Case, need: UnmetNeed, names: Names, may) -> NeedShown:
    by = need.opened_by.name if need.opened_by else "By itself"
    lines = [Line("Put to the senior", on(need.opened_on), detail=by)]
    if need.decided_at:
        lines += _decided(need, names)
    return NeedShown(
        title=INTERVENTIONS[need.referral.code].title,
        lines=lines,
        missing=need.missing,
        decide=reverse("decide-unmet-need", args=[case.crn])
        if Action.DECIDE_UNMET_NEED in may
        else "",
        decided=need.decided_at is not None,
    )


def _decided(need, names):
    who = f"{need.decided_by.name}, {on(localtime(need.decided_at).date())}"
    yield Line("Decided", Decision(need.decision).title, detail=who)
    yield Line("Why, and what is done", names.text(need.words))
    if need.look_again_on:
        yield Line("Looked at again", on(need.look_again_on))
