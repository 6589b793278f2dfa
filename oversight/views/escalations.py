"""Risks put to the NPS, of a team or of the provider: what is late first."""

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.models import Case
from cases.rules.addresses import address, number
from cases.rules.words import counted
from oversight.queries import escalations as queries
from oversight.queries.movements import movement_tabs
from oversight.views.team import PROVIDER, TeamForm
from staff.kit import Link, Masked
from staff.permissions import Action, Reach, reach
from staff.views.lists import remember_list

SIZE = 50
MASKED_AT_ONCE = 100


class FilterForm(TeamForm):
    show = forms.ChoiceField(
        label="Where it stands", required=False, choices=list(queries.SHOWN.items())
    )

    def __init__(self, data, *, user):
        super().__init__(data, user=user)
        if reach(user.role, Action.VIEW_MOVEMENTS) < Reach.PROVIDER:
            del self.fields["team"]

    def wanted(self):
        return queries.Wanted(team=self.chosen(), show=self.cleaned_data.get("show", ""))

    def asked(self):
        """{name: code} of each filter in force; the team is always one."""
        wanted = self.wanted()
        codes = {"team": wanted.team.code if wanted.team else PROVIDER}
        return codes | ({"show": wanted.show} if wanted.show else {})


@staff_view(Action.VIEW_MOVEMENTS)
def escalations(request):
    today, user = localdate(), request.user
    form = FilterForm(request.GET, user=user)
    form.is_valid()
    wanted, codes, here = form.wanted(), form.asked(), reverse("escalations")
    after = number(request.GET.get("after", ""))
    found = queries.page_of_escalations(user, wanted, after=after, size=SIZE)
    clear = address(here, team=codes["team"])
    context = {
        "tabs": movement_tabs("escalations"),
        "form": form,
        "chips": [Link(queries.SHOWN[wanted.show], clear)] if wanted.show else [],
        "clear": clear,
        "rows": queries.escalation_rows(found.rows, user, today),
        "settled": wanted.show == queries.SETTLED,
        "masked": [
            Masked(*row) for row in _reached(user, wanted.team).masked_to(user)[:MASKED_AT_ONCE]
        ],
        "shown": counted(queries.matching(user, wanted).count(), "escalation"),
        "first": address(here, **codes) if after else "",
        "next": address(here, **codes, after=found.next_after) if found.next_after else "",
        "csv": address(reverse("escalations-csv"), **codes)
        if reach(user.role, Action.EXPORT_CASES)
        else "",
    }
    remember_list(request, "Escalations")
    return render(request, "oversight/movements/escalations.html", context)


def _reached(user, team):
    reached = Case.objects.within_reach(user, Action.VIEW_MOVEMENTS).ours()
    return reached.filter(team=team) if team else reached
