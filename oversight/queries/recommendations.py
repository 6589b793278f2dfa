"""What audits recommended, across cases: where each stands, and how many of an auditor's were contested.

Source: report 2.4. A share of few is no share: `cases.rules.recommendations.FEW`.
"""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from cases.models import Case, Recommendation
from cases.queries.due import anchored
from cases.queries.names import names_for_each
from cases.queries.paging import page_of
from cases.queries.people import officer_of
from cases.queries.reach import actions_on_each
from cases.queries.recommendation_pages import MARKS, how_it_stands
from cases.reference.reviews import OPEN_RECOMMENDATIONS, RecommendationState
from cases.rules.recommendations import share
from cases.rules.words import shortened
from staff.kit import Tag, on, tag
from staff.models import User
from staff.permissions import Action, Role

OPEN, ANY = "open", "any"
STATES = {
    OPEN: "Not settled",
    **{str(one): one.title for one in RecommendationState},
    ANY: "Any",
}
PEOPLE = ("case__officer", "made_by", "answered_by", "decided_by", "settled_by")
LONGEST = 160


@dataclass(frozen=True)
class RecommendationRow:
    crn: str
    name: str
    href: str
    what: str
    made: str
    officer: str
    tag: Tag
    stands: str
    anchor: str = ""


@dataclass(frozen=True)
class Auditor:
    """How many somebody made, and how many were contested. `share`: of 100; None where they are too few."""

    name: str
    made: int
    contested: int
    upheld: int
    share: int | None


def cases_of(user, team):
    cases = Case.objects.open_to(user, Action.VIEW_RECOMMENDATIONS)
    return cases.filter(team=team) if team else cases


def matching(user, team, state):
    found = Recommendation.objects.filter(case__in=cases_of(user, team))
    if state == OPEN:
        return found.filter(state__in=OPEN_RECOMMENDATIONS)
    return found if state == ANY else found.filter(state=state)


def page_of_recommendations(user, team, state, *, after, size):
    """What is open with the oldest first, what is settled with the latest."""
    key = "id" if state in {OPEN, *map(str, OPEN_RECOMMENDATIONS)} else "-id"
    found = matching(user, team, state).select_related(*PEOPLE)
    return page_of(found, keys=(key,), after=after, size=size, known_by="pk")


def counts_of(user, team):
    """{state: how many}, in one statement."""
    found = Recommendation.objects.filter(case__in=cases_of(user, team))
    return found.aggregate(
        **{str(one): Count("pk", filter=Q(state=one)) for one in RecommendationState}
    )


def recommendation_rows(found, user):
    cases = {one.case_id: one.case for one in found}.values()
    names = names_for_each(cases, actions_on_each(cases, user))
    return anchored(_row(one, names[one.case_id]) for one in found)


def _row(one, names):
    return RecommendationRow(
        crn=one.case.crn,
        name=one.case.list_name,
        href=reverse("recommendation", args=[one.case.crn, one.pk]),
        what=shortened(names.text(one.what), LONGEST),
        made=f"{on(one.made_on)}, {one.made_by.name}",
        officer=officer_of(one.case),
        tag=tag(MARKS[RecommendationState(one.state)]),
        stands=how_it_stands(one),
    )


def auditors_of(user, team):
    """By name, never by number: how many each made on the cases open to the reader, and what became of them."""
    found = Recommendation.objects.filter(case__in=cases_of(user, team)).exclude(made_by=None)
    rows = list(
        found.values_list("made_by")
        .annotate(
            made=Count("pk"),
            contested=Count("pk", filter=~Q(contested_because="")),
            upheld=Count("pk", filter=Q(state=RecommendationState.WITHDRAWN)),
        )
        .order_by("made_by__last_name", "made_by__first_name", "made_by")
    )
    who = User.objects.in_bulk([pk for pk, *_ in rows])
    return [
        Auditor(who[pk].name, made, contested, upheld, share(contested, made))
        for pk, made, contested, upheld in rows
    ]


def sees_auditors(user):
    """Seniors, quality managers, heads and auditors do; an officer sees what is theirs to answer."""
    return user.role != Role.OFFICER
