"""Cases that come to their end, of a team or of the provider."""

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.models import Case
from cases.rules.addresses import address, number
from oversight.queries import endings as queries
from oversight.queries.movements import movement_tabs
from oversight.views.team import PROVIDER, TeamForm
from staff.kit import Link, Masked
from staff.permissions import Action, Reach, reach
from staff.views.lists import remember_list

SIZE = 50
MASKED_AT_ONCE = 100
COUNTED = {
    queries.NEAR: "coming to their end",
    queries.LATE: "past their last day",
    queries.READY: "waiting for a senior",
    queries.UNSEEN: "ended without a last look",
    queries.EARLY: "early ends proposed",
    queries.OVER: "ended here",
}
WOULD = {
    queries.NEAR: "Cases whose last day is near would be listed here, the nearest first, with what is still to do.",
    queries.LATE: "Cases past their last day that nobody has brought to their end would be listed here.",
    queries.READY: "Cases that are ready, and that a senior ends, would be listed here.",
    queries.UNSEEN: "Cases that ended in nDelius without a last look here would be listed here.",
    queries.EARLY: "Cases of which the court is asked for an early end would be listed here.",
    queries.OVER: "Cases brought to their end here would be listed here.",
}


class EndingsForm(TeamForm):
    show = forms.ChoiceField(label="Show", required=False, choices=list(queries.SHOWN.items()))

    def __init__(self, data, *, user):
        super().__init__(data, user=user)
        if reach(user.role, Action.VIEW_MOVEMENTS) < Reach.PROVIDER:
            del self.fields["team"]

    def shown(self):
        return self.cleaned_data.get("show") or queries.NEAR


@staff_view(Action.VIEW_MOVEMENTS)
def endings(request):
    today, user = localdate(), request.user
    form = EndingsForm(request.GET, user=user)
    form.is_valid()
    team, show, here = form.chosen(), form.shown(), reverse("endings")
    code = team.code if team else PROVIDER
    after = number(request.GET.get("after", ""))
    rows, next_after = queries.page_of_endings(user, team, show, today, after=after, size=SIZE)
    counts = queries.counts_of(user, team, today)
    reached = Case.objects.within_reach(user, Action.VIEW_MOVEMENTS)
    reached = reached.filter(team=team) if team else reached
    context = {
        "tabs": movement_tabs("endings"),
        "form": form,
        "chips": _chips(form, show, code, here),
        "clear": address(here, team=code),
        "counts": [
            Link(words, address(here, team=code, show=one), count=counts[one])
            for one, words in COUNTED.items()
        ],
        "heading": queries.SHOWN[show],
        "rows": rows,
        "would": WOULD[show],
        "masked": [Masked(*row) for row in reached.masked_to(user)[:MASKED_AT_ONCE]],
        "shown": f"{counts[show]:,} in all",
        "first": address(here, team=code, show=show) if after else "",
        "next": address(here, team=code, show=show, after=next_after) if next_after else "",
        "csv": address(reverse("endings-csv"), team=code, show=show)
        if reach(user.role, Action.EXPORT_CASES)
        else "",
    }
    remember_list(request, "Cases that end")
    return render(request, "oversight/endings/list.html", context)


def _chips(form, show, code, here):
    if show == queries.NEAR:
        return []
    return [Link(f"{form.fields['show'].label}: {queries.SHOWN[show]}", address(here, team=code))]
