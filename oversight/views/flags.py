"""The flags that are up, as the board counts them: filtered by team, by who was told, by kind of work."""

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.models import Case
from cases.reference.deadlines import KINDS
from cases.rules.addresses import address, number
from cases.rules.words import counted
from oversight.queries import flags as queries
from oversight.views.team import PROVIDER, TeamForm
from staff.kit import Link, Masked
from staff.permissions import Action, Role
from staff.views.lists import remember_list

SIZE = 50
MASKED_AT_ONCE = 100
ANY = [("", "Any")]
TOLD = [(role.value, role.title) for role in (Role.HEAD, Role.SPO, Role.HUB, Role.OFFICER)]


class FilterForm(TeamForm):
    told = forms.ChoiceField(label="Raised with", required=False, choices=ANY + TOLD)
    kind = forms.ChoiceField(
        label="What is late",
        required=False,
        choices=ANY + [(kind.code, kind.title) for kind in KINDS.values()],
    )

    def wanted(self):
        """What was asked for; a code that is not on offer is left out and said so on the form."""
        told, kind = self.cleaned_data.get("told", ""), self.cleaned_data.get("kind", "")
        return queries.Wanted(self.chosen(), told, kind)

    def asked(self):
        """{name: code} of each filter in force; the team is always one."""
        team = self.chosen()
        codes = {name: self.cleaned_data.get(name, "") for name in ("told", "kind")}
        return {"team": team.code if team else PROVIDER} | {
            k: code for k, code in codes.items() if code
        }


@staff_view(Action.VIEW_TEAM)
def flags(request):
    today, user = localdate(), request.user
    form = FilterForm(request.GET, user=user)
    form.is_valid()
    wanted, codes = form.wanted(), form.asked()
    after = number(request.GET.get("after", ""))
    found = queries.page_of_flags(user, wanted, after=after, size=SIZE)
    here = reverse("flags")
    reached = Case.objects.within_reach(user, Action.VIEW_TEAM).supervised()
    reached = reached.filter(team=wanted.team) if wanted.team else reached
    context = {
        "form": form,
        "chips": chips(form, codes, here),
        "clear": address(here, team=codes["team"]),
        "rows": queries.flag_rows(found.rows, user, today),
        "masked": [Masked(*row) for row in reached.masked_to(user)[:MASKED_AT_ONCE]],
        "shown": counted(queries.matching(user, wanted).count(), "flag"),
        "first": address(here, **codes) if after else "",
        "next": address(here, **codes, after=found.next_after) if found.next_after else "",
    }
    remember_list(request, "Flags")
    return render(request, "oversight/flags.html", context)


def chips(form, codes, here):
    """One removable chip for each filter besides the team."""
    found = []
    for name in codes.keys() - {"team"}:
        rest = {other: code for other, code in codes.items() if other != name}
        words = dict(form.fields[name].choices)[codes[name]]
        found.append(Link(f"{form.fields[name].label}: {words}", address(here, **rest)))
    return sorted(found, key=lambda chip: chip.text)
