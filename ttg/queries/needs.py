"""What somebody needs on release, pathway by pathway, and what is being done about each need.

Source: Through the Gate reference 3, 6, 7; `ttg.rules.referrals` (what is missing).
"""

from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.urls import reverse

from cases.rules.calendar import bank_holidays
from cases.rules.words import counted
from staff.kit import Link, Tag, on, tag
from staff.permissions import Action
from staff.rules.dates import say_date
from ttg.models import Need, Referral
from ttg.queries.owed import latest_stays
from ttg.reference.referrals import NeedSide, NeedState, Pathway, ReferralState, ServiceKind
from ttg.rules.referrals import (
    OVER,
    AskedFacts,
    NeedFacts,
    pharmacy_gap,
    substances_gap,
    turned_away,
)

NEED_TAGS = {
    NeedState.OPEN: "still-to-do",
    NeedState.MET: "met",
    NeedState.DECLINED: "refused",
    NeedState.NOT_NEEDED: "not-needed",
}
REFERRAL_TAGS = {
    ReferralState.DRAFTED: "draft",
    ReferralState.SENT: "awaiting-reply",
    ReferralState.RECEIVED: "awaiting-reply",
    ReferralState.WAITING: "awaiting-reply",
    ReferralState.ACCEPTED: "accepted",
    ReferralState.BOOKED: "accepted",
    ReferralState.ATTENDED: "attended",
    ReferralState.MISSED: "missed",
    ReferralState.REJECTED: "rejected",
    ReferralState.WITHDRAWN: "withdrawn",
    ReferralState.CLOSED: "closed",
}
NO_STAY = "No stay in prison is recorded on this case. Record it first: needs belong to it."


@dataclass(frozen=True)
class ReferralShown:
    service: str
    href: str
    tag: Tag
    stands: str


@dataclass(frozen=True)
class NeedShown:
    key: int
    words: str
    side: str
    tag: Tag
    stands: str
    referrals: list[ReferralShown]
    actions: list[Link]


@dataclass(frozen=True)
class PathwayShown:
    code: str
    title: str
    needs: list[NeedShown]


@dataclass(frozen=True)
class NeedsPage:
    lead: str
    nothing: str  # why nothing can be recorded; blank where it can
    warnings: list[str] = field(default_factory=list)
    pathways: list[PathwayShown] = field(default_factory=list)
    actions: list[Link] = field(default_factory=list)


def stay_of(case):
    """The stay in prison that counts, or None."""
    found = latest_stays([case.pk]).get(case.pk)
    if found:
        found.case = case
    return found


def find_need(case, pk):
    """One need of this case, or None."""
    found = Need.objects.select_related("custody__prison").filter(custody__case=case, pk=pk).first()
    if found:
        found.custody.case = case
    return found


def needs_of(custody):
    referrals = Prefetch("referrals", Referral.objects.select_related("service").order_by("pk"))
    return list(custody.needs.order_by("pk").prefetch_related(referrals, "found_by", "settled_by"))


def needs_page(case, names, may):
    """For the reader whose page this is, in a fixed number of statements."""
    custody = stay_of(case)
    if custody is None:
        return NeedsPage(lead="", nothing=NO_STAY)
    needs = needs_of(custody)
    writes, refers = Action.WRITE_RESETTLEMENT in may, Action.REFER_TO_SERVICE in may
    groups = [
        PathwayShown(one.value, one.title, [_need(need, case, names, writes, refers) for need in needs if need.pathway == one])
        for one in Pathway
    ]  # fmt: skip
    leaves = f"Leaves {say_date(custody.release_on)}." if custody.release_on else "The day of release is not known."  # fmt: skip
    find = reverse("find-need", args=[case.crn])
    return NeedsPage(
        lead=f"{leaves} A need is met when somebody has taken it on by name, or the thing is there.",
        nothing="",
        warnings=warnings_of(custody, needs, names),
        pathways=[one for one in groups if one.needs],
        actions=[Link("Record a need", find)] if writes else [],
    )


def warnings_of(custody, needs, names):
    """What is missing around these needs, a sentence each."""
    asked = [
        AskedFacts(need.pk, one.service.kind, one.state)
        for need in needs
        for one in need.referrals.all()
    ]
    facts = [NeedFacts(need.pk, need.pathway, need.side, need.state) for need in needs]
    words = {need.pk: names.text(need.words) for need in needs}
    said = [
        f"“{words[key]}”: no community drug and alcohol service has been asked. Refer it, or record in their own words that they decline."
        for key in substances_gap(facts, asked)
    ]
    said += [
        f"“{words[key]}”: every service asked turned it down or is not asked any more. Ask another."
        for key in turned_away(facts, asked)
    ]
    if custody.release_on and not custody.released_on:
        said += _pharmacies(needs, custody.release_on)
    return said


def _pharmacies(needs, release_on):
    holidays = bank_holidays(release_on.year) | bank_holidays(release_on.year + 1)
    for need in needs:
        for one in need.referrals.all():
            if one.service.kind != ServiceKind.PHARMACY or one.state in OVER:
                continue
            if gap := pharmacy_gap(release_on, one.service.weekdays, holidays):
                yield (
                    f"{one.service.name}: first opening {counted(gap, 'day')} after release. "
                    "Arrange medication to take away until then, or another pharmacy."
                )


def _need(need, case, names, writes, refers):
    where, is_open = [case.crn, need.pk], need.state == NeedState.OPEN
    hidden = f": {names.text(need.words)}"
    actions = []
    if is_open and refers:
        actions.append(Link("Refer to a service", reverse("draft-referral", args=where), hidden=hidden))  # fmt: skip
    if is_open and writes:
        actions.append(Link("Settle it", reverse("settle-need", args=where), hidden=hidden))
    found = f"Found {on(need.found_on)} by {need.found_by.name}."
    settled = f"{on(need.settled_on)}: {names.text(need.because)}" if need.settled_on else ""
    return NeedShown(
        key=need.pk,
        words=names.text(need.words),
        side=NeedSide(need.side).title,
        tag=tag(NEED_TAGS[NeedState(need.state)]),
        stands=f"{found} {NeedState(need.state).title}. {settled}".strip(),
        referrals=[_referral(one, case) for one in need.referrals.all()],
        actions=actions,
    )


def _referral(one, case):
    state = ReferralState(one.state)
    return ReferralShown(
        service=one.service.name,
        href=reverse("referral", args=[case.crn, one.pk]),
        tag=tag(REFERRAL_TAGS[state]),
        stands=state.title,
    )
