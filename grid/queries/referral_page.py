"""Where referrals of a case stand, as the page of its interventions and the page of an answer say it.

Source: `grid.rules.proposals`; features 71 to 75. What a court or somebody else wrote is read as the reader may read it.
"""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from cases.rules.deadlines import is_overdue
from cases.rules.words import ended
from grid.models import Referral, SeriesPlace
from grid.reference.groups import PlaceState, ReferralState
from grid.reference.interventions import INTERVENTIONS
from grid.rules.answering import why_not_refer
from grid.rules.intervention_words import say_dose
from grid.rules.proposals import content_of, no_longer
from grid.rules.suitability import Criterion
from grid.rules.suitability_facts import Met
from staff.kit import Link, Tag, on, tag
from staff.permissions import Action

OWES = "answer_intervention"
ANSWER_PAGE = "answer-intervention"
TAGS = {
    Met.MET: Tag(Met.MET.title, "green"),
    Met.NOT_MET: Tag(Met.NOT_MET.title, "grey"),
    Met.NOT_KNOWN: Tag(Met.NOT_KNOWN.title, "yellow"),
}
TO_ANSWER = Tag("To be answered", "orange")
WAITS = Tag("On the waiting list", "blue")
IN_SERIES = Tag("In a series", "green")
ANSWER = (
    "Accept it, and they wait for a place from the day it was proposed; or decline it and say why."
)
ASK_WHEN = "Say when they can come, and see which groups they could join."
REFER = "Refer them to it, and they are on its waiting list from today."


@dataclass(frozen=True)
class CriterionRow:
    criterion: str
    tag: Tag
    words: str
    evidence: str
    on: str


@dataclass(frozen=True)
class Standing:
    """An open referral: where it stands, what is wrong with it, and what may be done."""

    key: int
    code: str
    title: str
    href: str
    tag: Tag
    late: Tag | None
    words: list[str]
    no_longer: str  # why it suits them no more; blank: it does
    may_accept: bool
    links: list[Link]


@dataclass(frozen=True)
class Step:
    words: str
    links: list[Link]


@dataclass(frozen=True)
class Proposal:
    """What waits for an answer, whole. `rows`: what it rested on when it was proposed."""

    key: int
    title: str
    href: str
    what: str
    dose: str
    words: list[str]
    because: str
    no_longer: str
    rows: list[CriterionRow]


def proposal_of(case):
    """What is proposed to this person and waits for an answer; None: nothing."""
    return Referral.objects.proposed().filter(case=case).first()


def open_referrals(case):
    """What is proposed, then what they wait for, the longest first."""
    found = Referral.objects.open().filter(case=case).select_related("answered_by", "proposed_by")
    return sorted(
        found, key=lambda one: (one.state != ReferralState.PROPOSED, one.proposed_on, one.pk)
    )


def standings_of(case, judged, names, may, today) -> list[Standing]:
    """`judged`: a `suitability_page.Judged`; `may`: what the reader may do on this case."""
    rows = open_referrals(case)
    begun = set(
        SeriesPlace.objects.filter(
            referral__in=rows, state=PlaceState.TAKEN, instead=False
        ).values_list("referral", flat=True)
    )
    owed = case.deadlines.unmet().filter(kind=OWES).first() if rows else None
    return [_standing(one, case, judged, names, may, owed, one.pk in begun, today) for one in rows]


def _standing(referral, case, judged, names, may, owed, begun, today):
    proposed = referral.state == ReferralState.PROPOSED
    late = proposed and owed and not owed.paused_on and is_overdue(owed.due_on, today)
    return Standing(
        key=referral.pk,
        code=referral.code,
        title=INTERVENTIONS[referral.code].title,
        href=reverse("intervention", args=[referral.code]),
        tag=TO_ANSWER if proposed else IN_SERIES if begun else WAITS,
        late=tag("overdue") if late else None,
        words=list(_words(referral, owed, names)),
        no_longer="" if proposed else no_longer_of(referral.code, judged, begun=begun),
        may_accept=proposed and Action.ANSWER_REFERRAL in may,
        links=list(_links(referral, case, may, begun)),
    )


def no_longer_of(code, judged, *, begun=False):
    """Why it suits them no more, in a sentence; blank: it does, or nobody knows that it does not."""
    return no_longer(judged.by_code[code], in_series=begun, out=judged.out)


def _words(referral, owed, names):
    if referral.state == ReferralState.PROPOSED:
        yield f"Proposed on {on(referral.proposed_on)}.{_by_when(owed)}"
        return
    yield f"They wait since {on(referral.waiting_since)}. {_who(referral)}"
    if referral.proposed_by:
        yield f"Why: {ended(names.text(referral.because))}"


def _by_when(owed):
    if owed is None:
        return ""
    if owed.paused_on:
        return " Its clock stands still."
    return f" Answer by {on(owed.due_on)}."


def _who(referral):
    name = referral.answered_by.name
    return f"{name} {'referred them' if referral.proposed_by else 'accepted it'}."


def _links(referral, case, may, begun):
    title = INTERVENTIONS[referral.code].title
    if referral.state == ReferralState.PROPOSED:
        if Action.ANSWER_REFERRAL in may:
            yield _link("See why, or decline it", ANSWER_PAGE, title, case.crn)
        return
    yield from _ways(case, may)
    if Action.ANSWER_REFERRAL in may and not begun:
        words = "Take them off the waiting list"
        yield _link(words, "withdraw-intervention", title, case.crn, referral.pk)


def _ways(case, may):
    if Action.VIEW_PLAN in may:
        yield _link("When they can come", "case-week", "", case.crn)
    if Action.VIEW_WAITING in may:
        yield _link("Places they could have", "case-offers", "", case.crn)


def _link(text, page, about, *args):
    return Link(text, reverse(page, args=args), hidden=f": {about}" if about else "")


def step_of(proposed, case, judged, standings, may) -> list[Step]:
    """What to do about what is proposed first, as far as its referral has come. `proposed`: a Suitability."""
    code = proposed.intervention.code
    same = next((one for one in standings if content_of(one.code) == content_of(code)), None)
    if same is None:
        links = [link] if (link := refer_link(proposed, case, judged, may, "Refer to this")) else []
        said = _said_no(code, judged)
        return [Step(f"{said}{REFER}", links)] if links or said else []
    if same.tag is TO_ANSWER:
        links = [one for one in same.links if one.href == reverse(ANSWER_PAGE, args=[case.crn])]
        here = same.code == code  # the buttons stand with what is proposed
        return [Step(ANSWER, [] if here else links)] if links else []
    return [Step(ASK_WHEN, list(_ways(case, may)))] if same.tag is WAITS else []


def _said_no(code, judged):
    """That it was declined or withdrawn, where it was the last that came of it."""
    last = next((one for one in reversed(judged.earlier) if one.content == content_of(code)), None)
    if last is None or last.state not in {ReferralState.DECLINED, ReferralState.WITHDRAWN}:
        return ""
    was = "declined" if last.state == ReferralState.DECLINED else "taken off the waiting list"
    return f"It was {was} on {on(last.closed_on)}, and is not proposed by itself for 26 weeks from then. "


def refer_link(one, case, judged, may, text) -> Link | None:
    """Where an officer refers them to this one; None where it cannot be, or the reader may not."""
    if Action.ANSWER_REFERRAL not in may:
        return None
    code = one.intervention.code
    if why_not_refer(code, one, judged.earlier, out=judged.out):
        return None
    return _link(text, "refer-to-intervention", one.intervention.title, case.crn, code)


def proposal_page(referral, case, judged, names) -> Proposal:
    """What waits for an answer, as it was proposed."""
    one = INTERVENTIONS[referral.code]
    return Proposal(
        key=referral.pk,
        title=one.title,
        href=reverse("intervention", args=[one.code]),
        what=one.what,
        dose=say_dose(judged.by_code[one.code].terms.dose),
        words=list(_words(referral, case.deadlines.unmet().filter(kind=OWES).first(), names)),
        because=names.text(referral.because),
        no_longer=no_longer_of(one.code, judged),
        rows=[_kept(found, names) for found in referral.evidence["criteria"]],
    )


def _kept(found, names):
    return CriterionRow(
        criterion=Criterion(found["criterion"]).title,
        tag=TAGS[Met(found["met"])],
        words=names.text(found["words"]),
        evidence=names.text(found["evidence"]),
        on=on(date.fromisoformat(found["on"])) if found["on"] else "",
    )
