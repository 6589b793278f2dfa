"""Home visits of an officer, a team or the provider: due, arranged, under way, not done and why."""

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime, now

from cases.access import staff_view
from cases.models import Case
from cases.rules.addresses import address, number
from cases.rules.words import counted
from oversight.queries import visits as queries
from oversight.queries.visits import VisitState, Whose
from staff.forms import GovukForm
from staff.kit import Link, Masked
from staff.models import Team
from staff.permissions import Action, Role
from staff.views.lists import remember_list

EVERY = "all"  # team
SIZE = 50
MASKED_AT_ONCE = 100
EMPTY = {
    VisitState.DUE: "Visits that a concern or a plan calls for, and nobody has arranged, would be here.",
    VisitState.ARRANGED: "Visits that are arranged and not yet set out for would be here.",
    VisitState.UNDER_WAY: "Visits that somebody has set out for and not come back from would be here.",
    VisitState.NOT_DONE: "Visits of the last 90 days that were not done would be here, each with why.",
    VisitState.DONE: "Visits of the last 90 days that were done would be here.",
}


class FilterForm(GovukForm):
    state = forms.ChoiceField(label="Where it stands", required=False, choices=VisitState.choices())
    whose = forms.ChoiceField(label="Whose", required=False, choices=Whose.choices())
    team = forms.ChoiceField(label="Team", required=False)

    def __init__(self, data, *, user):
        held = Case.objects.open_to(user, Action.VISIT_HOME).values("team")
        self.teams = {one.code: one for one in Team.objects.filter(pk__in=held).order_by("name")}
        data = data.copy()
        usual = Whose.MINE if user.role == Role.OFFICER else Whose.ALL
        data["state"] = data.get("state") or VisitState.DUE
        data["whose"] = data.get("whose") or usual
        own = user.team.code if user.role == Role.SPO and user.team else EVERY
        data["team"] = data.get("team") or (own if own in self.teams else EVERY)
        super().__init__(data)
        self.offer(
            "team", [(EVERY, "Every team"), *((code, one.name) for code, one in self.teams.items())]
        )

    def wanted(self):
        """What was asked for; a code that is not on offer is left out and said so on the form."""
        said = self.cleaned_data
        return queries.Wanted(
            state=said.get("state") or VisitState.DUE,
            whose=said.get("whose") or Whose.ALL,
            team=self.teams.get(said.get("team", "")),
        )

    def asked(self):
        """{name: code} of what is in force."""
        wanted = self.wanted()
        team = wanted.team.code if wanted.team else EVERY
        return {"state": wanted.state, "whose": wanted.whose, "team": team}


@staff_view(Action.VISIT_HOME)
def home_visits(request):
    at, user = now(), request.user
    form = FilterForm(request.GET, user=user)
    form.is_valid()
    wanted, codes, here = form.wanted(), form.asked(), reverse("home-visits")
    after = number(request.GET.get("after", ""))
    found = queries.page_of_visits(user, wanted, at, localtime(at).date(), after=after, size=SIZE)
    reached = Case.objects.within_reach(user, Action.VISIT_HOME).supervised()
    reached = reached.filter(team=wanted.team) if wanted.team else reached
    context = {
        "form": form,
        "chips": _chips(form, codes, here),
        "states": [
            Link(one.title, address(here, **codes | {"state": one}), current=one == wanted.state)
            for one in VisitState
        ],
        "title": VisitState(wanted.state).title,
        "rows": found.rows,
        "empty": EMPTY[VisitState(wanted.state)],
        "masked": [Masked(*row) for row in reached.masked_to(user)[:MASKED_AT_ONCE]],
        "shown": counted(found.count, "visit"),
        "first": address(here, **codes) if after else "",
        "next": address(here, **codes, after=found.next_after) if found.next_after else "",
        "clear": address(here, state=wanted.state, whose=Whose.ALL, team=EVERY),
    }
    remember_list(request, "Home visits")
    return render(request, "oversight/visits.html", context)


def _chips(form, codes, here):
    """What narrows the list, each with the address that widens it again; the stages stand above the list."""
    widest = {"whose": Whose.ALL, "team": EVERY}
    return [
        Link(
            f"{form.fields[name].label}: {dict(form.fields[name].choices)[codes[name]]}",
            address(here, **codes | {name: all_of_it}),
        )
        for name, all_of_it in widest.items()
        if codes[name] != all_of_it
    ]
