"""What audits recommended: where each stands, and how many of an auditor's were contested."""

from django import forms
from django.shortcuts import render
from django.urls import reverse

from cases.access import staff_view
from cases.models import Case
from cases.reference.reviews import RecommendationState
from cases.rules.addresses import address, number
from cases.rules.recommendations import FEW
from cases.rules.words import counted
from oversight.queries import recommendations as queries
from oversight.views.overrides import chips
from oversight.views.team import PROVIDER, TeamForm
from staff.kit import Link, Masked
from staff.permissions import Action, Reach, reach
from staff.views.lists import remember_list

SIZE = 50
MASKED_AT_ONCE = 100


class RecommendationsForm(TeamForm):
    state = forms.ChoiceField(
        label="Where it stands", required=False, choices=list(queries.STATES.items())
    )

    def __init__(self, data, *, user):
        super().__init__(data, user=user)
        if reach(user.role, Action.VIEW_RECOMMENDATIONS) < Reach.PROVIDER:
            del self.fields["team"]

    def asked(self):
        """{name: code} of each filter in force; the team is always one."""
        team = self.chosen()
        codes = {"team": team.code if team else PROVIDER}
        state = self.chosen_state()
        return codes if state == queries.OPEN else codes | {"state": state}

    def chosen_state(self):
        return self.cleaned_data.get("state") or queries.OPEN


@staff_view(Action.VIEW_RECOMMENDATIONS)
def recommendations(request):
    user = request.user
    form = RecommendationsForm(request.GET, user=user)
    form.is_valid()
    team, state, codes, here = (
        form.chosen(),
        form.chosen_state(),
        form.asked(),
        reverse("recommendations"),
    )
    after = number(request.GET.get("after", ""))
    found = queries.page_of_recommendations(user, team, state, after=after, size=SIZE)
    counts = queries.counts_of(user, team)
    reached = Case.objects.within_reach(user, Action.VIEW_RECOMMENDATIONS).supervised()
    reached = reached.filter(team=team) if team else reached
    context = {
        "form": form,
        "chips": chips(form, codes, here),
        "clear": address(here, team=codes["team"]),
        "counts": [
            Link(one.title, address(here, team=codes["team"], state=one.value), count=counts[one])
            for one in RecommendationState
        ],
        "rows": queries.recommendation_rows(found.rows, user),
        "auditors": queries.auditors_of(user, team) if queries.sees_auditors(user) else [],
        "few": FEW,
        "masked": [Masked(*row) for row in reached.masked_to(user)[:MASKED_AT_ONCE]],
        "shown": counted(queries.matching(user, team, state).count(), "recommendation"),
        "first": address(here, **codes) if after else "",
        "next": address(here, **codes, after=found.next_after) if found.next_after else "",
    }
    remember_list(request, "What audits recommended")
    return render(request, "oversight/recommendations.html", context)
