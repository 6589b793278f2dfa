"""What an audit recommended on a case as its pages show it, and the changes that could answer it.

Source: report 2.4; `cases.rules.recommendations`.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import PlanAction
from cases.queries.differences import changed_something
from cases.reference.reviews import OPEN_RECOMMENDATIONS, RecommendationState
from cases.rules.stock import is_stock
from cases.rules.words import shortened
from staff.kit import Happening, Line, Link, Tag, on, tag
from staff.permissions import Action

PEOPLE = (
    "made_by",
    "answered_by",
    "decided_by",
    "settled_by",
    "done_by_review",
    "done_by_action",
)
MARKS = {
    RecommendationState.OPEN: "awaiting-decision",
    RecommendationState.ACCEPTED: "under-way",
    RecommendationState.CONTESTED: "awaiting-decision",
    RecommendationState.DONE: "met",
    RecommendationState.WITHDRAWN: "withdrawn",
}
LONGEST = 100  # letters that a line or a choice repeats


@dataclass(frozen=True)
class RecommendationPage:
    """One recommendation whole, for the reader whose page this is."""

    key: int
    tag: Tag
    words: str  # where it stands
    contested: bool
    lines: list[Line]
    actions: list[Link]


def find_recommendation(case, pk):
    return case.recommendations.select_related(*PEOPLE).filter(pk=pk).first()


def recommendations_of(case, names, may):
    """Each as an entry of a list, the latest first."""
    rows = case.recommendations.select_related(*PEOPLE).order_by("-pk")
    return [
        Happening(
            title=shortened(names.text(one.what), LONGEST),
            when=on(one.made_on),
            by=one.made_by.name,
            text=how_it_stands(one),
            href=reverse("recommendation", args=[case.crn, one.pk]),
            tag=tag(MARKS[RecommendationState(one.state)]),
            on=one.made_on.isoformat(),
        )
        for one in rows
    ]


def open_recommendations(case, names):
    """[(key, words)] of those not settled, the earliest first."""
    rows = case.recommendations.filter(state__in=OPEN_RECOMMENDATIONS).order_by("pk")
    return [
        (str(one.pk), f"{shortened(names.text(one.what), LONGEST)} ({on(one.made_on)})")
        for one in rows
    ]


def recommendation_page(case, one, names, may):
    return RecommendationPage(
        key=one.pk,
        tag=tag(MARKS[RecommendationState(one.state)]),
        words=f"{how_it_stands(one)}.",
        contested=one.state == RecommendationState.CONTESTED,
        lines=list(_lines(case, one, names)),
        actions=list(_actions(case, one, may)),
    )


def how_it_stands(one):
    by = f"{on(one.answered_on)}, {one.answered_by.name}" if one.answered_by else ""
    match RecommendationState(one.state):
        case RecommendationState.ACCEPTED if one.decided_on:
            return f"Contested, and not upheld on {on(one.decided_on)}: to be done"
        case RecommendationState.ACCEPTED:
            return f"Accepted, to be done ({by})"
        case RecommendationState.CONTESTED:
            return f"Contested ({by}): waits for a decision"
        case RecommendationState.DONE:
            return f"Done on {on(one.settled_on)}, with what changed"
        case RecommendationState.WITHDRAWN:
            return f"The contest was upheld on {on(one.settled_on)}: withdrawn"
    return "Waits to be accepted or contested"


def _lines(case, one, names):
    yield Line("Recommended", names.text(one.what))
    yield Line("What was found", names.text(one.why))
    yield Line("By", f"{one.made_by.name}, {on(one.made_on)}")
    if one.contested_because:
        yield Line(
            "Contested because", names.text(one.contested_because), detail=_who(one, "answered")
        )
    if one.decision_because:
        yield Line("Decided", names.text(one.decision_because), detail=_who(one, "decided"))
    if one.state == RecommendationState.DONE:
        yield Line("What changed", names.text(one.settled_because), detail=_who(one, "settled"))
    if one.done_by_review:
        day = on(localdate(one.done_by_review.signed_at))
        yield Line("Shown by", f"The review signed on {day}", detail="On the tab of reviews")
    if one.done_by_action:
        yield Line("Shown by", f"A step of the plan: {names.text(one.done_by_action.what)}")
    for review in one.reviews.exclude(signed_at=None).order_by("pk"):
        if review.evidence.get("recommendation") == RecommendationState.CONTESTED:
            day = on(localdate(review.signed_at))
            yield Line("Review made while it was contested", f"Signed on {day}")


def _who(one, did):
    who = getattr(one, f"{did}_by")
    return f"{who.name}, {on(getattr(one, f'{did}_on'))}" if who else ""


def _actions(case, one, may):
    def link(text, page):
        return Link(text, reverse(page, args=[case.crn, one.pk]))

    if one.state == RecommendationState.OPEN and Action.ANSWER_RECOMMENDATION in may:
        yield link("Accept or contest it", "answer-recommendation")
    if one.state == RecommendationState.ACCEPTED and Action.ANSWER_RECOMMENDATION in may:
        yield link("Show what changed", "do-recommendation")
        if one.decided_on is None:
            yield link("Contest it", "answer-recommendation")
    if one.state == RecommendationState.CONTESTED and Action.DECIDE_CONTEST in may:
        yield link("Decide it", "decide-contest")


def changes_since(case, since, names):
    """[(key, words)] of what was changed since that day and could answer it: reviews, and steps of the plan."""
    found = []
    for review in (
        case.reviews.completed().filter(signed_at__date__gte=since).order_by("-signed_at")
    ):
        if changed_something(review):
            found.append(
                (f"review:{review.pk}", f"The review signed on {on(localdate(review.signed_at))}")
            )
    steps = PlanAction.objects.in_force().filter(case=case)
    steps = steps.filter(Q(made_on__gte=since) | Q(done_on__gte=since)).order_by("-pk")
    for one in steps:
        if not is_stock(one.what):
            did = "Finished" if one.done_on and one.done_on >= since else "Added"
            day = on(one.done_on if did == "Finished" else one.made_on)
            what = shortened(names.text(one.what), LONGEST)
            found.append((f"action:{one.pk}", f"{did} {day}: {what}"))
    return found
