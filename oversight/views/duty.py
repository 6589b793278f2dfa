"""Today: who is expected, for whoever is on duty; the way to one sheet about each and to the box."""

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime, now

from cases.access import staff_view
from cases.models import Case
from cases.rules.addresses import address, number
from oversight.queries import duty as queries
from oversight.views.lists import remember_list
from staff.forms import GovukForm
from staff.models import Team
from staff.permissions import Action, Reach, reach
from staff.rules.dates import say_date

PROVIDER = "all"


class DutyForm(GovukForm):
    """Which team's day. Those who reach the provider may ask for any team, or every one."""

    team = forms.ChoiceField(label="Team", required=False)

    def __init__(self, data, *, user):
        held = Case.objects.open_to(user, Action.VIEW_DUTY).values("team")
        self.teams = {one.code: one for one in Team.objects.filter(pk__in=held).order_by("name")}
        everybody = reach(user.role, Action.VIEW_DUTY) == Reach.PROVIDER
        own = user.team.code if user.team and user.team.code in self.teams else PROVIDER
        data = data.copy()
        data["team"] = data.get("team") or (own if everybody else PROVIDER)
        super().__init__(data)
        self.every = "Every team" if everybody else "Everybody within your reach"
        choices = [(code, team.name) for code, team in self.teams.items()]
        self.offer("team", [(PROVIDER, self.every), *choices])

    def chosen(self):
        """The team asked for; None for all of them, or when the code is not on offer."""
        return self.teams.get(self.cleaned_data.get("team", PROVIDER))


@staff_view(Action.VIEW_DUTY)
def today_page(request):
    at, user = now(), request.user
    form = DutyForm(request.GET, user=user)
    form.is_valid()
    team = form.chosen()
    here, code = reverse("duty-today"), team.code if team else PROVIDER
    after = number(request.GET.get("after", ""))
    rows, next_after = queries.page_of_expected(user, team, after=after, now=at)
    context = {
        "form": form,
        "lead": f"{team.name if team else form.every}, {say_date(localtime(at).date())}.",
        "rows": rows,
        "masked": queries.kept_on_duty(user, team),
        "not_to_meet": queries.not_to_meet(user, team, at),
        "may_record": bool(reach(user.role, Action.RECORD_INFORMATION)),
        "may_search": bool(reach(user.role, Action.SEARCH_CASES)),
        "first": address(here, team=code) if after else "",
        "next": address(here, team=code, after=next_after) if next_after else "",
    }
    remember_list(request, "Today")
    return render(request, "oversight/duty_today.html", context)
