"""Where somebody goes from prison as its page shows it: each offer, what is known of its safety, the nights after.

Source: Through the Gate reference 6, 7 (T4); `ttg.rules.home`.
"""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Notice
from staff.kit import Happening, Line, Link, Tag, on
from staff.permissions import Action
from staff.rules.dates import say_date
from ttg.models import HomeOffer, NoHomePlan
from ttg.queries.home_enquiries import ask_links, asked_of_homes, asked_shown
from ttg.queries.home_safety import as_read, found_of
from ttg.queries.owed import latest_stays
from ttg.reference.home import HomeKind, Night, OfferState, Stays
from ttg.rules.home import is_answered_for, is_safe
from ttg.rules.home_said import night_ends, nights_past

TAGS = {
    OfferState.OFFERED: Tag("Offered", "blue"),
    OfferState.CONFIRMED: Tag("Confirmed", "green"),
    OfferState.UNSAFE: Tag("Not safe", "red"),
    OfferState.DECLINED: Tag("Declined", "grey"),
    OfferState.LOST: Tag("Taken back", "grey"),
}
NO_STAY = (
    "No stay in prison is recorded on this case. Record it first: a home to go to belongs to it."
)
DOUBTED = "A home is confirmed, and something about it is no longer clear. Look at it again."


@dataclass(frozen=True)
class OfferShown:
    key: int
    title: str
    tag: Tag
    lines: list[Line]
    safety: list[Line]  # none of an offer that is over
    asked: list[Happening]  # the agencies that were asked about it, and what it came to
    actions: list[Link]


@dataclass(frozen=True)
class HomePage:
    lead: str = ""
    nothing: str = ""  # why nothing can be recorded; blank where it can
    warnings: list[str] = field(default_factory=list)
    offers: list[OfferShown] = field(default_factory=list)
    plan: list[Line] = field(default_factory=list)  # what is done for somebody with nowhere to go
    nights: list[Line] = field(default_factory=list)
    actions: list[Link] = field(default_factory=list)
    plan_actions: list[Link] = field(default_factory=list)
    night_actions: list[Link] = field(default_factory=list)


def stay_of(case):
    """The stay in prison that counts, or None."""
    found = latest_stays([case.pk]).get(case.pk)
    if found:
        found.case = case
    return found


def find_offer(case, pk):
    """One offer of this case, or None."""
    found = HomeOffer.objects.select_related("custody").filter(custody__case=case, pk=pk).first()
    if found:
        found.custody.case = case
    return found


def standing_plan(custody):
    """What a senior signed for somebody with nowhere to go, or None."""
    found = NoHomePlan.objects.standing().filter(custody=custody).select_related("signed_by").first()  # fmt: skip
    if found:
        found.custody = custody
    return found


def home_page(case, names, may, today):
    """For the reader whose page this is, in a fixed number of statements."""
    custody = stay_of(case)
    if custody is None:
        return HomePage(nothing=NO_STAY)
    writes, decides = Action.WRITE_RESETTLEMENT in may, Action.DECIDE_NO_HOME in may
    offers = offers_of(custody)
    found = found_of(case, standing(offers), today)
    housed = any(one.state == OfferState.CONFIRMED for one in offers)
    doubted = any(one.state == OfferState.CONFIRMED and not is_safe(found[one.pk]) for one in offers)  # fmt: skip
    plan, where = standing_plan(custody), [case.crn]
    past = nights_past(custody.released_on, today)
    asked = asked_of_homes(case, offers)
    read = _read_by_seniors(case, offers, found) if names.all_seen else {}
    return HomePage(
        lead=_lead(custody, housed),
        warnings=[DOUBTED] if doubted else [],
        offers=[_offer(one, found.get(one.pk, []), asked[one.pk], read, case, names, may) for one in offers],
        plan=_plan(plan, names) if plan else [],
        nights=_nights(custody, names),
        actions=[Link("Record a place they could go to", reverse("offer-home", args=where))] if writes else [],
        plan_actions=_plan_actions(plan, housed, where) if decides else [],
        night_actions=[Link("Say where they were", reverse("say-night", args=where))] if writes and past else [],
    )  # fmt: skip


def offers_of(custody):
    """Those that stand first, then the latest first."""
    rows = custody.offers.select_related("recorded_by", "settled_by").order_by("-offered_on", "-pk")
    found = sorted(rows, key=lambda one: one.state not in _STANDING)
    for one in found:
        one.custody = custody
    return found


def standing(offers):
    return [one for one in offers if one.state in _STANDING]


def say_place(offer, names):
    return names.text(", ".join(filter(None, [offer.lines, offer.town, offer.postcode])))


_STANDING = (OfferState.CONFIRMED, OfferState.OFFERED)


def _lead(custody, housed):
    if custody.released_on:
        leaves = f"Left prison {say_date(custody.released_on)}."
    elif custody.release_on:
        leaves = f"Leaves {say_date(custody.release_on)}."
    else:
        leaves = "The day of release is not known."
    home = "A home is confirmed." if housed else "No home is confirmed for the first night."
    return f"{leaves} {home} A place is confirmed when its safety has been looked at and nothing is left open."  # fmt: skip


def _offer(one, found, asked, read, case, names, may):
    where, state = [case.crn, one.pk], OfferState(one.state)
    place = say_place(one, names)
    hidden, actions = f": {place}", []
    writes = Action.WRITE_RESETTLEMENT in may
    if writes and state in _STANDING:
        actions = [
            Link("Look at its safety", reverse("look-at-home", args=where), hidden=hidden),
            *ask_links(one, case.crn, asked, hidden),
            Link("Say what became of it", reverse("settle-home", args=where), hidden=hidden),
        ]
    if writes and state == OfferState.OFFERED:
        actions.insert(1, Link("Confirm it", reverse("confirm-home", args=where), hidden=hidden))
    lines = [
        Line("What it is", HomeKind(one.kind).title, detail=names.text(one.who)),
        Line("Offered by", names.text(one.offered_by), detail=f"{on(one.offered_on)}, recorded by {one.recorded_by.name}"),
        Line("Free from", on(one.from_on) if one.from_on else "The day of release"),
    ]  # fmt: skip
    if one.settled_at:
        said = f"{on(localdate(one.settled_at))}, {one.settled_by.name if one.settled_by else ''}"
        lines.append(Line(state.title, names.text(one.because), detail=said.rstrip(", ")))
    shown = [as_read(each, names) for each in found]
    return OfferShown(
        key=one.pk,
        title=place,
        tag=TAGS[state],
        lines=lines,
        asked=asked_shown(asked, case.crn, may),
        safety=[*(Line(each.title, each.stands, detail=each.words) for each in shown), *read.get(one.pk, [])],
        actions=actions,
    )  # fmt: skip


def _read_by_seniors(case, offers, found):
    """{key of the offer: whether a senior has read how somebody at its postcode is answered for}, of those confirmed on it."""
    resting = [one for one in offers if one.state == OfferState.CONFIRMED and is_answered_for(found[one.pk])]  # fmt: skip
    if not resting:
        return {}
    told = Notice.objects.filter(case=case, href=reverse("release-home", args=[case.crn]))
    told = told.filter(at__in=[one.settled_at for one in resting]).select_related("user")
    read = [one for one in told.order_by("seen_at") if one.seen_at]
    return {one.pk: [_read(one, [each for each in read if each.at == one.settled_at])] for one in resting}  # fmt: skip


def _read(offer, read):
    words = [f"{one.user.name}, {on(localdate(one.seen_at))}" for one in read]
    return Line("Read by a senior", "; ".join(words) or "Nobody has read it yet")


def _plan(plan, names):
    signed = f"{on(localdate(plan.signed_at))}, {plan.signed_by.name}"
    return [
        Line("Tonight", names.text(plan.tonight)),
        Line("What was tried", names.text(plan.looked_for)),
        Line("Who rings them", names.text(plan.rings)),
        Line("Signed", signed),
    ]


def _plan_actions(plan, housed, where):
    if plan:
        return [Link("Withdraw the plan", reverse("withdraw-no-home-plan", args=where))]
    if housed:
        return []
    return [Link("Sign a plan for nowhere to go", reverse("sign-no-home-plan", args=where))]


def _nights(custody, names):
    """Each night of which anything is said or could be."""
    if not custody.released_on:
        return []
    said = {one.night: one for one in custody.nights.select_related("said_by")}
    return [_night(night, said.get(night.value), custody.released_on, names) for night in Night]


def _night(night, said, released_on, names):
    if said is None:
        ends = say_date(night_ends(released_on, night))
        return Line(night.title, "Nobody has said", detail=f"It can be said from {ends} on")
    words = names.text(said.words)
    by = f"{on(said.said_on)}, {said.said_by.name}"
    return Line(night.title, Stays(said.stays).title, detail=f"{words} ({by})" if words else by)
